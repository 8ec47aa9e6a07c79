"""Prepare a recording for sending: one step becomes one file, in a process of its own."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from lib.api_limits import MAX_BYTES, MAX_SECONDS
from lib.errors import (
    DamagedRecordingError,
    EmptyStretchError,
    PreparationError,
    PreparationLimitError,
    PreparedTooLargeError,
    RecordingError,
)
from lib.recordings.bounded_process import BOUNDS, Bounds, JobProcess
from lib.recordings.cuts import Stretch
from lib.recordings.damage import damage_sentence
from lib.recordings.disk_errors import NO_ROOM
from lib.recordings.step import Failure, Job, Step

_MODULE = "lib.recordings.preparation_process"
_SLACK_SECONDS = 0.5  # of the last picture, beyond the longest that is sent
PART = ".part"  # while it is written

_ERRORS: dict[Failure, tuple[Any, ...]] = {  # the class, and its sentences where they are others
    "empty": (EmptyStretchError,),
    "limit": (PreparationLimitError,),
    "full": (
        RecordingError,
        "The recording could not be prepared." + NO_ROOM,
        "Delete sessions whose recordings are kept, or tell whoever runs the app; then try again.",
    ),
    "disk": (
        RecordingError,
        "The recording, or the app's folder for recordings, cannot be used.",
        "Choose the recording again; if that fails, tell whoever runs the app.",
    ),
    "apart": (
        PreparationError,
        "Picture and sound of this recording cannot be cut in step without encoding.",
        "Choose to make it smaller: that puts both in step.",
    ),
    "other": (PreparationError,),
}


@dataclass(frozen=True, slots=True)
class Prepared:
    """A file as it was written: a time in it plus `offset` [s] is the time in the recording.

    Both `offset` and `seconds`, its length, are read back from it. `damaged` are the stretches of
    the recording that could not be read, in seconds of the recording.
    """

    path: Path
    offset: float
    seconds: float
    size: int
    damaged: tuple[Stretch, ...] = ()


def prepare(
    source: Path,
    target: Path,
    step: Step,
    *,
    progress: Callable[[float], None] = lambda _: None,
    cancelled: Callable[[], bool] = lambda: False,
    for_sending: bool = True,
    process: JobProcess | None = None,
) -> Prepared:
    """Write a step of a recording to `target`, which is there whole or not at all.

    `progress` is given the share that is done, some times a second; `cancelled` is asked as often,
    and what it ends is gone within a second. The API's limits hold for what is meant for sending.
    A `process` (see `start_process`) is for the steps of one recording: it is not started for each.

    Raises:
        PreparationCancelledError: `cancelled` said so.
        PreparationLimitError: it takes more than the process may.
        DamagedRecordingError: stretches cannot be read, and the step does not skip them.
        EmptyStretchError: there is nothing in the stretch.
        PreparedTooLargeError: what came out is over the API's limits.
        PreparationError: FFmpeg cannot do it.
        RecordingError: the disk is full or cannot be written.
    """
    part = target.with_name(target.name + PART)
    worker = process or start_process()
    try:
        answer = worker.run_job(
            Job(source=str(source), target=str(part), step=asdict(step)),
            progress=progress,
            cancelled=cancelled,
        )
        if "prepared" not in answer:
            raise _error_of(answer)
        facts = answer["prepared"]
        if for_sending and _is_over_limits(facts["size"], facts["seconds"]):
            raise PreparedTooLargeError
        part.replace(target)
    finally:
        if process is None:
            worker.close()
        with suppress(OSError):
            part.unlink(missing_ok=True)
    return Prepared(
        target, facts["offset"], facts["seconds"], facts["size"], _stretches(facts["damaged"])
    )


def start_process(bounds: Bounds = BOUNDS) -> JobProcess:
    """A process for steps that follow each other; the caller closes it."""
    return JobProcess(_MODULE, bounds)


def _is_over_limits(size: int, seconds: float) -> bool:
    return size > MAX_BYTES or seconds > MAX_SECONDS + _SLACK_SECONDS


def _error_of(answer: dict[str, Any]) -> RecordingError:
    """The error for a failure of the process."""
    failure: Failure = answer["failure"]
    if failure == "damaged":
        stretches = _stretches(answer["stretches"])
        pairs = tuple((stretch.start, stretch.end) for stretch in stretches)
        return DamagedRecordingError(damage_sentence(stretches), stretches=pairs)
    kind, *sentences = _ERRORS[failure]
    error: RecordingError = kind(*sentences)
    return error


def _stretches(pairs: list[tuple[float, float]]) -> tuple[Stretch, ...]:
    return tuple(Stretch(start, end) for start, end in pairs)
