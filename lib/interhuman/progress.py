"""Progress events of a call to the API, one frozen value each."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Sending:
    """`sent` of `total` bytes of the upload were sent. A repeated attempt starts at 0."""

    sent: int
    total: int


@dataclass(frozen=True, slots=True)
class Sent:
    """The whole upload was sent; the answer is awaited."""


@dataclass(frozen=True, slots=True)
class Retrying:
    """Attempt number `attempt` follows in `wait` seconds; `reason` is a sentence of this app."""

    attempt: int
    reason: str
    wait: float


@dataclass(frozen=True, slots=True)
class JobState:
    """The latest status of a V2 job; `expires_at` is UTC, None when not sent."""

    job_id: str
    status: str
    expires_at: datetime | None


Event = Sending | Sent | Retrying | JobState
Watch = Callable[[Event], None]


def ignore_event(event: Event) -> None:
    """The Watch of a call that nobody watches."""
