"""The routes that play recordings, show thumbnails of them and download clips: bytes from files.

Where a recording has a proxy, that is sent. None is ever in the app's memory. Who has an address
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
from lib.recordings.thumbnail import thumbnail_of
from lib.ui.shell import services, signed_addresses
from lib.ui.shell.request_limits import request_limits

_HEADERS = {
    "Cache-Control": "private, no-store",  # the browser holds nothing of what is removed here
    # What is opened by itself can run nothing, whatever is in the file.
    "Content-Security-Policy": "sandbox; default-src 'none'; media-src 'self'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}
_KINDS = {**MEDIA_TYPES, ".zip": "application/zip"}
_CLIP_GONE = "These clips are not here any more. Open their session again, and cut them there.\n"
_GONE = "The recording is not here any more. Open its session again, and choose the file there.\n"


def recording_routes() -> list[Route]:
    """The routes for recordings, and for thumbnails and clips of them."""
    return [
        Route(
            signed_addresses.served(f"{path}{{token}}"),
            act,
            methods=["GET"],
            middleware=request_limits(),
        )
        for path, act in (
            (signed_addresses.PLAY, _play),
            (signed_addresses.THUMBNAILS, _show_thumbnail),
            (signed_addresses.CLIPS, _download_clips),
        )
    ]


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


def _show_thumbnail(request: Request) -> Response:
    """The thumbnail; 204 while there is none, so that the browser may ask again."""
    session_id = signed_addresses.session_of(request.path_params["token"], "thumbnail")
    try:
        recording = session_id and services.recordings().file_of_session(session_id)
        if not recording:
            return PlainTextResponse(_GONE, 404, _HEADERS)
        path = thumbnail_of(recording)
        if path is None:
            return Response(status_code=204, headers=_HEADERS)
        status = os.stat(path)  # noqa: PTH116  what FileResponse takes
    except (AppError, OSError):
        return PlainTextResponse(_GONE, 404, _HEADERS)
    return FileResponse(path, headers=_HEADERS, media_type="image/jpeg", stat_result=status)


def _download_clips(request: Request) -> Response:
    order_id = signed_addresses.order_of(request.path_params["token"])
    made = services.clip_queue().file(order_id) if order_id else None
    if made is None:
        return PlainTextResponse(_CLIP_GONE, 404, _HEADERS)
    path, order = made
    try:
        status = os.stat(path)  # noqa: PTH116  what FileResponse takes
    except OSError:
        return PlainTextResponse(_CLIP_GONE, 404, _HEADERS)
    name = order.request.file_name
    kind = _KINDS.get(Path(name).suffix, "application/octet-stream")
    return FileResponse(path, headers=_HEADERS, media_type=kind, filename=name, stat_result=status)


def _recording(token: str) -> Path | None:
    session_id = signed_addresses.session_of(token)
    try:
        return services.playable_path(session_id) if session_id is not None else None
    except AppError:
        return None
