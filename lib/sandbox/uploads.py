"""The multipart forms of the upload routes: read to disk, limited in size, and checked."""

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

FORM_ALLOWANCE_BYTES = 65_536  # that a form may have besides its file
MAX_WAIT_SECONDS = 120
UNSERVED_MODEL = "inter-2-deep"

V1_INCLUDE = (answers.INCLUDE_OVERALL, answers.INCLUDE_TIMELINE)
V2_INCLUDE = (answers.INCLUDE_SIGNALS, *V1_INCLUDE)
GOAL_DIMENSIONS = DIMENSIONS


@asynccontextmanager
async def open_form(request: Request, *, limits: Limits) -> AsyncIterator[FormData]:
    """The request's form; what it holds beyond a small size lies on disk until the block ends.

    Raises:
        Refused: ih4003 when more is announced, or arrives, than a file may have.
    """
    max_bytes = limits.max_bytes + FORM_ALLOWANCE_BYTES
    announced = request.headers.get("Content-Length", "")
    if announced.isdecimal() and int(announced) > max_bytes:
        raise Refused("ih4003")
    received = 0

    async def receive_limited() -> Message:
        nonlocal received
        message = await request.receive()
        received += len(message.get("body", b""))
        if received > max_bytes:
            raise Refused("ih4003")
        return message

    async with Request(request.scope, receive_limited).form(max_files=1, max_fields=50) as fields:
        yield fields


async def check_upload(form: FormData, *, model: str, limits: Limits) -> Media:
    """What is in the form's file, checked.

    Raises:
        Refused: ih4001 without a file, ih4003 for one too large, and as `checks.check_media`.
    """
    part = form.get("file")
    if not isinstance(part, UploadFile):
        raise Refused("ih4001")
    if (part.size or 0) > limits.max_bytes:
        raise Refused("ih4003")
    return await run_in_threadpool(checks.check_media, part.file, model=model, limits=limits)


def read_choices(form: FormData, field: str, allowed: Sequence[str]) -> list[str]:
    """The values of a field that may be repeated.

    Raises:
        Refused: ih4005 for a value that is not `allowed`.
    """
    values = form.getlist(field)
    for value in values:
        if value not in allowed:
            raise Refused("ih4005", f"{field} holds an unknown value.")
    return [value for value in dict.fromkeys(values) if isinstance(value, str)]


def read_text(form: FormData, field: str) -> str | None:
    """A field of free text, None when it is missing."""
    value = form.get(field)
    return value if isinstance(value, str) else None


def read_model(form: FormData) -> str:
    """The model that the form names.

    Raises:
        Refused: ih4005 for an unknown one, ih4020 for one that is not served.
    """
    name = read_text(form, "model")
    if name == UNSERVED_MODEL:
        raise Refused("ih4020")
    if name not in V2_MODELS:
        raise Refused("ih4005", "model is unknown.")
    return name


def read_wait_seconds(form: FormData) -> int:
    """The seconds for which the answer may wait for the end of the job.

    Raises:
        Refused: ih4005 for anything but a whole number from 0 to MAX_WAIT_SECONDS.
    """
    value = read_text(form, "wait_seconds") or "0"
    if not (value.isdecimal() and value.isascii() and len(value) <= len(str(MAX_WAIT_SECONDS))):
        raise Refused("ih4005", "wait_seconds is not a whole number.")
    if int(value) > MAX_WAIT_SECONDS:
        raise Refused("ih4005", f"wait_seconds is above {MAX_WAIT_SECONDS}.")
    return int(value)
