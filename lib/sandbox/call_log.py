"""What was asked of the sandbox: one call after the other, without credentials."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field

MOST = 10_000  # calls kept; older ones are dropped
SECRET = frozenset({"authorization", "proxy-authorization", "cookie"})


@dataclass(frozen=True, slots=True)
class Call:
    """One request as received: `headers` in lower case, `received` in bytes of body.

    `status` is None while no answer has been begun, and stays so when none is given; 499 says
    that the client left before one could be.
    """

    method: str
    path: str
    status: int | None
    headers: Mapping[str, str] = field(repr=False)
    received: int


@dataclass(slots=True)
class Entry:
    """A call under way."""

    method: str
    path: str
    headers: dict[str, str]
    status: int | None = None
    received: int = 0

    def call(self) -> Call:
        """The call as it stands."""
        return Call(self.method, self.path, self.status, dict(self.headers), self.received)


class CallLog:
    """The calls in order of arrival. One thread writes, any thread may read."""

    def __init__(self) -> None:
        self._entries: deque[Entry] = deque(maxlen=MOST)

    def begin(self, method: str, path: str, headers: Mapping[str, str]) -> Entry:
        """Note a call that has just arrived."""
        kept = {name: value for name, value in headers.items() if name not in SECRET}
        entry = Entry(method, path, kept)
        self._entries.append(entry)
        return entry

    @property
    def calls(self) -> tuple[Call, ...]:
        """All calls so far, those under way included."""
        return tuple(entry.call() for entry in self._entries.copy())
