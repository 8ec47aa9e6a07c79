"""What `preparation` runs in a process of its own: one step, at low priority, within bounds.

It writes lines of JSON: {"share": 0.5}, and last {"prepared": …} or {"failure": …}. When nobody
reads them any more, because the app ended, writing fails, and so this ends too.
"""

from __future__ import annotations

import errno
import json
import sys
from fractions import Fraction
from pathlib import Path
from typing import Any

import av

from lib.errors import EmptyStretchError
from lib.recordings.bounded_process import (
    Reporter,
    limit_resources,
    write_line,
    yield_to_others,
)
from lib.recordings.damage import Damage
from lib.recordings.encode import encode_stretch
from lib.recordings.encodings import Encoding
from lib.recordings.remux import copy_stretch
from lib.recordings.source import FirstTimes, open_source
from lib.recordings.step import Failure, Job, Step

_LONG_AGO = 3600  # seconds
_MOST_APART = 0.05  # seconds between picture and sound


def run_job(job: Job) -> dict[str, Any]:
    """Carry out a job, and return what came out, or the failure and what is damaged."""
    fields = job["step"]
    encoding = Encoding(**fields["encoding"]) if fields["encoding"] else None
    step = Step(**{**fields, "encoding": encoding})
    source, target, damage = Path(job["source"]), Path(job["target"]), Damage()
    work = copy_stretch if step.work == "copy" else encode_stretch
    failure: Failure
    try:
        first_times = work(source, target, step, progress=Reporter().report, damage=damage)
        if damage.stretches() and not step.skip_damage:
            return {"failure": "damaged", "stretches": _pairs(damage)}
        offset, seconds = _read_back(target, first_times, step)
    except EmptyStretchError:
        failure = "damaged" if damage.stretches() else "empty"
    except MemoryError:
        failure = "limit"
    except _ApartError:
        failure = "apart"
    except BrokenPipeError:
        raise
    except (av.error.FFmpegError, ValueError, OSError) as error:
        failure = _failure_of(error)
    else:
        size = target.stat().st_size
        prepared = {"offset": offset, "seconds": seconds, "size": size, "damaged": _pairs(damage)}
        return {"prepared": prepared}
    return {"failure": failure, "stretches": _pairs(damage)}


def _read_back(target: Path, first_times: FirstTimes, step: Step) -> tuple[float, float]:
    """Where the file begins in the recording [s], and its length [s], as its packets say.

    What an encoder puts before time 0 is none of the recording.
    """
    earliest = 0 if step.work == "encode" else -_LONG_AGO
    offsets: dict[str, Fraction] = {}
    last = Fraction(0)
    with open_source(target, Step("copy", "", picture="video" in first_times)) as written:
        for packet in written.container.demux(written.streams):
            shown = written.time_of(packet)
            if shown is None:
                continue
            last = max(last, shown + (packet.duration or 0) * (packet.time_base or 0))
            kind = packet.stream.type
            if kind in first_times and not packet.is_discard:
                offsets.setdefault(kind, first_times[kind] - max(shown, Fraction(earliest)))
    if not offsets:
        raise EmptyStretchError
    if max(offsets.values()) - min(offsets.values()) > _MOST_APART:
        raise _ApartError
    return float(offsets.get("video", offsets.get("audio", Fraction(0)))), float(last)


class _ApartError(Exception):
    """Picture and sound of what was written are not in step."""


def _failure_of(error: Exception) -> Failure:
    code = getattr(error, "errno", None)
    if code == errno.ENOMEM:
        return "limit"
    if code in (errno.ENOSPC, errno.EDQUOT):
        return "full"
    if code in (errno.EACCES, errno.EROFS, errno.ENOENT, errno.EIO):
        return "disk"
    return "other"


def _pairs(damage: Damage) -> list[tuple[float, float]]:
    return [(stretch.start, stretch.end) for stretch in damage.stretches()]


if __name__ == "__main__":
    given: Job = json.loads(sys.argv[1])
    limit_resources(memory_bytes=given["memory_bytes"], cpu_seconds=given["cpu_seconds"])
    yield_to_others()
    write_line(run_job(given))
