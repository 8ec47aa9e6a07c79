"""A way to send a recording, as the plan gives it, and what must be done for it. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from lib.recordings.cuts import CutRule, Stretch
from lib.recordings.encoding_ladder import Encoding
from lib.recordings.preflight import SOUND_MODEL
from lib.recordings.step import Step, Work

Kind = Literal["as it is", "another container", "parts", "smaller", "sound"]
Preference = Literal["whole", "parts"]
_BEST: dict[Preference, tuple[Kind, ...]] = {
    "whole": ("as it is", "another container", "smaller", "sound", "parts"),
    "parts": ("as it is", "another container", "parts", "smaller", "sound"),
}


@dataclass(frozen=True, slots=True)
class Part:
    """A part as it will be sent, in seconds of the recording.

    `core` is what its answer counts for; `sent` has the context on either side too. A copied part
    begins at the keyframe before: where, only the file itself says once it is there.
    """

    core: Stretch
    sent: Stretch
    expected_bytes: int


@dataclass(frozen=True, slots=True)
class Way:
    """A way to send a recording to a `model`.

    `work` is None where nothing must be prepared. `width` and `height` are the picture's, None
    for sound alone or where they are not known. `work_seconds` are of one core, roughly. By the
    `rule` its cuts move into pauses of speech, once these are known; None where there is no cut.
    """

    kind: Kind
    model: str
    work: Work | None
    container: str
    parts: tuple[Part, ...]
    width: int | None
    height: int | None
    encoding: Encoding | None = None
    work_seconds: float = 0.0
    rule: CutRule | None = None

    @property
    def expected_bytes(self) -> int:
        """Of all parts together."""
        return sum(part.expected_bytes for part in self.parts)

    @property
    def billed_minutes(self) -> float:
        """Minutes that may be billed: what is sent twice counts twice."""
        return sum(part.sent.seconds for part in self.parts) / 60

    @property
    def bit_rate(self) -> float:
        """Bit/s of what is sent, on average."""
        return self.expected_bytes * 8 / (self.billed_minutes * 60)


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the analyst chose: a stretch only (None: all of it), and which sound is sent.

    A `sound_track` of None mixes all of them. `overlap` [s] of context is sent on either side of a
    part. With `skip_damage` the rest is sent of a recording that cannot be read throughout.
    """

    stretch: Stretch | None = None
    sound_track: int | None = 0
    overlap: float = 0.0
    skip_damage: bool = False


NO_WISHES = Wishes()


def choose_way(ways: tuple[Way, ...], preference: Preference) -> Way | None:
    """The best way in few parts (whole and small), or with the best picture (parts and sharp)."""
    return min(ways, key=lambda way: _BEST[preference].index(way.kind), default=None)


def steps_of(way: Way, wishes: Wishes = NO_WISHES) -> tuple[Step, ...]:
    """The steps that prepare a way, one a part; none where it is sent as it is.

    Without a stretch the last one goes on to the end, which a header may state too early.
    """
    if way.work is None:
        return ()
    endless = way.parts[-1] if wishes.stretch is None else None
    return tuple(
        Step(
            work=way.work,
            container=way.container,
            start=part.sent.start,
            end=None if part is endless else part.sent.end,
            picture=way.model != SOUND_MODEL,
            encoding=way.encoding,
            sound_track=wishes.sound_track,
            skip_damage=wishes.skip_damage,
        )
        for part in way.parts
    )
