"""Whether a recording can be trusted: what of it is silent, black, still or clipped.

Measured in one fast pass: all of the sound, and of the picture the keyframes alone. Nothing is
guessed about people.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from lib.errors import PreparationCancelledError, PreparationError, PreparationLimitError
from lib.recordings.bounded_process import BOUNDS, Bounds, run_job
from lib.recordings.cuts import Stretch

_MODULE = "lib.recordings.quality_process"
_SILENT_SECONDS = 2.0  # and longer: a shorter one is a pause of speech


@dataclass(frozen=True, slots=True)
class QualityCheck:
    """What was measured, in seconds of the recording, each in the order of time.

    `quiet` are stretches below -50 dB of 0.4 s and more, `clipped` those that touch full scale.
    `loudness` [LUFS] is None without sound, or with too little of it. `black` and `still` are as
    fine as the keyframes, which lie up to `picture_seconds` apart. `complete` says that all of it
    could be read.
    """

    seconds: float
    has_sound: bool
    has_picture: bool
    quiet: tuple[Stretch, ...] = ()
    clipped: tuple[Stretch, ...] = ()
    black: tuple[Stretch, ...] = ()
    still: tuple[Stretch, ...] = ()
    loudness: float | None = None
    picture_seconds: float = 0.0
    complete: bool = True

    @property
    def silent(self) -> tuple[Stretch, ...]:
        """What is quiet for longer than a pause of speech."""
        return tuple(one for one in self.quiet if one.seconds >= _SILENT_SECONDS)

    def share(self, stretches: Iterable[Stretch]) -> float:
        """How much of the recording such stretches are, from 0 to 1."""
        if self.seconds <= 0:
            return 0.0
        return min(1.0, sum(one.seconds for one in stretches) / self.seconds)


def check_quality(
    path: Path,
    *,
    progress: Callable[[float], None] = lambda _: None,
    cancelled: Callable[[], bool] = lambda: False,
    bounds: Bounds = BOUNDS,
) -> QualityCheck:
    """Measure a recording, in a process of its own.

    Raises:
        PreparationCancelledError: `cancelled` said so.
        PreparationLimitError: it takes more than `bounds`.
        PreparationError: FFmpeg cannot read it.
    """
    job = {
        "source": str(path),
        "memory_bytes": bounds.memory_bytes,
        "cpu_seconds": bounds.cpu_seconds,
    }
    try:
        facts = run_job(
            _MODULE,
            json.dumps(job),
            progress=progress,
            cancelled=cancelled,
            silent_seconds=bounds.silent_seconds,
        )
    except (PreparationCancelledError, PreparationLimitError):
        raise
    except PreparationError as error:
        raise PreparationError(
            "What is silent or black in this recording could not be measured.",
            "Analyze it all the same, or play it first to hear and see that it is whole.",
        ) from error
    stretches = {
        name: tuple(Stretch(start, end) for start, end in facts[name])
        for name in ("quiet", "clipped", "black", "still")
    }
    return QualityCheck(**{**facts, **stretches})
