"""Cancel calls to the API from another thread, by shutting their sockets down; no HTTP here."""

import socket
import threading
from contextlib import suppress
from typing import Protocol


class HasFileno(Protocol):
    """A socket, plain or with TLS, as far as a Cancel needs it."""

    def fileno(self) -> int: ...  # noqa: D102


class Cancel:
    """A token that stops the calls it is passed to: each raises `Cancelled` within a second.

    `cancel()` may come from any thread, at any time, more than once. A thread that is blocked in
    a socket cannot look at a flag, so its connection is shut down under it.
    """

    def __init__(self) -> None:
        self._requested = threading.Event()
        self._lock = threading.Lock()
        self._handles: set[socket.socket] = set()

    @property
    def cancelled(self) -> bool:
        """Whether `cancel` was called."""
        return self._requested.is_set()

    def cancel(self) -> None:
        """Stop the calls, and shut down the connections in use."""
        with self._lock:
            self._requested.set()
            for handle in self._handles:
                _shut_down(handle)

    def wait(self, seconds: float) -> bool:
        """Sleep; return True, and early, once cancelled."""
        return self._requested.wait(seconds)

    def hold(self, sock: HasFileno) -> socket.socket:
        """Shut this connection down when cancelled, until the returned handle is released.

        The handle is a second descriptor: it stays valid while TLS is laid over the first one.
        """
        handle = socket.fromfd(sock.fileno(), socket.AF_INET, socket.SOCK_STREAM)
        with self._lock:
            self._handles.add(handle)
            if self.cancelled:
                _shut_down(handle)
        return handle

    def release(self, handle: socket.socket) -> None:
        """Do not shut this connection down any more."""
        with self._lock:
            self._handles.discard(handle)
        handle.close()


def _shut_down(handle: socket.socket) -> None:
    with suppress(OSError):  # not connected, or no longer
        handle.shutdown(socket.SHUT_RDWR)
