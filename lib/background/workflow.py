"""What a run does, step by step; where it stands is in the library before each step begins.

The phase "uploading" is written before the recording is sent. A execution that finds it, left by an
earlier one, with no job beside it, cannot know whether the API accepted: it asks, and never
sends by itself.
"""

from __future__ import annotations

import logging
import secrets
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from lib.background import run_writer
from lib.background.executions import Execution, Executions, SupersededError
from lib.background.result_saver import ResultSaver
from lib.background.run import run_of_row
from lib.background.run_problems import APP_FAULT, QUOTA_NOTICE, RECORDING_GONE, UNCONFIRMED
from lib.errors import (
    ApiError,
    AppError,
    Busy,
    Cancelled,
    JobFailed,
    JobGone,
    LibraryDamagedError,
    LibraryError,
    LibraryFullError,
    Problem,
)
from lib.interhuman import Client, error_ids
from lib.interhuman.jobs import Job
from lib.interhuman.retry import may_repeat
from lib.library import AcceptedJob, Library
from lib.model import Analysis, Phase, V1Options
from lib.recordings.preflight import check_recording, probe_within_limit
from lib.recordings.store import RecordingStore

LOOK = 1.0  # seconds between two looks of a run whose account is paused
SLOWER = (5.0, 10.0, 20.0, 40.0, *[60.0] * 26)  # seconds before a busy API is asked once more
NOTE_FOR = 60.0  # seconds in which an accepted job is tried to be noted, before it is waited for
PASS_ON = 3.0  # seconds to hear whether the process that has a run's recording executions
SENT = (Phase.UPLOADING, Phase.ANALYSING, Phase.SAVING)
log = logging.getLogger(__name__)


