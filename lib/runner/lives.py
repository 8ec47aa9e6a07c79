"""The runs that this process executes: each has one life, which can be told to end."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from lib.interhuman import Cancel
from lib.library import Submission
from lib.runs import Run

Reason = Literal["cancelled", "closing", "lost"]


class LeftError(BaseException):
    """This execution ends here, and the run goes on in another one.

    No Exception, so that DBOS writes nothing down: neither the step nor the run is over.
    """


@dataclass(slots=True)
class Life:
    """One execution of a run. `run` is as it stood when this life began.

    `submission` is a job that was accepted in it, known even where it could not be written down.
    """

    id: str
    run: Run
    cancel: Cancel = field(default_factory=Cancel)
    ends: Reason | None = None
    submission: Submission | None = None

    @property
    def known_submission(self) -> Submission | None:
        """The job of the run, accepted in this life or an earlier one."""
        return self.submission or self.run.submission

    def end(self, reason: Reason) -> None:
        """Cut its connections; the first reason counts."""
        self.ends = self.ends or reason
        self.cancel.cancel()


class Lives:
    """The lives in this process by the key under which they were queued; safe between threads."""

    def __init__(self) -> None:
        self._lives: dict[str, Life] = {}
        self._closing = False
        self._lock = threading.Lock()

    def add(self, key: str, life: Life) -> bool:
        """Take one in; False when this process ends and takes none in any more."""
        with self._lock:
            if not self._closing:
                self._lives[key] = life
            return not self._closing

    def get(self, key: str) -> Life:
        """The life of a key."""
        with self._lock:
            return self._lives[key]

    def remove(self, key: str) -> None:
        """Forget one, which has ended."""
        with self._lock:
            self._lives.pop(key, None)

    def all(self) -> tuple[Life, ...]:
        """Those that go on."""
        with self._lock:
            return tuple(self._lives.values())

    def heed(self, asked: Iterable[Life], flags: Mapping[str, tuple[str, bool]]) -> None:
        """End those that were cancelled, or whose run another life has taken over.

        `flags` were read for `asked`; of a life that began since they say nothing.
        """
        for life in asked:
            owner, stop = flags.get(life.run.id, ("", True))
            if owner != life.id:
                life.end("lost")
            elif stop:
                life.end("cancelled")

    @property
    def closing(self) -> bool:
        """Whether this process ends."""
        return self._closing

    def close(self) -> None:
        """End all, and take in no more."""
        with self._lock:
            self._closing = True
        for life in self.all():
            life.end("closing")
