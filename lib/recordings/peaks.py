"""The peaks of a recording's sound over time, as a waveform is drawn of them; made once."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from lib.recordings.bounded_process import BOUNDS, run_job
from lib.recordings.companions import companion
from lib.recordings.disk_errors import disk_error
from lib.recordings.preparation import PART

_MODULE = "lib.recordings.peaks_process"


@dataclass(frozen=True, slots=True)
class Peaks:
    """The loudest sample of each stretch, from 0 to 255; all are equally long, of `seconds`."""

    seconds: float
    levels: tuple[int, ...]


def peaks_of(recording: Path) -> Peaks | None:
    """The peaks of a recording, where they were made."""
    try:
        facts = json.loads(_file_of(recording).read_text())
        return Peaks(facts["seconds"], tuple(facts["levels"]))
    except (OSError, ValueError, KeyError):
        return None


def make_peaks(
    recording: Path, progress: Callable[[float], None], cancelled: Callable[[], bool]
) -> None:
    """Make the peaks of a recording beside it, in a process of its own, unless they are there.

    Raises:
        PreparationError: FFmpeg cannot read it, or `cancelled` said so.
        RecordingError: the disk is full or cannot be written.
    """
    if peaks_of(recording):
        return
    job = {
        "source": str(recording),
    }
    facts = run_job(
        _MODULE,
        job,
        progress=progress,
        cancelled=cancelled,
        bounds=BOUNDS,
    )
    file = _file_of(recording)
    part = file.with_name(file.name + PART)
    try:
        part.write_text(json.dumps(asdict(Peaks(facts["seconds"], tuple(facts["levels"])))))
        part.replace(file)
    except OSError as error:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise disk_error(error) from error


def _file_of(recording: Path) -> Path:
    return companion(recording, "peaks.json")
