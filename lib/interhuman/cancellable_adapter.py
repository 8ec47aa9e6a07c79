"""A requests adapter whose connections a Cancel can cut, and which tells whether a request began.

Neither requests nor urllib3 says whether a failed request had been begun, and neither can be
stopped from another thread. This is the only file that uses what urllib3 and requests do not
document; each use says why, and which test in tests/interhuman fails when they change it.
"""

import logging
import socket
import time
from functools import partial
from typing import Any

from requests import PreparedRequest, Response
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool
from urllib3.exceptions import NewConnectionError

from lib.interhuman import bounded_response
from lib.interhuman.bounded_response import FinalResponse
from lib.interhuman.cancellation import Cancel, HasFileno
from lib.interhuman.early_response import EarlyAnswer, send_block

# urllib3 logs header lines that it cannot read as they came: what the other end echoes is in them
# (test_echoed_key.test_nothing_of_an_answer_that_cannot_be_read_is_logged_or_quoted).
logging.getLogger("urllib3.connection").addFilter(
    lambda record: "Failed to parse headers" not in str(record.msg)
)


class CancellableAdapter(HTTPAdapter):
    """The connections of one call, for one thread.

    `begun` says whether a byte of the latest request was sent on an established connection, TLS
    and proxy included. `send_timeout` is in seconds per block, `upload_timeout` for all of them;
    `overdue` says that this one ended the latest request.
    """

    def __init__(
        self, cancel: Cancel, *, send_timeout: float, upload_timeout: float, block_bytes: int
    ) -> None:
        super().__init__()
        self.begun = False
        self.overdue = False
        self.block_bytes = block_bytes  # read from a body at a time
        self.send_timeout = send_timeout
        self._upload_timeout = upload_timeout
        self._upload_deadline = 0.0
        self._cancel = cancel
        self._handles: list[socket.socket] = []

    def exchange(
        self,
        request: PreparedRequest,
        *,
        max_bytes: int,
        **options: Any,  # noqa: ANN401  as `send` has it
    ) -> tuple[Response, bytes | None]:
        """Send, and read the whole answer while a Cancel can still cut it.

        The body as it is unpacked is None beyond `max_bytes`; no more of it is read then.
        """
        self.begun = self.overdue = False
        self._upload_deadline = time.monotonic() + self._upload_timeout
        try:
            response = self.send(request, **options)
            return response, bounded_response.read_body(response, max_bytes=max_bytes)
        finally:
            for handle in self._handles:
                self._cancel.release(handle)
            self._handles.clear()

    def block_deadline(self) -> float:
        """When the block that is sent now has to be sent, in the time of time.monotonic.

        Raises:
            TimeoutError: All of them should have been sent by now.
        """
        now = time.monotonic()
        self.overdue = now >= self._upload_deadline
        if self.overdue:
            raise TimeoutError("The upload takes too long in all.")
        return now + self.send_timeout

    def get_connection_with_tls_context(self, *args: Any, **options: Any) -> HTTPConnectionPool:  # noqa: ANN401  as the base has it
        """The pool for a request, or for its proxy, whose connections are those below."""
        pool = super().get_connection_with_tls_context(*args, **options)
        assert isinstance(pool, HTTPConnectionPool)  # noqa: S101  for the type checker
        connection_class = _SecureConnection if pool.scheme == "https" else _Connection
        # `ConnectionCls`: a pool takes no factory of connections (all of test_cancellation).
        pool.ConnectionCls = partial(connection_class, adapter=self)  # type: ignore[assignment]
        return pool

    def hold(self, sock: HasFileno) -> None:
        """Let the Cancel cut this connection until the answer is read."""
        self._handles.append(self._cancel.hold(sock))


class _Connection(HTTPConnection):
    """A connection that reports to its adapter; what it overrides is not documented.

    `connect`, `close`, `request`, `send` and `sock`: only here is it known whether a byte was sent,
    and on which socket (test_faults.test_an_upload_that_may_have_been_accepted_is_never_repeated).
    """

    def __init__(self, *args: Any, adapter: CancellableAdapter, **options: Any) -> None:  # noqa: ANN401  as the base has it
        # `blocksize`: `send_timeout` is per block, and urllib3's own blocks are 16 KiB
        # (test_transport.test_an_upload_is_sent_in_blocks_of_the_size_that_its_timeout_is_for).
        super().__init__(*args, **{**options, "blocksize": adapter.block_bytes})
        self._adapter = adapter
        self._established = False
        self._early = EarlyAnswer()
        # `response_class`: http.client makes every answer by it, a proxy's too (all of
        # test_bounded_response; test_faults.test_a_refusal_is_read_though_nothing_more_...).
        self.response_class = self._make_response  # type: ignore[assignment]  # a function will do

    def _make_response(
        self, sock: socket.socket, debuglevel: int = 0, method: str | None = None
    ) -> FinalResponse:
        return FinalResponse(sock, debuglevel, method, unread=self._early.unread)

    def connect(self) -> None:
        super().connect()
        self._established = True

    def close(self) -> None:
        self._established = False
        self._early = EarlyAnswer()
        super().close()

    def request(self, *args: Any, **options: Any) -> None:  # noqa: ANN401  as the base has it
        if self._established:  # by an earlier request, or by urllib3's check of TLS
            self._adapter.hold(self.sock)
        super().request(*args, **options)

    def send(self, data: Any) -> None:  # noqa: ANN401  as the base has it
        if self.sock is None:
            self.connect()
        if self._established:  # else this is the CONNECT request to a proxy
            self._adapter.begun = True
            if isinstance(data, bytes) and isinstance(self.sock, socket.socket):
                deadline = self._adapter.block_deadline()
                if not send_block(self.sock, data, self._early, deadline=deadline):
                    raise BrokenPipeError  # urllib3 reads the answer after it
                return
            self.sock.settimeout(self._adapter.send_timeout)
        super().send(data)

    def _new_conn(self) -> socket.socket:
        """Connect to each address in turn.

        Private, with `host`, `port` and `timeout`: only here can a Cancel get the socket before it
        is connected (test_cancellation.test_it_ends_while_the_connection_is_being_made,
        test_transport.test_a_connection_that_hangs_ends_at_its_time_limit).
        """
        last_error: OSError | None = None
        try:
            addresses = socket.getaddrinfo(
                self.host.strip("[]"), self.port, type=socket.SOCK_STREAM
            )
        except (OSError, UnicodeError) as error:
            raise NewConnectionError(self, "the name could not be resolved") from error
        for family, kind, protocol, _, address in addresses:
            sock = socket.socket(family, kind, protocol)
            try:
                sock.settimeout(self.timeout)
                sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                self._adapter.hold(sock)
                sock.connect(address)
            except OSError as error:
                sock.close()
                last_error = error
            else:
                return sock
        raise NewConnectionError(self, "no address answered") from last_error


class _SecureConnection(_Connection, HTTPSConnection):
    """The same with TLS: the base's `connect` wraps the socket of `_new_conn`."""
