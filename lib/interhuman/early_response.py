"""Send an upload to a server that may answer before it has read all of it. Knows sockets.

An API, or a gateway before it, may refuse an upload after its headers, and read nothing more of
it. A client that only sends then waits until time runs out, and never reads the refusal.
"""

from __future__ import annotations

import re
import socket
import ssl
import time

from urllib3.util import wait_for_read, wait_for_write

STALL_SECONDS = 1.0  # without progress, after which an early answer is looked for
BLOCK_BYTES = 65536  # read at a time, and the most that an interim answer may have
_NOT_READY = (BlockingIOError, ssl.SSLWantReadError, ssl.SSLWantWriteError)
_INTERIM = re.compile(rb"HTTP/\d\.\d 1\d\d\b.*?\r?\n\r?\n", re.DOTALL)
_INTERIM_START = b"HTTP/1.1 1"


class EarlyAnswer:
    """What the server sent during an upload. Interim answers (1xx) are dropped: they end nothing.

    `unread` are the first bytes of the answer, which were read off the connection.
    """

    def __init__(self) -> None:
        self.unread = b""

    def has_begun(self, sock: socket.socket) -> bool:
        """Read a block off a socket that does not block: has an answer begun, or is it closed?"""
        try:
            block = sock.recv(BLOCK_BYTES)  # TLS cannot look without reading
        except _NOT_READY:
            return False
        self.unread += block
        while interim := _INTERIM.match(self.unread):
            self.unread = self.unread[interim.end() :]
        return not block or self._is_final()

    def _is_final(self) -> bool:
        start = self.unread[: len(_INTERIM_START)]
        if len(start) < len(_INTERIM_START):
            return False  # nobody can tell yet
        return start[-2:] != b" 1" or len(self.unread) > BLOCK_BYTES


def send_block(sock: socket.socket, block: bytes, early: EarlyAnswer, *, deadline: float) -> bool:
    """Send `block` until the `deadline` of time.monotonic; whether it was sent whole.

    Otherwise the server reads no more: it has answered, or closed the connection.

    Raises:
        OSError: The connection broke, or time ran out.
    """
    unsent, timeout = memoryview(block), sock.gettimeout()
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
            if early.has_begun(sock):
                return False
            if time.monotonic() >= deadline:
                raise TimeoutError("The other end takes nothing.")
    finally:
        sock.settimeout(timeout)
    return True
