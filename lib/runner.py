"""Analyses that outlive a page: each runs in a thread and is looked up by its id.

Runs die with the process; what the API accepted (V2) is in the library and can be followed again.
"""

from __future__ import annotations

import logging
import secrets
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from lib import media, session_file
from lib.failures import Failure, LibraryError, ToldError
from lib.interhuman import (
    Cancel,
    Client,
    Event,
    JobState,
    Retrying,
    Sending,
    Sent,
    V1Options,
    V2Options,
)
from lib.interhuman.errors import ApiError, Cancelled, JobFailed, JobGone
from lib.library import Library, Submission
from lib.model import Analysis, Recording
from lib.recordings import Recordings
from lib.runs import Options, Run, Runs

__all__ = ["Options", "Run", "Runner", "V1Options", "V2Options", "look_into"]

AT_ONCE = 4  # the API is known to refuse a sixth request at a time
LOOK = 0.2  # seconds between two looks of a queued run at whether it was cancelled
PATIENCE = 5.0  # seconds that cancelled runs are given to end
log = logging.getLogger(__name__)


def look_into(
    source: Path | IO[bytes], *, name: str, size: int, options: Options
) -> tuple[Recording | None, media.Verdict]:
    """What is in a recording and what the API would say to it; no recording if unreadable."""
    if too_large := media.too_large(size):  # said before a reader is let loose on it
        return None, media.Verdict(refusals=(too_large,))
    try:
        recording = media.probe(source, name=name, size=size)
    except media.UnreadableRecordingError:
        finding = media.Finding(
            "This file cannot be read as a recording: it is damaged, or of another kind.",
            "Play it on your machine, export it again as mp4 (H.264 and AAC), and try that.",
        )
        return None, media.Verdict(refusals=(finding,))
    if isinstance(options, V2Options):
        return recording, media.judge(recording, api="v2", model=options.model)
    return recording, media.judge(recording, api="v1")


