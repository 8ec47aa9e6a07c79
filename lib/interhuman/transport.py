"""Send HTTP requests to the API: retries, timeouts, and errors as ApiErrors.

Knows requests; knows neither the API's routes nor what an answer means.
"""

import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import NoReturn
from uuid import uuid4

import requests
from urllib3.exceptions import HTTPError, ReadTimeoutError

from lib.errors import (
    ApiError,
    BadAnswer,
    Cancelled,
    NoAnswer,
    NotConnected,
    OutcomeUnknown,
    StillRunning,
)
from lib.interhuman import tls_errors
from lib.interhuman.address import check_address
from lib.interhuman.cancellable_adapter import CancellableAdapter
from lib.interhuman.cancellation import Cancel
from lib.interhuman.http_errors import Answer, error_of_answer
from lib.interhuman.progress import Retrying, Watch
from lib.interhuman.redactor import Redactor
from lib.interhuman.retry import Retry, may_repeat, parse_retry_after, pause_seconds
from lib.interhuman.upload import BLOCK_BYTES, Body, Upload
from lib.model import MIB
from lib.timecode import spell_duration

MAX_ANSWER_BYTES = 64 * MIB  # of a body, unpacked; a long answer has less than one of them


@dataclass(frozen=True, slots=True)
class Timeouts:
    """Timeouts in seconds: to `connect`, to `send` a block, to `upload` all, and for an answer.

    `v1` and `submit` are for an upload's whole answer, from when all was sent (V2's `wait_seconds`
    is added to `submit`), `other` for every other one. `poll` is the pause between two reads of a
    job.
    """

    connect: float = 10.0
    send: float = 60.0
    upload: float = 3600.0
    v1: float = 600.0
    submit: float = 300.0
    other: float = 30.0
    poll: float = 2.0


@dataclass(frozen=True, slots=True)
class Request:
    """A request to send; `read` is the timeout of its whole answer in seconds.

    The answer to one that `grants_token` is a secret itself, and needed whole.
    """

    method: str
    path: str
    read: float
    json: Mapping[str, object] | None = None
    upload: Upload | None = None
    grants_token: bool = False


@dataclass(frozen=True, slots=True)
class Sender:
    """The caller of a request: bearer token, the Redactor of its secrets, Watch and Cancel."""

    bearer: str | None = field(repr=False)
    redactor: Redactor
    watch: Watch
    cancel: Cancel


class Transport:
    """Sends requests to one API address.

    Raises:
        ValueError: The address is not https (http is for this machine only), or carries more
            than a host and a path. It is not repeated in the message: it may hold a password.
    """

    def __init__(self, base_url: str, *, timeouts: Timeouts, retry: Retry) -> None:
        self.base_url, self._local = check_address(base_url)
        self.timeouts = timeouts
        self.retry = retry

    def send(self, request: Request, sender: Sender, *, attempts: int | None = None) -> Answer:
        """Send, with at most `attempts` attempts (by default those of the Retry); the 2xx answer.

        Raises:
            ApiError: As of `error_of_answer` and `_raise_broken`; Cancelled when cancelled.
        """
        request_id = str(uuid4())
        adapter = CancellableAdapter(
            sender.cancel,
            send_timeout=self.timeouts.send,
            upload_timeout=self.timeouts.upload,
            block_bytes=BLOCK_BYTES,
        )
        max_attempts = attempts or self.retry.attempts
        attempt = 1
        try:
            while True:
                if sender.cancel.cancelled:
                    raise Cancelled
                try:
                    return self._attempt(request, sender, adapter, request_id)
                except ApiError as error:
                    if attempt >= max_attempts or not may_repeat(
                        error, upload=request.upload is not None
                    ):
                        raise
                    wait = pause_seconds(self.retry, attempt, error.retry_after)
                    attempt += 1
                    sender.watch(Retrying(attempt, error.what, wait))
                adapter.close()  # one that was used may be closing: repeat on a new one
                sender.cancel.wait(wait)
        finally:
            adapter.close()

    def _attempt(
        self, request: Request, sender: Sender, adapter: CancellableAdapter, request_id: str
    ) -> Answer:
        if request.upload is None:
            answer = self._exchange(request, sender, adapter, request_id, None)
        else:
            with request.upload.opened(sender.watch) as (body, content_type):
                answer = self._exchange(request, sender, adapter, request_id, (body, content_type))
        if answer.successful and answer.oversized:
            raise _oversized_error(answer, upload=request.upload is not None)
        if not answer.successful:
            raise error_of_answer(answer, upload=request.upload is not None)
        return answer

    def _exchange(
        self,
        request: Request,
        sender: Sender,
        adapter: CancellableAdapter,
        request_id: str,
        form: tuple[Body, str] | None,
    ) -> Answer:
        headers = {"X-Client-Request-Id": request_id, "Accept": "application/json"}
        if form:
            headers["Content-Type"] = form[1]
        with requests.Session() as session:
            unprepared = requests.Request(
                request.method,
                self.base_url + request.path,
                headers=headers,
                data=form[0] if form else None,
                json=request.json,
                auth=_bearer_auth(sender.bearer),
            )
            try:
                prepared = session.prepare_request(unprepared)
                settings = session.merge_environment_settings(prepared.url, {}, True, None, None)
                if self._local:  # never through a proxy
                    settings["proxies"] = {}
                # Sent by the adapter, not the session: no redirect is followed with our credential.
                response, content = adapter.exchange(
                    prepared,
                    max_bytes=MAX_ANSWER_BYTES,
                    timeout=(self.timeouts.connect, request.read),
                    **settings,
                )
            except (requests.RequestException, HTTPError, OSError) as error:
                what = self._overtime_text(error, adapter, request)
                _raise_broken(error, adapter, sender, form[0] if form else None, what)
        redactor = None if request.grants_token and response.ok else sender.redactor
        return _read_answer(response, content, redactor)

    def _overtime_text(
        self, error: Exception, adapter: CancellableAdapter, request: Request
    ) -> str:
        """Which time ran out when the connection broke; empty when none did."""
        if adapter.overdue:
            limit = spell_duration(self.timeouts.upload)
            return f"The recording could not be sent within {limit}."
        if isinstance(error, (requests.ReadTimeout, ReadTimeoutError)) and adapter.begun:
            limit = spell_duration(request.read)
            return f"The API did not answer in full within {limit}."
        return ""


