"""Map HTTP error answers of the API to ApiErrors. Pure; imports no HTTP library."""

from dataclasses import dataclass, field
from typing import Any

from lib.errors import (
    ApiError,
    ApiFacts,
    BadAnswer,
    Busy,
    CredentialRefused,
    JobFailed,
    JobGone,
    OutcomeUnknown,
    QuotaUsedUp,
    RecordingRefused,
    Refused,
    ScopeMissing,
    ServerFault,
)
from lib.interhuman import error_ids
from lib.interhuman.parser import decode_object

_KINDS_BY_ERROR_ID: tuple[tuple[frozenset[str], type[ApiError]], ...] = (
    (error_ids.CREDENTIAL, CredentialRefused),
    (error_ids.SCOPE, ScopeMissing),
    (error_ids.QUOTA, QuotaUsedUp),
    (error_ids.BUSY, Busy),
    (error_ids.GONE, JobGone),
    (error_ids.RECORDING, RecordingRefused),
    (frozenset({"ih1004"}), JobFailed),
)
_KINDS_BY_STATUS: dict[int, tuple[type[ApiError], str, str]] = {
    401: (CredentialRefused, "", ""),
    403: (
        Refused,
        "The API does not allow this request.",
        "Check which scopes the API key has, and whether a proxy stands in between.",
    ),
    404: (
        Refused,
        "The API does not know this address.",
        "Check the API's address in the settings.",
    ),
    408: (Busy, "The API waited too long for the request.", ""),
    413: (
        RecordingRefused,
        "The recording is larger than the API, or a gateway before it, accepts.",
        "Cut it, or export it at a lower bit rate, then try again.",
    ),
    415: (RecordingRefused, "The API does not read this kind of file.", ""),
    422: (RecordingRefused, "The API could not use the recording.", ""),
    429: (Busy, "The API asks for fewer requests for a while.", ""),
    503: (Busy, "The API is temporarily unavailable.", "Wait a few minutes, then try again."),
}


@dataclass(frozen=True, slots=True)
class Answer:
    """A complete HTTP answer: `retry_after` is in seconds, None without such a header.

    The body of an `oversized` one was not read and is empty.
    """

    status: int
    body: bytes = field(repr=False)
    correlation_id: str | None = None
    retry_after: float | None = None
    oversized: bool = False

    @property
    def successful(self) -> bool:
        """Whether the status is 2xx."""
        return 200 <= self.status < 300  # noqa: PLR2004  2xx


def error_of_answer(answer: Answer, *, upload: bool) -> ApiError:
    """The error in an answer: by its error id, else by its status.

    `upload` says that a recording was sent: then a server's or gateway's fault leaves open
    whether it was accepted.
    """
    body = _decode_body(answer)
    error_id = _first_text(body, "error_id")
    message = _first_text(body, "message", "detail")
    kind, what, next_step = _find_kind(answer.status, error_id, upload=upload)
    if error_id in error_ids.SENTENCES:
        what, next_step = error_ids.SENTENCES[error_id]
    maybe_billed = upload and kind in (OutcomeUnknown, ServerFault, BadAnswer)
    if maybe_billed:  # this matters more than what the id advises
        next_step = OutcomeUnknown.default_next_step
    facts: ApiFacts = {
        "error_id": error_id,
        "status": answer.status,
        "correlation_id": _first_text(body, "correlation_id") or answer.correlation_id,
        "server_message": message,
        "retry_after": answer.retry_after,
        "maybe_billed": maybe_billed,
    }
    return kind(what, next_step, **facts)


def _find_kind(
    status: int, error_id: str | None, *, upload: bool
) -> tuple[type[ApiError], str, str]:
    for ids, kind in _KINDS_BY_ERROR_ID:
        if error_id in ids:
            return kind, "", ""
    if status >= 500 and upload and error_id is None:  # noqa: PLR2004  5xx
        return OutcomeUnknown, "A gateway before the API answered in its place.", ""
    if status in _KINDS_BY_STATUS:
        return _KINDS_BY_STATUS[status]
    if status >= 500:  # noqa: PLR2004  5xx
        return ServerFault, "", ""
    if status >= 400:  # noqa: PLR2004  4xx
        return Refused, "", ""
    return BadAnswer, "The API's address redirects to another one, which is not followed.", ""


def _decode_body(answer: Answer) -> dict[str, Any]:
    try:
        return decode_object(answer.body.decode("utf-8-sig", "replace"))
    except BadAnswer:
        return {}


def _first_text(body: dict[str, Any], *keys: str) -> str | None:
    texts = (body.get(key) for key in keys)
    return next((text for text in texts if isinstance(text, str) and text), None)
