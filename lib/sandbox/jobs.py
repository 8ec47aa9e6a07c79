"""V2 jobs in memory: a job's status follows from its age; nothing runs in the background."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from lib.sandbox import answers, errors
from lib.sandbox.checks import Media
from lib.sandbox.errors import Refused

QUEUED_SHARE = 0.25  # of a job's time


@dataclass(frozen=True, slots=True)
class Job:
    """One submitted file. `submitted_at` is a time of its Jobs' clock; it takes `seconds`."""

    id: str
    model: str
    include: frozenset[str]
    media: Media
    submitted_at: float
    seconds: float
    created_at: datetime
    expires_at: datetime
    error: dict[str, str] | None = None

    def remaining(self, now: float) -> float:
        """Seconds until the job ends; 0 when it has."""
        return max(0.0, self.submitted_at + self.seconds - now)

    def status(self, now: float) -> str:
        """queued, running, completed or failed."""
        if self.remaining(now) > 0:
            return "queued" if now - self.submitted_at < QUEUED_SHARE * self.seconds else "running"
        return "failed" if self.error else "completed"

    def envelope(self, status: str) -> dict[str, object]:
        """What both job routes answer with; members that do not apply are left out."""
        envelope: dict[str, object] = {
            "job_id": self.id,
            "status": status,
            "model": self.model,
            "created_at": _iso_utc(self.created_at),
            "expires_at": _iso_utc(self.expires_at),
            "status_url": f"/v2/upload/jobs/{self.id}",
        }
        if status == "completed":
            envelope["result"] = answers.build_v2_result(
                self.media, model=self.model, include=self.include
            )
        if status == "failed" and self.error:
            envelope["error"] = self.error
        return envelope


class Jobs:
    """The account's jobs: each takes `seconds` and is forgotten `keep_seconds` after submission.

    More than `max_jobs` at a time are refused, as the API does.
    """

    def __init__(
        self,
        *,
        seconds: float,
        keep_seconds: float,
        clock: Callable[[], float],
        max_jobs: int = 1000,
    ) -> None:
        self.clock = clock
        self._seconds = seconds
        self._keep_seconds = keep_seconds
        self._max_jobs = max_jobs
        self._jobs: dict[str, Job] = {}
        self._lock = threading.Lock()

    def submit(self, media: Media, *, model: str, include: frozenset[str]) -> Job:
        """A new job.

        Raises:
            Refused: ih1002 when there are too many.
        """
        now = datetime.now(UTC)
        job = Job(
            id=secrets.token_hex(16),
            model=model,
            include=include,
            media=media,
            submitted_at=self.clock(),
            seconds=self._seconds,
            created_at=now,
            expires_at=now + timedelta(seconds=self._keep_seconds),
        )
        with self._lock:
            self._forget(job.submitted_at)
            if len(self._jobs) >= self._max_jobs:
                raise Refused("ih1002")
            self._jobs[job.id] = job
        return job

    def doom(self, job: Job, *, error_id: str, correlation_id: str) -> Job:
        """The same job, which will fail with `error_id`."""
        failing = replace(job, error=errors.error_body(error_id, correlation_id=correlation_id))
        with self._lock:
            self._jobs[job.id] = failing
        return failing

    def find(self, job_id: str) -> Job:
        """The job with this id.

        Raises:
            Refused: ih4021 when there is none, or no more.
        """
        with self._lock:
            self._forget(self.clock())
            if job_id not in self._jobs:
                raise Refused("ih4021")
            return self._jobs[job_id]

    def _forget(self, now: float) -> None:
        self._jobs = {
            id_: job
            for id_, job in self._jobs.items()
            if now < job.submitted_at + self._keep_seconds
        }


def _iso_utc(moment: datetime) -> str:
    return moment.isoformat().replace("+00:00", "Z")