class Workflow:
    """The steps of a run, for each key in `executions`; each returns whether the next follows."""

    def __init__(
        self, connect: Callable[[], Client], library: Library, recordings: RecordingStore
    ) -> None:
        self._connect_anew = connect
        self._client: Client | None = None
        self._library = library
        self._recordings = recordings
        self.executions = Executions()
        self._writer = run_writer.RunWriter(library, self.executions)
        self.result_saver = ResultSaver(library, recordings)
        self.folders: frozenset[str] = frozenset()  # where live processes keep recordings
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
        """The client by the settings as they stand now; what waits is sent by it too.

        Raises:
            SettingsError: they have problems.
        """
        self._client = self._connect_anew()
        return self._client

    def begin(self, key: str) -> bool:
        """Make this process the one that executes a key; False when there is nothing to do."""
        run_id, _, attempt = key.rpartition(".")
        token = secrets.token_hex(8)
        row = self._writer.wait_for_library(
            None, lambda: self._library.runs.claim(run_id, int(attempt), token)
        )
        if row is None:
            return False
        execution = Execution(token, run_of_row(row))
        if not self.executions.add(key, execution):
            raise SupersededError
        if execution.run.stop:
            self._writer.write_cancelled(execution, maybe_billed=execution.run.phase in SENT)
            self.executions.remove(key)
            return False
        return True

    def _guarded(self, work: Callable[[Execution], bool]) -> Callable[[str], bool]:
        def step(key: str) -> bool:
            execution = self.executions.get(key)
            try:
                return work(execution)
            except Cancelled as error:
                self._stopped(execution, error)
            except ApiError as error:
                self._refused(execution, error)
            except AppError as error:
                self._writer.write_failed(execution, error.problem)
            except Exception:
                log.exception("A run ended in an error of this app")
                self._writer.write_failed(execution, APP_FAULT)
            return False

        return step

    def _refused(self, execution: Execution, error: ApiError) -> None:
        told = error.problem
        quota = error.error_id in error_ids.QUOTA
        if quota:  # first, so that nothing more of it is sent
            account = execution.run.account
            self._writer.wait_for_library(
                execution, lambda: self._library.quota_pauses.begin(account, told)
            )
        if error.maybe_billed and not execution.known_job:
            self._writer.write(
                execution, phase=Phase.UNCONFIRMED, failure=told, notice="", maybe_billed=True
            )
        elif quota and not execution.known_job:
            # Nothing of it was accepted: it waits like the others.
            self._writer.requeue(execution, sent=0, notice=QUOTA_NOTICE)
        else:
            self._writer.write_failed(execution, told)

    def _turn(self, execution: Execution) -> bool:
        """Wait while the account is paused; a run of another account waits in that one's line."""
        if execution.run.phase not in (Phase.QUEUED, Phase.CHECKING) or execution.run.job:
            return True
        account = self._connected().account
        if account != execution.run.account:
            self._writer.requeue(execution, account=account)
            return False
        while self._paused(execution):
            self._writer.write(execution, notice=QUOTA_NOTICE)
            self._wait(execution, LOOK)
        return True

    def _paused(self, execution: Execution) -> Problem | None:
        account = execution.run.account
        return self._writer.wait_for_library(
            execution, lambda: self._library.quota_pauses.get(account)
        )

    def _check(self, execution: Execution) -> bool:
        """Look whether the recording is here, and whether the API would take it."""
        run = execution.run
        if run.job or run.phase in SENT:
            return True
        self._writer.write(execution, phase=Phase.CHECKING, notice="")
        path = self._recordings.path(run.ticket)
        if path is None:
            return self._absent(execution)
        size = path.stat().st_size
        recording = probe_within_limit(path, name=run.name, size=size)
        preflight = check_recording(recording, size=size, options=run.options)
        if preflight.refusals or recording is None:
            self._writer.write_failed(execution, preflight.refusals[0])
            return False
        self._writer.write(execution, total=recording.size, duration=recording.duration)
        return True

    def _absent(self, execution: Execution) -> bool:
        if execution.run.folder != self._recordings.folder_id:
            if execution.run.folder not in self.folders:
                self._wait(execution, PASS_ON)  # by now, whoever has it has said that it executions
            if execution.run.folder in self.folders:
                self._writer.requeue(execution)  # until that one takes it
                return False
        self._writer.write(execution, phase=Phase.INTERRUPTED, failure=RECORDING_GONE, notice="")
        return False

    def _send(self, execution: Execution) -> bool:
        """Send the recording, once. What a V1 answers is saved here: it goes through no queue."""
        run = execution.run
        if run.job:
            return True
        if self._saved_before(execution):
            return False
        if run.phase in SENT:  # looked at here: the steps before may have been taken long ago
            self._writer.write(
                execution, phase=Phase.UNCONFIRMED, failure=UNCONFIRMED, maybe_billed=True
            )
            return False
        path = self._recordings.path(run.ticket)
        if path is None:
            return self._absent(execution)
        client = self._connected()
        for pause in (*SLOWER, None):
            self._writer.write(execution, phase=Phase.UPLOADING, sent=0)  # before anything is sent
            try:
                return self._post(execution, client, path)
            except Busy as error:
                if pause is None or not may_repeat(error, upload=True):
                    raise
                # Nothing was accepted, so it stands in the queue again, at its head.
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
        self._accepted(
            execution, client.submit(path, options, watch=watch, cancel=execution.cancel)
        )
        return True

    def _accepted(self, execution: Execution, job: Job) -> None:
        run = self._writer.read(execution)
        submission = AcceptedJob(
            run_id=run.id,
            job_id=job.job_id,
            model=job.model,
            recording_name=run.name,
            duration=run.duration,
            created_at=datetime.now(UTC),
            expires_at=job.expires_at,
        )
        execution.job = submission
        deadline = time.monotonic() + NOTE_FOR
        while True:
            try:
                self._library.write_job(submission)  # before the first poll: the job is paid for
            except LibraryError:
                if time.monotonic() < deadline and not execution.cancel.wait(run_writer.AWAY):
                    continue
                log.warning("An accepted job could not be noted; it is waited for all the same")
            return

    def _fetch(self, execution: Execution) -> bool:
        """Wait for the job's answer, and save it."""
        submission = execution.known_job
        if submission is None:
            return False
        if execution.run.phase in SENT and self._saved_before(execution):
            return False
        began = submission.created_at.timestamp()
        with suppress(LibraryError):  # the API tells all the same, and keeps it only for so long
            self._writer.write_now(execution, phase=Phase.ANALYSING, since=began, notice="")
        try:
            analysis = self._connected().follow(
                submission.job_id, watch=self._writer.watcher(execution), cancel=execution.cancel
            )
        except JobFailed:
            self._forget(execution)
            raise
        except JobGone:
            # Another account or address says so too: the note stays while the job may live.
            if submission.expires_at and submission.expires_at < datetime.now(UTC):
                self._forget(execution)
            raise
        self._save(execution, analysis)
        return False

    def _connected(self) -> Client:
        """The client that somebody last asked for: settings are read where pages are."""
        return self._client or self.connect()

    def _save(self, execution: Execution, analysis: Analysis) -> None:
        self.result_saver.keep(execution.run, analysis)
        with suppress(SupersededError, LibraryError):  # whoever follows it now: the answer is here
            self._writer.write_now(execution, phase=Phase.SAVING, notice="")
        run = self._writer.read(execution)
        try:
            self.result_saver.save(run, analysis)
        except (LibraryFullError, LibraryDamagedError):
            raise  # that may last: the run ends, and whoever makes room sees why
        except LibraryError:
            self._writer.wait_for_library(
                execution, partial(self.result_saver.save_late, run, analysis)
            )

    def _saved_before(self, execution: Execution) -> bool:
        """Whether an earlier execution had the answer; if need be it is saved now."""
        if self._writer.wait_for_library(
            execution, partial(self.result_saver.settled, execution.run)
        ):
            return True
        analysis = self.result_saver.kept(execution.run)
        if analysis is not None:
            self._save(execution, analysis)
        return analysis is not None

    def _stopped(self, execution: Execution, error: Cancelled) -> None:
        if execution.ends == "cancelled":
            self._writer.write_cancelled(execution, maybe_billed=error.maybe_billed)
            return
        if execution.ends == "closing" and not error.maybe_billed:
            # It was not sent whole, so nothing was accepted: the next execution may send it.
            with suppress(LibraryError):
                self._writer.write_now(execution, phase=Phase.QUEUED, sent=0, notice="")
        raise SupersededError

    def _wait(self, execution: Execution, seconds: float) -> None:
        if execution.cancel.wait(seconds):
            raise Cancelled

    def _forget(self, execution: Execution) -> None:
        """Nothing is left to wait for."""
        execution.job, execution.run = None, replace(execution.run, job=None)
        with suppress(LibraryError):  # what became of the job is what must be told
            self._library.delete_job(execution.run.id)
