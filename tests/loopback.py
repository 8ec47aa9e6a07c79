"""Routes of the app, served on loopback for one test."""

import socket
import threading
import time
from contextlib import contextmanager

import requests
import uvicorn
from starlette.applications import Starlette

from tests.servers import end_meanwhile


class Client(requests.Session):
    """Asks one server, by the path alone."""

    def __init__(self, port):
        super().__init__()
        self.port = port
        self.trust_env = False

    def request(self, method, path, **options):
        return super().request(method, f"http://127.0.0.1:{self.port}{path}", timeout=30, **options)


@contextmanager
def serve(routes, middleware=()):
    """A client of a server with these routes."""
    listener = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(
        Starlette(routes=routes, middleware=list(middleware)),
        log_level="critical",
        access_log=False,
        ws="none",
        timeout_graceful_shutdown=5,
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, args=([listener],), daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    with Client(listener.getsockname()[1]) as client:
        yield client

    def stop():
        server.should_exit = True
        thread.join(10)
        listener.close()

    end_meanwhile(stop)
