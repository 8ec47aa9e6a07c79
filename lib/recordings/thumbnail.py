"""The thumbnail of a recording: a small still of its picture, for lists; made once.

Sound alone has none: an empty file says so, so that nobody looks for a picture again.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from lib.recordings.bounded_process import BOUNDS, run_job
from lib.recordings.companions import companion
from lib.recordings.disk_errors import disk_error
from lib.recordings.preparation import PART

_MODULE = "lib.recordings.thumbnail_process"


def thumbnail_of(recording: Path) -> Path | None:
    """The thumbnail of a recording, where there is one."""
    file = _file_of(recording)
    return file if _size_of(file) else None


def has_no_picture(recording: Path) -> bool:
    """Whether it was seen that a recording has no picture to make a thumbnail of."""
    return _size_of(_file_of(recording)) == 0


def make_thumbnail(
    recording: Path, progress: Callable[[float], None], cancelled: Callable[[], bool]
) -> None:
    """Make the thumbnail of a recording beside it, in a process of its own, unless it is there.

    Raises:
        PreparationError: FFmpeg cannot read it, or `cancelled` said so.
        RecordingError: the disk is full or cannot be written.
    """
    file = _file_of(recording)
    if file.exists():
        return
    part = file.with_name(file.name + PART)
    job = {
        "source": str(recording),
        "target": str(part),
    }
    try:
        answer = run_job(
            _MODULE,
            job,
            progress=progress,
            cancelled=cancelled,
            bounds=BOUNDS,
        )
        if not answer["has_picture"]:
            part.touch()
        part.replace(file)
    except OSError as error:
        raise disk_error(error) from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def _size_of(file: Path) -> int | None:
    """The bytes in a file; None where there is none."""
    try:
        return file.stat().st_size
    except OSError:
        return None


def _file_of(recording: Path) -> Path:
    return companion(recording, "thumbnail.jpg")