class Runner:
    """Runs analyses, at most `AT_ONCE` at a time, and writes their sessions to the library."""

    def __init__(
        self, connect: Callable[[], Client], library: Library, recordings: Recordings
    ) -> None:
        self._connect = connect
        self._library = library
        self._recordings = recordings
        self._runs = Runs()
        self._slots = threading.Semaphore(AT_ONCE)
        self._threads: list[threading.Thread] = []
        self._begun: dict[object, str] = {}
        self._beginning = threading.Lock()
        self.find = self._runs.find
        self.cancel = self._runs.cancel

    def check(self) -> Failure | None:
        """Whether the credentials work and may upload; no analysis is spent. None when they do."""
        try:
            self._connect().check()
        except ApiError as error:
            return _failure(error)
        return None

    def once(self, key: object, begin: Callable[[], str]) -> str:
        """The id of the run that `begin` starts for `key`; anew only once that run has failed.

        A second click arrives in a thread of its own while the first is still at work, and must
        not be billed.
        """
        with self._beginning:
            run = self.find(self._begun.get(key, ""))
            if run is None or run.phase in {"failed", "cancelled"}:
                self._begun[key] = begin()
            return self._begun[key]

    def start(self, *, ticket: str, name: str, options: Options) -> str:
        """Queue an analysis of a recording on loan and return the run's id."""
        client = self._connect()
        run = Run(secrets.token_hex(16), name, ticket, options)
        self._queue(run, lambda cancel: self._analyse(run, client, cancel))
        return run.id

    def again(self, run: Run) -> str:
        """Queue the same recording once more, as a run of its own."""
        return self.start(ticket=run.ticket, name=run.name, options=run.options)

    def follow(self, run_id: str) -> bool:
        """Wait (again) for the accepted job of a run; False when no such job is known."""
        known = self.find(run_id)
        if known and known.phase == "done":
            return False
        submission = (known and known.submission) or self._library.submission(run_id)
        if submission is None:
            return False
        client = self._connect()
        run = Run(
            run_id,
            submission.recording_name,
            known.ticket if known else "",
            V2Options(model=submission.model),
            duration=submission.duration,
            submission=submission,
        )
        self._queue(run, lambda cancel: self._wait_for_job(run_id, client, submission, cancel))
        return True

    def save_again(self, run: Run) -> None:
        """Try once more to save an answer that the library would not take."""
        if run.unsaved:
            answer = run.unsaved
            self._queue(replace(run, phase="queued"), lambda _: self._save(run.id, answer))

    def close(self) -> None:
        """Cancel what runs, and end."""
        self._runs.cancel()
        for thread in self._threads:
            thread.join(PATIENCE)

    def _queue(self, run: Run, work: Callable[[Cancel], None]) -> None:
        cancel = self._runs.begin(run)
        if cancel is None:
            return  # it is under way already
        # Daemons: a pool's threads would hold up the end of the process until the API answers.
        thread = threading.Thread(
            target=self._guarded, args=(run.id, work, cancel), name="analysis", daemon=True
        )
        self._threads = [one for one in self._threads if one.is_alive()] + [thread]
        thread.start()

    def _guarded(self, run_id: str, work: Callable[[Cancel], None], cancel: Cancel) -> None:
        while not self._slots.acquire(timeout=LOOK):
            if cancel.cancelled:
                self._runs.change(run_id, phase="cancelled")
                return
        try:
            if cancel.cancelled:
                self._runs.change(run_id, phase="cancelled")
            else:
                work(cancel)
        except Cancelled as error:
            self._runs.change(run_id, phase="cancelled", maybe_billed=error.maybe_billed)
        except ApiError as error:
            self._fail(run_id, _failure(error))
        except ToldError as error:
            self._fail(run_id, error.failure)
        except Exception:
            log.exception("A run ended in an error of this app")
            self._fail(run_id, _OUR_FAULT)
        finally:
            self._slots.release()

    def _analyse(self, run: Run, client: Client, cancel: Cancel) -> None:
        self._runs.change(run.id, phase="checking")
        path = self._recordings.path(run.ticket)
        if path is None:
            self._fail(run.id, _GONE)
            return
        recording, verdict = look_into(
            path, name=run.name, size=path.stat().st_size, options=run.options
        )
        if verdict.refusals or recording is None:
            finding = verdict.refusals[0]
            self._fail(run.id, Failure(finding.what, finding.remedy))
            return
        self._runs.change(
            run.id, phase="uploading", total=recording.size, duration=recording.duration
        )
        watch = self._watch(run.id)
        if isinstance(run.options, V1Options):
            self._save(run.id, client.analyze(path, run.options, watch=watch, cancel=cancel))
            return
        job = client.submit(path, run.options, watch=watch, cancel=cancel)
        submission = Submission(
            run_id=run.id,
            job_id=job.job_id,
            model=run.options.model,
            recording_name=run.name,
            duration=recording.duration,
            created_at=datetime.now(UTC),
            expires_at=job.expires_at,
        )
        self._runs.change(run.id, submission=submission)
        try:
            self._library.note(submission)  # before the first poll: the job is paid for
        except LibraryError:
            log.warning("An accepted job could not be noted; it is waited for all the same")
        self._wait_for_job(run.id, client, submission, cancel)

    def _wait_for_job(
        self, run_id: str, client: Client, submission: Submission, cancel: Cancel
    ) -> None:
        began = submission.created_at.timestamp()
        self._runs.change(run_id, phase="analysing", since=began, notice="")
        try:
            analysis = client.follow(submission.job_id, watch=self._watch(run_id), cancel=cancel)
        except JobFailed:
            self._drop(run_id)
            raise
        except JobGone:
            # Another account or address says so too: the note stays while the job may live.
            if submission.expires_at and submission.expires_at < datetime.now(UTC):
                self._drop(run_id)
            raise
        self._save(run_id, analysis)

    def _drop(self, run_id: str) -> None:
        """Nothing is left to wait for."""
        self._runs.change(run_id, submission=None)
        with suppress(LibraryError):  # what became of the job is what must be told
            self._library.forget(run_id)

    def _save(self, run_id: str, analysis: Analysis) -> None:
        run = self._runs.change(run_id, phase="saving", unsaved=analysis, notice="")
        session = session_file.session(
            analysis, name=run.name, duration=run.duration, run_id=run.id
        )
        self._library.save(session)
        if run.submission:
            with suppress(LibraryError):  # a note too many does no harm: the session is saved
                self._library.forget(run_id)
        self._recordings.lend(run.ticket, session.id)
        self._runs.change(run_id, phase="done", session_id=session.id, unsaved=None)

    def _watch(self, run_id: str) -> Callable[[Event], None]:
        def watch(event: Event) -> None:
            match event:
                case Sending(sent=sent, total=total):
                    self._runs.change(run_id, phase="uploading", sent=sent, total=total, notice="")
                case Sent():
                    self._runs.change(run_id, phase="analysing", notice="")
                case Retrying(reason=reason, wait=wait):
                    self._runs.change(run_id, notice=f"{reason} Trying again in {wait:.0f} s.")
                case JobState():
                    self._runs.change(run_id, notice="")

        return watch

    def _fail(self, run_id: str, failure: Failure) -> None:
        self._runs.change(run_id, phase="failed", failure=failure, notice="")


def _failure(error: ApiError) -> Failure:
    return Failure(
        error.what, error.next_step, error.error_id, error.correlation_id, error.server_message
    )


_GONE = Failure(
    "The recording is no longer here: recordings are removed after a while.",
    "Choose the file again and press Analyze.",
)
_OUR_FAULT = Failure(
    "Something went wrong inside this app.",
    "Try again. If it happens again, tell whoever runs the app; its log has the details.",
)
