"""An HTTP response that ends: within its time limit in all, and within a number of bytes.

A timeout of a socket is for one read of it. A server that sends a byte a second, or a line of its
head at a time, never reaches it; one that sends a body that unpacks without end fills the memory.
"""

from __future__ import annotations

import http.client
import io
import socket
import time
from typing import Any

from requests import Response

BLOCK_BYTES = 65536  # unpacked at a time


class FinalResponse(http.client.HTTPResponse):
    """The final answer to a request, read off a socket after the bytes in `unread`.

    All of it has to come within the seconds that the socket's timeout is when it is made. Interim
    answers (1xx) before it are skipped: http.client takes all but 100 for the answer.
    """

    def __init__(
        self, sock: socket.socket, debuglevel: int = 0, method: str | None = None, *, unread: bytes
    ) -> None:
        timed: Any = _TimedSocket(sock, unread)  # all that the base does with it is to make a file
        super().__init__(timed, debuglevel, method)

    def _read_status(self) -> tuple[str, int, str]:
        """The status line of the final answer.

        Private: only here are interim answers seen
        (test_bounded_response.test_an_interim_answer_is_not_the_answer).
        """
        while True:
            version, status, reason = super()._read_status()  # type: ignore[misc]  # not in the stubs
            if not 100 <= status < 200:  # noqa: PLR2004  1xx
                return version, status, reason
            http.client.parse_headers(self.fp)


def read_body(response: Response, *, max_bytes: int) -> bytes | None:
    """The body of a response as it is unpacked; None, and no more is read, beyond `max_bytes`.

    Raises:
        urllib3.exceptions.HTTPError: The connection broke, time ran out, or it does not unpack.
    """
    body = bytearray()
    with response:  # closed whatever happens: an error while unpacking leaves it open
        for block in response.raw.stream(BLOCK_BYTES, decode_content=True):
            body += block
            if len(body) > max_bytes:
                return None
    return bytes(body)


class _TimedSocket:
    """A socket as far as http.client reads an answer off it: something that makes a file."""

    def __init__(self, sock: socket.socket, unread: bytes) -> None:
        self._sock = sock
        self._unread = unread

    def makefile(self, *_args: object, **_options: object) -> io.BufferedReader:
        return io.BufferedReader(_TimedStream(self._sock, self._unread))


class _TimedStream(io.RawIOBase):
    """What comes off a socket, until its time in all is over."""

    def __init__(self, sock: socket.socket, unread: bytes) -> None:
        self._sock = sock
        self._unread = unread
        self._rest = sock.makefile("rb", buffering=0)
        seconds = sock.gettimeout()
        self._deadline = None if seconds is None else time.monotonic() + seconds

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:  # noqa: ANN401  as the base has it
        if self._unread:
            count = min(len(buffer), len(self._unread))
            buffer[:count], self._unread = self._unread[:count], self._unread[count:]
            return count
        if self._deadline is not None:
            seconds = self._deadline - time.monotonic()
            if seconds <= 0:
                raise TimeoutError("The answer was not complete in its time.")
            self._sock.settimeout(seconds)
        return self._rest.readinto(buffer)

    def close(self) -> None:
        self._rest.close()
        super().close()
