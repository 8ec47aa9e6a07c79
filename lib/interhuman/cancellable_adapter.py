"""The sockets of one call: knows when the first byte left, and lets a Cancel cut them.

Knows requests and urllib3; knows nothing of the API. It exists because neither library says
whether a failed request had been begun, and neither can be stopped from another thread.
"""

import socket
from functools import partial
from typing import Any

from requests import PreparedRequest, Response
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool
from urllib3.exceptions import NewConnectionError

from lib.interhuman.cancellation import Cancel, HasFileno
from lib.interhuman.early_response import ReadAheadSocket, send_block


class CancellableAdapter(HTTPAdapter):
    """The connections of one call, for one thread.

    `begun` says whether a byte of the latest request has been handed to a connection that was
    whole, TLS and proxy included. `send_timeout` is in seconds a block.
    """

    def __init__(self, cancel: Cancel, *, send_timeout: float, block: int) -> None:
        super().__init__()
        self.begun = False
        self.send_timeout = send_timeout
        self.block = block  # bytes read from a body at a time
        self._cancel = cancel
        self._handles: list[socket.socket] = []

    def send(self, request: PreparedRequest, *args: Any, **options: Any) -> Response:  # noqa: ANN401  as the base has it
        """The whole answer, read to its end while a Cancel can still cut it."""
        self.begun = False
        try:
            response = super().send(request, *args, **options)
            _ = response.content
            return response
        finally:
            for handle in self._handles:
                self._cancel.release(handle)
            self._handles.clear()

    def get_connection_with_tls_context(self, *args: Any, **options: Any) -> HTTPConnectionPool:  # noqa: ANN401  as the base has it
        """The pool for a request, made to use our connections; a proxy's pool too."""
        pool = super().get_connection_with_tls_context(*args, **options)
        assert isinstance(pool, HTTPConnectionPool)  # noqa: S101  for the type checker
        kind = _SecureWire if pool.scheme == "https" else _Wire
        pool.ConnectionCls = partial(kind, line=self)  # type: ignore[assignment]
        return pool

    def hold(self, sock: HasFileno) -> None:
        """Let the Cancel cut this connection until the answer is read."""
        self._handles.append(self._cancel.hold(sock))


class _Wire(HTTPConnection):
    def __init__(self, *args: Any, line: CancellableAdapter, **options: Any) -> None:  # noqa: ANN401  as the base has it
        super().__init__(*args, **{**options, "blocksize": line.block})
        self._line = line
        self._whole = False

    def connect(self) -> None:
        super().connect()
        self._whole = True

    def close(self) -> None:
        self._whole = False
        super().close()

    def request(self, *args: Any, **options: Any) -> None:  # noqa: ANN401  as the base has it
        if self._whole:  # kept from an earlier request
            self._line.hold(self.sock)
        super().request(*args, **options)

    def send(self, data: Any) -> None:  # noqa: ANN401  as the base has it
        if self.sock is None:
            self.connect()
        if self._whole:  # else a proxy is being asked for a tunnel
            self._line.begun = True
            self.sock.settimeout(self._line.send_timeout)
            if isinstance(data, bytes) and isinstance(self.sock, socket.socket):
                self._hand_over(self.sock, data)
                return
        super().send(data)

    def _hand_over(self, sock: socket.socket, block: bytes) -> None:
        first = send_block(sock, block, timeout=self._line.send_timeout)
        if first is not None:
            self.sock = ReadAheadSocket(sock, first)
            raise BrokenPipeError  # after which urllib3 reads the answer

    def _new_conn(self) -> socket.socket:
        """Dial each address in turn; a Cancel can cut the dialling."""
        trouble: OSError | None = None
        try:
            found = socket.getaddrinfo(self.host.strip("[]"), self.port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            raise NewConnectionError(self, "the name could not be resolved") from error
        for family, kind, protocol, _, address in found:
            sock = socket.socket(family, kind, protocol)
            try:
                sock.settimeout(self.timeout)
                sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                self._line.hold(sock)
                sock.connect(address)
            except OSError as error:
                sock.close()
                trouble = error
            else:
                return sock
        raise NewConnectionError(self, "no address answered") from trouble


class _SecureWire(_Wire, HTTPSConnection):
    pass
