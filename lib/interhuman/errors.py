"""What can go wrong with the API, as one tree. Imports no room.

ApiError
├── LocalFileError           the recording on disk is missing, empty or unreadable
├── Cancelled                somebody asked to stop
├── NoAnswer                 the connection broke before a whole answer came
│   ├── NotConnected         ... and was never made: nothing was sent
│   └── OutcomeUnknown       ... after an upload began: it may have been accepted
├── Refused                  the API said no (4xx)
│   ├── CredentialRefused    the key is not valid, or missing
│   ├── ScopeMissing         the key is valid and may not upload
│   └── RecordingRefused     this file cannot be analysed
├── QuotaUsedUp              the account may not analyse more
├── Busy                     the API asks to come back later
├── ServerFault              the API failed (5xx)
├── BadAnswer                an answer that is none: HTML, cut JSON, another shape
├── JobFailed                a V2 job ended without a result
├── JobGone                  a V2 job is unknown or expired
└── StillRunning             a V2 job has not ended yet
"""

# ruff: noqa: N818  each name says what happened

from typing import TypedDict, Unpack

MESSAGE_LIMIT = 500  # characters kept of a text the API sent


class Facts(TypedDict, total=False):
    """What is known about a failure besides its two sentences."""

    error_id: str | None
    status: int | None
    correlation_id: str | None
    job_id: str | None
    server_message: str | None
    retry_after: float | None
    maybe_billed: bool


class ApiError(Exception):
    """Something went wrong, told in two sentences: what happened, and what to do next.

    `error_id`, `status` (HTTP), `correlation_id` and `job_id` are None where not known.
    `server_message` is text of the API, shortened: data, never markup. `retry_after` is in
    seconds. `maybe_billed` says that the API may have accepted an analysis all the same.
    `str()` is for the log: it holds nothing that the API or a user wrote, ids apart.
    """

    default_what = "The analysis did not work."
    default_next_step = "Try again; if it happens again, pass on the ids shown here."

    def __init__(self, what: str = "", next_step: str = "", **facts: Unpack[Facts]) -> None:
        super().__init__(what, next_step)
        self.what = what or self.default_what
        self.next_step = next_step or self.default_next_step
        self.error_id = _short(facts.get("error_id"))
        self.status = facts.get("status")
        self.correlation_id = _short(facts.get("correlation_id"))
        self.job_id = _short(facts.get("job_id"))
        self.server_message = _short(facts.get("server_message"))
        self.retry_after = facts.get("retry_after")
        self.maybe_billed = facts.get("maybe_billed", False)

    def __str__(self) -> str:
        facts = (
            self.error_id,
            f"HTTP {self.status}" if self.status else None,
            f"correlation id {self.correlation_id}" if self.correlation_id else None,
            f"job {self.job_id}" if self.job_id else None,
        )
        known = ", ".join(fact for fact in facts if fact)
        return f"{self.what} ({known})" if known else self.what


class LocalFileError(ApiError):
    """The recording on disk is missing, empty or cannot be read. Nothing was sent."""

    default_what = "The recording could not be read from disk."
    default_next_step = "Choose the file again."


class Cancelled(ApiError):
    """Somebody asked to stop; `maybe_billed` if every byte of an upload had been sent."""

    default_what = "The analysis was cancelled before the recording had been sent."
    default_next_step = "Start it again when you like; nothing was analysed."


class NoAnswer(ApiError):
    """The connection broke, or time ran out, before a whole answer had come."""

    default_what = "The API did not answer."
    default_next_step = "Check the network connection, then try again."


class NotConnected(NoAnswer):
    """The connection was never made, so nothing was sent."""

    default_what = "The API could not be reached."
    default_next_step = (
        "Nothing was sent. Check the network connection and, if base_url is set, the address; "
        "then try again."
    )


class OutcomeUnknown(NoAnswer):
    """The connection broke after an upload began: it may have been accepted, and billed."""

    default_what = "The connection broke before the API had answered."
    default_next_step = (
        "The API may have accepted the recording and may bill it. Look at your usage before "
        "you start it again."
    )


class Refused(ApiError):
    """The API refused the request; sending the same again will not help."""

    default_what = "The API refused the request."
    default_next_step = "Read the API's message, change what it names, then try again."


class CredentialRefused(Refused):
    """The credential is not valid, has ended, or is missing."""

    default_what = "The API did not accept the credential."
    default_next_step = "Check the API key in the settings."


class ScopeMissing(Refused):
    """The credential is valid, but may not do this."""

    default_what = "The API key may not upload recordings."
    default_next_step = "Use a key that has the scope interhumanai.upload."


class RecordingRefused(Refused):
    """The API cannot analyse this file; another file may do."""

    default_what = "The API cannot analyse this recording."
    default_next_step = "Export the recording again, for example as MP4, then try again."


class QuotaUsedUp(ApiError):
    """The account's quota, or a token's budget, is used up. Never repeated."""

    default_what = "The account's quota is used up."
    default_next_step = "Wait until it is renewed, or ask for a larger one."


class Busy(ApiError):
    """The API cannot take the request now; the same request may work later."""

    default_what = "The API is busy."
    default_next_step = "Wait a minute, then try again."


class ServerFault(ApiError):
    """The API failed on its side."""

    default_what = "The API had a fault."
    default_next_step = "Try again shortly; if it happens again, pass on the ids shown here."


class BadAnswer(ApiError):
    """The answer is not what the API documents: not JSON, cut short, or of another shape."""

    default_what = "The API's answer could not be read."
    default_next_step = "Try again; if it happens again, check the API's address in the settings."


class JobFailed(ApiError):
    """A V2 job ended without a result; `error_id` says why."""

    default_what = "The API accepted the recording, but the analysis failed."
    default_next_step = "Start the analysis again."


class JobGone(ApiError):
    """A V2 job is not known to this account, or its hour is over."""

    default_what = "The API no longer has this result."
    default_next_step = "Start the analysis again: results are kept for one hour."


class StillRunning(ApiError):
    """A V2 job (`job_id`) has not ended yet; it goes on at the API."""

    default_what = "The analysis is still running at the API."
    default_next_step = "Come back to it later: the result is kept for one hour."


def _short(text: str | None) -> str | None:
    if text is None or len(text) <= MESSAGE_LIMIT:
        return text
    return text[: MESSAGE_LIMIT - 1] + "…"
