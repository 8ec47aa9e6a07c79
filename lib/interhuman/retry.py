"""Retry policy: which failed requests may be repeated, and after how many seconds. Pure."""

import random
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from lib.errors import ApiError, NoAnswer, NotConnected
from lib.interhuman import error_ids

TOO_MANY_REQUESTS = 429
REQUEST_TIMEOUT = 408
SERVICE_UNAVAILABLE = 503
SERVER_ERROR = 500  # and every status above it


@dataclass(frozen=True, slots=True)
class Retry:
    """At most `attempts` in all; the first pause is `base` seconds, none is above `cap`."""

    attempts: int = 4
    base: float = 0.5
    cap: float = 60.0


def may_repeat(error: ApiError, *, upload: bool) -> bool:
    """Whether the same request may be sent again.

    An upload that may have been accepted is never repeated: it could be billed twice. That leaves
    a connection that was never made, 429, and a 503 that the API documents as transient. A request
    that costs nothing is also repeated after a lost connection, 408 and 5xx.
    """
    if isinstance(error, NotConnected):
        return True
    if error.error_id in error_ids.QUOTA:
        return False
    if error.status == TOO_MANY_REQUESTS:
        return True
    if upload:
        return error.status == SERVICE_UNAVAILABLE and error.error_id in error_ids.TRANSIENT
    return (
        isinstance(error, NoAnswer)
        or error.status == REQUEST_TIMEOUT
        or (error.status or 0) >= SERVER_ERROR
    )


def pause_seconds(retry: Retry, attempt: int, retry_after: float | None) -> float:
    """Seconds to wait after failed attempt number `attempt`; `retry_after` of the API first."""
    if retry_after is not None:
        return min(retry_after, retry.cap)
    longest = min(retry.base * 2 ** (attempt - 1), retry.cap)
    return random.uniform(longest / 2, longest)


def parse_retry_after(header: str | None, *, now: datetime) -> float | None:
    """The seconds a `Retry-After` header asks for (a number or a date), None when it is neither."""
    text = (header or "").strip()
    if text.isascii() and text.isdigit():
        return float(text)
    try:
        time = parsedate_to_datetime(text)
        time = time if time.tzinfo else time.replace(tzinfo=UTC)
        return max(0.0, (time - now).total_seconds())
    except (ValueError, OverflowError):
        return None
