"""The route that plays recordings: bytes from their files, as much of them as is asked for.

Where a recording has a proxy, that is sent. Neither is ever in the app's memory. Who has an address
may watch until it ends, or until the recording is removed.
"""

from __future__ import annotations

import os
from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import Route

from lib.errors import AppError
from lib.media_types import MEDIA_TYPES
from lib.ui.shell import addresses, services
from lib.ui.shell.request_limits import request_limits

_HEADERS = {
    "Cache-Control": "private, no-store",  # the browser holds nothing of what is removed here
    # What is opened by itself can run nothing, whatever is in the file.
    "Content-Security-Policy": "sandbox; default-src 'none'; media-src 'self'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}
_GONE = "The recording is not here any more. Open its session again, and choose the file there.\n"


def recording_routes() -> list[Route]:
    """The routes for recordings."""
    path = addresses.served(f"{addresses.PLAY}{{token}}")
    return [Route(path, _play, methods=["GET"], middleware=request_limits())]


def _play(request: Request) -> Response:  # no coroutine: files are looked for in a thread
    path = _recording(request.path_params["token"])
    if path is None:
        return PlainTextResponse(_GONE, 404, _HEADERS)
    try:
        status = os.stat(path)  # noqa: PTH116  what FileResponse takes
    except OSError:
        return PlainTextResponse(_GONE, 404, _HEADERS)
    kind = MEDIA_TYPES.get(path.suffix, "application/octet-stream")  # never that of a page
    return FileResponse(path, headers=_HEADERS, media_type=kind, stat_result=status)


def _recording(token: str) -> Path | None:
    session_id = addresses.session_of(token)
    try:
        return services.playable_path(session_id) if session_id is not None else None
    except AppError:
        return None
