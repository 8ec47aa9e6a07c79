"""Stopping a call from another thread. Knows sockets; knows no HTTP."""

import socket
import threading
from contextlib import suppress
from typing import Protocol


class HasFileno(Protocol):
    """A socket, with or without TLS around it."""

    def fileno(self) -> int: ...  # noqa: D102


class Cancel:
    """Asks the calls that were given it to stop: each raises `Cancelled` within a second.

    `cancel()` may come from any thread, at any time, more than once. A thread that is blocked in
    a socket cannot look at a flag, so its connection is shut down under it.
    """

    def __init__(self) -> None:
        self._asked = threading.Event()
        self._lock = threading.Lock()
        self._handles: set[socket.socket] = set()

    @property
    def cancelled(self) -> bool:
        """Whether somebody asked to stop."""
        return self._asked.is_set()

    def cancel(self) -> None:
        """Ask to stop, and cut the connections in use."""
        with self._lock:
            self._asked.set()
            for handle in self._handles:
                _shut(handle)

    def wait(self, seconds: float) -> bool:
        """Sleep, and return early with True when asked to stop."""
        return self._asked.wait(seconds)

    def hold(self, sock: HasFileno) -> socket.socket:
        """Watch over a connection until the handle returned here is released.

        The handle is a second descriptor: it stays valid while TLS is laid over the first one.
        """
        handle = socket.fromfd(sock.fileno(), socket.AF_INET, socket.SOCK_STREAM)
        with self._lock:
            self._handles.add(handle)
            if self.cancelled:
                _shut(handle)
        return handle

    def release(self, handle: socket.socket) -> None:
        """Leave a connection alone again."""
        with self._lock:
            self._handles.discard(handle)
        handle.close()


def _shut(handle: socket.socket) -> None:
    with suppress(OSError):  # not connected, or no longer
        handle.shutdown(socket.SHUT_RDWR)
