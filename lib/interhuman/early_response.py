"""Send an upload to a server that may answer before it has read all of it. Knows sockets.

An API, or a gateway before it, may refuse an upload after its headers, and read nothing more of
it. A client that only sends then waits until time runs out, and never reads the refusal.
"""

from __future__ import annotations

import io
import socket
import ssl
import time
from typing import Any

from urllib3.util import wait_for_read, wait_for_write

STALL_SECONDS = 1.0  # without progress, after which an early answer is looked for
_NOT_READY = (BlockingIOError, ssl.SSLWantReadError, ssl.SSLWantWriteError)


def send_block(sock: socket.socket, block: bytes, *, timeout: float) -> bytes | None:
    """Send `block` within `timeout` seconds; None if it was sent whole.

    Otherwise the server reads no more, but has answered: the first byte of its answer, which was
    read off the connection, or no byte if it only closed the connection.

    Raises:
        OSError: The connection broke, or time ran out.
    """
    unsent, deadline = memoryview(block), time.monotonic() + timeout
    sock.settimeout(0)
    try:
        while unsent:
            try:
                unsent = unsent[sock.send(unsent) :]
                continue
            except ssl.SSLWantReadError:
                wait = wait_for_read
            except (BlockingIOError, ssl.SSLWantWriteError):
                wait = wait_for_write
            if wait(sock, min(STALL_SECONDS, max(0.0, deadline - time.monotonic()))):
                continue
            if (first := _read_first_byte(sock)) is not None:
                return first
            if time.monotonic() >= deadline:
                raise TimeoutError("The other end takes nothing.")
    finally:
        sock.settimeout(timeout)
    return None


def _read_first_byte(sock: socket.socket) -> bytes | None:
    """The next byte of the answer, None if none has come. TLS cannot look without reading."""
    try:
        return sock.recv(1)
    except _NOT_READY:
        return None


class ReadAheadSocket:
    """A socket whose byte `first` was read already; what `makefile` returns begins with it."""

    def __init__(self, sock: socket.socket, first: bytes) -> None:
        self._sock = sock
        self._first = first

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401  whatever a socket has
        return getattr(self._sock, name)

    def makefile(self, *_args: object, **_options: object) -> io.BufferedReader:
        """A file of all that the server sent, the byte that was read already included."""
        return io.BufferedReader(
            _PrefixedStream(self._first, self._sock.makefile("rb", buffering=0))
        )


class _PrefixedStream(io.RawIOBase):
    def __init__(self, first: bytes, rest: io.RawIOBase) -> None:
        self._first = first
        self._rest = rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:  # noqa: ANN401  as the base has it
        if self._first:
            buffer[:1], self._first = self._first, b""
            return 1
        count: int | None = self._rest.readinto(buffer)
        return count

    def close(self) -> None:
        self._rest.close()
        super().close()
