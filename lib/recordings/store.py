"""Temporary storage of recordings: private files, deleted some time after their last use.

A recording is stored here while it waits, is analysed and is reviewed, and nowhere else. There is
no index besides the folder: the modification time of a file is that of its last use, so that
another process, or the next one, knows as much. Imports only the standard library.
"""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import shutil
import tempfile
import threading
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import IO

from lib.errors import RecordingError
from lib.recordings.companions import companions_of, is_companion, recording_of
from lib.recordings.disk_errors import NO_ROOM, disk_error, folder_error, is_full
from lib.recordings.private_folder import (
    FOLDER_PREFIX,
    make_private,
    make_process_folder,
    remove_dead_folders,
)

SWEEP_SECONDS = 60  # between two deletions of what is too old
BLOCK_BYTES = 1 << 20  # copied at a time
TICKET = re.compile(r"[0-9a-f]{32}(\.[a-z0-9]{1,5})?")
PART = ".part"  # while it is copied in
SESSION_PREFIX = "of-"  # then a hash of a session's id: a file that holds the ticket
FOLDER_ID_FILE = "place"  # holds the id of this folder


class RecordingStore:
    """A private folder of recordings, each under an unguessable name (its ticket).

    What has not been used for `keep_for` seconds is deleted, whether or not anybody calls again.
    `folder` outlives the process and may be shared by several; without one, a folder of this
    process alone is made, and deleted by `close`. With `kept`, the recording of a session stays
    until `remove_sessions`, or until `remove_orphans` is not given the session.

    Raises:
        RecordingError: the folder cannot be made, or belongs to somebody else.
    """

    def __init__(
        self,
        folder: Path | None = None,
        *,
        keep_for: float,
        kept: bool = False,
        clock: Callable[[], float] = time.time,
    ) -> None:
        remove_dead_folders()
        self._outlives_process = folder is not None
        self._folder = make_private(folder) if folder else make_process_folder()
        self._keep_for = keep_for
        self._keeps_assigned = kept
        self._clock = clock
        self._closed = threading.Event()
        self.folder_id = self._read_folder_id()
        self.folder = self._folder  # other private files go to a folder within it
        self.sweep()
        threading.Thread(target=self._sweep_repeatedly, name="recordings", daemon=True).start()

    def add(self, source: IO[bytes], name: str) -> str:
        """Copy a recording in, block by block, and return its ticket.

        Only the suffix of `name` is used, and only when it is a plain one.

        Raises:
            RecordingError: it does not fit on the disk.
        """
        ticket = secrets.token_hex(16) + _plain_suffix(name)
        part = self._folder / (ticket + PART)
        source.seek(0)
        try:
            with part.open("xb") as target:
                shutil.copyfileobj(source, target, BLOCK_BYTES)
            part.rename(self._folder / ticket)
        except OSError as error:
            with suppress(OSError):
                part.unlink(missing_ok=True)
            raise disk_error(error) from error
        self.path(ticket)
        return ticket

    def adopt(self, file: Path, name: str) -> str:
        """Make a file within the folder a recording, without copying it; its ticket.

        Raises:
            RecordingError: it is gone, or the disk does not let it.
        """
        ticket = secrets.token_hex(16) + _plain_suffix(name)
        try:
            file.rename(self._folder / ticket)
        except OSError as error:
            raise disk_error(error) from error
        self.path(ticket)
        return ticket

    def path(self, ticket: str) -> Path | None:
        """The path of a recording, None when it is gone. This counts as a use of it."""
        if not TICKET.fullmatch(ticket):
            return None
        path = self._folder / ticket
        now = self._clock()
        try:
            os.utime(path, (now, now))
        except OSError:
            return None
        return path

    def assign(self, ticket: str, session_id: str) -> None:
        """Store which session a recording belongs to.

        Raises:
            RecordingError: it cannot be written to the disk.
        """
        part = self._folder / f"{ticket}{PART}"
        try:
            part.write_text(ticket)
            part.replace(self._session_file(session_id))
        except (OSError, ValueError) as error:
            with suppress(OSError):
                part.unlink(missing_ok=True)
            raise RecordingError(
                "The recording could not be kept with its session."
                + (NO_ROOM if is_full(error) else ""),
                "Open the session and choose the recording there.",
            ) from error

    def path_of_session(self, session_id: str) -> Path | None:
        """The path of a session's recording, None when there is none. Counts as a use of it."""
        return self.path(self._ticket_of(session_id))

    def file_of_session(self, session_id: str) -> Path | None:
        """The same, for what is only made of it: this does not count as a use."""
        ticket = self._ticket_of(session_id)
        return self._folder / ticket if self._exists(ticket) else None

    def has_session(self, session_id: str) -> bool:
        """Whether the recording of a session is here. Does not count as a use of it."""
        return self._exists(self._ticket_of(session_id))

    def remove_sessions(self, *session_ids: str) -> None:
        """Delete the recordings of sessions, except those that another session has as well."""
        self._release(self._session_file(session_id) for session_id in session_ids)

    def remove(self, ticket: str) -> None:
        """Delete a recording, and what was made of it; one that is gone already is no error."""
        if TICKET.fullmatch(ticket):
            recording = self._folder / ticket
            recording.unlink(missing_ok=True)
            for file in companions_of(recording):
                file.unlink(missing_ok=True)

    def remove_orphans(self, sessions: Callable[[], Iterable[str]]) -> None:
        """Delete the recordings of deleted sessions; `sessions` gives the ids of those that exist.

        It is called last, so that what is assigned meanwhile stays.
        """
        session_files = [file for file in self._files() if file.name.startswith(SESSION_PREFIX)]
        existing = {self._session_file(session_id) for session_id in sessions()}
        self._release(file for file in session_files if file not in existing)

    def sweep(self) -> None:
        """Delete every recording that is too old, and the file that names its session."""
        now = self._clock()
        files = self._files()
        protected = self._assigned_tickets(files) if self._keeps_assigned else frozenset()
        for file in files:
            with suppress(OSError, ValueError):  # gone meanwhile: another process sweeps too
                if file.name.startswith(SESSION_PREFIX):
                    expired = not self._exists(file.read_text())
                elif is_companion(file):
                    expired = not recording_of(file).exists()
                else:
                    expired = file.name not in protected and (
                        now - file.stat().st_mtime > self._keep_for
                    )
                if expired:
                    file.unlink()

    def close(self) -> None:
        """End the sweeping; a folder of this process alone is deleted, with all in it."""
        self._closed.set()
        if not self._outlives_process:
            shutil.rmtree(self._folder, ignore_errors=True)

    def _files(self) -> list[Path]:
        """All files but that of the folder's id; recordings come first, session files last."""
        try:
            files = [file for file in self._folder.iterdir() if file.name != FOLDER_ID_FILE]
        except OSError:
            return []
        return sorted(
            files, key=lambda file: (file.name.startswith(SESSION_PREFIX), is_companion(file))
        )

    def _release(self, files: Iterable[Path]) -> None:
        """Delete session files, and the recordings that no session has any more."""
        tickets = set()
        for file in files:
            with suppress(OSError, ValueError):  # there is none, or it is gone meanwhile
                tickets.add(file.read_text())
                file.unlink()
        for ticket in tickets - self._assigned_tickets(self._files()):
            self.remove(ticket)

    def _assigned_tickets(self, files: Iterable[Path]) -> frozenset[str]:
        """The tickets of the recordings that belong to a session."""
        tickets = set()
        for file in files:
            if file.name.startswith(SESSION_PREFIX):
                with suppress(OSError, ValueError):  # gone meanwhile
                    tickets.add(file.read_text())
        return frozenset(tickets)

    def _session_file(self, session_id: str) -> Path:
        digest = hashlib.blake2b(session_id.encode("utf-8", "replace"), digest_size=16)
        return self._folder / f"{SESSION_PREFIX}{digest.hexdigest()}"

    def _ticket_of(self, session_id: str) -> str:
        try:
            return self._session_file(session_id).read_text()
        except (OSError, ValueError):
            return ""

    def _exists(self, ticket: str) -> bool:
        return TICKET.fullmatch(ticket) is not None and (self._folder / ticket).exists()

    def _read_folder_id(self) -> str:
        """The id that distinguishes this folder from others; the first process writes it."""
        file = self._folder / FOLDER_ID_FILE
        draft = self._folder / f"{secrets.token_hex(16)}{PART}"
        with suppress(FileNotFoundError, ValueError, PermissionError):
            if written := file.read_text():  # on a full disk it could not be written again
                return written
        try:
            draft.write_text(secrets.token_hex(8))
            with suppress(FileExistsError):
                os.link(draft, file)  # atomic, and never over an existing one
            draft.unlink()
            return file.read_text()
        except (OSError, ValueError) as error:
            with suppress(OSError):
                draft.unlink(missing_ok=True)
            raise folder_error(error) from error

    def _sweep_repeatedly(self) -> None:
        while not self._closed.wait(SWEEP_SECONDS):
            self.sweep()


def sha256_of(source: IO[bytes]) -> str:
    """The SHA-256 of the bytes, in hex; they are read block by block."""
    # `hashlib.file_digest` would copy an upload in memory whole: it takes its buffer.
    digest = hashlib.sha256()
    source.seek(0)
    while block := source.read(BLOCK_BYTES):
        digest.update(block)
    return digest.hexdigest()


def recordings_folder(library: Path | None, name: str) -> Path:
    """The folder of recordings: beside the library's file, or a temporary one for `name`."""
    if library is not None:
        return library.with_name(f"{library.name}-recordings")
    digest = hashlib.blake2b(name.encode("utf-8", "replace"), digest_size=8).hexdigest()
    return Path(tempfile.gettempdir()) / f"{FOLDER_PREFIX}of-{digest}"


def _plain_suffix(name: str) -> str:
    suffix = Path(name).suffix.lower()
    return suffix if re.fullmatch(r"\.[a-z0-9]{1,5}", suffix) else ""
