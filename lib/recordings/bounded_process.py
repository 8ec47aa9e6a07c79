"""A module of ours in a process of its own, with bounds on its memory and time.

What a file makes FFmpeg do happens there: it can take neither the app's memory nor its time, and a
crash ends that process alone. It is given no part of our environment that could hold a credential.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from pathlib import Path

_ROOT = Path(__file__).parents[2]
_ENVIRONMENT = ("PATH", "SYSTEMROOT", "LD_LIBRARY_PATH", "LANG")  # no credential goes along


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


def limit_resources(*, memory_bytes: int, cpu_seconds: int) -> None:
    """Bound this process; beyond the one an allocation fails, beyond the other it is ended."""
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds))
    resource.setrlimit(resource.RLIMIT_DATA, (memory_bytes, memory_bytes))


def _environment() -> dict[str, str]:
    return {name: os.environ[name] for name in _ENVIRONMENT if name in os.environ}
