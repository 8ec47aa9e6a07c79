"""Handing bytes to a connection whose other end may have answered already. Knows sockets.

An API, or a gateway before it, may refuse an upload by its head, and read nothing more of it.
Who only sends then waits until time runs out, and never reads what was said.
"""

from __future__ import annotations

import io
import socket
import ssl
import time
from typing import Any

from urllib3.util import wait_for_read, wait_for_write

STILL = 1.0  # seconds in which nothing is taken before an answer is looked for
_LATER = (BlockingIOError, ssl.SSLWantReadError, ssl.SSLWantWriteError)


def send_block(sock: socket.socket, block: bytes, *, timeout: float) -> bytes | None:
    """Send all of `block` within `timeout` seconds; None once it is taken.

    Else the other end takes no more and has said something: the first byte of that, taken off
    the connection, or nothing where it only hung up.

    Raises:
        OSError: The connection broke, or time ran out.
    """
    left, end = memoryview(block), time.monotonic() + timeout
    sock.settimeout(0)
    try:
        while left:
            try:
                left = left[sock.send(left) :]
                continue
            except ssl.SSLWantReadError:
                ready = wait_for_read
            except (BlockingIOError, ssl.SSLWantWriteError):
                ready = wait_for_write
            if ready(sock, min(STILL, max(0.0, end - time.monotonic()))):
                continue
            if (first := _first(sock)) is not None:
                return first
            if time.monotonic() >= end:
                raise TimeoutError("The other end takes nothing.")
    finally:
        sock.settimeout(timeout)
    return None


def _first(sock: socket.socket) -> bytes | None:
    """A byte that has come; None where none has. TLS has no way to look without taking."""
    try:
        return sock.recv(1)
    except _LATER:
        return None


class ReadAheadSocket:
    """A socket of which `first` has been read already; files made of it begin with that."""

    def __init__(self, sock: socket.socket, first: bytes) -> None:
        self._sock = sock
        self._first = first

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401  whatever a socket has
        return getattr(self._sock, name)

    def makefile(self, *_args: object, **_options: object) -> io.BufferedReader:
        """What is read from the socket, from its first byte."""
        return io.BufferedReader(_Joined(self._first, self._sock.makefile("rb", buffering=0)))


class _Joined(io.RawIOBase):
    def __init__(self, first: bytes, rest: io.RawIOBase) -> None:
        self._first = first
        self._rest = rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:  # noqa: ANN401  as the base has it
        if self._first:
            buffer[:1], self._first = self._first, b""
            return 1
        found: int | None = self._rest.readinto(buffer)
        return found

    def close(self) -> None:
        self._rest.close()
        super().close()
