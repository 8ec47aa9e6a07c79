"""How many requests to the routes of ours one visitor may make; more have to wait.

A video that somebody drags through, and an upload on a fast line, stay far below.
"""

from __future__ import annotations

import math
import time
from collections import OrderedDict
from collections.abc import Callable

from starlette.middleware import Middleware
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

BURST = 400  # requests at once
PER_SECOND = 200.0  # from then on; a proxy may stand for all viewers
MAX_VISITORS = 10_000  # of whom it is known how many they made
_REFUSAL = {
    "what": "Too many requests came at once.",
    "next_step": "Wait a second, then try again.",
}


def request_limits() -> list[Middleware]:
    """What stands around a route of ours."""
    return [Middleware(RequestLimits)]


class RequestLimits:
    """ASGI middleware that answers 429 to a visitor (one address of the network) over the limit."""

    def __init__(self, app: ASGIApp, clock: Callable[[], float] = time.monotonic) -> None:
        self._app = app
        self._clock = clock
        self._visitors: OrderedDict[str, tuple[float, float]] = OrderedDict()  # left, at what time

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request, or refuse it."""
        visitor, _ = scope.get("client") or ("", 0)
        if self.admit(visitor):
            await self._app(scope, receive, send)
        else:
            wait = str(math.ceil(1 / PER_SECOND))
            headers = {"Retry-After": wait, "Cache-Control": "no-store"}
            await JSONResponse(_REFUSAL, 429, headers)(scope, receive, send)

    def admit(self, visitor: str) -> bool:
        """Whether the visitor may make one more request now."""
        now = self._clock()
        left, at = self._visitors.pop(visitor, (float(BURST), now))
        left = min(float(BURST), left + (now - at) * PER_SECOND)
        admitted = left >= 1
        self._visitors[visitor] = (left - admitted, now)
        while len(self._visitors) > MAX_VISITORS:
            self._visitors.popitem(last=False)  # who came last of all long ago
        return admitted
