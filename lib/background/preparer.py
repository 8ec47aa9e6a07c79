"""The preparer: makes the files of a recording's parts, and queues a run for each."""

from __future__ import annotations

import logging
import secrets
import time
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path

from lib.background.executions import Execution
from lib.background.part_runs import new_part
from lib.background.parts_plan import (
    PartsPlan,
    PreparedPart,
    cut_surroundings,
    move_cuts,
    pack_part,
    pack_plan,
    step_of_part,
    unpack_part,
    unprepared_part,
)
from lib.background.run import Run, run_of_row
from lib.background.run_writer import PROGRESS_SECONDS, RunWriter
from lib.errors import (
    DamagedRecordingError,
    LibraryError,
    PreparationCancelledError,
    PreparationError,
    RecordingError,
)
from lib.library import Library
from lib.library.run_rows import RETRYABLE, NewRun, RunChange
from lib.model import Phase
from lib.recordings.bounded_process import JobProcess
from lib.recordings.damage import describe_gaps
from lib.recordings.pauses import find_pauses
from lib.recordings.preparation import Prepared, prepare, start_process
from lib.recordings.step import Step, describe_step
from lib.recordings.store import RecordingStore

LISTENING_SHARE = 0.05  # of preparing: only what is near the cuts is heard
log = logging.getLogger(__name__)
DRAFT_PREFIX = "prepare-"  # of a file that is no recording yet


