"""Recordings on loan: private temporary files, removed when their time is up.

A recording lies here while it is analysed and reviewed, and nowhere else. Knows only the
standard library.
"""

from __future__ import annotations

import os
import re
import secrets
import shutil
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import IO

from lib.failures import RecordingsError

KEEP_FOR = 2 * 60 * 60  # seconds since a recording was last asked for
SWEEP_EVERY = 60  # seconds
PREFIX = "signal-review-"  # then the process that owns the folder
BLOCK = 1 << 20  # bytes copied at a time


class Recordings:
    """A private folder of recordings, each under an unguessable name (its ticket).

    What has not been asked for during `keep_for` seconds is removed, whether or not anybody
    calls again.
    """

    def __init__(
        self, *, keep_for: float = KEEP_FOR, clock: Callable[[], float] = time.monotonic
    ) -> None:
        _clear_away_the_dead()
        self._folder = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-"))  # mode 0700
        self._keep_for = keep_for
        self._clock = clock
        self._asked: dict[str, float] = {}
        self._of_session: dict[str, str] = {}
        self._lock = threading.Lock()
        self._closed = threading.Event()
        threading.Thread(target=self._sweep_on, name="recordings", daemon=True).start()

    def add(self, source: IO[bytes], name: str) -> str:
        """Copy a recording in, block by block, and return its ticket.

        Only the suffix of `name` is used, and only when it is a plain one.

        Raises:
            RecordingsError: it does not fit on the disk.
        """
        ticket = secrets.token_hex(16) + _plain_suffix(name)
        source.seek(0)
        try:
            with (self._folder / ticket).open("xb") as target:
                shutil.copyfileobj(source, target, BLOCK)
        except OSError as error:
            (self._folder / ticket).unlink(missing_ok=True)
            raise RecordingsError(
                "There is no room for the recording on the app's disk.",
                "Try again later, or tell whoever runs the app.",
            ) from error
        with self._lock:
            self._asked[ticket] = self._clock()
        return ticket

    def path(self, ticket: str) -> Path | None:
        """Where the recording lies, or None when it is gone. Asking keeps it for longer."""
        with self._lock:
            if ticket not in self._asked:
                return None
            self._asked[ticket] = self._clock()
        return self._folder / ticket

    def lend(self, ticket: str, session_id: str) -> None:
        """Remember which session a recording belongs to."""
        with self._lock:
            self._of_session[session_id] = ticket

    def of_session(self, session_id: str) -> Path | None:
        """Where the recording of a session lies, or None when there is none any more."""
        with self._lock:
            ticket = self._of_session.get(session_id)
        return self.path(ticket) if ticket else None

    def remove_of_session(self, session_id: str) -> None:
        """Delete the recording of a session, if there is one."""
        with self._lock:
            ticket = self._of_session.get(session_id)
        if ticket:
            self.remove(ticket)

    def remove(self, ticket: str) -> None:
        """Delete a recording; one that is gone already is no error."""
        with self._lock:
            known = self._forget(ticket)
        if known is not None:
            (self._folder / ticket).unlink(missing_ok=True)

    def sweep(self) -> None:
        """Delete every recording whose time is up."""
        now = self._clock()
        with self._lock:
            late = [name for name, asked in self._asked.items() if now - asked > self._keep_for]
            for ticket in late:
                self._forget(ticket)
        for ticket in late:
            (self._folder / ticket).unlink(missing_ok=True)

    def close(self) -> None:
        """Delete them all, and the folder."""
        self._closed.set()
        shutil.rmtree(self._folder, ignore_errors=True)
        self._asked.clear()

    def _forget(self, ticket: str) -> float | None:
        for session_id in [key for key, held in self._of_session.items() if held == ticket]:
            del self._of_session[session_id]
        return self._asked.pop(ticket, None)

    def _sweep_on(self) -> None:
        while not self._closed.wait(SWEEP_EVERY):
            self.sweep()


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
