"""The writer of a run while it is executed: its phase, its progress, and how it ended.

Only the execution that owns a run writes; each write tells whether another one has taken over.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from typing import TypeVar, Unpack

from lib.background.executions import Execution, Executions, SupersededError
from lib.background.parts_plan import pack_part
from lib.background.run import Run, find_run
from lib.errors import LibraryError, Problem
from lib.interhuman import Event, JobState, Retrying, Sending, Sent
from lib.library import Library
from lib.library.run_rows import RunChange
from lib.model import Phase

PROGRESS_SECONDS = 0.5  # between two writes of how much is sent
LIBRARY_RETRY_SECONDS = 1.0  # before a library that failed is tried once more
T = TypeVar("T")


class RunWriter:
    """Writes the runs of these executions.

    While the library is away `write_now` fails, `read` and `watcher` do without it, and the others
    wait.
    """

    def __init__(self, library: Library, executions: Executions) -> None:
        self._library = library
        self._executions = executions

    def wait_for_library(self, execution: Execution | None, call: Callable[[], T]) -> T:
        """What `call` returns once the library is there, however long it is away."""
        while True:
            try:
                return call()
            except LibraryError:
                if self._executions.closing or (
                    execution is not None and execution.end_reason == "lost"
                ):
                    raise SupersededError from None
                time.sleep(LIBRARY_RETRY_SECONDS)

    def write(self, execution: Execution, /, **change: Unpack[RunChange]) -> None:
        """Write parts of the run; what follows waits until the library has them."""
        self.wait_for_library(execution, lambda: self.write_now(execution, **change))

    def write_now(self, execution: Execution, /, **change: Unpack[RunChange]) -> None:
        """Write parts of the run, now.

        Raises:
            LibraryError: the library would not take them.
            SupersededError: another execution has the run.
        """
        if not self._library.runs.change(execution.run.id, execution.id, change):
            execution.end("lost")
            raise SupersededError

    def requeue(self, execution: Execution, /, **change: Unpack[RunChange]) -> None:
        """Queue the run anew, for any process."""
        attempt = execution.run.attempt + 1
        again: RunChange = {**change, "phase": Phase.QUEUED, "execution": "", "attempt": attempt}
        self.write(execution, **again)

    def write_failed(self, execution: Execution, failure: Problem) -> None:
        """End the run without a result."""
        self.write(execution, phase=Phase.FAILED, failure=failure, notice="")

    def write_damaged(self, execution: Execution, failure: Problem) -> None:
        """End the run of a part of which no file could be made, as stretches cannot be read."""
        held = execution.run.part
        assert held is not None  # noqa: S101  only a part is prepared by itself
        part = pack_part(replace(held, damaged=True))
        self.write(execution, phase=Phase.FAILED, failure=failure, notice="", part=part)

    def write_cancelled(self, execution: Execution, *, maybe_billed: bool) -> None:
        """End the run as somebody asked; the API may bill what it has of it."""
        self.write(execution, phase=Phase.CANCELLED, notice="", maybe_billed=maybe_billed)

    def read(self, execution: Execution) -> Run:
        """The run as it stands now, or as it stood when this execution began."""
        with suppress(LibraryError):
            return find_run(self._library, execution.run.id) or execution.run
        return execution.run

    def watcher(self, execution: Execution) -> Callable[[Event], None]:
        """A function that writes the progress of a request; a library that fails stops nothing."""
        written_at = 0.0
        written: RunChange = {}

        def watch(event: Event) -> None:
            nonlocal written_at, written
            if isinstance(event, Sending):
                if time.monotonic() - written_at < PROGRESS_SECONDS and event.sent not in (
                    0,
                    event.total,
                ):
                    return
                written_at = time.monotonic()
            change = _change_of_event(event, accepted=execution.job is not None)
            if change != written:
                written = change
                with suppress(LibraryError):
                    self.write_now(execution, **change)

        return watch


def _change_of_event(event: Event, *, accepted: bool) -> RunChange:
    """The columns of a run that an event of a request changes; `accepted` says there is a job."""
    match event:
        case Sending(sent=sent, total=total):
            return {"sent": sent, "total": total, "notice": ""}
        case Sent():
            return {"phase": Phase.ANALYSING, "notice": ""}
        case Retrying(reason=reason, wait=wait):
            notice = f"{reason} Trying again in {max(1, round(wait))} s."
            if accepted:
                return {"notice": notice}
            # It was refused, and goes out once more.
            return {"notice": notice, "phase": Phase.UPLOADING, "sent": 0}
        case JobState():
            return {"notice": ""}
