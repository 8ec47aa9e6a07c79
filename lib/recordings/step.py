"""One step of preparing a recording: what becomes one file that is sent."""

from __future__ import annotations

import errno
from dataclasses import dataclass
from typing import Any, Literal, TypedDict

from lib.recordings.encoding_ladder import Encoding

Work = Literal["copy", "encode", "encode sound"]
Failure = Literal["damaged", "empty", "limit", "full", "disk", "apart", "other"]


@dataclass(frozen=True, slots=True)
class Step:
    """A stretch of a recording as a file of its own.

    `start` and `end` are seconds of the recording; an `end` of None is its end. "copy" takes the
    tracks over as they are, from the keyframe before `start`; "encode" needs an `encoding` and
    begins where it is asked to; "encode sound" needs one as well, and takes the picture over.
    `sound_track` counts from 0; None mixes all of them, which takes
    encoding. With `skip_damage`, what cannot be read is left out; without, it is an error.
    """

    work: Work
    container: str
    start: float = 0.0
    end: float | None = None
    picture: bool = True
    encoding: Encoding | None = None
    sound_track: int | None = 0
    skip_damage: bool = False


class Job(TypedDict):
    """A step as a process takes it, with the paths of the recording and of what is written."""

    source: str
    target: str
    step: dict[str, Any]


def failure_of(error: Exception) -> Failure:
    """What went wrong, as an error of FFmpeg or of the disk says."""
    code = getattr(error, "errno", None)
    if code == errno.ENOMEM:
        return "limit"
    if code in (errno.ENOSPC, errno.EDQUOT):
        return "full"
    if code in (errno.EACCES, errno.EROFS, errno.ENOENT, errno.EIO):
        return "disk"
    return "other"


def describe_step(step: Step) -> str:
    """What a step makes, in words: "mp4, not re-encoded", "webm, sound alone at 64 kbit/s"."""
    encoding = step.encoding
    if encoding is None:
        return f"{step.container}, {'' if step.picture else 'sound alone, '}not re-encoded"
    rate = round((encoding.picture_bit_rate + encoding.sound_bit_rate) / 1000)
    if not step.picture:
        return f"{step.container}, sound alone at {rate} kbit/s"
    return (
        f"{step.container}, at most {encoding.height} lines high, "
        f"{encoding.frame_rate:g} pictures a second, {rate} kbit/s"
    )
