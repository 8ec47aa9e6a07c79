"""The one place that sends: it repeats what may be repeated and translates what goes wrong.

Knows requests; knows neither the API's routes nor what an answer means.
"""

import ipaddress
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NoReturn
from urllib.parse import urlsplit
from uuid import uuid4

import requests
from urllib3.exceptions import HTTPError

from lib.errors import ApiError, Cancelled, NoAnswer, NotConnected, OutcomeUnknown
from lib.interhuman.cancellable_adapter import CancellableAdapter
from lib.interhuman.cancellation import Cancel
from lib.interhuman.http_errors import Answer, error_of_answer
from lib.interhuman.progress import Retrying, Watch
from lib.interhuman.retry import Retry, may_repeat, pause, seconds_of
from lib.interhuman.upload import BLOCK, Body, Upload


@dataclass(frozen=True, slots=True)
class Timeouts:
    """Seconds to wait: to `connect`, for a block to be taken (`send`), and for an answer.

    `v1` and `submit` are for an upload's answer (V2's `wait_seconds` is added to `submit`),
    `other` for everything else. `poll` is the pause between two reads of a job.
    """

    connect: float = 10.0
    send: float = 60.0
    v1: float = 600.0
    submit: float = 300.0
    other: float = 30.0
    poll: float = 2.0


@dataclass(frozen=True, slots=True)
class Request:
    """What to send: `read` is the longest wait for the answer in seconds."""

    method: str
    path: str
    read: float
    json: Mapping[str, object] | None = None
    upload: Upload | None = None


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sends: the bearer, if any, all that must never be shown, and who watches or stops it."""

    bearer: str | None
    secrets: tuple[str, ...]
    watch: Watch
    cancel: Cancel


class Transport:
    """Sends requests to one API address.

    Raises:
        ValueError: The address is not https (http is for this machine only), or carries more
            than a host and a path. It is not repeated in the message: it may hold a password.
    """

    def __init__(self, base_url: str, *, timeouts: Timeouts, retry: Retry) -> None:
        self.base_url, self._local = _checked(base_url)
        self.timeouts = timeouts
        self.retry = retry

    def send(self, request: Request, sender: Sender, *, attempts: int | None = None) -> Answer:
        """A good answer, after at most `attempts` attempts (by default as the Retry says).

        Raises:
            ApiError: As `http_errors.failure` and `_broken` tell it; Cancelled when asked to stop.
        """
        identity = str(uuid4())
        line = CancellableAdapter(sender.cancel, send_timeout=self.timeouts.send, block=BLOCK)
        last = attempts or self.retry.attempts
        attempt = 1
        try:
            while True:
                if sender.cancel.cancelled:
                    raise Cancelled
                try:
                    return self._attempt(request, sender, line, identity)
                except ApiError as error:
                    if attempt >= last or not may_repeat(error, upload=request.upload is not None):
                        raise
                    wait = pause(self.retry, attempt, error.retry_after)
                    attempt += 1
                    sender.watch(Retrying(attempt, error.what, wait))
                line.close()  # a kept connection may be closing: repeat on a new one
                sender.cancel.wait(wait)
        finally:
            line.close()

    def _attempt(
        self, request: Request, sender: Sender, line: CancellableAdapter, identity: str
    ) -> Answer:
        if request.upload is None:
            answer = self._exchange(request, sender, line, identity, None)
        else:
            with request.upload.opened(sender.watch) as (body, kind):
                answer = self._exchange(request, sender, line, identity, (body, kind))
        if not answer.good:
            raise error_of_answer(answer, upload=request.upload is not None, secrets=sender.secrets)
        return answer

    def _exchange(
        self,
        request: Request,
        sender: Sender,
        line: CancellableAdapter,
        identity: str,
        form: tuple[Body, str] | None,
    ) -> Answer:
        headers = {"X-Client-Request-Id": identity, "Accept": "application/json"}
        if form:
            headers["Content-Type"] = form[1]
        with requests.Session() as session:
            wanted = requests.Request(
                request.method,
                self.base_url + request.path,
                headers=headers,
                data=form[0] if form else None,
                json=request.json,
                auth=_bearer(sender.bearer),
            )
            try:
                prepared = session.prepare_request(wanted)
                way = session.merge_environment_settings(prepared.url, {}, True, None, None)
                if self._local:  # no proxy stands between this machine and itself
                    way["proxies"] = {}
                # The adapter itself sends: nothing can follow a redirect with our credential.
                response = line.send(prepared, timeout=(self.timeouts.connect, request.read), **way)
            except (requests.RequestException, HTTPError) as error:
                _broken(error, line, sender.cancel, form[0] if form else None)
        return _answer(response)


def _answer(response: requests.Response) -> Answer:
    wish = response.headers.get("Retry-After")
    return Answer(
        status=response.status_code,
        body=response.content,
        correlation_id=response.headers.get("X-Correlation-ID"),
        retry_after=seconds_of(wish, now=datetime.now(UTC)),
    )


def _broken(
    error: Exception, line: CancellableAdapter, cancel: Cancel, body: Body | None
) -> NoReturn:
    """Say what a broken connection means: whether anything was sent is what counts."""
    if cancel.cancelled:
        raise cancelled(maybe_billed=body is not None and body.done) from error
    if not line.begun:
        what = ""
        if isinstance(error, requests.exceptions.SSLError):
            what = "The connection to the API is not trusted: its certificate was not accepted."
        raise NotConnected(what) from error
    if body is None:
        raise NoAnswer from error
    if body.done:
        raise OutcomeUnknown(maybe_billed=True) from error
    what = "The connection broke while the recording was being sent."
    raise OutcomeUnknown(what, maybe_billed=True) from error


def cancelled(*, maybe_billed: bool, job_id: str | None = None) -> Cancelled:
    """The error for a call that was asked to stop."""
    if job_id:
        return Cancelled(
            "You stopped waiting; the analysis goes on at the API.",
            "Come back to it later: the result is kept for one hour.",
            maybe_billed=True,
            job_id=job_id,
        )
    if maybe_billed:
        return Cancelled(
            "The analysis was cancelled after the recording had been sent.",
            "The API may still analyse the recording, and may bill it.",
            maybe_billed=True,
        )
    return Cancelled()


def _bearer(
    token: str | None,
) -> Callable[[requests.PreparedRequest], requests.PreparedRequest]:
    """Authorization by hand, also where there is none: else requests would look into ~/.netrc."""

    def sign(request: requests.PreparedRequest) -> requests.PreparedRequest:
        if token is not None:
            request.headers["Authorization"] = f"Bearer {token}"
        return request

    return sign


def _checked(base_url: str) -> tuple[str, bool]:
    """The address without its last slash, and whether it is on this machine."""
    url = urlsplit(base_url.strip())
    local = _is_local(url.hostname or "")
    if url.scheme not in ("https", "http") or not url.hostname:
        raise ValueError("The API's address must begin with https:// and name a host.")
    if url.scheme == "http" and not local:
        raise ValueError("The API's address must begin with https://; http:// is for loopback.")
    if url.username or url.password or url.query or url.fragment:
        raise ValueError("The API's address must be a host and a path, nothing more.")
    return base_url.strip().rstrip("/"), local


def _is_local(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
