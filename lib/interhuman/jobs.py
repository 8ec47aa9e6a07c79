"""V2 jobs: what the API tells of one, and waiting for its end. Knows no HTTP."""

import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from lib.errors import ApiError, BadAnswer, Cancelled, StillRunning
from lib.interhuman.cancellation import Cancel
from lib.interhuman.http_errors import Answer
from lib.interhuman.parser import UNKNOWN_MODEL, decode_object, parse_instant
from lib.interhuman.progress import JobState, Retrying, Watch
from lib.interhuman.retry import Retry, may_repeat, pause

ENDED = ("completed", "failed")
BAD_ANSWERS = 4  # so many unreadable answers in a row end the wait

_ID = re.compile(r"[0-9A-Za-z_-]{1,128}")  # it becomes part of an address: nothing else may


@dataclass(frozen=True, slots=True)
class Job:
    """A V2 job as the API last told it.

    `status` is queued, running, completed or failed (or one we do not know, as sent); `raw` the
    whole answer; `expires_at` UTC, None when not told.
    """

    job_id: str
    status: str
    expires_at: datetime | None
    raw: str
    correlation_id: str | None
    model: str

    @property
    def ended(self) -> bool:
        """Whether it will not change any more; not whether it went well."""
        return self.status in ENDED


def is_id(text: str) -> bool:
    """Whether this can be a job's id."""
    return _ID.fullmatch(text) is not None


def job_of(answer: Answer) -> Job:
    """The job in an answer.

    Raises:
        BadAnswer: It holds no job that can be asked for again.
    """
    raw = answer.body.decode("utf-8-sig", "replace")
    data = decode_object(raw)
    job_id, status, model = (data.get(key) for key in ("job_id", "status", "model"))
    if not isinstance(job_id, str) or not is_id(job_id) or not isinstance(status, str):
        raise BadAnswer("The API's answer holds no job.", correlation_id=answer.correlation_id)
    return Job(
        job_id=job_id,
        status=status,
        expires_at=parse_instant(data.get("expires_at")),
        raw=raw,
        correlation_id=answer.correlation_id,
        model=model if isinstance(model, str) and model else UNKNOWN_MODEL,
    )


def await_end(
    job_id: str,
    read: Callable[[], Job],
    *,
    watch: Watch,
    cancel: Cancel,
    timeout: float,
    poll: float,
    retry: Retry,
) -> Job:
    """The job once it has ended, read every `poll` seconds for at most `timeout` seconds.

    Trouble that may pass (a lost connection, 429, 5xx) does not end the wait.

    Raises:
        StillRunning: Time ran out; the job goes on.
        ApiError: The API said something that waiting will not change.
    """
    deadline = time.monotonic() + timeout
    troubles = 0
    while True:
        wait = poll
        try:
            job = read()
        except Cancelled:
            raise
        except ApiError as error:
            troubles += 1
            error.job_id = error.job_id or job_id
            if not _may_pass(error, troubles):
                raise
            wait = max(poll, pause(retry, troubles, error.retry_after))
            watch(Retrying(troubles + 1, error.what, wait))
        else:
            troubles = 0
            watch(JobState(job.job_id, job.status, job.expires_at))
            if job.ended:
                return job
        left = deadline - time.monotonic()
        if left <= 0:
            raise StillRunning(job_id=job_id)
        if cancel.wait(min(wait, left)):
            raise Cancelled


def _may_pass(error: ApiError, troubles: int) -> bool:
    if isinstance(error, BadAnswer):
        return troubles < BAD_ANSWERS
    return may_repeat(error, upload=False)
