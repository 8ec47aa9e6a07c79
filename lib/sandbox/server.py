"""Start and stop the sandbox: uvicorn on 127.0.0.1, in a thread of its own.

What is used of uvicorn beyond its documented API stands in `_HttpProtocol` and `_UvicornServer`;
each use says why, and which test in tests/sandbox fails when uvicorn changes it.
"""

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
from lib.sandbox.fault_middleware import FaultMiddleware
from lib.sandbox.faults import Fault, Faults
from lib.sandbox.jobs import Jobs
from lib.sandbox.routes import SandboxState, build_app
from lib.sandbox.tokens import Tokens

HOST = "127.0.0.1"
START_STOP_SECONDS = 15.0  # the longest that starting or stopping may take


class Sandbox:
    """The stand-in API. Serves at `url` from `start()` to `stop()`, or within a `with` block.

    Args:
        port: 0 takes a free one.
        job_seconds: how long a V2 job takes.
        v1_seconds: how long a V1 analysis takes.
        token_seconds: how long an issued token is valid.
        keep_seconds: how long a job can be read after its submission.
        limits: what the files are checked against.
        faults: what goes wrong, and at which call.
        clock: gives the seconds by which tokens and jobs expire.
    """

    def __init__(  # noqa: PLR0913  each is one setting of the stand-in
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
            jobs=Jobs(seconds=job_seconds, keep_seconds=keep_seconds, clock=clock),
            v1_seconds=v1_seconds,
            stopping=self._stopping,
        )
        self._middleware = FaultMiddleware(
            build_app(state), faults=self._faults, call_log=self._call_log, pause=state.pause
        )
        self._server: _UvicornServer | None = None
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
        self._server = _UvicornServer(self._middleware, self._stopping)
        self._thread = threading.Thread(
            target=self._server.run, args=([listener],), name="sandbox", daemon=True
        )
        self._thread.start()
        if not self._server.ready.wait(START_STOP_SECONDS):
            raise RuntimeError("The sandbox did not come up.")
        return self

    def stop(self) -> None:
        """End every connection and the thread; does nothing when it is not running."""
        server, thread = self._server, self._thread
        self._server = self._thread = None
        if server is not None and thread is not None:
            server.request_stop()
            thread.join(START_STOP_SECONDS)

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self,
        error_type: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.stop()

    @property
    def calls(self) -> tuple[Call, ...]:
        """The calls so far, in order of arrival."""
        return self._call_log.calls

    def fail(self, fault: Fault) -> None:
        """Add a fault; calls are counted from the start of the sandbox."""
        self._faults.add(fault)


class _HttpProtocol(H11Protocol):
    """uvicorn's HTTP/1.1 protocol, which also gives its transport to the app.

    ASGI has no way to cut a connection, so `app_state`, which becomes each request's state, holds
    the transport: test_faults.test_a_connection_cut_in_the_upload_has_not_read_the_request.
    """

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self.app_state = {**self.app_state, "transport": transport}


class _UvicornServer(uvicorn.Server):
    """uvicorn's server, which tells when it listens and aborts what hangs when it stops."""

    def __init__(self, app: FaultMiddleware, stopping: asyncio.Event) -> None:
        super().__init__(
            uvicorn.Config(
                app,
                loop="asyncio",
                http=_HttpProtocol,
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

    def request_stop(self) -> None:
        """Let `run` end; uvicorn looks at the flag ten times a second.

        Elsewhere signals set it: test_server.test_no_thread_is_left_when_it_has_stopped.
        """
        self.should_exit = True

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        # There is no event for it: test_server.test_it_serves_only_while_it_runs.
        await super().startup(sockets)
        self.ready.set()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._stopping.set()
        # Without this, requests that hang are awaited and then logged as errors:
        # test_server.test_it_stops_while_requests_hang.
        for connection in self.server_state.connections.copy():
            connection.transport.abort()
        await super().shutdown(sockets)