class Preparer:
    """Prepares the parts of one execution after another, and queues each as soon as it is there.

    What was prepared before a process ended is not prepared again, and what has an answer is not
    sent again: a part that has a run keeps it.
    """

    def __init__(self, library: Library, recordings: RecordingStore, writer: RunWriter) -> None:
        self._library = library
        self._recordings = recordings
        self._writer = writer

    def missing_parts(self, execution: Execution, plan: PartsPlan) -> tuple[int, ...]:
        """The numbers of the parts that are to be prepared, or sent once more."""
        parts = self._parts(execution)
        repeated = RETRYABLE if execution.run.phase == Phase.QUEUED else (Phase.INTERRUPTED,)
        return tuple(
            number
            for number in range(len(plan.parts))
            if number not in parts or parts[number].phase in repeated
        )

    def prepare_parts(
        self, execution: Execution, plan: PartsPlan, source: Path, numbers: tuple[int, ...]
    ) -> None:
        """Prepare these parts, and queue a run for each; one that cannot be prepared has failed.

        Raises:
            PreparationCancelledError: the execution was ended.
        """
        parts = self._parts(execution)
        begin = 0.0
        if not parts and plan.rule:  # where one is prepared, the cuts stay
            plan = self._move_cuts(execution, plan, source)
            begin = LISTENING_SHARE
        share = (1 - begin) / len(numbers)
        with closing(start_process()) as process:
            for done, number in enumerate(numbers):
                progress = self._progress(execution, begin + done * share, share)
                progress(0.0)
                if (part := parts.get(number)) and self._reopen(part):
                    continue
                step = step_of_part(plan, number, part.part if part else None)
                try:
                    made = self._make_file(execution, step, source, progress, process)
                except PreparationCancelledError:
                    raise
                except RecordingError as error:
                    self._fail_part(execution, plan, number, error, part)
                else:
                    self._queue_part(execution, plan, self._adopt(made, step, number), part)

    def prepare_gap(self, execution: Execution, plan: PartsPlan, source: Path) -> RunChange:
        """Prepare the part that a session lacks, of its recording with this plan.

        Returns:
            The columns with which the run of the part can send it.

        Raises:
            RecordingError: it cannot be prepared.
        """
        held = execution.run.part
        assert held is not None  # noqa: S101  a gap is that of a part
        step = step_of_part(plan, held.number, held)
        with closing(start_process()) as process:
            progress = self._progress(execution, 0.0, 1.0)
            made = self._make_file(execution, step, source, progress, process)
        return self._adopt(made, step, held.number)

    def _move_cuts(self, execution: Execution, plan: PartsPlan, source: Path) -> PartsPlan:
        """Move the cuts into pauses of speech; where these cannot be heard, cuts stay."""
        progress = self._progress(execution, 0.0, LISTENING_SHARE)
        progress(0.0)
        try:
            pauses = find_pauses(
                source,
                cut_surroundings(plan),
                sound_track=plan.parts[0].step.sound_track,
                progress=progress,
                cancelled=lambda: execution.cancel.cancelled,
            )
        except PreparationCancelledError:
            raise
        except PreparationError:
            log.info("The pauses of a recording could not be found")
            return plan
        moved = move_cuts(plan, pauses)
        self._writer.write(execution, plan=pack_plan(moved))
        return moved

    def _parts(self, execution: Execution) -> dict[int, Run]:
        rows = self._writer.wait_for_library(
            execution, lambda: self._library.runs.parts([execution.run.id])
        )
        runs = [run_of_row(row) for row in rows]
        return {run.part.number: run for run in runs if run.part}

    def _reopen(self, part: Run) -> bool:
        """Let a part whose file is still here begin anew."""
        if not part.ticket or self._recordings.path(part.ticket) is None:
            return False
        return self._library.runs.reopen(part.id, RETRYABLE, {})

    def _make_file(
        self,
        execution: Execution,
        step: Step,
        source: Path,
        progress: Callable[[float], None],
        process: JobProcess,
    ) -> Prepared:
        draft = self._recordings.folder / f"{DRAFT_PREFIX}{secrets.token_hex(16)}"
        return prepare(
            source,
            draft,
            step,
            progress=progress,
            cancelled=lambda: execution.cancel.cancelled,
            process=process,
        )

    def _fail_part(
        self,
        execution: Execution,
        plan: PartsPlan,
        number: int,
        error: RecordingError,
        part: Run | None,
    ) -> None:
        """End a part of which no file could be made; the others go on."""
        failure, damaged = error.problem, isinstance(error, DamagedRecordingError)
        held = (part and part.part) or unprepared_part(plan, number)
        held = replace(held, damaged=damaged)
        if part is None:
            new = new_part(execution.run, plan, held, folder=self._recordings.folder_id)
            self._add(execution, {**new, "phase": Phase.FAILED, "failure": failure})
        else:
            change = RunChange(phase=Phase.FAILED, failure=failure, part=pack_part(held))
            self._reopen_part(execution, part, change)

    def _adopt(self, made: Prepared, step: Step, number: int) -> RunChange:
        """Make a part's file a recording; the columns that say so, and what it holds."""
        ticket = self._recordings.adopt(made.path, f"part.{step.container}")
        sent = ", ".join(filter(None, (describe_step(step), describe_gaps(made.damaged))))
        end = made.offset + made.seconds
        held = PreparedPart(number, made.offset, end, sent, skip_damage=step.skip_damage)
        return {"ticket": ticket, "folder": self._recordings.folder_id, "part": pack_part(held)}

    def _queue_part(
        self,
        execution: Execution,
        plan: PartsPlan,
        made: RunChange,
        part: Run | None,
    ) -> None:
        if part is None:
            held, folder = unpack_part(made["part"]), made["folder"]
            new = new_part(execution.run, plan, held, folder=folder)
            self._add(execution, {**new, "ticket": made["ticket"]})
        else:
            self._reopen_part(execution, part, made)

    def _reopen_part(self, execution: Execution, part: Run, change: RunChange) -> None:
        self._writer.wait_for_library(
            execution, lambda: self._library.runs.reopen(part.id, RETRYABLE, change)
        )

    def _add(self, execution: Execution, new: NewRun) -> None:
        self._writer.wait_for_library(execution, lambda: self._library.runs.add(new))

    def _progress(
        self, execution: Execution, begin: float, share: float
    ) -> Callable[[float], None]:
        """A function that writes the progress; a library that fails stops nothing."""
        written_at = 0.0

        def write(done: float) -> None:
            nonlocal written_at
            now = time.monotonic()
            if now - written_at < PROGRESS_SECONDS:
                return
            written_at = now
            with suppress(LibraryError):
                self._writer.write_now(execution, prepared=begin + share * done)

        return write
