"""The client of the Interhuman API's upload routes: a recording in, an analysis out.

One client may serve many threads.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from lib.errors import ApiError, BadAnswer, Cancelled, CredentialRefused, JobGone
from lib.interhuman.cancellation import Cancel
from lib.interhuman.credentials import UPLOAD_SCOPE, ApiKey, KeyPair, Token, Tokens, parse_token
from lib.interhuman.http_errors import Answer
from lib.interhuman.jobs import Job, await_job_end, is_job_id, parse_job
from lib.interhuman.parser import parse_answer
from lib.interhuman.progress import JobState, Retrying, Watch, ignore_event
from lib.interhuman.redactor import Redactor
from lib.interhuman.retry import Retry
from lib.interhuman.transport import Request, Sender, Timeouts, Transport, cancelled_error
from lib.interhuman.upload import Upload
from lib.model import API_URL, Analysis, V1Options, V2Options

UNKNOWN_JOB_ID = "0" * 32  # of no job: reading it checks a key without an analysis

FilePath = str | os.PathLike[str]


class Client:
    """Analyses recordings with one credential.

    `watch` is called in the caller's thread with each event of a call; `cancel` stops the call
    from any other thread. All methods raise `ApiError` subclasses for what goes wrong.
    """

    def __init__(
        self,
        credential: ApiKey | KeyPair,
        *,
        base_url: str = API_URL,
        timeouts: Timeouts = Timeouts(),  # noqa: B008  frozen
        retry: Retry = Retry(),  # noqa: B008  frozen
    ) -> None:
        self._credential = credential
        self._transport = Transport(base_url, timeouts=timeouts, retry=retry)
        self._tokens = Tokens(self._request_token)

    @classmethod
    def from_key(
        cls,
        key: str,
        *,
        base_url: str = API_URL,
        timeouts: Timeouts = Timeouts(),  # noqa: B008  frozen
        retry: Retry = Retry(),  # noqa: B008  frozen
    ) -> Client:
        """A client with a direct key (`ih_live_...`)."""
        return cls(ApiKey(key), base_url=base_url, timeouts=timeouts, retry=retry)

    @property
    def account(self) -> str:
        """A hash that identifies this account at this address, and reveals neither."""
        credential = self._credential
        key = credential.key if isinstance(credential, ApiKey) else credential.key_id
        address = self._transport.base_url
        return hashlib.blake2b(f"{address}\0{key}".encode(), digest_size=16).hexdigest()

    def check(self, *, cancel: Cancel | None = None) -> None:
        """Return if the credential may upload; no analysis is spent.

        A key pair is exchanged for a new token. With a direct key an unknown job is read: "unknown
        job" is the good answer.

        Source: the API's authentication and error reference.
        """
        cancel = cancel or Cancel()
        if isinstance(self._credential, KeyPair):
            self._tokens.drop()
            self._tokens.get(cancel)
            return
        try:
            self._send(self._job_request(UNKNOWN_JOB_ID), ignore_event, cancel)
        except JobGone:
            return

    def analyze(
        self,
        path: FilePath,
        options: V1Options = V1Options(),  # noqa: B008  frozen
        *,
        watch: Watch | None = None,
        cancel: Cancel | None = None,
    ) -> Analysis:
        """Analyse by V1 and return the analysis, which takes 1 to 3 minutes as a rule.

        Source: the API's reference of `POST /v1/upload/analyze`.
        """
        cancel = cancel or Cancel()
        request = Request(
            "POST",
            "/v1/upload/analyze",
            self._transport.timeouts.v1,
            upload=Upload(Path(path), tuple(options.fields())),
        )
        answer = self._send(request, watch or ignore_event, cancel)
        try:
            return parse_answer(answer.body, api="v1", correlation_id=answer.correlation_id)
        except BadAnswer as error:
            raise _accepted_upload_error(error, answer, cancel) from error

    def submit(
        self,
        path: FilePath,
        options: V2Options = V2Options(),  # noqa: B008  frozen
        *,
        watch: Watch | None = None,
        cancel: Cancel | None = None,
    ) -> Job:
        """Upload to V2 and return the job; with `wait_seconds` it may have ended already.

        A failed job is returned, not raised: `follow` raises it.

        Source: the API's reference of `POST /v2/upload/analyze`.
        """
        watch, cancel = watch or ignore_event, cancel or Cancel()
        request = Request(
            "POST",
            "/v2/upload/analyze",
            self._transport.timeouts.submit + options.wait_seconds,
            upload=Upload(Path(path), tuple(options.fields())),
        )
        answer = self._send(request, watch, cancel)
        try:
            job = parse_job(answer)
        except BadAnswer as error:
            raise _accepted_upload_error(error, answer, cancel) from error
        watch(JobState(job.job_id, job.status, job.expires_at))
        return job

    def follow(
        self,
        job_id: str,
        *,
        watch: Watch | None = None,
        cancel: Cancel | None = None,
        timeout: float = 600.0,
    ) -> Analysis:
        """Wait for a V2 job, for at most `timeout` seconds, and return its analysis.

        Raises:
            JobFailed: It ended without a result.
            JobGone: It is unknown to this account, or has expired.
            StillRunning: Time ran out; the job goes on, and may be followed again.

        Source: the API's reference of `GET /v2/upload/jobs/{job_id}`.
        """
        if not is_job_id(job_id):
            raise JobGone("This is not the id of a job.")
        watch, cancel = watch or ignore_event, cancel or Cancel()
        request = self._job_request(job_id)
        try:
            job = await_job_end(
                job_id,
                lambda: parse_job(
                    self._send(request, watch, cancel, attempts=1), expected_id=job_id
                ),
                watch=watch,
                cancel=cancel,
                timeout=timeout,
                poll=self._transport.timeouts.poll,
                retry=self._transport.retry,
            )
        except Cancelled as error:
            raise cancelled_error(maybe_billed=True, job_id=job_id) from error
        return parse_answer(job.raw, api="v2", correlation_id=job.correlation_id)

    def analyze_v2(
        self,
        path: FilePath,
        options: V2Options = V2Options(),  # noqa: B008  frozen
        *,
        watch: Watch | None = None,
        cancel: Cancel | None = None,
    ) -> Analysis:
        """Analyse by V2 and return the analysis: `submit`, then `follow`; raises as both do."""
        job = self.submit(path, options, watch=watch, cancel=cancel)
        if job.ended:
            return parse_answer(job.raw, api="v2", correlation_id=job.correlation_id)
        return self.follow(job.job_id, watch=watch, cancel=cancel)

    def _job_request(self, job_id: str) -> Request:
        return Request("GET", f"/v2/upload/jobs/{job_id}", self._transport.timeouts.other)

    def _send(
        self, request: Request, watch: Watch, cancel: Cancel, *, attempts: int | None = None
    ) -> Answer:
        """Send with a bearer token; one that is refused is requested anew, once."""
        bearer = self._bearer(cancel)
        try:
            return self._transport.send(
                request, self._sender(bearer, watch, cancel), attempts=attempts
            )
        except CredentialRefused as refused:
            if isinstance(self._credential, ApiKey):
                raise
            self._tokens.drop(bearer)
            watch(Retrying(2, refused.what, 0.0))
        bearer = self._bearer(cancel)
        return self._transport.send(request, self._sender(bearer, watch, cancel), attempts=attempts)

    def _bearer(self, cancel: Cancel) -> str:
        if isinstance(self._credential, ApiKey):
            return self._credential.key
        return self._tokens.get(cancel)

    def _sender(self, bearer: str | None, watch: Watch, cancel: Cancel) -> Sender:
        credential = self._credential
        secrets = (
            (credential.key,)
            if isinstance(credential, ApiKey)
            else (credential.key_secret, credential.key_id)
        )
        return Sender(bearer, Redactor({*secrets, bearer or ""}), watch, cancel)

    def _request_token(self, cancel: Cancel) -> Token:
        pair = self._credential
        assert isinstance(pair, KeyPair)  # noqa: S101  for the type checker: a key needs no token
        body = {
            "key_id": pair.key_id,
            "key_secret": pair.key_secret,
            "scopes": [UPLOAD_SCOPE],
        }
        request = Request(
            "POST", "/v1/auth", self._transport.timeouts.other, json=body, grants_token=True
        )
        return parse_token(
            self._transport.send(request, self._sender(None, ignore_event, cancel)).body
        )


def _accepted_upload_error(error: BadAnswer, answer: Answer, cancel: Cancel) -> ApiError:
    """The error for an upload that was accepted, but whose answer is not as documented."""
    if cancel.cancelled:  # an answer without a length looks whole when it is cut
        return cancelled_error(maybe_billed=True)
    return BadAnswer(
        error.what,
        "The API may have accepted the recording and may bill it. Look at your usage before "
        "you start it again.",
        status=answer.status,
        error_id=error.error_id,
        correlation_id=error.correlation_id or answer.correlation_id,
        server_message=error.server_message,
        maybe_billed=True,
    )
