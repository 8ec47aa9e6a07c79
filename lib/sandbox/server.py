"""Starts and stops the sandbox: uvicorn on 127.0.0.1, in a thread of its own."""

from __future__ import annotations

import asyncio
import socket
import threading
import time
from collections.abc import Callable, Iterable
from types import TracebackType
from typing import Self

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from lib.sandbox.call_log import Call, CallLog
from lib.sandbox.checks import Limits
from lib.sandbox.faults import Fault, Faults
from lib.sandbox.jobs import Jobs
from lib.sandbox.middleware import FaultMiddleware
from lib.sandbox.routes import SandboxState, build_routes
from lib.sandbox.tokens import Tokens

HOST = "127.0.0.1"
PATIENCE = 15.0  # seconds that starting and stopping may take


class Sandbox:
    """The stand-in API. Serves at `url` from `start()` to `stop()`, or within a `with` block.

    Args:
        port: 0 takes a free one.
        job_seconds: how long a V2 job takes.
        v1_seconds: how long a V1 analysis takes.
        token_seconds: how long a minted token lives.
        keep_seconds: how long a job can be read after its submission.
        limits: what the files are checked against.
        faults: what goes wrong.
        clock: seconds by which tokens and jobs age.
    """

    def __init__(  # noqa: PLR0913  each is one knob of the stand-in
        self,
        *,
        port: int = 0,
        job_seconds: float = 3.0,
        v1_seconds: float = 1.5,
        token_seconds: float = 900.0,
        keep_seconds: float = 3600.0,
        limits: Limits | None = None,
        faults: Iterable[Fault] = (),
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._port = port
        self._faults = Faults(faults)
        self._call_log = CallLog()
        self._stopping = asyncio.Event()
        state = SandboxState(
            limits=limits or Limits(),
            tokens=Tokens(seconds=token_seconds, clock=clock),
            jobs=Jobs(seconds=job_seconds, keep=keep_seconds, clock=clock),
            v1_seconds=v1_seconds,
            stopping=self._stopping,
        )
        self._middleware = FaultMiddleware(
            build_routes(state), faults=self._faults, call_log=self._call_log, pause=state.pause
        )
        self._server: _Server | None = None
        self._thread: threading.Thread | None = None
        self.url = ""

    def start(self) -> Self:
        """Serve; returns once it does.

        Raises:
            OSError: the port is taken.
            RuntimeError: it has been started before, or the server did not come up.
        """
        if self.url:
            raise RuntimeError("A sandbox starts once.")
        listener = socket.create_server((HOST, self._port))
        self.url = f"http://{HOST}:{listener.getsockname()[1]}"
        self._server = _Server(self._middleware, self._stopping)
        self._thread = threading.Thread(
            target=self._server.run, args=([listener],), name="sandbox", daemon=True
        )
        self._thread.start()
        if not self._server.ready.wait(PATIENCE):
            raise RuntimeError("The sandbox did not come up.")
        return self

    def stop(self) -> None:
        """End every connection and the thread; does nothing when it is not running."""
        server, thread = self._server, self._thread
        self._server = self._thread = None
        if server is not None and thread is not None:
            server.should_exit = True
            thread.join(PATIENCE)

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    @property
    def calls(self) -> tuple[Call, ...]:
        """What was asked so far, in order of arrival."""
        return self._call_log.calls

    def fail(self, fault: Fault) -> None:
        """Set one more fault; calls are counted from the start."""
        self._faults.add(fault)


class _Connection(H11Protocol):
    """Hands its transport to the app, so that a fault can cut it."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self.app_state = {**self.app_state, "transport": transport}


class _Server(uvicorn.Server):
    def __init__(self, front: FaultMiddleware, stopping: asyncio.Event) -> None:
        super().__init__(
            uvicorn.Config(
                front,
                loop="asyncio",
                http=_Connection,
                ws="none",
                lifespan="off",
                log_config=None,
                log_level="warning",
                access_log=False,
                server_header=False,
                timeout_graceful_shutdown=5,
            )
        )
        self.ready = threading.Event()
        self._stopping = stopping

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.ready.set()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._stopping.set()
        for connection in self.server_state.connections.copy():
            connection.transport.abort()
        await super().shutdown(sockets)
