"""What `clip_file` runs in a process of its own: the clips of one request, at low priority.

It writes lines of JSON: {"share": 0.5}, and last {"left_out": …, "damaged": …} or {"failure": …}.
When nobody reads them any more, because the app ended, writing fails, and so this ends too.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import av

from lib.errors import EmptyStretchError
from lib.recordings.bounded_process import (
    Reporter,
    serve_job,
)
from lib.recordings.clip import Clip, ClipJob, ClipRequest
from lib.recordings.clip_writer import open_writer
from lib.recordings.damage import Damage
from lib.recordings.source import Progress
from lib.recordings.step import failure_of


def run_job(job: ClipJob) -> dict[str, Any]:
    """Carry out a request; what nothing was found in, and what is damaged, or the failure."""
    fields = job["request"]
    clips = tuple(Clip(**clip) for clip in fields["clips"])
    request = ClipRequest(**{**fields, "clips": clips})
    source, target, damage = Path(job["source"]), Path(job["target"]), Damage()
    work = _write_zip if request.is_zip else _write_file
    try:
        empty = list(work(source, target, request, damage))
    except EmptyStretchError:
        return {"failure": "empty"}
    except MemoryError:
        return {"failure": "limit"}
    except BrokenPipeError:
        raise
    except (av.error.FFmpegError, ValueError, OSError) as error:
        return {"failure": failure_of(error)}
    if len(empty) == len(clips):
        return {"failure": "empty"}
    pairs = [(stretch.start, stretch.end) for stretch in damage.stretches()]
    return {"left_out": empty, "damaged": pairs}


def _write_file(source: Path, target: Path, request: ClipRequest, damage: Damage) -> Iterator[str]:
    """Write one clip or a reel; the captions of what nothing was in."""
    reporter = Reporter()
    with open_writer(source, target, request, damage) as writer:
        done = 0.0
        for clip in request.clips:
            if not writer.add(clip, _within(reporter, done, clip, request)):
                yield clip.caption
            done += clip.seconds


def _write_zip(source: Path, target: Path, request: ClipRequest, damage: Damage) -> Iterator[str]:
    """Write a file for each clip, packed as they are: they are compressed already."""
    reporter, done = Reporter(), 0.0
    draft = target.with_name(f"{target.name}.clip")
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as packed:
        for clip in request.clips:
            with open_writer(source, draft, request, damage) as writer:
                written = writer.add(clip, _within(reporter, done, clip, request))
            if written:
                packed.write(draft, clip.name + request.clip_suffix)
            else:
                yield clip.caption
            draft.unlink(missing_ok=True)  # nothing was in it
            done += clip.seconds


def _within(reporter: Reporter, done: float, clip: Clip, request: ClipRequest) -> Progress:
    """Report the share of one clip as that of all of them."""

    def report(share: float) -> None:
        reporter.report((done + share * clip.seconds) / max(request.seconds, clip.seconds))

    return report


if __name__ == "__main__":
    serve_job(run_job)
