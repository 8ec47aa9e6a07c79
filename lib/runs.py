"""What is known of each analysis under way: frozen values in one register, replaced whole."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, replace
from typing import Literal

from lib.failures import Failure
from lib.interhuman import Cancel, V1Options, V2Options
from lib.library import Submission
from lib.model import Analysis

KEEP = 200  # ended runs that can still be looked up

Phase = Literal[
    "queued", "checking", "uploading", "analysing", "saving", "done", "failed", "cancelled"
]
ENDED: tuple[Phase, ...] = ("done", "failed", "cancelled")
Options = V1Options | V2Options


@dataclass(frozen=True, slots=True)
class Run:
    """One analysis. `since` is when its phase began, in seconds of `time.time()`.

    `submission` is the V2 job it can (again) wait for. `unsaved` is an answer that the library
    would not take.
    """

    id: str
    name: str
    ticket: str
    options: Options
    phase: Phase = "queued"
    since: float = 0.0
    sent: int = 0
    total: int = 0
    duration: float | None = None
    notice: str = ""
    maybe_billed: bool = False
    submission: Submission | None = None
    unsaved: Analysis | None = None
    session_id: str | None = None
    failure: Failure | None = None

    @property
    def ended(self) -> bool:
        """Whether nothing more will happen to it by itself."""
        return self.phase in ENDED


class Runs:
    """The register of runs, safe between threads: a reader never sees half a change."""

    def __init__(self) -> None:
        self._runs: dict[str, Run] = {}
        self._cancels: dict[str, Cancel] = {}
        self._lock = threading.Lock()

    def begin(self, run: Run) -> Cancel | None:
        """Take a run in and return what cancels it; None when one of this id is under way."""
        with self._lock:
            known = self._runs.get(run.id)
            if known and not known.ended:
                return None
            self._runs[run.id] = replace(run, since=time.time())
            cancel = self._cancels[run.id] = Cancel()
            for old in [one.id for one in self._runs.values() if one.ended][:-KEEP]:
                del self._runs[old], self._cancels[old]
            return cancel

    def find(self, run_id: str) -> Run | None:
        """The run of this id as it stands now, or None."""
        with self._lock:
            return self._runs.get(run_id)

    def change(self, run_id: str, **changes: object) -> Run:
        """Replace parts of a run; a new phase begins now unless `since` says otherwise."""
        with self._lock:
            run = self._runs[run_id]
            if changes.get("phase", run.phase) != run.phase:
                changes.setdefault("since", time.time())
            changed = replace(run, **changes)  # type: ignore[arg-type]
            self._runs[run_id] = changed
            return changed

    def cancel(self, run_id: str | None = None) -> None:
        """Ask one run to stop, or all."""
        with self._lock:
            asked = [cancel for key, cancel in self._cancels.items() if run_id in (None, key)]
        for cancel in asked:
            cancel.cancel()
