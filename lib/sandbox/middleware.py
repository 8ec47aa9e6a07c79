"""The front of the sandbox: notes each call, gives it a correlation id, and plays the faults."""

from __future__ import annotations

import json
import uuid
from asyncio import Transport
from collections.abc import Awaitable, Callable
from typing import cast

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from lib.sandbox import errors
from lib.sandbox.call_log import CallLog
from lib.sandbox.faults import Fault, Faults

Pause = Callable[[float], Awaitable[None]]


class FaultMiddleware:
    """An ASGI app around `app`. The scope's state must hold the connection's transport."""

    def __init__(self, app: ASGIApp, *, faults: Faults, call_log: CallLog, pause: Pause) -> None:
        self._app = app
        self._faults = faults
        self._call_log = call_log
        self._pause = pause

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        entry = self._call_log.begin(scope["method"], scope["path"], Headers(scope=scope))
        correlation_id = str(uuid.uuid4())
        scope["state"]["correlation_id"] = correlation_id

        async def counted() -> Message:
            message = await receive()
            entry.received += len(message.get("body", b""))
            return message

        async def labelled(message: Message) -> None:
            if message["type"] == "http.response.start":
                entry.status = message["status"]
                MutableHeaders(scope=message)["X-Correlation-ID"] = correlation_id
            await send(message)

        fault = self._faults.take(scope["path"])
        if fault is None:
            await self._app(scope, counted, labelled)
        else:
            await self._play(fault, scope, counted, labelled)

    async def _play(self, fault: Fault, scope: Scope, receive: Receive, send: Send) -> None:
        await self._pause(fault.stall)
        scope["state"]["job_error"] = fault.job_error
        app = _Canned(fault) if fault.answers else self._app
        if fault.cut == "upload":
            await receive()
            await _hang_up(scope, receive, abort=True)
        elif fault.cut == "before":
            await _drain(receive)
            await self._pause(fault.delay)
            await _hang_up(scope, receive)
        else:
            answer = await _answer(app, scope, receive)
            await self._pause(fault.delay)
            await _reply(answer, send, half=fault.cut == "middle")
            if fault.cut == "middle":
                await _hang_up(scope, receive)


class _Canned:
    """The answer that a fault brings along."""

    def __init__(self, fault: Fault) -> None:
        self._fault = fault

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await _drain(receive)
        fault = self._fault
        status = fault.status or (errors.status(fault.error_id) if fault.error_id else 200)
        body = fault.body
        if body is None and fault.error_id is not None:
            described = errors.body(fault.error_id, correlation_id=scope["state"]["correlation_id"])
            body = json.dumps(described).encode()
        body = body or b""
        start: Message = {"type": "http.response.start", "status": status, "headers": []}
        headers = MutableHeaders(scope=start)
        headers["Content-Type"] = "text/html" if body[:1] == b"<" else "application/json"
        headers["Content-Length"] = str(len(body))
        headers.update(fault.headers)
        await send(start)
        await send({"type": "http.response.body", "body": body})


async def _answer(app: ASGIApp, scope: Scope, receive: Receive) -> list[Message]:
    messages: list[Message] = []

    async def keep(message: Message) -> None:
        messages.append(message)

    await app(scope, receive, keep)
    return messages


async def _reply(answer: list[Message], send: Send, *, half: bool) -> None:
    if not answer:  # the client has gone
        return
    start, *rest = answer
    body = b"".join(message.get("body", b"") for message in rest)
    await send(start)
    end = len(body) // 2 if half else len(body)
    await send({"type": "http.response.body", "body": body[:end], "more_body": half})


async def _drain(receive: Receive) -> None:
    while (await receive()).get("more_body", False):
        pass


async def _hang_up(scope: Scope, receive: Receive, *, abort: bool = False) -> None:
    transport = cast("Transport", scope["state"]["transport"])
    if abort:
        transport.abort()
    else:
        transport.close()
    while (await receive())["type"] != "http.disconnect":
        pass
