"""Folders that only the app may open: made where they are missing, or for one process alone.

Imports only the standard library.
"""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
from pathlib import Path

from lib.recordings.disk_errors import folder_error

FOLDER_PREFIX = "signal-review-"  # then the process that owns the folder, or whose library it is


def make_private(folder: Path) -> Path:
    """The folder, created if missing, which no other user can read.

    Raises:
        RecordingError: it cannot be made, or belongs to somebody else.
    """
    try:
        if not folder.parent.exists():
            folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.mkdir(mode=0o700, exist_ok=True)
        status = folder.lstat()
        # Every user may write to a temporary folder: this may be another user's, or a link.
        if not stat.S_ISDIR(status.st_mode) or status.st_uid != os.geteuid():
            raise folder_error()
        folder.chmod(0o700)
    except OSError as error:
        raise folder_error(error) from error
    return folder


def make_process_folder() -> Path:
    """A new folder that is named for this process."""
    return Path(tempfile.mkdtemp(prefix=f"{FOLDER_PREFIX}{os.getpid()}-"))  # mode 0700


def remove_dead_folders() -> None:
    """Delete the folders of processes that were killed before they could do so."""
    for folder in Path(tempfile.gettempdir()).glob(f"{FOLDER_PREFIX}*-*"):
        owner = folder.name.removeprefix(FOLDER_PREFIX).partition("-")[0]
        if owner.isdecimal() and not _is_alive(int(owner)):
            shutil.rmtree(folder, ignore_errors=True)  # not possible for another user's


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:  # a process of another user
        return True
    return True
