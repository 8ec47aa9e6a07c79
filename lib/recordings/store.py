"""Recordings on loan: private files, removed when their time is up.

A recording lies here while it waits, is analysed and is reviewed, and nowhere else. The folder
is the register: each file's time of change says when it was last asked for, so that another
process, or the next one, finds everything again. Knows only the standard library.
"""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import shutil
import stat
import tempfile
import threading
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import IO

from lib.errors import RecordingError

KEEP_FOR = 2 * 60 * 60  # seconds since a recording was last asked for
SWEEP_EVERY = 60  # seconds
PREFIX = "signal-review-"  # then the process that owns the folder, or whose library it is
BLOCK = 1 << 20  # bytes copied at a time
TICKET = re.compile(r"[0-9a-f]{32}(\.[a-z0-9]{1,5})?")
PART = ".part"  # while it is copied in
OF_SESSION = "of-"  # then what names a session: a file that holds a ticket
PLACE = "place"  # a file that holds the folder's own name


class RecordingStore:
    """A private folder of recordings, each under an unguessable name (its ticket).

    What has not been asked for during `keep_for` seconds is removed, whether or not anybody
    calls again. `folder` outlives the process and may be shared by several; without one, a
    folder of this process alone is made, and removed by `close`. With `kept`, the recording of a
    session stays until `remove_sessions`, or until `remove_orphans` finds its session gone.

    Raises:
        RecordingError: the folder cannot be made, or belongs to somebody else.
    """

    def __init__(
        self,
        folder: Path | None = None,
        *,
        keep_for: float = KEEP_FOR,
        kept: bool = False,
        clock: Callable[[], float] = time.time,
    ) -> None:
        _clear_away_the_dead()
        self._lasting = folder is not None
        self._folder = _private(folder) if folder else _of_this_process()
        self._keep_for = keep_for
        self._kept = kept
        self._clock = clock
        self._closed = threading.Event()
        self.folder_id = self._read_folder_id()
        self.folder = self._folder  # who else keeps something private makes a folder in it
        self.sweep()
        threading.Thread(target=self._sweep_on, name="recordings", daemon=True).start()

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
                shutil.copyfileobj(source, target, BLOCK)
            part.rename(self._folder / ticket)
        except OSError as error:
            part.unlink(missing_ok=True)
            raise RecordingError(
                "There is no room for the recording on the app's disk.",
                "Try again later, or tell whoever runs the app.",
            ) from error
        self.path(ticket)
        return ticket

    def path(self, ticket: str) -> Path | None:
        """Where the recording lies, or None when it is gone. Asking keeps it for longer."""
        if not TICKET.fullmatch(ticket):
            return None
        found = self._folder / ticket
        now = self._clock()
        try:
            os.utime(found, (now, now))
        except OSError:
            return None
        return found

    def assign(self, ticket: str, session_id: str) -> None:
        """Remember which session a recording belongs to.

        Raises:
            RecordingError: the disk takes not even that.
        """
        part = self._folder / f"{ticket}{PART}"
        try:
            part.write_text(ticket)
            part.replace(self._of(session_id))
        except (OSError, ValueError) as error:
            raise RecordingError(
                "The recording could not be kept with its session.",
                "Open the session and bring the recording in there.",
            ) from error

    def path_of_session(self, session_id: str) -> Path | None:
        """Where the recording of a session lies, or None when there is none any more."""
        return self.path(self._ticket_of(session_id))

    def has_session(self, session_id: str) -> bool:
        """Whether the recording of a session is here. Asking does not keep it for longer."""
        return self._there(self._ticket_of(session_id))

    def remove_sessions(self, *session_ids: str) -> None:
        """Delete the recordings of sessions, but for what another session has as well."""
        self._give_up(self._of(session_id) for session_id in session_ids)

    def remove(self, ticket: str) -> None:
        """Delete a recording; one that is gone already is no error."""
        if TICKET.fullmatch(ticket):
            (self._folder / ticket).unlink(missing_ok=True)

    def remove_orphans(self, sessions: Callable[[], Iterable[str]]) -> None:
        """Delete the recordings of sessions that are gone; `sessions` says which are there.

        It is asked last, so that what is lent meanwhile stays.
        """
        lent = [file for file in self._files() if file.name.startswith(OF_SESSION)]
        there = {self._of(session_id) for session_id in sessions()}
        self._give_up(file for file in lent if file not in there)

    def sweep(self) -> None:
        """Delete every recording whose time is up, and what told its session."""
        now = self._clock()
        files = self._files()
        kept = self._lent(files) if self._kept else frozenset()
        for file in files:
            with suppress(OSError, ValueError):  # gone meanwhile: another process sweeps too
                if file.name.startswith(OF_SESSION):
                    over = not self._there(file.read_text())
                else:
                    over = file.name not in kept and now - file.stat().st_mtime > self._keep_for
                if over:
                    file.unlink()

    def close(self) -> None:
        """End the sweeping; a folder of this process alone is deleted, with all in it."""
        self._closed.set()
        if not self._lasting:
            shutil.rmtree(self._folder, ignore_errors=True)

    def _files(self) -> list[Path]:
        """All but the folder's name; what tells of sessions comes last."""
        try:
            found = [file for file in self._folder.iterdir() if file.name != PLACE]
        except OSError:
            return []
        return sorted(found, key=lambda file: file.name.startswith(OF_SESSION))

    def _give_up(self, files: Iterable[Path]) -> None:
        """Forget that sessions have a recording, and delete those that no other one has."""
        tickets = set()
        for file in files:
            with suppress(OSError, ValueError):  # there is none, or it is gone meanwhile
                tickets.add(file.read_text())
                file.unlink()
        for ticket in tickets - self._lent(self._files()):
            self.remove(ticket)

    def _lent(self, files: Iterable[Path]) -> frozenset[str]:
        """The tickets of the recordings that belong to a session."""
        found = set()
        for file in files:
            if file.name.startswith(OF_SESSION):
                with suppress(OSError, ValueError):  # gone meanwhile
                    found.add(file.read_text())
        return frozenset(found)

    def _of(self, session_id: str) -> Path:
        digest = hashlib.blake2b(session_id.encode("utf-8", "replace"), digest_size=16)
        return self._folder / f"{OF_SESSION}{digest.hexdigest()}"

    def _ticket_of(self, session_id: str) -> str:
        try:
            return self._of(session_id).read_text()
        except (OSError, ValueError):
            return ""

    def _there(self, ticket: str) -> bool:
        return TICKET.fullmatch(ticket) is not None and (self._folder / ticket).exists()

    def _read_folder_id(self) -> str:
        """What tells this folder from one on another machine; the first process writes it."""
        file = self._folder / PLACE
        drawn = self._folder / f"{secrets.token_hex(16)}{PART}"
        try:
            drawn.write_text(secrets.token_hex(8))
            with suppress(FileExistsError):
                os.link(drawn, file)  # whole or not at all, and only where there is none
            drawn.unlink()
            return file.read_text()
        except (OSError, ValueError) as error:
            raise _unusable() from error

    def _sweep_on(self) -> None:
        while not self._closed.wait(SWEEP_EVERY):
            self.sweep()


