"""What `preparation` runs in a process of its own: steps, at low priority, within bounds.

It reads a line of JSON for each, and writes some: {"share": 0.5}, and last {"prepared": …} or
{"failure": …}. When nobody reads or writes them any more, because the app ended, this ends too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import Any

import av

from lib.errors import EmptyStretchError
from lib.recordings.bounded_process import (
    Reporter,
    serve_jobs,
)
from lib.recordings.damage import Damage
from lib.recordings.encoder import encode_stretch
from lib.recordings.encoding_ladder import Encoding
from lib.recordings.picture_copy import copy_picture
from lib.recordings.remuxer import copy_stretch
from lib.recordings.source import AnyPacket, FirstTimes, Source, open_source
from lib.recordings.source_cache import SourceCache
from lib.recordings.step import Failure, Job, Step, Work, failure_of

_WORKS: dict[Work, Callable[..., FirstTimes]] = {
    "copy": copy_stretch,
    "encode": encode_stretch,
    "encode sound": copy_picture,
}
_COPIED: dict[Work, tuple[str, ...]] = {  # tracks that may begin before time 0
    "copy": ("video", "audio"),
    "encode": (),
    "encode sound": ("video",),
}
_LONG_AGO = 3600  # seconds
_MOST_APART = 0.05  # seconds between picture and sound


def run_job(job: Job, sources: SourceCache) -> dict[str, Any]:
    """Carry out a job, and return what came out, or the failure and what is damaged."""
    damage = Damage()
    answer = _carry_out(job, damage, sources)
    if damage.stretches():
        sources.close()  # a reader that met a fault is not read again
    return answer


def _carry_out(job: Job, damage: Damage, sources: SourceCache) -> dict[str, Any]:
    fields = job["step"]
    encoding = Encoding(**fields["encoding"]) if fields["encoding"] else None
    step = Step(**{**fields, "encoding": encoding})
    source, target = Path(job["source"]), Path(job["target"])
    work = _WORKS[step.work]
    if step.work == "copy":
        work = partial(copy_stretch, sources=sources)
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
        failure = failure_of(error)
    else:
        size = target.stat().st_size
        prepared = {"offset": offset, "seconds": seconds, "size": size, "damaged": _pairs(damage)}
        return {"prepared": prepared}
    return {"failure": failure, "stretches": _pairs(damage)}


def _read_back(target: Path, first_times: FirstTimes, step: Step) -> tuple[float, float]:
    """Where the file begins in the recording [s], and its length [s], as its packets say.

    What an encoder puts before time 0 is none of the recording.
    """
    offsets: dict[str, Fraction] = {}
    ends: dict[int, int] = {}  # of each track, in ticks
    with open_source(target, Step("copy", "", picture="video" in first_times)) as written:
        for packet in _read_both_ends(written, lambda: len(offsets) == len(first_times)):
            ticks, index = written.ticks_of(packet), packet.stream_index
            if ticks is None:
                continue
            ends[index] = max(ends.get(index, ticks), ticks + (packet.duration or 0))
            kind = packet.stream.type
            if kind in first_times and kind not in offsets and not packet.is_discard:
                shown = written.time_at(ticks, packet.stream)
                earliest = Fraction(-_LONG_AGO if kind in _COPIED[step.work] else 0)
                offsets[kind] = first_times[kind] - max(shown, earliest)
        times = (
            written.time_at(ends[one.index], one) for one in written.streams if one.index in ends
        )
        last = max(times, default=Fraction(0))
    if not offsets:
        raise EmptyStretchError
    if max(offsets.values()) - min(offsets.values()) > _MOST_APART:
        raise _ApartError
    return float(offsets.get("video", offsets.get("audio", Fraction(0)))), max(float(last), 0.0)


def _read_both_ends(written: Source, is_enough: Callable[[], bool]) -> Iterator[AnyPacket]:
    """The packets of a file from its beginning until they are enough, then those of its end."""
    for packet in written.container.demux(written.streams):
        yield packet
        if is_enough() and written.seek_end():
            break
    else:
        return
    yield from written.container.demux(written.streams)


class _ApartError(Exception):
    """Picture and sound of what was written are not in step."""


def _pairs(damage: Damage) -> list[tuple[float, float]]:
    return [(stretch.start, stretch.end) for stretch in damage.stretches()]


if __name__ == "__main__":
    serve_jobs(partial(run_job, sources=SourceCache()))
