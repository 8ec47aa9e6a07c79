"""The collector of garbage, kept from going through what a process loads once and keeps."""

from __future__ import annotations

import functools
import gc
import sys
import threading

from lib.ui.shell import services

DRAWN = 5.0  # seconds; by then the first review is drawn, and nobody waits


def freeze_startup_objects() -> None:
    """Once a process, after its first review: leave what was loaded to itself from now on.

    pandas and Plotly are hundreds of thousands of objects. Each full collection goes through them
    all and halts every viewer meanwhile; a workbook of 3,600 spans took twice as long for it.
    """
    if "plotly" in sys.modules:
        _settling()


@functools.cache
def _settling() -> threading.Timer:
    return services.run_later(DRAWN, _freeze)


def _freeze() -> None:
    gc.collect()  # first, so that no garbage is kept for good
    gc.freeze()
