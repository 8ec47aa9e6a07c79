"""Recordings on their way in: written to the private folder slice by slice, never in memory.

An upload goes on where it stands, at whatever byte it broke off. What is left for too long goes
with the sweep of the folder. Imports only the standard library.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from lib.errors import (
    OtherBytesError,
    UploadEndedError,
    UploadOffsetError,
    UploadTooLargeError,
)
from lib.recordings.disk_errors import disk_error, no_room_error
from lib.recordings.store import RecordingStore

PREFIX = "upload-"  # then the id of an upload: no ticket, so that nothing plays it
OVERLAP_BYTES = 1 << 16  # that may be sent again, to show that the file is the same


@dataclass(frozen=True, slots=True)
class UploadPlan:
    """What a page allowed: an unguessable id, the name of the file, and how many bytes it has."""

    id: str
    name: str
    size: int


@dataclass(frozen=True, slots=True)
class FinishedUpload:
    """A whole upload, now a recording on loan: its ticket, and the SHA-256 of its bytes in hex."""

    name: str
    size: int
    ticket: str
    content: str


@dataclass(slots=True)
class _Transfer:
    """How far an upload is. `slice` is the one that may write: the last that began."""

    plan: UploadPlan
    file: Path
    used_at: float
    offset: int = 0
    digest: hashlib._Hash = field(default_factory=hashlib.sha256)
    slice: Slice | None = None
    finished: FinishedUpload | None = None
    ended: bool = False
    lock: threading.Lock = field(default_factory=threading.Lock)


class Uploads:
    """The uploads of this process, into the folder of `store`; of one id, one file.

    They leave `reserve` bytes of the disk free. What is not used for `keep_for` seconds is over,
    and so is what is finished or removed: the same id begins nothing anew.
    """

    def __init__(
        self,
        store: RecordingStore,
        *,
        keep_for: float,
        reserve: int,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._store = store
        self._keep_for = keep_for
        self._reserve = reserve
        self._clock = clock
        self._lock = threading.Lock()
        self._transfers: dict[str, _Transfer] = {}

    def check_room(self, size: int) -> None:
        """Do nothing where so many bytes fit on the disk.

        Raises:
            RecordingError: they would not leave enough for the library.
        """
        if shutil.disk_usage(self._store.folder).free - size < self._reserve:
            raise no_room_error()

    def offset(self, plan: UploadPlan) -> int:
        """How many bytes are here: where the next slice begins.

        Raises:
            UploadEndedError: no slice is taken any more, and the upload is not finished.
        """
        transfer = self._transfer(plan)
        if transfer.ended and not transfer.finished:
            raise UploadEndedError
        return transfer.offset

    def slice(self, plan: UploadPlan, offset: int, length: int) -> Slice:
        """What writes the bytes from `offset` on; an earlier slice of the upload writes no more.

        The slice may begin up to `OVERLAP_BYTES` before the place where the upload stands.

        Raises:
            UploadEndedError: the upload is over.
            UploadOffsetError: it stands elsewhere.
            UploadTooLargeError: the slice goes on past the end.
            RecordingError: there is no room on the disk.
        """
        transfer = self._transfer(plan)
        with transfer.lock:
            if transfer.ended:
                raise UploadEndedError
            if not transfer.offset - OVERLAP_BYTES <= offset <= transfer.offset or offset < 0:
                raise UploadOffsetError
            if offset + length > plan.size:
                raise UploadTooLargeError
            self.check_room(plan.size - transfer.offset)
            transfer.slice = Slice(self._finish, transfer, offset)
            return transfer.slice

    def finished(self, upload_id: str) -> FinishedUpload | None:
        """The recording that an upload has become; None where it is not whole, or long ago."""
        transfer = self._transfers.get(upload_id)
        return transfer.finished if transfer else None

    def remove(self, upload_id: str) -> None:
        """End an upload that is not finished, and delete what is here of it."""
        transfer = self._transfers.get(upload_id)
        if transfer is None:
            return
        with transfer.lock:
            if not transfer.ended:
                transfer.ended = True
                transfer.file.unlink(missing_ok=True)

    def _transfer(self, plan: UploadPlan) -> _Transfer:
        now = self._clock()
        with self._lock:
            for upload_id, transfer in [*self._transfers.items()]:
                if now - transfer.used_at > self._keep_for:
                    del self._transfers[upload_id]
                    transfer.file.unlink(missing_ok=True)
            if plan.id not in self._transfers:
                file = self._store.folder / f"{PREFIX}{plan.id}"
                self._transfers[plan.id] = _Transfer(plan, file, now)
            transfer = self._transfers[plan.id]
            transfer.used_at = now
            return transfer

    def _finish(self, transfer: _Transfer) -> None:
        plan = transfer.plan
        ticket = self._store.adopt(transfer.file, plan.name)
        content = transfer.digest.hexdigest()
        transfer.finished = FinishedUpload(plan.name, plan.size, ticket, content)
        transfer.ended = True


class Slice:
    """Writes what comes to where an upload stands, until it is closed or a later one begins."""

    def __init__(
        self, finish: Callable[[_Transfer], None], transfer: _Transfer, position: int
    ) -> None:
        self._finish = finish
        self._transfer = transfer
        self._position = position  # of the next byte that comes
        self._file: BinaryIO | None = None

    def write(self, block: bytes | bytearray) -> None:
        """Write a block; what was here already is compared. The last one finishes the upload.

        Raises:
            UploadEndedError: the upload is over, or goes on with a later slice.
            UploadTooLargeError: there are more bytes than were said.
            OtherBytesError: what was here already was another file's; it is deleted.
            RecordingError: the disk is full; what was written before is still here.
        """
        transfer = self._transfer
        with transfer.lock:
            if transfer.ended or transfer.slice is not self:
                raise UploadEndedError
            if self._position + len(block) > transfer.plan.size:
                raise UploadTooLargeError
            try:
                file = self._open()
                known = self._compare(file, block)
                self._append(file, memoryview(block)[known:])
            except OSError as error:
                raise disk_error(error) from error
            if transfer.offset == transfer.plan.size:
                self.close()
                self._finish(transfer)

    def close(self) -> None:
        """Close the file; the upload stands where it is."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        error_type: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def _open(self) -> BinaryIO:
        """The file, as long as what is known of it: the sweep may have taken it meanwhile."""
        if self._file is None:
            transfer = self._transfer
            if not transfer.offset:
                transfer.file.touch(mode=0o600)
            try:
                self._file = transfer.file.open("r+b", buffering=0)
            except FileNotFoundError:
                transfer.ended = True
                raise UploadEndedError from None
        return self._file

    def _compare(self, file: BinaryIO, block: bytes | bytearray) -> int:
        """How many bytes of the block were here already; they must be the same."""
        transfer = self._transfer
        known = min(len(block), transfer.offset - self._position)
        if known <= 0:
            return 0
        file.seek(self._position)
        if file.read(known) != block[:known]:
            file.truncate(0)
            transfer.offset, transfer.digest = 0, hashlib.sha256()
            transfer.slice = None
            raise OtherBytesError
        self._position += known
        return known

    def _append(self, file: BinaryIO, rest: memoryview) -> None:
        """Write at the end; a full disk may take a part of it, which counts."""
        transfer = self._transfer
        file.seek(transfer.offset)
        while rest:
            count = os.write(file.fileno(), rest)
            transfer.digest.update(rest[:count])
            transfer.offset += count
            self._position += count
            rest = rest[count:]
