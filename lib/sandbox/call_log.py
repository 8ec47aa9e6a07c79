"""The log of the calls that a sandbox received, without their credentials."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field

MAX_CALLS = 10_000  # in memory; older ones are dropped
SECRET_HEADERS = frozenset({"authorization", "proxy-authorization", "cookie"})


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
class OpenCall:
    """A call whose request or answer is not complete yet."""

    method: str
    path: str
    headers: dict[str, str]
    status: int | None = None
    received: int = 0

    def snapshot(self) -> Call:
        """The call as it is now."""
        return Call(self.method, self.path, self.status, dict(self.headers), self.received)


class CallLog:
    """The calls in order of arrival. One thread writes, any thread may read."""

    def __init__(self) -> None:
        self._calls: deque[OpenCall] = deque(maxlen=MAX_CALLS)

    def begin(self, method: str, path: str, headers: Mapping[str, str]) -> OpenCall:
        """Add a call that has just arrived, and return it."""
        public = {name: value for name, value in headers.items() if name not in SECRET_HEADERS}
        call = OpenCall(method, path, public)
        self._calls.append(call)
        return call

    @property
    def calls(self) -> tuple[Call, ...]:
        """All calls so far, those under way included."""
        return tuple(call.snapshot() for call in self._calls.copy())
