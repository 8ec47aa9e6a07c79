"""A module of ours in a process of its own, with bounds on its memory and time.

What a file makes FFmpeg do happens there: it can take neither the app's memory nor its time, and a
crash ends that process alone. It is given no part of our environment that could hold a credential.
"""

from __future__ import annotations

import json
import math
import os
import resource
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
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


def start_module(module: str, *arguments: str, takes_jobs: bool = False) -> subprocess.Popen[bytes]:
    """A module that runs; its standard output is a pipe, what else it says is dropped.

    Where it `takes_jobs`, its standard input is a pipe too.

    The caller ends it and waits for it.
    """
    return subprocess.Popen(  # noqa: S603  our own module, and plain arguments
        [sys.executable, "-m", module, *arguments],
        bufsize=0,
        cwd=_ROOT,
        env=_environment(),
        stdin=subprocess.PIPE if takes_jobs else subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )


def run_job(
    module: str,
    job: Mapping[str, object],
    *,
    progress: Callable[[float], None],
    cancelled: Callable[[], bool],
    bounds: Bounds,
) -> dict[str, Any]:
    """What a module answers to a job: the last of the lines of JSON that it writes.

    The module gives the job to `serve_job`. What it holds is as JSON takes it.

    Those before it are {"share": 0.5}, which `progress` is given. `cancelled` is asked some times
    a second; the process has ended when this returns or raises.

    Raises:
        PreparationCancelledError: `cancelled` said so.
        PreparationLimitError: it went beyond its bounds, or gave no sign of life.
        PreparationError: it fell over the file.
    """
    with _ending(start_module(module, _pack_job(job, bounds))) as process:
        return _wait_for_answer(process, progress, cancelled, bounds.silent_seconds)


class JobProcess:
    """A process in which a module carries out jobs, one after another: see `serve_jobs`.

    It starts with the first job, and anew with the one after a job that it did not end.
    """

    def __init__(self, module: str, bounds: Bounds) -> None:
        self.bounds = bounds  # of each job
        self._module = module
        self._process: subprocess.Popen[bytes] | None = None

    def run_job(
        self,
        job: Mapping[str, object],
        *,
        progress: Callable[[float], None],
        cancelled: Callable[[], bool],
    ) -> dict[str, Any]:
        """The same as `run_job`, but that the process is there for the next one."""
        try:
            process = self._take_job(_pack_job(job, self.bounds))
            return _wait_for_answer(process, progress, cancelled, self.bounds.silent_seconds)
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """End the process, if there is one."""
        if self._process:
            with _ending(self._process):
                self._process = None

    def _take_job(self, job: str) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self.close()
            self._process = start_module(self._module, takes_jobs=True)
        assert self._process.stdin is not None  # noqa: S101  it is a pipe
        try:
            self._process.stdin.write(job.encode() + b"\n")
            self._process.stdin.flush()
        except BrokenPipeError as error:
            raise PreparationError from error
        return self._process


def _pack_job(job: Mapping[str, object], bounds: Bounds) -> str:
    """A job with its bounds, as JSON of one line."""
    limits = {"memory_bytes": bounds.memory_bytes, "cpu_seconds": bounds.cpu_seconds}
    return json.dumps({**job, **limits})


def serve_job(carry_out: Callable[[Any], dict[str, Any]]) -> None:
    """Carry out within the process the job that it was started with, and write the answer."""
    job = json.loads(sys.argv[1])
    limit_resources(memory_bytes=job["memory_bytes"], cpu_seconds=job["cpu_seconds"])
    yield_to_others()
    write_line(carry_out(job))


def serve_jobs(carry_out: Callable[[Any], dict[str, Any]]) -> None:
    """Carry out within the process the jobs that it is given, until nobody gives any more.

    Each is a line of JSON with its bounds, `memory_bytes` and `cpu_seconds`, and its answer is one.
    """
    yield_to_others()
    for line in sys.stdin:
        job = json.loads(line)
        limit_resources(
            memory_bytes=job["memory_bytes"], cpu_seconds=_spent_seconds() + job["cpu_seconds"]
        )
        write_line(carry_out(job))


def _wait_for_answer(
    process: subprocess.Popen[bytes],
    progress: Callable[[float], None],
    cancelled: Callable[[], bool],
    silent_seconds: float,
) -> dict[str, Any]:
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
    _limit(resource.RLIMIT_CPU, cpu_seconds)
    _limit(resource.RLIMIT_DATA, memory_bytes)


def _spent_seconds() -> int:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return math.ceil(used.ru_utime + used.ru_stime)


def _limit(kind: int, most: int) -> None:
    _, hard = resource.getrlimit(kind)  # left as it is: the next job may have another limit
    resource.setrlimit(kind, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


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
