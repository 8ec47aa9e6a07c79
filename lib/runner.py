"""Analyses that outlive a page: each runs in a thread and is looked up by its id.

Everything a page may know of a run is in a frozen `Run`; threads replace it whole, so that a
reader never sees half a change. Runs die with the process; what the API accepted (V2) is in the
library and can be followed again.
"""

from __future__ import annotations

import logging
import secrets
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Literal

from lib import media, session_file
from lib.failures import Failure, LibraryError
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

__all__ = ["Options", "Run", "Runner", "V1Options", "V2Options", "look_into"]

AT_ONCE = 4  # the API is known to refuse a sixth request at a time
KEEP_RUNS = 200  # finished runs that can still be looked up

Phase = Literal[
    "queued", "checking", "uploading", "analysing", "saving", "done", "failed", "cancelled"
]
ENDED: tuple[Phase, ...] = ("done", "failed", "cancelled")
Options = V1Options | V2Options
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Run:
    """What is known of one analysis under way. Times are seconds of `time.time()`."""

    id: str
    name: str
    ticket: str
    options: Options
    phase: Phase = "queued"
    since: float = 0.0
    started: float = 0.0
    sent: int = 0
    total: int = 0
    notice: str = ""
    job_id: str | None = None
    expires_at: datetime | None = None
    maybe_billed: bool = False
    session_id: str | None = None
    failure: Failure | None = None
    unsaved: Analysis | None = None

    @property
    def ended(self) -> bool:
        """Whether nothing more will happen to it."""
        return self.phase in ENDED


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
        self._pool = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="analysis")
        self._runs: dict[str, Run] = {}
        self._cancels: dict[str, Cancel] = {}
        self._lock = threading.Lock()

    def check(self) -> Failure | None:
        """Whether the credentials work and may upload; no analysis is spent. None when they do."""
        try:
            self._connect().check()
        except ApiError as error:
            return _failure(error)
        return None

    def start(self, *, ticket: str, name: str, options: Options) -> str:
        """Queue an analysis of a recording on loan and return the run's id."""
        run = Run(secrets.token_hex(16), name, ticket, options, started=time.time())
        client = self._connect()
        return self._queue(run, lambda: self._analyse(run.id, client))

    def again(self, run: Run) -> str:
        """Queue the same recording once more, as a run of its own."""
        return self.start(ticket=run.ticket, name=run.name, options=run.options)

    def follow(self, run_id: str) -> bool:
        """Wait (again) for the accepted job of a run; False when no such job is known."""
        submission = self._library.submission(run_id)
        if submission is None:
            return False
        with self._lock:
            known = self._runs.get(run_id)
        if known and not known.ended:
            return True
        run = Run(
            run_id,
            submission.recording_name,
            known.ticket if known else "",
            V2Options(model=submission.model),
            started=submission.created_at.timestamp(),
            job_id=submission.job_id,
            expires_at=submission.expires_at,
        )
        client = self._connect()
        self._queue(run, lambda: self._wait_for_job(run_id, client, submission))
        return True

    def find(self, run_id: str) -> Run | None:
        """The run of this id as it stands now, or None when this process knows none."""
        with self._lock:
            return self._runs.get(run_id)

    def cancel(self, run_id: str) -> None:
        """Stop a run; the recording stays on loan so that it can be tried again."""
        with self._lock:
            cancel = self._cancels.get(run_id)
        if cancel:
            cancel.cancel()

    def close(self) -> None:
        """Cancel what runs, and end."""
        with self._lock:
            cancels = list(self._cancels.values())
        for cancel in cancels:
            cancel.cancel()
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _queue(self, run: Run, work: Callable[[], None]) -> str:
        with self._lock:
            self._runs[run.id] = replace(run, since=time.time())
            self._cancels[run.id] = Cancel()
            for old in [r.id for r in self._runs.values() if r.ended][:-KEEP_RUNS]:
                del self._runs[old], self._cancels[old]
        self._pool.submit(self._guarded, run.id, work)
        return run.id

    def _guarded(self, run_id: str, work: Callable[[], None]) -> None:
        try:
            if self._cancels[run_id].cancelled:
                self._change(run_id, phase="cancelled")
            else:
                work()
        except Cancelled as error:
            self._change(run_id, phase="cancelled", maybe_billed=error.maybe_billed)
        except ApiError as error:
            self._fail(run_id, _failure(error))
        except LibraryError as error:
            self._fail(run_id, error.failure)
        except Exception:
            log.exception("A run ended in an error of this app")
            self._fail(run_id, _OUR_FAULT)

    def _analyse(self, run_id: str, client: Client) -> None:
        run = self._change(run_id, phase="checking")
        path = self._recordings.path(run.ticket)
        if path is None:
            self._fail(run_id, _GONE)
            return
        recording, verdict = look_into(
            path, name=run.name, size=path.stat().st_size, options=run.options
        )
        if verdict.refusals or recording is None:
            finding = verdict.refusals[0]
            self._fail(run_id, Failure(finding.what, finding.remedy))
            return
        watch, cancel = self._watch(run_id), self._cancels[run_id]
        self._change(run_id, phase="uploading", total=recording.size)
        if isinstance(run.options, V1Options):
            analysis = client.analyze(path, run.options, watch=watch, cancel=cancel)
            self._save(run_id, analysis, recording.duration)
            return
        job = client.submit(path, run.options, watch=watch, cancel=cancel)
        submission = Submission(
            run_id=run_id,
            job_id=job.job_id,
            model=run.options.model,
            recording_name=run.name,
            duration=recording.duration,
            created_at=datetime.now(UTC),
            expires_at=job.expires_at,
        )
        self._library.note(submission)  # before the first poll: the job is paid for
        self._wait_for_job(run_id, client, submission)

    def _wait_for_job(self, run_id: str, client: Client, submission: Submission) -> None:
        self._change(
            run_id,
            phase="analysing",
            job_id=submission.job_id,
            expires_at=submission.expires_at,
            notice="",
        )
        try:
            analysis = client.follow(
                submission.job_id, watch=self._watch(run_id), cancel=self._cancels[run_id]
            )
        except (JobFailed, JobGone):
            self._library.forget(run_id)  # nothing is left to wait for
            raise
        self._save(run_id, analysis, submission.duration or analysis.duration)
        self._library.forget(run_id)

    def _save(self, run_id: str, analysis: Analysis, duration: float | None) -> None:
        run = self._change(run_id, phase="saving", unsaved=analysis, notice="")
        session = session_file.session(analysis, name=run.name, duration=duration)
        self._library.save(session)
        self._recordings.lend(run.ticket, session.id)
        self._change(run_id, phase="done", session_id=session.id, unsaved=None)

    def _watch(self, run_id: str) -> Callable[[Event], None]:
        def watch(event: Event) -> None:
            match event:
                case Sending(sent=sent, total=total):
                    self._change(run_id, phase="uploading", sent=sent, total=total, notice="")
                case Sent():
                    self._change(run_id, phase="analysing", notice="")
                case Retrying(reason=reason, wait=wait):
                    self._change(run_id, notice=f"{reason} Trying again in {wait:.0f} s.")
                case JobState(job_id=job_id, expires_at=expires_at):
                    self._change(
                        run_id,
                        phase="analysing",
                        job_id=job_id,
                        expires_at=expires_at,
                        notice="",
                    )

        return watch

    def _fail(self, run_id: str, failure: Failure) -> None:
        self._change(run_id, phase="failed", failure=failure, notice="")

    def _change(self, run_id: str, **changes: object) -> Run:
        with self._lock:
            run = self._runs[run_id]
            if changes.get("phase", run.phase) != run.phase:
                changes["since"] = time.time()
            self._runs[run_id] = replace(run, **changes)  # type: ignore[arg-type]  # named above
            return self._runs[run_id]


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
