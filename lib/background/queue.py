"""The queue of analyses, as pages use it: begins, finds, cancels and repeats runs.

What it returns is read from the library at each call.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Unpack

from lib.background.part_runs import change_of_gap, waits_for_recording
from lib.background.parts_plan import pack_plan, plan_of_way
from lib.background.run import (
    Run,
    analysis_fingerprint,
    find_run,
    group_parts,
    is_of_recording,
    new_run_id,
    pack_options,
    run_of_row,
)
from lib.background.run_problems import RECORDING_UNDER_WAY_PROBLEM
from lib.background.worker import Worker
from lib.background.workflow import Workflow
from lib.errors import ApiError, PreparationError, Problem, RecordingError
from lib.interhuman import Client
from lib.library import Library
from lib.library.run_rows import RETRYABLE, NewRun, Result, RunChange
from lib.model import Options, Phase, V2Options
from lib.recordings.store import RecordingStore
from lib.recordings.ways import NO_WISHES, Way, Wishes


@dataclass(frozen=True, slots=True)
class ExistingAnalysis:
    """The earlier analysis of a recording, with the same options and sent the same way.

    `phase` is that of the run `run_id`; "interrupted" means that it waits for this recording.
    """

    result: Result | None = None
    run_id: str = ""
    phase: Phase | None = None


class AnalysisQueue:
    """Runs analyses, at most four at a time for an account, over all processes of a library.

    A run goes on when this process ends: another process, or the next one, executes it.
    All methods raise LibraryError when the library cannot be read or written.
    """

    def __init__(
        self, connect: Callable[[], Client], library: Library, recordings: RecordingStore
    ) -> None:
        self._library = library
        self._recordings = recordings
        self._workflow = Workflow(connect, library, recordings)
        self._worker = Worker(library, recordings, self._workflow)
        self._begun_ids: dict[object, str] = {}
        self._beginning = threading.Lock()

    def wake(self) -> None:
        """Execute in the background what waits, from an earlier process too; returns at once."""
        self._worker.wake()

    def check_credentials(self) -> Problem | None:
        """What is wrong with the credentials; None when they may upload. No analysis is spent."""
        try:
            self._workflow.connect().check()
        except ApiError as error:
            return error.problem
        return None

    def find_run(self, run_id: str) -> Run | None:
        """The run of this id as it stands now, or None."""
        run = find_run(self._library, run_id)
        return run and self._with_answer(run)

    def all_runs(self) -> tuple[Run, ...]:
        """All runs of recordings, newest first: of those that are over, the last 200.

        A part without a result stands on its own once its recording has a session: somebody can
        let it begin anew.
        """
        runs = [self._with_answer(run_of_row(row)) for row in self._library.runs.all()]
        whole = {run.id: run for run in group_parts(runs)}
        return tuple(
            whole.get(run.id, run) for run in runs if run.id in whole or _is_gap(run, whole)
        )

    def open_parts(self, session_id: str) -> tuple[Run, ...]:
        """The runs of the parts of a session that have no answer, by their number."""
        rows = self._library.runs.of_session(session_id)
        recordings = group_parts([*map(run_of_row, rows)])
        return tuple(
            self._with_answer(part)
            for run in recordings
            for part in run.parts
            if part.phase != Phase.DONE
        )

    def begin_once(self, key: object, begin: Callable[[], str]) -> str:
        """The id of the run that `begin` starts for `key`; anew only once that run has failed.

        A second click arrives in a thread of its own while the first is still at work, and must
        not be billed.
        """
        with self._beginning:
            run = self.find_run(self._begun_ids.get(key, ""))
            if run is None or run.phase in RETRYABLE:
                self._begun_ids[key] = begin()
            return self._begun_ids[key]

    def find_existing(
        self, fingerprints: Collection[str], *, generated: bool
    ) -> dict[str, ExistingAnalysis]:
        """The existing analyses by their fingerprint, of those that there are.

        Results that the sandbox generated count only with `generated`.
        """
        results = self._library.runs.results(fingerprints, generated=generated)
        runs = self._library.runs.alike(fingerprints)
        for run_id in [*self._workflow.result_saver.unsaved]:  # its answer is here, paid for
            run = self.find_run(run_id)
            if run and run.unsaved and run.fingerprint and run.fingerprint in fingerprints:
                runs[run.fingerprint] = (run.id, run.phase)
        return {
            fingerprint: ExistingAnalysis(
                results.get(fingerprint), *runs.get(fingerprint, ("", None))
            )
            for fingerprint in results.keys() | runs.keys()
        }

    def begin(
        self,
        *,
        ticket: str,
        name: str,
        options: Options,
        content: str,
        again: bool = False,
        way: Way | None = None,
        wishes: Wishes = NO_WISHES,
    ) -> str:
        """Queue an analysis of a recording on loan whose bytes have this SHA-256; its run's id.

        Unless it is to be analysed `again`, a run of the same recording with the same options and
        sent the same way that goes on is returned; one that waits for the recording receives it.
        A recording that is prepared first is sent in the `way` of its plan, with these `wishes`.
        """
        plan = plan_of_way(way, wishes)
        fingerprint = analysis_fingerprint(content, options, plan)
        run_id = "" if again else self._library.runs.alike([fingerprint]).get(fingerprint, ("",))[0]
        if not run_id:
            new = self._new_run(new_run_id(), ticket=ticket, name=name, options=options)
            new["fingerprint"] = fingerprint
            new["plan"] = pack_plan(plan) if plan else None
            run_id = self._library.runs.add(new, alone=not again)
            self._worker.wake()
        self.provide_recording(run_id, ticket, content)
        if (run := self.find_run(run_id)) and run.ticket != ticket:
            self._recordings.remove(ticket)
        return run_id

    def retry(self, run_id: str, *, skip_damage: bool = False) -> bool:
        """Let a run that ended without a result begin anew; False for any other run.

        One whose job the API accepted is waited for, not sent again. A part whose file is gone is
        prepared from its recording; with `skip_damage` what cannot be read of it is left out.

        Raises:
            PreparationError: it is to be prepared, and its recording is still under way.
        """
        run = self.find_run(run_id)
        recording = self.find_run(run.parent) if run and run.parent else None
        change = RunChange()
        if run and recording:
            self._check_not_early(run, recording, skip_damage=skip_damage)
            change = change_of_gap(run, recording, self._recordings, skip_damage=skip_damage)
        return self._reopen(run_id, RETRYABLE, **change)

    def retry_all(self) -> int:
        """Let all failed runs begin anew, and what a quota stopped go on; returns how many began.

        Not those whose answer is in memory here: it is paid for, and only has to be saved. Nor
        those whose file was refused: it would be refused again.
        """
        failed = [
            run for run in self.all_runs() if run.phase == Phase.FAILED and not run.refuses_file
        ]
        if any(run.paused for run in failed):
            self.resume()
        return sum(self.retry(run.id) for run in reversed(failed))

    def remove(self, run_id: str) -> bool:
        """Delete a run that ended without a result, and its recording; False for any other run."""
        run = self.find_run(run_id)
        if run is None or run.unsaved or not self._library.runs.remove(run_id):
            return False
        for each in (run, *run.parts):
            self._recordings.remove(each.ticket)
        return True

    def send_again(self, run_id: str) -> bool:
        """Send a recording again though an earlier sending may have been accepted, and billed.

        Only the analyst decides that. False when the run is not unconfirmed.

        Raises:
            PreparationError: it is a part to be prepared, whose recording is still under way.
        """
        run = self.find_run(run_id)
        if run and run.parent and (recording := self.find_run(run.parent)):
            self._check_not_early(run, recording)
        for part in run.parts if run else ():
            self._reopen(part.id, (Phase.UNCONFIRMED,))
        return self._reopen(run_id, (Phase.UNCONFIRMED,))

    def provide_recording(self, run_id: str, ticket: str, content: str = "") -> bool:
        """Give a run the recording that it needs again; False when it needs none.

        Raises:
            RecordingError: `content`, the SHA-256 of its bytes, is that of another recording.
            PreparationError: it is a part, whose recording is still under way.
        """
        run = self.find_run(run_id)
        if run is None or run.phase != Phase.INTERRUPTED:
            return False
        recording = self.find_run(run.parent) if run.parent else run
        if recording is None:
            return False
        if content and not is_of_recording(recording, content):
            raise RecordingError(
                "This is not the recording that was to be analyzed.",
                "Choose the same file, or analyze this one separately.",
            )
        folder = self._recordings.folder_id
        if run.parent:
            self._check_not_early(run, recording)
            self._library.runs.provide(run.parent, ticket, folder)
            if recording.session_id:
                with suppress(RecordingError):
                    self._recordings.assign(ticket, recording.session_id)
            ticket = ""  # its own file is made of it
        return self._reopen(run_id, (Phase.INTERRUPTED,), ticket=ticket, folder=folder)

    def waits_for_recording(self, part: Run) -> bool:
        """Whether a part without a file cannot begin anew, as its recording is still under way."""
        row = self._library.runs.get(part.parent) if part.parent else None
        return row is not None and waits_for_recording(part, run_of_row(row), self._recordings)

    def uses(self, run_id: str, ticket: str) -> bool:
        """Whether a recording is that of a run, or of the recording that the run is a part of."""
        run = self.find_run(run_id)
        recording = self.find_run(run.parent) if run and run.parent else None
        return any(each is not None and each.ticket == ticket for each in (run, recording))

    def follow_job(self, run_id: str) -> bool:
        """Wait (again) for the accepted job of a run; False when there is no such job."""
        job = self._library.job(run_id)
        if job is None:
            return False
        if self.find_run(run_id) is None:  # an older app noted it, and kept no runs
            options = V2Options(model=job.model)
            new = self._new_run(run_id, ticket="", name=job.recording_name, options=options)
            self._library.runs.add({**new, "duration": job.duration})
            self._worker.wake()
            return True
        self._reopen(run_id, (*RETRYABLE, Phase.UNCONFIRMED))
        return True

    def cancel(self, run_id: str) -> None:
        """Ask one run to stop."""
        self._library.runs.stop(run_id)
        self._worker.wake()

    def cancel_all(self) -> None:
        """Ask every run to stop, those of other viewers too."""
        self._library.runs.stop()
        self._worker.wake()

    def resume(self) -> None:
        """Send again what waits because a quota was used up."""
        self._workflow.connect()
        self._library.quota_pauses.end()
        self._worker.wake()

    def save_again(self, run: Run) -> None:
        """Try once more to save an answer that the library refused.

        Raises:
            LibraryError: it still does.
        """
        if run.unsaved:
            self._workflow.result_saver.save(run, run.unsaved)

    def close(self) -> None:
        """End what runs here; the next process goes on with it."""
        self._worker.close()

    def _new_run(self, run_id: str, *, ticket: str, name: str, options: Options) -> NewRun:
        return NewRun(
            id=run_id,
            name=name,
            ticket=ticket,
            options=pack_options(options),
            account=self._workflow.connect().account,
            folder=self._recordings.folder_id,
        )

    def _check_not_early(self, part: Run, recording: Run, *, skip_damage: bool = False) -> None:
        if waits_for_recording(part, recording, self._recordings, skip_damage=skip_damage):
            early = RECORDING_UNDER_WAY_PROBLEM
            raise PreparationError(early.what, early.next_step)

    def _reopen(self, run_id: str, phases: tuple[Phase, ...], **change: Unpack[RunChange]) -> bool:
        if run_id in self._workflow.result_saver.unsaved:
            return False  # its answer is here, paid for
        self._workflow.connect()  # what failed may have failed by the settings
        reopened = self._library.runs.reopen(run_id, phases, change)
        self._worker.wake()
        return reopened

    def _with_answer(self, run: Run) -> Run:
        unsaved = self._workflow.result_saver.unsaved.get(run.id)
        if unsaved is None or run.phase == Phase.DONE:
            return run
        analysis, failure = unsaved
        return replace(run, phase=Phase.FAILED, unsaved=analysis, failure=failure)


def _is_gap(run: Run, recordings: Mapping[str, Run]) -> bool:
    """Whether a run is that of a part without a result, of a recording that has a session."""
    recording = recordings.get(run.parent or "")
    return recording is not None and recording.phase == Phase.DONE and run.phase != Phase.DONE
