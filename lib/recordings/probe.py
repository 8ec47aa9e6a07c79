"""Probe a recording: its container, length, picture and sound, within bounds of memory and time."""

from __future__ import annotations

import json
import os
import subprocess
import sys
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

MAX_SECONDS = 10.0  # that reading one file may take
_ROOT = Path(__file__).parents[2]
_ENVIRONMENT = ("PATH", "SYSTEMROOT", "LD_LIBRARY_PATH", "LANG")  # no credential goes along
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
    environment = {name: os.environ[name] for name in _ENVIRONMENT if name in os.environ}
    try:
        done = subprocess.run(  # noqa: S603  our own module, and a path as one argument
            [sys.executable, "-m", "lib.recordings.container", path],
            cwd=_ROOT,
            env=environment,
            capture_output=True,
            timeout=MAX_SECONDS,
            check=True,
        )
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError) as error:
        raise ProbeLimitError from error  # FFmpeg ran out of what it may use, or fell over the file
    answer = json.loads(done.stdout)
    return answer if isinstance(answer, str) else json.dumps(answer)
