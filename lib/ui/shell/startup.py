"""What a process does once by itself: load what pages and charts need, begin background work."""

from __future__ import annotations

import functools
import gc
import importlib
import logging
import threading
from collections.abc import Callable

CHART_MODULES = ("pandas", "plotly.graph_objects", "plotly.io")  # more than a second of loading
RETRY_SECONDS = 30.0  # until there is a library, and until it can be reached
JOIN_SECONDS = 1.0  # that what is under way is waited for
log = logging.getLogger(__name__)


class Startup:
    """Loads what charts need and `modules`, then calls `begin` until it returns True.

    In a thread, after a `delay` in seconds. Somebody may wait for a page, nobody for the work in
    the background: it begins last.
    """

    def __init__(
        self, begin: Callable[[], bool], *, delay: float = 0.0, modules: tuple[str, ...] = ()
    ) -> None:
        self._begin = begin
        self._delay = delay
        self._modules = modules
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
        try:
            load_modules(self._modules)
        except Exception:
            log.exception("Not everything could be loaded")  # the page that needs it says why
        while not self._closed.is_set() and not self._begin():
            self._closed.wait(RETRY_SECONDS)


@functools.cache
def load_modules(modules: tuple[str, ...] = ()) -> None:
    """Load what charts are made with and `modules`; garbage collection skips it from then on.

    pandas and Plotly are hundreds of thousands of objects. Each full collection goes through them
    all and halts every viewer meanwhile; a workbook of 3,600 spans took twice as long for it.
    """
    for name in (*CHART_MODULES, *modules):
        importlib.import_module(name)
    gc.collect()  # first, so that no garbage is frozen
    gc.freeze()
