"""What is written of a run while it is executed: where it stands, how far it is, how it ended.

Only the life that owns a run writes; it learns here that another one has taken over.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar

from lib import runs
from lib.failures import Failure, LibraryError
from lib.interhuman import Event, JobState, Retrying, Sending, Sent
from lib.library import Library
from lib.runner.lives import LeftError, Life, Lives
from lib.runs import Run

TOLD_EVERY = 0.5  # seconds between two writes of how much is sent
AWAY = 1.0  # seconds before a library that failed is asked once more
T = TypeVar("T")


class Telling:
    """Writes the runs of these lives.

    While the library is away `tell` fails, `now` and `watch` do without it, and the others wait.
    """

    def __init__(self, library: Library, lives: Lives) -> None:
        self._library = library
        self._lives = lives

    def patiently(self, life: Life | None, call: Callable[[], T]) -> T:
        """What `call` returns once the library is there; it may be away for as long as it likes."""
        while True:
            try:
                return call()
            except LibraryError:
                if self._lives.closing or (life is not None and life.ends == "lost"):
                    raise LeftError from None
                time.sleep(AWAY)

    def change(self, life: Life, /, **values: object) -> None:
        """Write parts of the run; what follows waits until the library has them."""
        self.patiently(life, lambda: self.tell(life, **values))

    def tell(self, life: Life, /, **values: object) -> None:
        """Write parts of the run, now.

        Raises:
            LibraryError: the library would not take them.
            LeftError: another life has the run.
        """
        if not self._library.runs.change(life.run.id, life.id, values):
            life.end("lost")
            raise LeftError

    def give_back(self, life: Life, /, **values: object) -> None:
        """Queue the run anew, for whoever it falls to."""
        again = {"phase": "queued", "life": "", "attempt": life.run.attempt + 1}
        self.change(life, **again, **values)

    def fail(self, life: Life, failure: Failure) -> None:
        """End the run without a result."""
        self.change(life, phase="failed", failure=runs.told(failure), notice="")

    def cancelled(self, life: Life, *, maybe_billed: bool) -> None:
        """End the run as somebody asked; the API may bill what it has of it."""
        self.change(life, phase="cancelled", notice="", maybe_billed=maybe_billed)

    def now(self, life: Life) -> Run:
        """The run as it stands, or as it stood when this life began."""
        with suppress(LibraryError):
            return runs.find(self._library, life.run.id) or life.run
        return life.run

    def watch(self, life: Life) -> Callable[[Event], None]:
        """What writes down how a request goes; it goes on though nobody can read how far."""
        told = 0.0
        reached = ""

        def watch(event: Event) -> None:
            nonlocal told, reached
            match event:
                case Sending(sent=sent, total=total):
                    if time.monotonic() - told < TOLD_EVERY and sent not in (0, total):
                        return
                    changes: dict[str, object] = {"sent": sent, "total": total, "notice": ""}
                    told = time.monotonic()
                case Sent():
                    changes = {"phase": "analysing", "notice": ""}
                case Retrying(reason=reason, wait=wait):
                    changes = {"notice": f"{reason} Trying again in {max(1, round(wait))} s."}
                    if life.known_submission is None:  # it was refused, and goes out once more
                        changes |= {"phase": "uploading", "sent": 0}
                case JobState():
                    changes = {"notice": ""}
            if str(changes) != reached:
                reached = str(changes)
                with suppress(LibraryError):
                    self.tell(life, **changes)

        return watch
