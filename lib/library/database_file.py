"""The file of an SQLite library: for its owner alone, with room in reserve for a full disk.

Deleting needs room as well: SQLite writes what it overwrites into its journal first. So a file
beside the library holds some, which is given back when the disk is full.
"""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from pathlib import Path

from lib.errors import LibraryAddressError
from lib.library import database

RESERVE_SUFFIX = "-reserve"
MAX_RESERVE_BYTES = 16 << 20
MIN_RESERVE_BYTES = 1 << 18  # what opening a library and deleting a note take
FREE_FACTOR = 2  # so much more must be free: what deleting frees is not taken back at once
FULL_BYTES = 1 << 17  # a disk with less room is full: SQLite cannot even open a library there


class DatabaseFile:
    """The file that `url` names; for a server, or a library in memory, all of this does nothing."""

    def __init__(self, url: str) -> None:
        self._file = _library_file(url)

    def make_private(self) -> None:
        """Create the file if its folder is there, and close it and its journal to other users."""
        if self._file is None:
            return
        # A file that is there is not opened: closing it would give up the locks that this process
        # holds on it (https://www.sqlite.org/howtocorrupt.html, 2.2), and its changes be lost.
        with suppress(OSError):  # it is there, or SQLite says what is wrong with it
            os.close(os.open(self._file, os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600))
        for suffix in ("", "-wal", "-shm"):
            with suppress(OSError):  # it is not there, or another user's
                Path(f"{self._file}{suffix}").chmod(0o600)

    def is_disk_full(self) -> bool:
        """Whether there is no room for what SQLite needs to write anything."""
        try:
            return self._file is not None and (
                shutil.disk_usage(self._file.parent).free < FULL_BYTES
            )
        except OSError:
            return False

    def is_closed_to_us(self) -> bool:
        """Whether the app may not write to the file or its folder: SQLite says less of it."""
        if self._file is None or not self._file.parent.exists():
            return False
        paths = [path for path in (self._file, self._file.parent) if path.exists()]
        return not all(os.access(path, os.W_OK) for path in paths)

    def reserve_room(self) -> None:
        """Hold some room in reserve: as much as the library has, up to MAX_RESERVE_BYTES."""
        if self._file is None:
            return
        with suppress(OSError):  # without a reserve all else works
            size = min(max(self._file.stat().st_size, MIN_RESERVE_BYTES), MAX_RESERVE_BYTES)
            if self._reserve.exists() and self._reserve.stat().st_size * 2 >= size:
                return
            if shutil.disk_usage(self._file.parent).free >= size * FREE_FACTOR:
                self._write_reserve(size)

    def give_reserve_back(self) -> bool:
        """Give the room in reserve back to the disk; False where there was none."""
        if self._file is None:
            return False
        try:
            self._reserve.unlink()
        except OSError:
            return False
        return True

    @property
    def _reserve(self) -> Path:
        return Path(f"{self._file}{RESERVE_SUFFIX}")

    def _write_reserve(self, size: int) -> None:
        handle = os.open(self._reserve, os.O_CREAT | os.O_WRONLY | os.O_CLOEXEC, 0o600)
        try:
            if hasattr(os, "posix_fallocate"):
                os.posix_fallocate(handle, 0, size)
            else:
                os.write(handle, bytes(size))  # a file with holes would hold no room
        except OSError:
            self._reserve.unlink()
            raise
        finally:
            os.close(handle)


def _library_file(url: str) -> Path | None:
    try:
        parsed = database.read_url(url)
    except LibraryAddressError:
        return None  # connecting says so
    name = parsed.database
    if parsed.get_backend_name() != "sqlite" or not name or name.startswith((":", "file:")):
        return None
    return Path(name)
