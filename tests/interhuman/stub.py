"""A server whose connections follow a script, so that it can misbehave."""

import contextlib
import socket
import ssl
import tempfile
import threading
import time
from pathlib import Path

import trustme

MAX_SECONDS = 20  # that anything here may take
AUTHORITY = trustme.CA()  # a new one for each run
SERVER = AUTHORITY.issue_cert("localhost", "127.0.0.1")
CERTIFICATE = Path(tempfile.mkdtemp(prefix="authority-")) / "ca.pem"
AUTHORITY.cert_pem.write_to_path(str(CERTIFICATE))


class Stub:
    """Runs `script(connection)` for each connection, in a thread of its own.

    With `tls` the connection is encrypted. `connection_count` counts them; leaving the `with`
    block ends them all.
    """

    def __init__(self, script, *, tls=False, receive_buffer=None):
        self._script = script
        self._context = None
        if tls:
            self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            SERVER.configure_cert(self._context)
        self._listener = socket.socket()
        if receive_buffer:
            self._listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        self._listener.bind(("127.0.0.1", 0))
        self._listener.listen()
        self.port = self._listener.getsockname()[1]
        self.url = f"{'https' if tls else 'http'}://localhost:{self.port}"
        self.reached = threading.Event()
        self.leaving = threading.Event()
        self.connection_count = 0
        self._connections = []
        self._threads = [threading.Thread(target=self._accept)]

    def __enter__(self):
        self._threads[0].start()
        return self

    def __exit__(self, *_):
        self.leaving.set()
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._threads[0].join(MAX_SECONDS)
        for connection in self._connections:
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join(MAX_SECONDS)
        for connection in [self._listener, *self._connections]:
            connection.close()
        assert not any(thread.is_alive() for thread in self._threads)

    def _accept(self):
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            self._connections.append(connection)
            self.connection_count += 1
            thread = threading.Thread(target=self._serve, args=(connection,))
            self._threads.append(thread)
            thread.start()

    def _serve(self, connection):
        with contextlib.suppress(OSError):
            if self._context:
                connection = self._context.wrap_socket(connection, server_side=True)
                self._connections.append(connection)
            self._script(self, connection)


@contextlib.contextmanager
def full_listener():
    """The address of a listener whose queue is full: a new connection to it hangs."""
    with socket.socket() as listener, contextlib.ExitStack() as stack:
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)
        for _ in range(4):
            waiting = stack.enter_context(socket.socket())
            waiting.setblocking(False)
            waiting.connect_ex(listener.getsockname())
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"


def wait_until(condition):
    deadline = time.monotonic() + MAX_SECONDS
    while not condition():
        assert time.monotonic() < deadline, "what was waited for did not happen"
        time.sleep(0.01)


def read_request(connection):
    """The head and the body of a request, read to its end."""
    head = b""
    while b"\r\n\r\n" not in head:
        block = connection.recv(65536)
        if not block:
            return head, b""
        head += block
    head, _, body_start = head.partition(b"\r\n\r\n")
    body = bytearray(body_start)  # grows in place, where bytes would be copied at each block
    length = 0
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            length = int(line.partition(b":")[2])
    while len(body) < length:
        block = connection.recv(65536)
        if not block:
            break
        body += block
    return head, bytes(body)


def build_reply(body=b"", *headers, status="200 OK"):
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", "Connection: close", *headers]
    return "\r\n".join([*lines, "", ""]).encode() + body


def answering(*replies):
    """A script that gives each connection the next reply, the last one again and again."""
    remaining = list(replies)

    def script(stub, connection):
        read_request(connection)
        connection.sendall(remaining.pop(0) if len(remaining) > 1 else remaining[0])
        connection.close()

    return script


def silent(stub, connection):
    """Read the request whole and never answer."""
    read_request(connection)
    stub.reached.set()
    stub.leaving.wait(MAX_SECONDS)


def deaf(stub, connection):
    """Take the connection and read nothing."""
    stub.reached.set()
    stub.leaving.wait(MAX_SECONDS)
