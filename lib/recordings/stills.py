"""Stills of a recording: its picture at some times, small enough to stand in a report."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, NamedTuple

from lib.model import MIB
from lib.recordings.bounded_process import Bounds, run_job

MAX_STILLS = 60
PIXELS = 480  # that each side of one has at most
MAX_BYTES = 4 * MIB  # of all of them: the report is to be sent by mail
MAX_SECONDS = 60  # of work for all of them
_BOUNDS = Bounds(cpu_seconds=2 * MAX_SECONDS)
_MODULE = "lib.recordings.stills_process"


class Still(NamedTuple):
    """A picture as JPEG: the time that it was wanted of, and the one at which it is shown [s]."""

    time: float
    shown: float
    jpeg: bytes


@dataclass(frozen=True, slots=True)
class Stills:
    """The stills that could be made; `stopped` says which bound ended it, "" for none."""

    stills: tuple[Still, ...]
    has_picture: bool = True
    stopped: Literal["", "time", "size"] = ""


def make_stills(recording: Path, times: Sequence[float]) -> Stills:
    """Make the stills at these times [s], at most MAX_STILLS, in a process of its own.

    Raises:
        PreparationError: FFmpeg cannot read the recording.
    """
    job = {
        "source": str(recording),
        "times": list(times[:MAX_STILLS]),
        "bounds": {"seconds": MAX_SECONDS, "bytes": MAX_BYTES, "pixels": PIXELS},
    }
    answer = run_job(_MODULE, job, progress=lambda _: None, cancelled=lambda: False, bounds=_BOUNDS)
    stills = tuple(
        Still(time, shown, base64.b64decode(jpeg)) for time, shown, jpeg in answer["stills"]
    )
    return Stills(stills, answer["has_picture"], answer["stopped"])
