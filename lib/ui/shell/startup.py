"""What a process does once by itself: begin the background work, load what charts are made with."""

from __future__ import annotations

import functools
import gc
import importlib
import threading
from collections.abc import Callable

CHART_MODULES = ("pandas", "plotly.graph_objects", "plotly.io")  # more than a second of loading
RETRY_SECONDS = 30.0  # until there is a library, and until it can be reached
JOIN_SECONDS = 1.0  # that what is under way is waited for


class Startup:
    """Calls `begin` until it returns True, and loads what charts need: in a thread, after a delay.

    `delay` is in seconds.
    """

    def __init__(self, begin: Callable[[], bool], *, delay: float = 0.0) -> None:
        self._begin = begin
        self._delay = delay
        self._closed = threading.Event()
        self._thread = threading.Thread(target=self._run, name="startup", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Begin nothing any more."""
        self._closed.set()
        self._thread.join(JOIN_SECONDS)

    def _run(self) -> None:
        if self._closed.wait(self._delay):
            return
        begun = self._begin()
        prepare_charts()
        while not begun and not self._closed.wait(RETRY_SECONDS):
            begun = self._begin()


@functools.cache
def prepare_charts() -> None:
    """Load what charts are made with, and let garbage collection skip it from then on.

    pandas and Plotly are hundreds of thousands of objects. Each full collection goes through them
    all and halts every viewer meanwhile; a workbook of 3,600 spans took twice as long for it.
    """
    for name in CHART_MODULES:
        importlib.import_module(name)
    gc.collect()  # first, so that no garbage is frozen
    gc.freeze()
