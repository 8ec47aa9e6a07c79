"""When a failed attempt may be repeated, and after how long. Pure; knows only the errors."""

import random
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from lib.errors import ApiError, NoAnswer, NotConnected
from lib.interhuman import error_ids

TOO_MANY = 429
TIMED_OUT = 408
UNAVAILABLE = 503
SERVER = 500  # this status and all above it


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
    if error.status == TOO_MANY:
        return True
    if upload:
        return error.status == UNAVAILABLE and error.error_id in error_ids.TRANSIENT
    return isinstance(error, NoAnswer) or error.status == TIMED_OUT or (error.status or 0) >= SERVER


def pause(retry: Retry, attempt: int, retry_after: float | None) -> float:
    """Seconds to wait after failed attempt number `attempt`; the API's own wish goes first."""
    if retry_after is not None:
        return min(retry_after, retry.cap)
    longest = min(retry.base * 2 ** (attempt - 1), retry.cap)
    return random.uniform(longest / 2, longest)


def seconds_of(header: str | None, *, now: datetime) -> float | None:
    """The seconds a `Retry-After` header asks for (a number or a date), None when it is neither."""
    text = (header or "").strip()
    if text.isascii() and text.isdigit():
        return float(text)
    try:
        moment = parsedate_to_datetime(text)
        moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        return max(0.0, (moment - now).total_seconds())
    except (ValueError, OverflowError):
        return None
