"""The multipart forms of the upload routes: read to disk, bounded, and checked."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.types import Message

from lib.model import DIMENSIONS, V2_MODELS
from lib.sandbox import answers, checks
from lib.sandbox.checks import Limits, Media
from lib.sandbox.errors import Refused

ALLOWANCE = 65_536  # bytes a form may have besides its file
LONGEST_WAIT = 120  # seconds
UNSERVED = "inter-2-deep"

V1_INCLUDE = (answers.OVERALL, answers.TIMELINE)
V2_INCLUDE = (answers.SIGNALS, *V1_INCLUDE)
GOALS = DIMENSIONS


@asynccontextmanager
async def form(request: Request, *, limits: Limits) -> AsyncIterator[FormData]:
    """The request's form; what it holds beyond a small size lies on disk until the block ends.

    Raises:
        Refused: ih4003 when more is announced, or arrives, than a file may have.
    """
    most = limits.max_bytes + ALLOWANCE
    announced = request.headers.get("Content-Length", "")
    if announced.isdecimal() and int(announced) > most:
        raise Refused("ih4003")
    received = 0

    async def bounded() -> Message:
        nonlocal received
        message = await request.receive()
        received += len(message.get("body", b""))
        if received > most:
            raise Refused("ih4003")
        return message

    async with Request(request.scope, bounded).form(max_files=1, max_fields=50) as fields:
        yield fields


async def media(form: FormData, *, model: str, limits: Limits) -> Media:
    """What is in the form's file, checked.

    Raises:
        Refused: ih4001 without a file, ih4003 for one too large, and as `checks.accept`.
    """
    part = form.get("file")
    if not isinstance(part, UploadFile):
        raise Refused("ih4001")
    if (part.size or 0) > limits.max_bytes:
        raise Refused("ih4003")
    return await run_in_threadpool(checks.accept, part.file, model=model, limits=limits)


def chosen(form: FormData, field: str, allowed: Sequence[str]) -> list[str]:
    """The values of a field that may be repeated.

    Raises:
        Refused: ih4005 for a value that is not `allowed`.
    """
    values = form.getlist(field)
    for value in values:
        if value not in allowed:
            raise Refused("ih4005", f"{field} holds an unknown value.")
    return [value for value in dict.fromkeys(values) if isinstance(value, str)]


def text(form: FormData, field: str) -> str | None:
    """A field of free text, None when it is missing."""
    value = form.get(field)
    return value if isinstance(value, str) else None


def model(form: FormData) -> str:
    """The model asked for.

    Raises:
        Refused: ih4005 for an unknown one, ih4020 for one that is not served.
    """
    name = text(form, "model")
    if name == UNSERVED:
        raise Refused("ih4020")
    if name not in V2_MODELS:
        raise Refused("ih4005", "model is unknown.")
    return name


def wait_seconds(form: FormData) -> int:
    """How long the request may be held.

    Raises:
        Refused: ih4005 for anything but a whole number from 0 to LONGEST_WAIT.
    """
    value = text(form, "wait_seconds") or "0"
    if not (value.isdecimal() and value.isascii() and len(value) <= len(str(LONGEST_WAIT))):
        raise Refused("ih4005", "wait_seconds is not a whole number.")
    if int(value) > LONGEST_WAIT:
        raise Refused("ih4005", f"wait_seconds is above {LONGEST_WAIT}.")
    return int(value)
