"""Whether a recording can be trusted: what of it is silent, black, still or clipped.

Measured in one fast pass: all of the sound, and of the picture the keyframes alone. Nothing is
guessed about people.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from lib.errors import PreparationCancelledError, PreparationError, PreparationLimitError
from lib.model import RecordingMeasurement, Stretch
from lib.recordings.bounded_process import BOUNDS, Bounds, run_job

_MODULE = "lib.recordings.measurement_process"


def measure_recording(
    path: Path,
    *,
    progress: Callable[[float], None] = lambda _: None,
    cancelled: Callable[[], bool] = lambda: False,
    bounds: Bounds = BOUNDS,
) -> RecordingMeasurement:
    """Measure a recording, in a process of its own.

    Raises:
        PreparationCancelledError: `cancelled` said so.
        PreparationLimitError: it takes more than `bounds`.
        PreparationError: FFmpeg cannot read it.
    """
    job = {
        "source": str(path),
    }
    try:
        facts = run_job(
            _MODULE,
            job,
            progress=progress,
            cancelled=cancelled,
            bounds=bounds,
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
    return RecordingMeasurement(**{**facts, **stretches})
