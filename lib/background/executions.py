"""The runs that this process executes: each has one execution, which can be ended."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from lib.background.run import Run
from lib.interhuman import Cancel
from lib.library import AcceptedJob

EndReason = Literal["cancelled", "closing", "lost"]


class SupersededError(BaseException):
    """This execution ends here, and the run goes on in another one.

    No Exception, so that DBOS writes nothing down: neither the step nor the run is over.
    """


@dataclass(slots=True)
class Execution:
    """One execution of a run. `run` is as it stood when this execution began.

    `accepted_job` is a job that was accepted in it, there even where it could not be written down.
    """

    id: str
    run: Run
    cancel: Cancel = field(default_factory=Cancel)
    end_reason: EndReason | None = None
    accepted_job: AcceptedJob | None = None

    @property
    def job(self) -> AcceptedJob | None:
        """The job of the run, accepted in this execution or an earlier one."""
        return self.accepted_job or self.run.job

    def end(self, reason: EndReason) -> None:
        """Cut its connections; the first reason counts."""
        self.end_reason = self.end_reason or reason
        self.cancel.cancel()


class Executions:
    """The executions in this process, by their ids. Thread-safe.

    Of one run there may be two for a moment: a process that was taken for dead gets its own run
    anew, while the thread that had it is not over.
    """

    def __init__(self) -> None:
        self._executions: dict[str, Execution] = {}
        self._closing = False
        self._lock = threading.Lock()

    def add(self, execution: Execution) -> bool:
        """Add an execution; False when this process ends and begins no more."""
        with self._lock:
            if not self._closing:
                self._executions[execution.id] = execution
            return not self._closing

    def get(self, execution_id: str) -> Execution:
        """The execution of this id."""
        with self._lock:
            return self._executions[execution_id]

    def remove(self, execution_id: str) -> None:
        """Remove an execution, which has ended."""
        with self._lock:
            self._executions.pop(execution_id, None)

    def all(self) -> tuple[Execution, ...]:
        """The executions that go on."""
        with self._lock:
            return tuple(self._executions.values())

    def apply_flags(
        self, executions: Iterable[Execution], flags: Mapping[str, tuple[str, bool]]
    ) -> None:
        """End those that were cancelled, or whose run another execution has taken over.

        `flags` were read for `executions`; of one that began since they say nothing.
        """
        for execution in executions:
            owner, stop = flags.get(execution.run.id, ("", True))
            if owner != execution.id:
                execution.end("lost")
            elif stop:
                execution.end("cancelled")

    @property
    def closing(self) -> bool:
        """Whether this process ends."""
        return self._closing

    def close(self) -> None:
        """End all executions, and accept no more."""
        with self._lock:
            self._closing = True
        for execution in self.all():
            execution.end("closing")
