"""V2 jobs, in memory. A job's state follows from its age: nothing runs in the background."""

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
    """One submitted file. `born` is on the clock of its Jobs; `seconds` is how long it takes."""

    id: str
    model: str
    include: frozenset[str]
    media: Media
    born: float
    seconds: float
    created_at: datetime
    expires_at: datetime
    error: dict[str, str] | None = None

    def remaining(self, now: float) -> float:
        """Seconds until the job ends; 0 when it has."""
        return max(0.0, self.born + self.seconds - now)

    def status(self, now: float) -> str:
        """queued, running, completed or failed."""
        if self.remaining(now) > 0:
            return "queued" if now - self.born < QUEUED_SHARE * self.seconds else "running"
        return "failed" if self.error else "completed"

    def envelope(self, status: str) -> dict[str, object]:
        """What both job routes answer with; members that do not apply are left out."""
        envelope: dict[str, object] = {
            "job_id": self.id,
            "status": status,
            "model": self.model,
            "created_at": _stamp(self.created_at),
            "expires_at": _stamp(self.expires_at),
            "status_url": f"/v2/upload/jobs/{self.id}",
        }
        if status == "completed":
            envelope["result"] = answers.v2_answer(
                self.media, model=self.model, include=self.include
            )
        if status == "failed" and self.error:
            envelope["error"] = self.error
        return envelope


class Jobs:
    """The account's jobs: each takes `seconds` and is forgotten `keep` seconds after submission.

    More than `most` at a time are refused, as the API does.
    """

    def __init__(
        self, *, seconds: float, keep: float, clock: Callable[[], float], most: int = 1000
    ) -> None:
        self.clock = clock
        self._seconds = seconds
        self._keep = keep
        self._most = most
        self._jobs: dict[str, Job] = {}
        self._lock = threading.Lock()

    def submit(self, media: Media, *, model: str, include: frozenset[str]) -> Job:
        """A new job.

        Raises:
            Refused: ih1002 when too many are held.
        """
        now = datetime.now(UTC)
        job = Job(
            id=secrets.token_hex(16),
            model=model,
            include=include,
            media=media,
            born=self.clock(),
            seconds=self._seconds,
            created_at=now,
            expires_at=now + timedelta(seconds=self._keep),
        )
        with self._lock:
            self._forget(job.born)
            if len(self._jobs) >= self._most:
                raise Refused("ih1002")
            self._jobs[job.id] = job
        return job

    def doom(self, job: Job, *, error_id: str, correlation_id: str) -> Job:
        """The same job, which will fail with `error_id`."""
        doomed = replace(job, error=errors.body(error_id, correlation_id=correlation_id))
        with self._lock:
            self._jobs[job.id] = doomed
        return doomed

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
        self._jobs = {id_: job for id_, job in self._jobs.items() if now < job.born + self._keep}


def _stamp(moment: datetime) -> str:
    return moment.isoformat().replace("+00:00", "Z")