def sha256_of(source: IO[bytes]) -> str:
    """The SHA-256 of the bytes, in hex; they are read block by block."""
    # `hashlib.file_digest` would have an upload in memory copied whole: it asks for its buffer.
    digest = hashlib.sha256()
    source.seek(0)
    while block := source.read(BLOCK):
        digest.update(block)
    return digest.hexdigest()


def recordings_folder(library: Path | None, name: str) -> Path:
    """Where recordings wait: beside the library's file, or a temporary folder for `name`."""
    if library is not None:
        return library.with_name(f"{library.name}-recordings")
    digest = hashlib.blake2b(name.encode("utf-8", "replace"), digest_size=8).hexdigest()
    return Path(tempfile.gettempdir()) / f"{PREFIX}of-{digest}"


def _private(folder: Path) -> Path:
    """The folder, made if need be, which nobody else can look into."""
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        folder.mkdir(mode=0o700, exist_ok=True)
        found = folder.lstat()
        # A temporary folder is everybody's: what stands there may be another user's, or a link.
        if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.geteuid():
            raise _unusable()
        folder.chmod(0o700)
    except OSError as error:
        raise _unusable() from error
    return folder


def _unusable() -> RecordingError:
    return RecordingError(
        "The app's folder for recordings cannot be used.",
        "Tell whoever runs the app: it must be a folder that only the app may open.",
    )


def _of_this_process() -> Path:
    return Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-"))  # mode 0700


def _clear_away_the_dead() -> None:
    """Delete the folders of processes that were killed before they could."""
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*-*"):
        owner = folder.name.removeprefix(PREFIX).partition("-")[0]
        if owner.isdecimal() and not _alive(int(owner)):
            shutil.rmtree(folder, ignore_errors=True)  # another user's refuses


def _alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:  # not ours to ask, so somebody's
        return True
    return True


def _plain_suffix(name: str) -> str:
    suffix = Path(name).suffix.lower()
    return suffix if re.fullmatch(r"\.[a-z0-9]{1,5}", suffix) else ""
