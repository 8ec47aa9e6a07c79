"""Ports of this machine for apps that tests start."""

import itertools
import os
import random
import socket

FIRST, EACH = 20_000, 1_000  # beneath those that the system gives out by itself
WORKER = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
MINE = range(FIRST + WORKER % 10 * EACH, FIRST + (WORKER % 10 + 1) * EACH)
places = itertools.count(random.randrange(EACH))


def free_port():
    """A port that nobody listens at, and that no other worker of the tests is given meanwhile."""
    while True:
        port = MINE[next(places) % EACH]
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
        return port
