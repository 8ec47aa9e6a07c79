"""Probe a recording: its container, length, picture and sound, within bounds of memory and time."""

from __future__ import annotations

import json
import subprocess
from functools import lru_cache
from pathlib import Path

from lib.errors import (
    CutRecordingError,
    EmptyRecordingError,
    NotARecordingError,
    ProbeLimitError,
    UnreadableRecordingError,
)
from lib.model import Recording
from lib.recordings.bounded_process import run_module

# A machine that is busy gives a process little time: what a file takes is bounded as processor
# time (`container.MAX_CPU_SECONDS`), and this ends only what waits for something that never comes.
MAX_SECONDS = 120.0
_BUSY = "This file could not be read in time: the machine that the app runs on may be busy."
_LATER = "Try again in a few minutes. If it cannot be read then, export it again as mp4."
_ERRORS: dict[str, type[UnreadableRecordingError]] = {
    "empty": EmptyRecordingError,
    "cut": CutRecordingError,
    "foreign": NotARecordingError,
    "limit": ProbeLimitError,
}


def probe(path: Path, *, name: str, size: int) -> Recording:
    """The container, length and codecs of a recording, which is not decoded.

    A process of its own reads the file, once: a file at the same path is not read again. Only
    what a machine had no time for is tried anew.

    Raises:
        EmptyRecordingError: there is not a byte in it.
        NotARecordingError: no container or no track could be read.
        CutRecordingError: it begins as a recording, and its end is missing.
        ProbeLimitError: reading it takes too much memory or time.
    """
    answer = _read_in_process(str(path), size)
    if answer in _ERRORS:
        raise _ERRORS[answer]
    facts = json.loads(answer)
    if facts.pop("cut"):
        raise CutRecordingError
    return Recording(name=name, size=size, **facts)


@lru_cache(maxsize=512)
def _read_in_process(path: str, size: int) -> str:  # noqa: ARG001  what stands there later differs
    """A key of _ERRORS, or the JSON of `container.ContainerFacts`.

    Raises:
        ProbeLimitError: the process did not come to its end; that is not remembered.
    """
    try:
        written = run_module("lib.recordings.container_probe", path, seconds=MAX_SECONDS)
    except subprocess.TimeoutExpired as error:
        raise ProbeLimitError(_BUSY, _LATER) from error
    except subprocess.CalledProcessError as error:
        raise ProbeLimitError from error  # FFmpeg ran out of what it may use, or fell over the file
    answer = json.loads(written)
    return answer if isinstance(answer, str) else json.dumps(answer)
