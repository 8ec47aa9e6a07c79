"""The end of the process, before Python waits for its threads: the one use of a private name of it.

`threading._register_atexit` is private. The threads of the queue are joined before anything that
`atexit` knows is called, and what they do may take minutes; nothing public comes earlier. Held by
test_a_process_that_ends_leaves_what_runs_to_the_next in tests/background/test_processes.py.
"""

from __future__ import annotations

# What registers last is called first: `concurrent.futures` must have registered its own by now.
import concurrent.futures.thread  # noqa: F401
import threading
from collections.abc import Callable


def call_before_thread_join(act: Callable[[], None]) -> None:
    """Call `act` when the process ends, before its threads are waited for."""
    threading._register_atexit(act)  # type: ignore[attr-defined]  # noqa: SLF001
