"""The settler of recordings in parts: ends the run of each once all its parts have ended."""

from __future__ import annotations

from lib.background.part_runs import cancelled_parts
from lib.background.result_saver import ResultSaver
from lib.background.run import Run, group_parts, run_of_row
from lib.errors import Problem
from lib.library import Library
from lib.library.run_rows import RunChange
from lib.model import Phase

NO_ANSWER_PROBLEM = Problem("No part of the recording has an answer.", "Try again.")
# How the run of a recording ends that has no answer: as the first of these that a part has.
_WORST_FIRST = (Phase.UNCONFIRMED, Phase.INTERRUPTED, Phase.FAILED, Phase.CANCELLED)


class PartsSettler:
    """Ends runs of recordings. Any process may do it, and more than one: the first one counts."""

    def __init__(self, library: Library, result_saver: ResultSaver) -> None:
        self._library = library
        self._result_saver = result_saver

    def settle_all(self) -> None:
        """End each run whose parts have ended; its session says of every gap why there is one.

        Raises:
            LibraryError: the library cannot be read or written.
        """
        rows = self._library.runs.in_parts()
        if not rows:
            return
        parts = self._library.runs.parts([row.columns["id"] for row in rows])
        for run in group_parts(map(run_of_row, (*rows, *parts))):
            self._settle(run)

    def _settle(self, run: Run) -> None:
        whole = run.plan is not None and len(run.parts) == len(run.plan.parts)
        if not all(part.ended for part in run.parts) or not (whole or run.stop):
            return
        if not run.stop and any(part.phase == Phase.INTERRUPTED for part in run.parts):
            # A part's file went before it was sent: it is prepared again.
            self._library.runs.reopen(run.id, (Phase.ANALYSING,), {})
            return
        if any(part.phase == Phase.DONE for part in run.parts):
            self._result_saver.save_recording(run, {})
            change = RunChange(phase=Phase.DONE, failure=None, notice="")
        else:
            change = _change_without_answer(run)
        later = cancelled_parts(run) if change["phase"] == Phase.DONE else ()
        self._library.runs.settle_parts(run.id, change, later)


def _change_without_answer(run: Run) -> RunChange:
    """How a run ends no part of which has an answer."""
    phases = [part.phase for part in run.parts]
    phase = next((each for each in _WORST_FIRST if each in phases), Phase.CANCELLED)
    problems = [part.failure for part in run.parts if part.phase == phase and part.failure]
    if phase == Phase.CANCELLED:
        return RunChange(phase=phase, notice="")
    maybe_billed = any(part.maybe_billed for part in run.parts)
    failure = problems[0] if problems else NO_ANSWER_PROBLEM
    return RunChange(phase=phase, failure=failure, notice="", maybe_billed=maybe_billed)
