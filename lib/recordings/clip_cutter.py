"""Cut clips from a recording: one request becomes one file, in a process of its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from lib.errors import (
    ClipError,
    ClipLimitError,
    EmptyStretchError,
    PreparationCancelledError,
    PreparationError,
    PreparationLimitError,
    RecordingError,
)
from lib.recordings.bounded_process import BOUNDS, Bounds, run_job
from lib.recordings.clip import ClipRequest
from lib.recordings.cuts import Stretch
from lib.recordings.damage import damage_sentence
from lib.recordings.disk_errors import NO_ROOM
from lib.recordings.step import Failure

_MODULE = "lib.recordings.clip_process"

_ERRORS: dict[Failure, tuple[Any, ...]] = {  # the class, and its sentences where they are others
    "empty": (EmptyStretchError,),
    "limit": (ClipLimitError,),
    "full": (
        ClipError,
        "The clips could not be written." + NO_ROOM,
        "Choose fewer or shorter clips, or tell whoever runs the app.",
    ),
    "disk": (
        ClipError,
        "The recording, or the app's folder for clips, cannot be used.",
        "Choose the recording again; if that fails, tell whoever runs the app.",
    ),
}


@dataclass(frozen=True, slots=True)
class ClipFile:
    """A file of clips. `remarks` are sentences on what is not in it, or could not be read."""

    path: Path
    size: int
    remarks: tuple[str, ...] = ()


def cut_clips(
    source: Path,
    target: Path,
    request: ClipRequest,
    *,
    progress: Callable[[float], None] = lambda _: None,
    cancelled: Callable[[], bool] = lambda: False,
    bounds: Bounds = BOUNDS,
) -> ClipFile:
    """Write the clips of a recording to `target`; what is there after an error is of no use.

    Raises:
        PreparationCancelledError: `cancelled` said so.
        ClipLimitError: it takes more than `bounds`.
        EmptyStretchError: there is nothing in any of them.
        ClipError: FFmpeg cannot do it, or the disk is full or cannot be used.
    """
    try:
        answer = run_job(
            _MODULE,
            {"source": str(source), "target": str(target), "request": asdict(request)},
            progress=progress,
            cancelled=cancelled,
            bounds=bounds,
        )
    except PreparationCancelledError:
        raise
    except PreparationLimitError as error:
        raise ClipLimitError from error
    except PreparationError as error:
        raise ClipError from error
    if "failure" in answer:
        raise _error_of(answer["failure"])
    return ClipFile(target, target.stat().st_size, tuple(_remarks(answer, len(request.clips))))


def _remarks(answer: dict[str, Any], count: int) -> list[str]:
    remarks = []
    if left_out := len(answer["left_out"]):
        remarks.append(
            f"{left_out} of {count} clips are left out: the recording has nothing there."
        )
    if answer["damaged"]:
        remarks.append(
            damage_sentence(tuple(Stretch(start, end) for start, end in answer["damaged"]))
        )
    return remarks


def _error_of(failure: Failure) -> RecordingError:
    kind, *sentences = _ERRORS.get(failure, (ClipError,))
    error: RecordingError = kind(*sentences)
    return error
