"""The steps of a run. Its phase is written to the library before each step begins.

The phase "uploading" is written before the recording is sent. An execution that meets it, left by
an earlier one, with no job beside it, cannot know whether the API accepted: the run ends
unconfirmed, and is sent again only when the analyst says so.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path

from lib.background.accepted_jobs import AcceptedJobs
from lib.background.executions import Execution, Executions, SupersededError
from lib.background.parts_plan import PartsPlan
from lib.background.parts_settler import PartsSettler
from lib.background.preparer import Preparer
from lib.background.result_saver import ResultSaver
from lib.background.run import Run, find_run, run_of_row
from lib.background.run_problems import (
    APP_ERROR_PROBLEM,
    GAP_RECORDING_GONE_PROBLEM,
    QUOTA_NOTICE,
    RECORDING_GONE_PROBLEM,
    UPLOAD_UNCONFIRMED_PROBLEM,
)
from lib.background.run_writer import RunWriter
from lib.errors import (
    ApiError,
    AppError,
    Busy,
    Cancelled,
    DamagedRecordingError,
    LibraryDamagedError,
    LibraryError,
    LibraryFullError,
    PreparationCancelledError,
    Problem,
    UnreadableRecordingError,
)
from lib.interhuman import Client, error_ids
from lib.interhuman.retry import may_repeat
from lib.library import Library
from lib.model import Analysis, Phase, V1Options
from lib.recordings.preflight import check_recording, probe_within_limit
from lib.recordings.probe import probe
from lib.recordings.store import RecordingStore

PAUSE_POLL_SECONDS = 1.0  # between two looks at whether an account is still paused
BUSY_RETRY_SECONDS = (5.0, 10.0, 20.0, 40.0, *[60.0] * 26)  # before a busy API is tried again
HANDOVER_SECONDS = 3.0  # to see a heartbeat of the process that has a run's recording
SENT_PHASES = (Phase.UPLOADING, Phase.ANALYSING, Phase.SAVING)
log = logging.getLogger(__name__)


class Workflow:
    """Runs the steps of executions; each step returns whether the next one follows.

    DBOS stores the name of each step that is over, so the names in `steps` stay.
    """

    def __init__(
        self, connect: Callable[[], Client], library: Library, recordings: RecordingStore
    ) -> None:
        self._make_client = connect
        self._client: Client | None = None
        self._library = library
        self._recordings = recordings
        self.executions = Executions()
        self._writer = RunWriter(library, self.executions)
        self._accepted_jobs = AcceptedJobs(library, self._writer)
        self.result_saver = ResultSaver(library, recordings)
        self._preparer = Preparer(library, recordings, self._writer)
        self._parts_settler = PartsSettler(library, self.result_saver)
        self.live_folders: frozenset[str] = frozenset()  # ids of the recordings of live processes
        self.steps = tuple(
            (name, self._guarded(work))
            for name, work in (
                ("turn", self._turn),
                ("check", self._check),
                ("send", self._send),
                ("fetch", self._fetch),
            )
        )

    def connect(self) -> Client:
        """The client by the settings as they are now; what waits is sent by it too.

        Raises:
            SettingsError: they have problems.
        """
        self._client = self._make_client()
        return self._client

    def begin(self, key: str) -> str:
        """Make this process the one that executes a key.

        Returns:
            The id of its execution; "" when there is nothing to do.
        """
        run_id, _, attempt = key.rpartition(".")
        token = secrets.token_hex(8)
        row = self._writer.wait_for_library(
            None, lambda: self._library.runs.claim(run_id, int(attempt), token)
        )
        if row is None:
            return ""
        execution = Execution(token, run_of_row(row))
        if not self.executions.add(execution):
            raise SupersededError
        if execution.run.stop:
            self._end_cancelled(execution, maybe_billed=execution.run.phase in SENT_PHASES)
            self.executions.remove(execution.id)
            return ""
        return execution.id

    def _guarded(self, work: Callable[[Execution], bool]) -> Callable[[str], bool]:
        def step(execution_id: str) -> bool:
            execution = self.executions.get(execution_id)
            try:
                return work(execution)
            except Cancelled as error:
                self._handle_cancel(execution, maybe_billed=error.maybe_billed)
            except ApiError as error:
                self._handle_api_error(execution, error)
            except PreparationCancelledError:
                self._handle_cancel(execution, maybe_billed=False)
            except AppError as error:
                self._writer.write_failed(execution, error.problem)
            except Exception:
                log.exception("A run ended in an error of this app")
                self._writer.write_failed(execution, APP_ERROR_PROBLEM)
            return False

        return step

    def _handle_api_error(self, execution: Execution, error: ApiError) -> None:
        problem = error.problem
        quota = error.error_id in error_ids.QUOTA
        if quota:  # first, so that nothing more of it is sent
            account = execution.run.account
            self._writer.wait_for_library(
                execution, lambda: self._library.quota_pauses.begin(account, problem)
            )
        if error.maybe_billed and not execution.job:
            self._writer.write(
                execution, phase=Phase.UNCONFIRMED, failure=problem, notice="", maybe_billed=True
            )
        elif quota and not execution.job:
            # Nothing of it was accepted: it waits like the others.
            self._writer.requeue(execution, sent=0, notice=QUOTA_NOTICE)
        else:
            self._writer.write_failed(execution, problem)

    def _turn(self, execution: Execution) -> bool:
        """Wait while the account is paused; a run of another account is queued under that one.

        Preparing costs nothing, and each part waits for its own turn.
        """
        if (
            execution.run.is_prepared_first
            or execution.run.phase not in (Phase.QUEUED, Phase.CHECKING)
            or execution.run.job
        ):
            return True
        account = self._connected().account
        if account != execution.run.account:
            self._writer.requeue(execution, account=account)
            return False
        while self._quota_pause(execution):
            self._writer.write(execution, notice=QUOTA_NOTICE)
            self._wait(execution, PAUSE_POLL_SECONDS)
        return True

    def _quota_pause(self, execution: Execution) -> Problem | None:
        account = execution.run.account
        return self._writer.wait_for_library(
            execution, lambda: self._library.quota_pauses.get(account)
        )

    def _check(self, execution: Execution) -> bool:
        """Check that the recording is here, and that the API would accept it."""
        run = execution.run
        if run.plan:
            return self._prepare(execution, run.plan)
        if run.job or run.phase in SENT_PHASES:
            return True
        self._writer.write(execution, phase=Phase.CHECKING, notice="")
        path = self._recordings.path(run.ticket)
        if path is None:
            return self._prepare_gap(execution)
        recording = probe_within_limit(path, name=run.name, size=path.stat().st_size)
        preflight = check_recording(recording, options=run.options)
        if preflight.refusals or isinstance(recording, Problem):
            self._writer.write_failed(execution, preflight.refusals[0])
            return False
        self._writer.write(execution, total=recording.size, duration=recording.duration)
        return True

    def _prepare(self, execution: Execution, plan: PartsPlan) -> bool:
        """Prepare the parts of a recording, each of which goes on as a run of its own."""
        if numbers := self._preparer.missing_parts(execution, plan):
            source = self._recordings.path(execution.run.ticket)
            if source is None:
                return self._handle_missing_recording(execution)
            length = _length(source, execution.run)
            self._writer.write(
                execution, phase=Phase.PREPARING, prepared=0.0, duration=length, notice=""
            )
            self._preparer.prepare_parts(execution, plan, source, numbers)
        self._writer.write(execution, phase=Phase.ANALYSING, prepared=1.0, execution="", notice="")
        return False

    def _prepare_gap(self, execution: Execution) -> bool:
        """Prepare a part that a session lacks, and whose file is gone; it is sent in its turn."""
        run = execution.run
        recording = self._writer.wait_for_library(
            execution, lambda: find_run(self._library, run.parent or "")
        )
        elsewhere = run.folder != self._recordings.folder_id and run.folder in self.live_folders
        if recording is None or recording.plan is None or not recording.ended or elsewhere:
            return self._handle_missing_recording(execution)
        if run.ticket:  # one recording is prepared at a time
            self._writer.requeue(execution, ticket="", folder=recording.folder)
            return False
        source = self._recordings.path(recording.ticket)
        if source is None:
            return self._handle_missing_recording(execution)
        self._writer.write(execution, phase=Phase.PREPARING, prepared=0.0)
        try:
            made = self._preparer.prepare_gap(execution, recording.plan, source)
        except DamagedRecordingError as error:  # so that the rest of it can be sent
            self._writer.write_damaged(execution, error.problem)
        else:
            self._writer.requeue(execution, **made)
        return False

    def settle_recordings(self) -> None:
        """End the runs of recordings all parts of which have ended.

        Raises:
            LibraryError: the library cannot be read or written.
        """
        self._parts_settler.settle_all()

    def _handle_missing_recording(self, execution: Execution) -> bool:
        if execution.run.folder != self._recordings.folder_id:
            if execution.run.folder not in self.live_folders:
                self._wait(execution, HANDOVER_SECONDS)  # a process that has it beats meanwhile
            if execution.run.folder in self.live_folders:
                self._writer.requeue(execution)  # until that process claims it
                return False
        problem = GAP_RECORDING_GONE_PROBLEM if execution.run.parent else RECORDING_GONE_PROBLEM
        self._writer.write(execution, phase=Phase.INTERRUPTED, failure=problem, notice="")
        return False

    def _send(self, execution: Execution) -> bool:
        """Send the recording, once. The answer of V1 comes at once, and is saved here."""
        run = execution.run
        if run.job:
            return True
        if self._is_saved(execution):
            return False
        if run.phase in SENT_PHASES:  # checked here: the steps before may be long past
            self._writer.write(
                execution,
                phase=Phase.UNCONFIRMED,
                failure=UPLOAD_UNCONFIRMED_PROBLEM,
                maybe_billed=True,
            )
            return False
        path = self._recordings.path(run.ticket)
        if path is None:
            return self._prepare_gap(execution)
        client = self._connected()
        for pause in (*BUSY_RETRY_SECONDS, None):
            self._writer.write(execution, phase=Phase.UPLOADING, sent=0)  # before anything is sent
            try:
                return self._post(execution, client, path)
            except Busy as error:
                if pause is None or not may_repeat(error, upload=True):
                    raise
                # Nothing was accepted, so it is at the head of the queue again.
                notice = f"{error.what} Trying again in {pause:.0f} s."
                self._writer.write(execution, phase=Phase.QUEUED, sent=0, notice=notice)
                self._wait(execution, pause)
        return False

    def _post(self, execution: Execution, client: Client, path: Path) -> bool:
        watch, options = self._writer.watcher(execution), execution.run.options
        if isinstance(options, V1Options):
            analysis = client.analyze(path, options, watch=watch, cancel=execution.cancel)
            self._save(execution, analysis)
            return False
        job = client.submit(path, options, watch=watch, cancel=execution.cancel)
        self._accepted_jobs.write_job(execution, job)
        return True

    def _fetch(self, execution: Execution) -> bool:
        """Wait for the job's answer, and save it."""
        job = execution.job
        if job is None:
            return False
        if execution.run.phase in SENT_PHASES and self._is_saved(execution):
            return False
        analysis = self._accepted_jobs.wait_for_answer(execution, job, self._connected)
        self._save(execution, analysis)
        return False

    def _connected(self) -> Client:
        """The client of the last `connect`, made now if there was none."""
        return self._client or self.connect()

    def _save(self, execution: Execution, analysis: Analysis) -> None:
        self.result_saver.spool(execution.run, analysis)
        with suppress(
            SupersededError, LibraryError
        ):  # another has the run: the answer is here all the same
            self._writer.write_now(execution, phase=Phase.SAVING, notice="")
        run = self._writer.read(execution)
        try:
            self.result_saver.save(run, analysis)
        except (LibraryFullError, LibraryDamagedError):
            raise  # that may last: the run ends, so that somebody sees why
        except LibraryError:
            self._writer.wait_for_library(
                execution, partial(self.result_saver.save_late, run, analysis)
            )

    def _is_saved(self, execution: Execution) -> bool:
        """Whether an earlier execution had the answer, which is then saved by now."""
        if self._writer.wait_for_library(
            execution, partial(self.result_saver.settle_if_saved, execution.run)
        ):
            return True
        analysis = self.result_saver.spooled(execution.run)
        if analysis is not None:
            self._save(execution, analysis)
        return analysis is not None

    def _handle_cancel(self, execution: Execution, *, maybe_billed: bool) -> None:
        if execution.end_reason == "cancelled":
            self._end_cancelled(execution, maybe_billed=maybe_billed)
            return
        if execution.end_reason == "closing" and not maybe_billed and not execution.run.plan:
            # It was not sent whole, so nothing was accepted: the next execution may send it.
            with suppress(LibraryError):
                self._writer.write_now(execution, phase=Phase.QUEUED, sent=0, notice="")
        raise SupersededError

    def _end_cancelled(self, execution: Execution, *, maybe_billed: bool) -> None:
        """End a run that somebody cancelled; one in parts ends once its parts have."""
        if execution.run.plan:
            self._writer.write(execution, phase=Phase.ANALYSING, execution="", notice="")
        else:
            self._writer.write_cancelled(execution, maybe_billed=maybe_billed)

    def _wait(self, execution: Execution, seconds: float) -> None:
        if execution.cancel.wait(seconds):
            raise Cancelled


def _length(source: Path, run: Run) -> float | None:
    """How long a recording is [s], as far as it can be told."""
    try:
        return probe(source, name=run.name, size=source.stat().st_size).duration
    except (UnreadableRecordingError, OSError):
        return None
