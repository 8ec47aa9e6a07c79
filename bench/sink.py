"""A server that swallows uploads: it prints its port, then answers each POST with an empty V1."""

from __future__ import annotations

import socketserver

ANSWER = b'{"signals": [], "engagement_state": []}'
BLOCK = 1 << 20


class Swallow(socketserver.StreamRequestHandler):
    """Reads a request to its end and answers it; one request a connection."""

    def handle(self) -> None:  # noqa: D102
        left, expects = 0, False
        while (line := self.rfile.readline().strip()) != b"":
            name, _, value = line.partition(b":")
            if name.lower() == b"content-length":
                left = int(value)
            expects = expects or name.lower() == b"expect"
        if expects:
            self.wfile.write(b"HTTP/1.1 100 Continue\r\n\r\n")
        while left and (block := self.rfile.read(min(BLOCK, left))):
            left -= len(block)
        head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(ANSWER)}"
        self.wfile.write(head.encode() + b"\r\nConnection: close\r\n\r\n" + ANSWER)


if __name__ == "__main__":
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Swallow) as server:
        server.daemon_threads = True
        print(server.server_address[1], flush=True)
        server.serve_forever()
