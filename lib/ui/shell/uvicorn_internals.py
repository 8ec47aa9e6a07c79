"""Parts of uvicorn that it does not document: no other file of lib/ui imports it.

* The server is what its handler of SIGTERM is bound to; nothing public leads from an app to it.
* server_state.connections, and the transport of each: uvicorn waits without end for a viewer who
  does not take what was asked for, such as a paused video, before it says that the app is to end.

Held by test_the_app_ends_in_time_while_somebody_takes_nothing in tests/browser/test_restart.py.
"""

from __future__ import annotations

import signal

import uvicorn

__all__ = ["Server", "end_connections", "running_server"]

Server = uvicorn.Server


def running_server() -> Server | None:
    """The server that this process was started as; None where it is another one's thread."""
    server = getattr(signal.getsignal(signal.SIGTERM), "__self__", None)
    return server if isinstance(server, Server) else None


def end_connections(server: Server) -> None:
    """Cut all connections, whatever is still to be sent."""
    for connection in [*server.server_state.connections]:
        if connection.transport is not None:
            connection.transport.abort()
