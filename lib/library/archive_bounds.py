"""Bounds of an archive that is read, so that a small file costs neither memory nor time."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO

from lib.errors import ArchiveError, ArchiveTooLargeError
from lib.model import MIB

BLOCK_BYTES = MIB
ENTRY_MARK = b"PK\x01\x02"  # before each entry in a zip's list of them
SMALL_BYTES = 64 * MIB  # unpacked: an archive may pack so much as well as it likes
READABLE_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
READ_ERRORS = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    ValueError,  # a text in another encoding, JSON that is none, a number beyond all bounds
    OverflowError,
    RuntimeError,  # encrypted, of an unknown kind, or nested without end
)


@dataclass(frozen=True, slots=True)
class Bounds:
    """What an archive may hold: entries, and bytes unpacked, of one file and of all.

    `ratio` is that of all unpacked bytes to the size of the archive.
    """

    entries: int
    file_bytes: int
    total_bytes: int
    ratio: int


PAGE = Bounds(entries=20_000, file_bytes=64 * MIB, total_bytes=1024 * MIB, ratio=100)
COMMAND = Bounds(  # whoever may run it owns the machine
    entries=1_000_000, file_bytes=256 * MIB, total_bytes=256 * 1024 * MIB, ratio=1000
)


@contextmanager
def open_archive(stream: IO[bytes], bounds: Bounds) -> Iterator[zipfile.ZipFile]:
    """The archive in a stream, of which nothing is unpacked yet.

    Raises:
        ArchiveTooLargeError: it is beyond the bounds.
        ArchiveError: it is no zip, or one that was tampered with.
    """
    try:
        # First, for zipfile makes an object of each entry, 25 microseconds and half a kilobyte.
        if _count_marks(stream) > bounds.entries:
            raise ArchiveTooLargeError(f"The archive holds more than {bounds.entries:,} files.")
        archive = zipfile.ZipFile(stream)
        size = stream.seek(0, 2)
    except READ_ERRORS as error:
        raise ArchiveError from error
    with archive:
        packed = sum(entry.compress_size for entry in archive.infolist())
        if packed > size:  # files that lie over each other, to unpack to more than there is
            raise ArchiveError
        unpacked = sum(entry.file_size for entry in archive.infolist())
        if unpacked > min(bounds.total_bytes, max(SMALL_BYTES, bounds.ratio * size)):
            raise ArchiveTooLargeError(
                f"The archive would unpack to {unpacked / MIB:,.0f} MiB, more than is allowed."
            )
        yield archive


def read_entry(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, bounds: Bounds) -> bytes:
    """The bytes of one file of an archive; never more than its entry states.

    Raises:
        ValueError: it is beyond the bounds, or packed in a way that is not read.
        READ_ERRORS: it is damaged.
    """
    if entry.file_size > bounds.file_bytes or entry.compress_type not in READABLE_METHODS:
        raise ValueError
    with archive.open(entry) as member:
        return member.read(bounds.file_bytes)


def _count_marks(stream: IO[bytes]) -> int:
    """How many entries a zip may list at most, without reading any of them."""
    stream.seek(0)
    count, tail = 0, b""
    while block := stream.read(BLOCK_BYTES):
        text = tail + block
        count += text.count(ENTRY_MARK)
        tail = text[-len(ENTRY_MARK) + 1 :]
    return count
