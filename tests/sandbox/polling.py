"""Waiting for another thread, within bounds."""

import time

LIMIT = 20.0  # seconds, far more than anything here takes


def wait_until(condition):
    """Wait until `condition()` holds; fail when it never does."""
    end = time.monotonic() + LIMIT
    while not condition():
        assert time.monotonic() < end, "what was waited for did not happen"
        time.sleep(0.005)
