"""Servers that are done with: to end takes each of them two tenths of a second of waiting."""

import threading

BOUND = 30  # seconds
_ending = []


def end_meanwhile(stop):
    """Call `stop` while tests go on; what it raises is an error of whichever runs by then."""
    thread = threading.Thread(target=stop, name="end of a server")
    thread.start()
    _ending.append(thread)


def wait_for_ends():
    """Return once all that was to end has ended."""
    while _ending:
        thread = _ending.pop()
        thread.join(BOUND)
        assert not thread.is_alive(), "a server does not end"
