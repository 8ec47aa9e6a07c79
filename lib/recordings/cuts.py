"""Where a stretch of a recording is cut into parts: pure arithmetic of seconds."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_ROOM = 0.03  # of the longest part: what a cut may move, so that it finds a pause
_MOST_WINDOWS = 1 / 4  # of the longest part: a longer window decides no cut


@dataclass(frozen=True, slots=True)
class Stretch:
    """A time of a recording, in seconds since its beginning."""

    start: float
    end: float

    @property
    def seconds(self) -> float:
        """How long it is."""
        return self.end - self.start


def cut_stretch(
    stretch: Stretch,
    *,
    max_seconds: float,
    window: float | None = None,
    pauses: Iterable[Stretch] = (),
) -> tuple[Stretch, ...]:
    """The fewest even parts of at most `max_seconds`; they cover the stretch and touch.

    With a `window` [s], each inner cut lies on a multiple of it, counted from the recording's
    beginning. Of the places that a cut may move to, one within a pause is taken before others;
    each pause is a stretch without speech.
    """
    if stretch.seconds <= max_seconds:
        return (stretch,)
    grid = window if window and window <= max_seconds * _MOST_WINDOWS else None
    room = max(grid or 0.0, max_seconds * _ROOM)
    count = math.ceil(stretch.seconds / (max_seconds - room))
    even = stretch.seconds / count
    reach = min((max_seconds - even) / 2, even / 4)
    quiet = sorted(pauses, key=lambda pause: pause.start)
    cuts = [
        _place_cut(stretch.start + even * number, reach, grid, quiet) for number in range(1, count)
    ]
    edges = [stretch.start, *cuts, stretch.end]
    return tuple(Stretch(start, end) for start, end in itertools.pairwise(edges))


def widen_parts(
    parts: Sequence[Stretch], *, within: Stretch, overlap: float
) -> tuple[Stretch, ...]:
    """The parts with `overlap` seconds of context on either side, as far as there are any."""
    return tuple(
        Stretch(max(within.start, part.start - overlap), min(within.end, part.end + overlap))
        for part in parts
    )


def _place_cut(ideal: float, reach: float, grid: float | None, pauses: Sequence[Stretch]) -> float:
    """The place for a cut within `reach` of the ideal one."""
    candidates = [
        place
        for pause in pauses
        if pause.end >= ideal - reach
        and pause.start <= ideal + reach
        and (place := _place_in_pause(pause, ideal, grid)) is not None
        and abs(place - ideal) <= reach
    ]
    if candidates:
        return min(candidates, key=lambda place: abs(place - ideal))
    return round(ideal / grid) * grid if grid else ideal


def _place_in_pause(pause: Stretch, ideal: float, grid: float | None) -> float | None:
    """The middle of a pause; with a grid, its multiple within the pause nearest to the ideal."""
    if grid is None:
        return (pause.start + pause.end) / 2
    first, last = math.ceil(pause.start / grid), math.floor(pause.end / grid)
    if first > last:
        return None
    return min(max(round(ideal / grid), first), last) * grid
