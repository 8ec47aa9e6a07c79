"""A module of ours in a process of its own, with bounds on its memory and time.

What a file makes FFmpeg do happens there: it can take neither the app's memory nor its time, and a
crash ends that process alone. It is given no part of our environment that could hold a credential.
"""

from __future__ import annotations

import json
import os
import resource
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lib.errors import PreparationCancelledError, PreparationError, PreparationLimitError
from lib.model import MIB

_ROOT = Path(__file__).parents[2]
_ENVIRONMENT = ("PATH", "SYSTEMROOT", "LD_LIBRARY_PATH", "LANG")  # no credential goes along
PRIORITY = 15  # of 19: whatever a page does comes first
_LOOK_SECONDS = 0.2  # between two looks at whether to stop
_OVER_LIMIT = (signal.SIGXCPU, signal.SIGKILL)  # the system's own end of memory kills too


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a process may take; `silent_seconds` without a sign of life end it as well."""

    memory_bytes: int = 768 * MIB
    cpu_seconds: int = 4 * 3600
    silent_seconds: float = 300.0


BOUNDS = Bounds()


def run_module(module: str, *arguments: str, seconds: float) -> bytes:
    """What a module writes to its standard output, once it has ended.

    Raises:
        subprocess.TimeoutExpired: it took more than `seconds`, and was ended.
        subprocess.CalledProcessError: it failed, or went beyond its bounds.
    """
    return subprocess.run(  # noqa: S603  our own module, and plain arguments
        [sys.executable, "-m", module, *arguments],
        cwd=_ROOT,
        env=_environment(),
        capture_output=True,
        timeout=seconds,
        check=True,
    ).stdout


def start_module(module: str, *arguments: str) -> subprocess.Popen[bytes]:
    """A module that runs; its standard output is a pipe, what else it says is dropped.

    The caller ends it and waits for it.
    """
    return subprocess.Popen(  # noqa: S603  our own module, and plain arguments
        [sys.executable, "-m", module, *arguments],
        cwd=_ROOT,
        env=_environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )


def run_job(
    module: str,
    job: str,
    *,
    progress: Callable[[float], None],
    cancelled: Callable[[], bool],
    silent_seconds: float,
) -> dict[str, Any]:
    """What a module answers to a job: the last of the lines of JSON that it writes.

    Those before it are {"share": 0.5}, which `progress` is given. `cancelled` is asked some times
    a second; the process has ended when this returns or raises.

    Raises:
        PreparationCancelledError: `cancelled` said so.
        PreparationLimitError: it went beyond its bounds, or gave no sign of life.
        PreparationError: it fell over the file.
    """
    with _ending(start_module(module, job)) as process:
        heard = time.monotonic()
        for line in _read_lines(process):
            if cancelled():
                raise PreparationCancelledError
            if line:
                heard = time.monotonic()
                answer: dict[str, Any] = json.loads(line)
                if "share" not in answer:
                    return answer
                progress(answer["share"])
            elif time.monotonic() - heard > silent_seconds:
                raise PreparationLimitError
        if -process.wait() in _OVER_LIMIT:
            raise PreparationLimitError
    raise PreparationError


def limit_resources(*, memory_bytes: int, cpu_seconds: int) -> None:
    """Bound this process; beyond the one an allocation fails, beyond the other it is ended."""
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds))
    resource.setrlimit(resource.RLIMIT_DATA, (memory_bytes, memory_bytes))


def _read_lines(process: subprocess.Popen[bytes]) -> Iterator[bytes]:
    """The lines that a process writes; an empty one whenever there was none for a while."""
    assert process.stdout is not None  # noqa: S101  it is a pipe
    pipe, rest = process.stdout.fileno(), b""
    while True:
        if not select.select([pipe], [], [], _LOOK_SECONDS)[0]:
            yield b""
            continue
        block = os.read(pipe, 1 << 16)
        if not block:
            return
        *lines, rest = (rest + block).split(b"\n")
        yield from lines


class Reporter:
    """Says within the process how far its work is, a few times a second."""

    def __init__(self) -> None:
        self._next = 0.0

    def report(self, share: float) -> None:
        """Write the share that is done, unless one was written just now."""
        now = time.monotonic()
        if now >= self._next:
            self._next = now + _LOOK_SECONDS
            write_line({"share": min(1.0, max(0.0, share))})


def write_line(value: dict[str, Any]) -> None:
    """Write a line within the process, which fails when nobody reads it any more."""
    sys.stdout.write(json.dumps(value) + "\n")
    sys.stdout.flush()


def yield_to_others() -> None:
    """Give this process a low priority."""
    os.nice(PRIORITY)


@contextmanager
def _ending(process: subprocess.Popen[bytes]) -> Iterator[subprocess.Popen[bytes]]:
    """A process that has ended when this has."""
    with process:
        try:
            yield process
        finally:
            process.kill()


def _environment() -> dict[str, str]:
    return {name: os.environ[name] for name in _ENVIRONMENT if name in os.environ}
