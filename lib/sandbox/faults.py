"""Faults that a test can set on a sandbox, each for one call of a route or for every call."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import KW_ONLY, dataclass, field
from typing import Literal

CutPoint = Literal["upload", "before", "middle"]


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that goes wrong at the `call`-th call of the route `path`.

    Calls are counted from 1, from the start of the sandbox; None means every call.
    `path` reaches everything below it: "/v2/upload/jobs" means each job. A fault with neither
    `status`, `body` nor `error_id` leaves the answer as it is, but late or cut, or makes
    its job fail.

    Attributes:
        status: HTTP status; without it that of `error_id`, else 200.
        body: sent as it is, in place of the documented body of `error_id`.
        headers: more headers for that answer.
        stall: seconds in which nothing of the request is read.
        delay: seconds between the request and the answer.
        cut: "upload" closes the connection while the body still arrives, "before" once it has
            been read, "middle" after half of the answer's body.
        job_error: the job that this submission makes ends with this error id.
    """

    path: str
    _: KW_ONLY
    call: int | None = 1
    status: int | None = None
    body: bytes | None = None
    error_id: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    stall: float = 0.0
    delay: float = 0.0
    cut: CutPoint | None = None
    job_error: str | None = None

    @property
    def has_answer(self) -> bool:
        """Whether the fault replaces the answer."""
        return not (self.status is None and self.body is None and self.error_id is None)


class Faults:
    """The faults that are set, and how often each route was called."""

    def __init__(self, faults: Iterable[Fault] = ()) -> None:
        self._faults = list(faults)
        self._calls: Counter[str] = Counter()
        self._lock = threading.Lock()

    def add(self, fault: Fault) -> None:
        """Set one more; where two fit the same call, the one set first counts."""
        with self._lock:
            self._faults.append(fault)

    def take(self, path: str) -> Fault | None:
        """Count a call of `path`; the fault that is due at it, if any."""
        route = _route_of(path)
        with self._lock:
            self._calls[route] += 1
            number = self._calls[route]
            fitting = (fault for fault in self._faults if _route_of(fault.path) == route)
            return next((fault for fault in fitting if fault.call in {None, number}), None)


def _route_of(path: str) -> str:
    jobs = "/v2/upload/jobs"
    return jobs if path == jobs or path.startswith(f"{jobs}/") else path
