"""What the disk said when a recording or its folder could not be written, in our sentences."""

from __future__ import annotations

import errno

from lib.errors import RecordingError

NO_ROOM = " There is no room on the app's disk."


def is_full(error: Exception) -> bool:
    """Whether there was no room."""
    return getattr(error, "errno", None) in (errno.ENOSPC, errno.EDQUOT)


def disk_error(error: OSError) -> RecordingError:
    """Why a recording could not be written: there is no room, or it is not allowed."""
    return no_room_error() if is_full(error) else folder_error(error)


def no_room_error() -> RecordingError:
    """Why a recording could not be written: the disk is full, or nearly so."""
    return RecordingError(
        "There is no room for the recording on the app's disk.",
        "Delete sessions whose recordings are kept, or tell whoever runs the app; then try again.",
    )


def folder_error(error: Exception | None = None) -> RecordingError:
    """Why the folder of recordings cannot be used; without an error, it is somebody else's."""
    if error and is_full(error):
        return RecordingError(
            "There is no room on the app's disk, so its folder for recordings cannot be used.",
            "Delete sessions, or tell whoever runs the app to make room; then try again.",
        )
    return RecordingError(
        "The app's folder for recordings cannot be used.",
        "Tell whoever runs the app: it must be a folder that only the app may open.",
    )
