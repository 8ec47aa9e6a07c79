"""Freeze startup objects so that garbage collection skips them."""

from __future__ import annotations

import functools
import gc
import sys
import threading

from lib.ui.shell import services

FREEZE_DELAY_SECONDS = 5.0  # by then the first review is drawn, and nobody waits


def freeze_startup_objects() -> None:
    """Freeze what is loaded by now, once a process, some seconds after its first review.

    pandas and Plotly are hundreds of thousands of objects. Each full collection goes through them
    all and halts every viewer meanwhile; a workbook of 3,600 spans took twice as long for it.
    """
    if "plotly" in sys.modules:
        _freeze_timer()


@functools.cache
def _freeze_timer() -> threading.Timer:
    return services.run_later(FREEZE_DELAY_SECONDS, _freeze)


def _freeze() -> None:
    gc.collect()  # first, so that no garbage is frozen
    gc.freeze()
