"""Ports of this machine for apps that tests start."""

import socket


def free_port():
    """A port that nobody listens at, as far as is known."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
