"""What a run does, step by step; where it stands is in the library before each step begins.

The phase "uploading" is written before the recording is sent. A life that finds it, left by an
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

from lib import runs
from lib.failures import (
    Failure,
    LibraryDamagedError,
    LibraryError,
    LibraryFullError,
    ToldError,
)
from lib.interhuman import Client, V1Options, catalog
from lib.interhuman.errors import ApiError, Busy, Cancelled, JobFailed, JobGone
from lib.interhuman.jobs import Job
from lib.interhuman.retry import may_repeat
from lib.library import Library, Submission
from lib.model import Analysis
from lib.recordings import Recordings
from lib.runner import telling
from lib.runner.lives import LeftError, Life, Lives
from lib.runner.looking import look_into
from lib.runner.saving import Saving
from lib.runner.sentences import ASKS, GONE, OUR_FAULT, PAUSED

LOOK = 1.0  # seconds between two looks of a run whose account is paused
SLOWER = (5.0, 10.0, 20.0, 40.0, *[60.0] * 26)  # seconds before a busy API is asked once more
NOTE_FOR = 60.0  # seconds in which an accepted job is tried to be noted, before it is waited for
PASS_ON = 3.0  # seconds to hear whether the process that has a run's recording lives
SENT = ("uploading", "analysing", "saving")
log = logging.getLogger(__name__)


class Analyses:
    """The steps of a run, for each key in `lives`. A step returns whether the next one follows."""

    def __init__(
        self, connect: Callable[[], Client], library: Library, recordings: Recordings
    ) -> None:
        self._connect_anew = connect
        self._client: Client | None = None
        self._library = library
        self._recordings = recordings
        self.lives = Lives()
        self._telling = telling.Telling(library, self.lives)
        self.saving = Saving(library, recordings)
        self.places: frozenset[str] = frozenset()  # where live processes keep recordings
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
        row = self._telling.patiently(
            None, lambda: self._library.runs.claim(run_id, int(attempt), token)
        )
        if row is None:
            return False
        life = Life(token, runs.of_row(row))
        if not self.lives.add(key, life):
            raise LeftError
        if life.run.stop:
            self._telling.cancelled(life, maybe_billed=life.run.phase in SENT)
            self.lives.remove(key)
            return False
        return True

    def _guarded(self, work: Callable[[Life], bool]) -> Callable[[str], bool]:
        def step(key: str) -> bool:
            life = self.lives.get(key)
            try:
                return work(life)
            except Cancelled as error:
                self._stopped(life, error)
            except ApiError as error:
                self._refused(life, error)
            except ToldError as error:
                self._telling.fail(life, error.failure)
            except Exception:
                log.exception("A run ended in an error of this app")
                self._telling.fail(life, OUR_FAULT)
            return False

        return step

    def _refused(self, life: Life, error: ApiError) -> None:
        told = failure_of(error)
        quota = error.error_id in catalog.QUOTA
        if quota:  # first, so that nothing more of it is sent
            account = life.run.account
            self._telling.patiently(
                life, lambda: self._library.pauses.begin(account, runs.told(told))
            )
        if error.maybe_billed and not life.known_submission:
            self._telling.change(
                life, phase="asks", failure=runs.told(told), notice="", maybe_billed=True
            )
        elif quota and not life.known_submission:
            # Nothing of it was accepted: it waits like the others.
            self._telling.give_back(life, sent=0, notice=PAUSED)
        else:
            self._telling.fail(life, told)

    def _turn(self, life: Life) -> bool:
        """Wait while the account is paused; a run of another account waits in that one's line."""
        if life.run.phase not in ("queued", "checking") or life.run.submission:
            return True
        account = self._connected().account
        if account != life.run.account:
            self._telling.give_back(life, account=account)
            return False
        while self._paused(life):
            self._telling.change(life, notice=PAUSED)
            self._wait(life, LOOK)
        return True

    def _paused(self, life: Life) -> str | None:
        account = life.run.account
        return self._telling.patiently(life, lambda: self._library.pauses.of(account))

    def _check(self, life: Life) -> bool:
        """Look whether the recording is here, and whether the API would take it."""
        run = life.run
        if run.submission or run.phase in SENT:
            return True
        self._telling.change(life, phase="checking", notice="")
        path = self._recordings.path(run.ticket)
        if path is None:
            return self._absent(life)
        recording, verdict = look_into(
            path, name=run.name, size=path.stat().st_size, options=run.options
        )
        if verdict.refusals or recording is None:
            finding = verdict.refusals[0]
            self._telling.fail(life, Failure(finding.what, finding.remedy))
            return False
        self._telling.change(life, total=recording.size, duration=recording.duration)
        return True

    def _absent(self, life: Life) -> bool:
        if life.run.place != self._recordings.place:
            if life.run.place not in self.places:
                self._wait(life, PASS_ON)  # by now, whoever has it has said that it lives
            if life.run.place in self.places:
                self._telling.give_back(life)  # until that one takes it
                return False
        self._telling.change(life, phase="interrupted", failure=runs.told(GONE), notice="")
        return False

    def _send(self, life: Life) -> bool:
        """Send the recording, once. What a V1 answers is saved here: it goes through no queue."""
        run = life.run
        if run.submission:
            return True
        if self._saved_before(life):
            return False
        if run.phase in SENT:  # looked at here: the steps before may have been taken long ago
            self._telling.change(life, phase="asks", failure=runs.told(ASKS), maybe_billed=True)
            return False
        path = self._recordings.path(run.ticket)
        if path is None:
            return self._absent(life)
        client = self._connected()
        for pause in (*SLOWER, None):
            self._telling.change(life, phase="uploading", sent=0)  # before anything is sent
            try:
                return self._post(life, client, path)
            except Busy as error:
                if pause is None or not may_repeat(error, upload=True):
                    raise
                # Nothing was accepted, so it stands in the queue again, at its head.
                notice = f"{error.what} Trying again in {pause:.0f} s."
                self._telling.change(life, phase="queued", sent=0, notice=notice)
                self._wait(life, pause)
        return False

    def _post(self, life: Life, client: Client, path: Path) -> bool:
        watch, options = self._telling.watch(life), life.run.options
        if isinstance(options, V1Options):
            analysis = client.analyze(path, options, watch=watch, cancel=life.cancel)
            self._save(life, analysis)
            return False
        self._accepted(life, client.submit(path, options, watch=watch, cancel=life.cancel))
        return True

    def _accepted(self, life: Life, job: Job) -> None:
        run = self._telling.now(life)
        submission = Submission(
            run_id=run.id,
            job_id=job.job_id,
            model=job.model,
            recording_name=run.name,
            duration=run.duration,
            created_at=datetime.now(UTC),
            expires_at=job.expires_at,
        )
        life.submission = submission
        deadline = time.monotonic() + NOTE_FOR
        while True:
            try:
                self._library.note(submission)  # before the first poll: the job is paid for
            except LibraryError:
                if time.monotonic() < deadline and not life.cancel.wait(telling.AWAY):
                    continue
                log.warning("An accepted job could not be noted; it is waited for all the same")
            return

    def _fetch(self, life: Life) -> bool:
        """Wait for the job's answer, and save it."""
        submission = life.known_submission
        if submission is None:
            return False
        if life.run.phase in SENT and self._saved_before(life):
            return False
        began = submission.created_at.timestamp()
        with suppress(LibraryError):  # the API tells all the same, and keeps it only for so long
            self._telling.tell(life, phase="analysing", since=began, notice="")
        try:
            analysis = self._connected().follow(
                submission.job_id, watch=self._telling.watch(life), cancel=life.cancel
            )
        except JobFailed:
            self._forget(life)
            raise
        except JobGone:
            # Another account or address says so too: the note stays while the job may live.
            if submission.expires_at and submission.expires_at < datetime.now(UTC):
                self._forget(life)
            raise
        self._save(life, analysis)
        return False

    def _connected(self) -> Client:
        """The client that somebody last asked for: settings are read where pages are."""
        return self._client or self.connect()

    def _save(self, life: Life, analysis: Analysis) -> None:
        self.saving.keep(life.run, analysis)
        with suppress(LeftError, LibraryError):  # whoever follows it now: the answer is here
            self._telling.tell(life, phase="saving", notice="")
        run = self._telling.now(life)
        try:
            self.saving.save(run, analysis)
        except (LibraryFullError, LibraryDamagedError):
            raise  # that may last: the run ends, and whoever makes room sees why
        except LibraryError:
            self._telling.patiently(life, partial(self.saving.save_late, run, analysis))

    def _saved_before(self, life: Life) -> bool:
        """Whether an earlier life had the answer; if need be it is saved now."""
        if self._telling.patiently(life, partial(self.saving.settled, life.run)):
            return True
        analysis = self.saving.kept(life.run)
        if analysis is not None:
            self._save(life, analysis)
        return analysis is not None

    def _stopped(self, life: Life, error: Cancelled) -> None:
        if life.ends == "cancelled":
            self._telling.cancelled(life, maybe_billed=error.maybe_billed)
            return
        if life.ends == "closing" and not error.maybe_billed:
            # It was not sent whole, so nothing was accepted: the next life may send it.
            with suppress(LibraryError):
                self._telling.tell(life, phase="queued", sent=0, notice="")
        raise LeftError

    def _wait(self, life: Life, seconds: float) -> None:
        if life.cancel.wait(seconds):
            raise Cancelled

    def _forget(self, life: Life) -> None:
        """Nothing is left to wait for."""
        life.submission, life.run = None, replace(life.run, submission=None)
        with suppress(LibraryError):  # what became of the job is what must be told
            self._library.forget(life.run.id)


def failure_of(error: ApiError) -> Failure:
    """What to tell the analyst of an error of the API."""
    said = (error.error_id, error.correlation_id, error.server_message)
    return Failure(error.what, error.next_step, *said)
