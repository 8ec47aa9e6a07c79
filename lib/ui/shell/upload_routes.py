"""The route by which a browser sends recordings, slice by slice, straight to the private folder.

PUT takes the bytes from `Upload-Offset` on, HEAD and GET say how many are here, DELETE ends it. A
page gave the browser the token in the address: for one file, of so many bytes, for a time.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from lib.errors import (
    AppError,
    OtherBytesError,
    UploadEndedError,
    UploadError,
    UploadOffsetError,
    UploadTooLargeError,
)
from lib.recordings.uploads import Slice, UploadPlan
from lib.ui.shell import services, signed_addresses, upload_limits
from lib.ui.shell.request_limits import request_limits
from lib.ui.shell.request_origin import is_of_same_origin

MAX_SLICE_BYTES = 16 << 20
BLOCK_BYTES = 1 << 20  # written at a time: an upload has two in memory
STALL_SECONDS = 30.0  # without a byte, after which a slice is over
_STATUS: dict[type[AppError], int] = {
    UploadOffsetError: 409,
    UploadEndedError: 410,
    UploadTooLargeError: 413,
    OtherBytesError: 422,
}
_FULL = 507


def upload_routes() -> list[Route]:
    """The routes for uploads."""
    path = signed_addresses.served(f"{signed_addresses.UPLOAD}{{token}}")
    methods = ["GET", "PUT", "DELETE"]
    return [Route(path, _upload, methods=methods, middleware=request_limits())]


async def _upload(request: Request) -> Response:
    if not is_of_same_origin(request):
        return _refusal(403, "Another page sent this.", "Open the app itself, and try there.")
    plan = signed_addresses.plan_of(request.path_params["token"])
    if plan is None:
        return _refusal(
            403,
            "This upload is not known here, or its time is up.",
            "Load the page again, and choose the file again.",
        )
    try:
        if request.method == "PUT":
            return await _put(request, plan)
        if request.method == "DELETE":
            await run_in_threadpool(services.uploads().remove, plan.id)
            return Response(status_code=204)
        return await _state(plan)
    except AppError as error:
        return await _error(error, plan)


async def _put(request: Request, plan: UploadPlan) -> Response:
    length = _number(request.headers.get("content-length"))
    offset = _number(request.headers.get("upload-offset"))
    if length is None:
        return _refusal(411, "The length of this part is missing.", "Choose the file again.")
    if offset is None:
        return _refusal(400, "The place of this part is missing.", "Choose the file again.")
    if length > MAX_SLICE_BYTES:
        return _refusal(413, "This part is too large.", "Choose the file again.")
    if too_large := upload_limits.size_problem(plan.size):  # more was allowed before
        return _refusal(413, too_large.what, too_large.next_step)
    part = await run_in_threadpool(services.uploads().slice, plan, offset, length)
    try:
        await _write(request, part)
        await run_in_threadpool(_end, part, plan)
    except TimeoutError:
        return _refusal(
            408, "Nothing more came for a while.", "Check the connection, then continue."
        )
    finally:
        await run_in_threadpool(part.close)
    return await _state(plan)


def _end(part: Slice, plan: UploadPlan) -> None:
    """Finish what has all its bytes without a block: an empty file, or one that could not end."""
    uploads = services.uploads()
    if not uploads.finished(plan.id) and uploads.offset(plan) == plan.size:
        part.write(b"")


async def _write(request: Request, part: Slice) -> None:
    """Write the body block by block: while one goes to the disk, the next one comes.

    What came before the connection broke off, or stood still, is written as well.

    Raises:
        TimeoutError: nothing came for too long.
        AppError: why no more is taken.
    """
    writing: asyncio.Future[None] | None = None
    try:
        async for block in _blocks(request):
            if writing:
                await writing
            writing = asyncio.ensure_future(run_in_threadpool(part.write, block))
    finally:
        if writing:
            await writing


async def _blocks(request: Request) -> AsyncIterator[bytearray]:
    """The body in large blocks; what came before the connection broke off is one as well.

    Raises:
        TimeoutError: nothing came for too long.
    """
    stream, now = request.stream(), asyncio.get_running_loop().time
    more = True
    while more:
        block, stalled = bytearray(), False
        try:
            async with asyncio.timeout(STALL_SECONDS) as patience:
                while len(block) < BLOCK_BYTES:
                    chunk = await anext(stream, None)
                    if chunk is None:
                        more = False
                        break
                    block += chunk
                    patience.reschedule(now() + STALL_SECONDS)
        except ClientDisconnect:
            more = False
        except TimeoutError:
            more, stalled = False, True
        if block:
            yield block
        if stalled:
            raise TimeoutError


async def _state(plan: UploadPlan) -> Response:
    uploads = services.uploads()
    offset = await run_in_threadpool(uploads.offset, plan)
    answer = {"offset": offset, "finished": uploads.finished(plan.id) is not None}
    return JSONResponse(answer, headers=_headers(offset))


async def _error(error: AppError, plan: UploadPlan) -> Response:
    status = _STATUS.get(type(error), _FULL)
    try:
        offset = await run_in_threadpool(services.uploads().offset, plan)
    except UploadError:
        offset = 0
    return _refusal(status, error.what, error.next_step, offset)


def _refusal(status: int, what: str, next_step: str, offset: int = 0) -> Response:
    answer = {"what": what, "next_step": next_step, "offset": offset}
    return JSONResponse(answer, status, _headers(offset))


def _headers(offset: int) -> dict[str, str]:
    return {"Cache-Control": "no-store", "Upload-Offset": str(offset)}


def _number(text: str | None) -> int | None:
    """A whole number of a header, None where it is none or absurdly long."""
    if text is None or not (text.isascii() and text.isdecimal()) or len(text) > 15:  # noqa: PLR2004
        return None
    return int(text)
