"""What a call tells its watcher while it runs, one frozen value a step."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Sending:
    """`sent` of `total` bytes of the upload are handed over. A repeated attempt starts at 0."""

    sent: int
    total: int


@dataclass(frozen=True, slots=True)
class Sent:
    """Every byte is handed over; the answer is awaited."""


@dataclass(frozen=True, slots=True)
class Retrying:
    """Attempt number `attempt` comes in `wait` seconds; `reason` is a sentence of ours."""

    attempt: int
    reason: str
    wait: float


@dataclass(frozen=True, slots=True)
class JobState:
    """A V2 job as the API last told it; `expires_at` is UTC, None when not told."""

    job_id: str
    status: str
    expires_at: datetime | None


Event = Sending | Sent | Retrying | JobState
Watch = Callable[[Event], None]


def unwatched(event: Event) -> None:
    """Nobody watches."""
