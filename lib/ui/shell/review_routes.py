"""The route by which an open review hears what others add to it, and who has it open as well.

A page asks every few seconds, with a token for one tab and one session. The answer is small: a
version of the review, which the page compares with what it shows, and the other viewers.
"""

from __future__ import annotations

import json
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from lib.errors import AppError
from lib.interchange.review_version import review_version
from lib.ui.shell import services, signed_addresses
from lib.ui.shell.request_limits import request_limits
from lib.ui.shell.request_origin import is_of_same_origin
from lib.ui.shell.viewers import Viewer
from lib.ui.web.protocol import LiveAnswer, ViewerData

MAX_BYTES = 4096  # of what a page tells: a name and the id of a note
_HEADERS = {"Cache-Control": "no-store"}


def review_routes() -> list[Route]:
    """The route for open reviews."""
    path = signed_addresses.served(f"{signed_addresses.LIVE}{{token}}")
    return [Route(path, _answer, methods=["POST"], middleware=request_limits())]


async def _answer(request: Request) -> Response:
    """POST a `LiveReport`; a `LiveAnswer` comes back, or 204 to whoever leaves."""
    named = signed_addresses.tab_of(request.path_params["token"])
    if named is None or not is_of_same_origin(request):
        return _refusal(403, "This page's time is up.", "Load the page again.")
    try:
        report = await _report(request)
    except (ValueError, RecursionError, ClientDisconnect):
        return _refusal(400, "This cannot be read.", "Load the page again.")
    if report.get("leaving") is True:
        services.viewers().leave(*named)
        return Response(status_code=204, headers=_HEADERS)
    viewer = Viewer(_text(report.get("reviewer")), _text(report.get("editing")))
    try:
        answer = await run_in_threadpool(_look, *named, viewer)
    except AppError as error:
        return _refusal(503, error.what, error.next_step)
    return JSONResponse(answer, headers=_HEADERS)


def _look(session_id: str, tab: str, viewer: Viewer) -> LiveAnswer:
    others = services.viewers().see(session_id, tab, viewer)
    review = services.review(session_id, with_transcript=False)
    viewers = [ViewerData(name=other.name, editing=other.editing) for other in others]
    return LiveAnswer(version=review_version(review), viewers=viewers)


async def _report(request: Request) -> dict[str, Any]:
    """What the page tells.

    Raises:
        ValueError: it is too long, or no object of JSON.
    """
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MAX_BYTES:
            raise ValueError
    report = json.loads(body)
    if not isinstance(report, dict):
        raise ValueError  # noqa: TRY004  as for any other text that is no report
    return report


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _refusal(status: int, what: str, next_step: str) -> Response:
    return JSONResponse({"what": what, "next_step": next_step}, status, _HEADERS)