def _read_answer(
    response: requests.Response, content: bytes | None, redactor: Redactor | None
) -> Answer:
    """The answer, without our secrets unless there is no redactor."""
    retry_after = response.headers.get("Retry-After")
    correlation_id = response.headers.get("X-Correlation-ID")
    answer = Answer(
        status=response.status_code,
        body=content or b"",
        correlation_id=correlation_id,
        retry_after=parse_retry_after(retry_after, now=_time_of(response)),
        oversized=content is None,
    )
    if redactor is None:
        return answer
    return replace(
        answer,
        body=redactor.clean(answer.body, refusal=not answer.successful),
        correlation_id=redactor.clean_text(correlation_id),
    )


def _time_of(response: requests.Response) -> datetime:
    """The time by the clock that its dates go by, which is not ours: ours may have jumped."""
    try:
        time = parsedate_to_datetime(response.headers.get("Date", ""))
    except (ValueError, OverflowError):
        return datetime.now(UTC)
    return time if time.tzinfo else time.replace(tzinfo=UTC)


def _oversized_error(answer: Answer, *, upload: bool) -> BadAnswer:
    return BadAnswer(
        f"The API's answer is larger than {MAX_ANSWER_BYTES // MIB} MiB, so it was not read.",
        OutcomeUnknown.default_next_step if upload else "",
        status=answer.status,
        correlation_id=answer.correlation_id,
        maybe_billed=upload,
    )


def _raise_broken(
    error: Exception, adapter: CancellableAdapter, sender: Sender, body: Body | None, what: str
) -> NoReturn:
    """Raise the error for a broken connection, by how much of the request was sent.

    `what` happened is in a sentence, empty when it is only known that the connection broke.
    """
    story = "".join(traceback.format_exception(error))  # it may quote what the other end sent
    cause = error if sender.redactor.clean_text(story) == story else None
    if sender.cancel.cancelled:
        raise cancelled_error(maybe_billed=body is not None and body.done) from cause
    if not adapter.begun:
        raise NotConnected(*tls_errors.describe_failure(error)) from cause
    if body is None:
        raise NoAnswer(what) from cause
    if not body.done:
        what = what or "The connection broke while the recording was being sent."
    raise OutcomeUnknown(what, maybe_billed=True) from cause


def cancelled_error(*, maybe_billed: bool, job_id: str | None = None) -> Cancelled:
    """The Cancelled error, with what it means for the bill and for a job."""
    if job_id:
        return Cancelled(
            "You stopped waiting; the analysis goes on at the API.",
            StillRunning.default_next_step,
            maybe_billed=True,
            job_id=job_id,
        )
    if maybe_billed:
        return Cancelled(
            "The analysis was cancelled after the recording had been sent.",
            "The API may still analyze the recording, and may bill it.",
            maybe_billed=True,
        )
    return Cancelled()


def _bearer_auth(
    token: str | None,
) -> Callable[[requests.PreparedRequest], requests.PreparedRequest]:
    """The Authorization of a request; without any, requests would take one from ~/.netrc."""

    def sign(request: requests.PreparedRequest) -> requests.PreparedRequest:
        if token is not None:
            request.headers["Authorization"] = f"Bearer {token}"
        return request

    return sign
