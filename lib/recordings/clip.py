"""Clips: stretches of a recording to show to others, what they are called, and their limits."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Literal, TypedDict

from lib import timecode
from lib.errors import ClipLimitError

MAX_CLIPS = 100  # in one file
MAX_SECONDS = 30 * 60  # of all clips of one file
MIN_SECONDS = 1.0  # of a clip: a shorter one is over before anybody looks
CARD_SECONDS = 2.0  # that the title of a clip is shown in a reel
MAX_CAPTION = 200  # characters

Picture = Literal["shown", "blurred", "none"]


@dataclass(frozen=True, slots=True)
class Clip:
    """A stretch from `start` to `end`, in seconds of the recording.

    `caption` says what is to be seen in it; `name` is that of its file, without a suffix.
    """

    start: float
    end: float
    caption: str
    name: str

    @property
    def seconds(self) -> float:
        """Its length."""
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class ClipRequest:
    """Clips of one recording as one file: the clip itself, one reel, or a zip of several files.

    `label` stands below each caption; it is empty where what the captions say was measured.
    `about` goes into each file, where a player shows it as its comment.
    """

    clips: tuple[Clip, ...]
    name: str
    label: str = ""
    about: str = ""
    picture: Picture = "shown"
    captions: bool = True
    reel: bool = False

    @property
    def clip_suffix(self) -> str:
        """The suffix of a clip, and of a reel."""
        return ".m4a" if self.picture == "none" else ".mp4"

    @property
    def is_zip(self) -> bool:
        """Whether the file holds one file for each clip."""
        return len(self.clips) > 1 and not self.reel

    @property
    def file_name(self) -> str:
        """What the file is called."""
        return self.name + (".zip" if self.is_zip else self.clip_suffix)

    @property
    def seconds(self) -> float:
        """How long all clips last together."""
        return sum(clip.seconds for clip in self.clips)


class ClipJob(TypedDict):
    """A request as a process takes it, with the paths of the recording and of what is written."""

    source: str
    target: str
    request: dict[str, Any]


def clip_stretch(
    start: float, end: float, *, before: float, after: float, length: float | None
) -> tuple[float, float] | None:
    """The stretch that shows a span: with the seconds beside it, and inside the recording.

    A shorter one than MIN_SECONDS is made longer on both sides. None where nothing of it lies in
    the recording, whose `length` is None where it is not known.
    """
    first, last = min(start, end), max(start, end)
    missing = max(0.0, MIN_SECONDS - (last - first) - before - after)
    first, last = first - before - missing / 2, last + after + missing / 2
    roof = length if length is not None else math.inf
    if not math.isfinite(first) or not math.isfinite(last) or first >= roof or last <= 0:
        return None
    if first < 0:  # as long all the same, where the recording is
        last, first = max(last, min(MIN_SECONDS, roof)), 0.0
    if last > roof:
        last, first = roof, max(0.0, min(first, roof - MIN_SECONDS))
    return first, last


def stretch_text(start: float, end: float) -> str:
    """A stretch in the name of a file: "2m15s-2m31s"."""
    return f"{_clock(start)}-{_clock(end)}"


def _clock(seconds: float) -> str:
    minutes, rest = divmod(math.floor(max(0.0, seconds) + 0.5), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}h{minutes:02}m{rest:02}s" if hours else f"{minutes}m{rest:02}s"


def name_apart(clips: Iterable[Clip]) -> tuple[Clip, ...]:
    """The clips, with a number behind the names that others have as well, also in other case."""
    apart, used, numbers = [], set[str](), Counter[str]()
    for clip in clips:
        name = clip.name
        while name.casefold() in used:
            numbers[clip.name.casefold()] += 1
            name = f"{clip.name}-{numbers[clip.name.casefold()] + 1}"
        used.add(name.casefold())
        apart.append(replace(clip, name=name))
    return tuple(apart)


def check_limits(clips: tuple[Clip, ...]) -> None:
    """Do nothing where these may be cut into one file.

    Raises:
        ClipLimitError: they are none, too many or too long.
    """
    if not clips:
        raise ClipLimitError(
            "There is nothing to cut: none of this lies in the recording.",
            "Choose another stretch, or take off filters.",
        )
    if len(clips) > MAX_CLIPS:
        raise ClipLimitError(
            f"These are {len(clips):,} clips; at most {MAX_CLIPS} are cut into one file.",
            "Filter for fewer spans, or cut them in several files.",
        )
    seconds = sum(clip.seconds for clip in clips)
    if seconds > MAX_SECONDS:
        raise ClipLimitError(
            f"These clips last {timecode.format_length(seconds, digits=0)} together; at most "
            f"{timecode.spell_duration(MAX_SECONDS)} are cut into one file.",
            "Choose fewer or shorter clips, or fewer seconds before and after.",
        )
