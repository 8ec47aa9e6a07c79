"""Pauses of speech near the places where a recording is cut, found in a process of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from lib.recordings.bounded_process import BOUNDS, Bounds, run_job
from lib.recordings.cuts import Stretch

_MODULE = "lib.recordings.pauses_process"


def find_pauses(
    path: Path,
    stretches: Sequence[Stretch],
    *,
    sound_track: int | None = 0,
    progress: Callable[[float], None] = lambda _: None,
    cancelled: Callable[[], bool] = lambda: False,
    bounds: Bounds = BOUNDS,
) -> tuple[Stretch, ...]:
    """Where nobody speaks within these stretches of a recording; without sound, nowhere.

    That is where it is no louder than the noise that is always there (`sound_levels`).

    Only the sound of the stretches is decoded. A `sound_track` of None is all of them: a pause is
    one in each.

    Raises:
        PreparationCancelledError: `cancelled` said so.
        PreparationLimitError: it takes more than `bounds`.
        PreparationError: FFmpeg cannot read it.
    """
    job = {
        "source": str(path),
        "stretches": [(stretch.start, stretch.end) for stretch in stretches],
        "sound_track": sound_track,
    }
    answer = run_job(
        _MODULE,
        job,
        progress=progress,
        cancelled=cancelled,
        bounds=bounds,
    )
    return tuple(Stretch(start, end) for start, end in answer["pauses"])
