"""The middleware of the sandbox: logs each call, adds a correlation id, and applies faults."""

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
    """An ASGI app that answers as `app` does, unless a fault is due.

    The scope's state must hold the connection's transport, so that a fault can cut it.
    """

    def __init__(self, app: ASGIApp, *, faults: Faults, call_log: CallLog, pause: Pause) -> None:
        self._app = app
        self._faults = faults
        self._call_log = call_log
        self._pause = pause

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        call = self._call_log.begin(scope["method"], scope["path"], Headers(scope=scope))
        correlation_id = str(uuid.uuid4())
        scope["state"]["correlation_id"] = correlation_id

        async def receive_counted() -> Message:
            message = await receive()
            call.received += len(message.get("body", b""))
            return message

        async def send_with_id(message: Message) -> None:
            if message["type"] == "http.response.start":
                call.status = message["status"]
                MutableHeaders(scope=message)["X-Correlation-ID"] = correlation_id
            await send(message)

        fault = self._faults.take(scope["path"])
        if fault is None:
            await self._app(scope, receive_counted, send_with_id)
        else:
            await self._apply(fault, scope, receive_counted, send_with_id)

    async def _apply(self, fault: Fault, scope: Scope, receive: Receive, send: Send) -> None:
        await self._pause(fault.stall)
        scope["state"]["job_error"] = fault.job_error
        app = _FaultAnswer(fault) if fault.has_answer else self._app
        if fault.cut == "upload":
            await receive()
            await _hang_up(scope, receive, abort=True)
        elif fault.cut == "before":
            await _read_body(receive)
            await self._pause(fault.delay)
            await _hang_up(scope, receive)
        else:
            answer = await _collect_answer(app, scope, receive)
            await self._pause(fault.delay)
            await _send_answer(answer, send, half=fault.cut == "middle")
            if fault.cut == "middle":
                await _hang_up(scope, receive)


class _FaultAnswer:
    """An ASGI app that answers with what a fault says, whatever is requested."""

    def __init__(self, fault: Fault) -> None:
        self._fault = fault

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await _read_body(receive)
        fault = self._fault
        status = fault.status or (errors.http_status(fault.error_id) if fault.error_id else 200)
        body = fault.body
        if body is None and fault.error_id is not None:
            error_body = errors.error_body(
                fault.error_id, correlation_id=scope["state"]["correlation_id"]
            )
            body = json.dumps(error_body).encode()
        body = body or b""
        start: Message = {"type": "http.response.start", "status": status, "headers": []}
        headers = MutableHeaders(scope=start)
        headers["Content-Type"] = "text/html" if body[:1] == b"<" else "application/json"
        headers["Content-Length"] = str(len(body))
        headers.update(fault.headers)
        await send(start)
        await send({"type": "http.response.body", "body": body})


async def _collect_answer(app: ASGIApp, scope: Scope, receive: Receive) -> list[Message]:
    messages: list[Message] = []

    async def collect(message: Message) -> None:
        messages.append(message)

    await app(scope, receive, collect)
    return messages


async def _send_answer(answer: list[Message], send: Send, *, half: bool) -> None:
    if not answer:  # the client has gone
        return
    start, *rest = answer
    body = b"".join(message.get("body", b"") for message in rest)
    await send(start)
    end = len(body) // 2 if half else len(body)
    await send({"type": "http.response.body", "body": body[:end], "more_body": half})


async def _read_body(receive: Receive) -> None:
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
