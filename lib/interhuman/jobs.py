"""V2 jobs: parse an answer about one, and wait for its end. No HTTP here."""

import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from lib.errors import ApiError, BadAnswer, Cancelled, StillRunning
from lib.interhuman.cancellation import Cancel
from lib.interhuman.http_errors import Answer
from lib.interhuman.parser import UNKNOWN_MODEL, decode_object
from lib.interhuman.progress import JobState, Retrying, Watch
from lib.interhuman.retry import Retry, may_repeat, pause_seconds
from lib.interhuman.section_parsers import parse_instant

ENDED_STATUSES = ("completed", "failed")
MAX_BAD_ANSWERS = 4  # in a row, which end the wait

_JOB_ID = re.compile(r"[0-9A-Za-z_-]{1,128}")  # it becomes part of a URL


@dataclass(frozen=True, slots=True)
class Job:
    """A V2 job as in the latest answer about it.

    `status` is queued, running, completed or failed (or an unknown one, as sent); `raw` the whole
    answer; `expires_at` UTC, None when not sent.
    """

    job_id: str
    status: str
    expires_at: datetime | None
    raw: str
    correlation_id: str | None
    model: str

    @property
    def ended(self) -> bool:
        """Whether the status is final, be it completed or failed."""
        return self.status in ENDED_STATUSES


def is_job_id(text: str) -> bool:
    """Whether `text` has the form of a job's id."""
    return _JOB_ID.fullmatch(text) is not None


def parse_job(answer: Answer, *, expected_id: str | None = None) -> Job:
    """The job in an answer.

    Raises:
        BadAnswer: It holds no job, one whose id cannot be used in a URL, or another one than that
            with `expected_id`.
    """
    raw = answer.body.decode("utf-8-sig", "replace")
    data = decode_object(raw)
    job_id, status, model = (data.get(key) for key in ("job_id", "status", "model"))
    if not isinstance(job_id, str) or not is_job_id(job_id) or not isinstance(status, str):
        raise BadAnswer("The API's answer contains no job.", correlation_id=answer.correlation_id)
    if expected_id not in (None, job_id):
        raise BadAnswer(
            "The API answered about a different job.",
            correlation_id=answer.correlation_id,
        )
    return Job(
        job_id=job_id,
        status=status,
        expires_at=parse_instant(data.get("expires_at")),
        raw=raw,
        correlation_id=answer.correlation_id,
        model=model if isinstance(model, str) and model else UNKNOWN_MODEL,
    )


def await_job_end(
    job_id: str,
    read: Callable[[], Job],
    *,
    watch: Watch,
    cancel: Cancel,
    timeout: float,
    poll: float,
    retry: Retry,
) -> Job:
    """Read a job every `poll` seconds, for `timeout` seconds at most, and return it once ended.

    Errors that may be temporary (a lost connection, 429, 5xx) do not end the wait.

    Raises:
        StillRunning: Time ran out; the job goes on.
        ApiError: An error that waiting will not change.
    """
    deadline = time.monotonic() + timeout
    error_count = 0
    while True:
        wait = poll
        try:
            job = read()
        except Cancelled:
            raise
        except ApiError as error:
            error_count += 1
            error.job_id = error.job_id or job_id
            if not _is_temporary(error, error_count):
                raise
            wait = max(poll, pause_seconds(retry, error_count, error.retry_after))
            watch(Retrying(error_count + 1, error.what, wait))
        else:
            error_count = 0
            watch(JobState(job.job_id, job.status, job.expires_at))
            if job.ended:
                return job
        seconds_left = deadline - time.monotonic()
        if seconds_left <= 0:
            raise StillRunning(job_id=job_id)
        if cancel.wait(min(wait, seconds_left)):
            raise Cancelled


def _is_temporary(error: ApiError, error_count: int) -> bool:
    if isinstance(error, BadAnswer):
        return error_count < MAX_BAD_ANSWERS
    return may_repeat(error, upload=False)
