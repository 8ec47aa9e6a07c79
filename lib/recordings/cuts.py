"""Where a stretch of a recording is cut into parts: pure arithmetic of seconds."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lib.model import Stretch

__all__ = [
    "NEAR_SECONDS",
    "CutRule",
    "Stretch",
    "cut_by_rule",
    "cut_stretch",
    "find_surroundings",
    "widen_parts",
]
NEAR_SECONDS = 30.0  # by which a cut moves at most to find a pause
_ROOM = 0.03  # of the longest part: what a cut may move, so that it finds a pause
_MARGIN = 1.0  # seconds between a cut and what is said
_MOST_WINDOWS = 1 / 4  # of the longest part: a longer window decides no cut


@dataclass(frozen=True, slots=True)
class CutRule:
    """By what a stretch is cut, in seconds.

    Parts are of at most `max_seconds`, on either side of which `overlap` is sent as context; a
    `window` of None is not known.
    """

    max_seconds: float
    window: float | None = None
    overlap: float = 0.0


def cut_by_rule(
    stretch: Stretch, rule: CutRule, pauses: Iterable[Stretch] = ()
) -> tuple[tuple[Stretch, Stretch], ...]:
    """The parts of a stretch: of each what it counts for, and what is sent with the context.

    Their number is the same whatever pauses there are.
    """
    cores = cut_stretch(stretch, max_seconds=rule.max_seconds, window=rule.window, pauses=pauses)
    sent = widen_parts(cores, within=stretch, overlap=rule.overlap)
    return tuple(zip(cores, sent, strict=True))


def find_surroundings(stretch: Stretch, rule: CutRule) -> tuple[Stretch, ...]:
    """Where pauses would move the cuts, a little more than they may move; none without a cut."""
    if stretch.seconds <= rule.max_seconds:
        return ()
    grid = _find_grid(rule.max_seconds, rule.window)
    ideals, reach = _find_ideals(stretch, rule.max_seconds, grid)
    wide = reach + _MARGIN
    return tuple(Stretch(max(0.0, ideal - wide), ideal + wide) for ideal in ideals)


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
    grid = _find_grid(max_seconds, window)
    ideals, reach = _find_ideals(stretch, max_seconds, grid)
    quiet = sorted(pauses, key=lambda pause: pause.start)
    cuts = [_place_cut(ideal, reach, grid, quiet) for ideal in ideals]
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


def _find_grid(max_seconds: float, window: float | None) -> float | None:
    """The window where cuts lie on its multiples."""
    return window if window and window <= max_seconds * _MOST_WINDOWS else None


def _find_ideals(
    stretch: Stretch, max_seconds: float, grid: float | None
) -> tuple[list[float], float]:
    """Where even parts are cut, and how far each cut may move."""
    room = max(grid or 0.0, max_seconds * _ROOM)
    count = math.ceil(stretch.seconds / (max_seconds - room))
    even = stretch.seconds / count
    reach = min((max_seconds - even) / 2, even / 4, NEAR_SECONDS)
    return [stretch.start + even * number for number in range(1, count)], reach


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
    """The place in a pause nearest to the ideal, not at its edge; with a grid, on a multiple."""
    if grid is None:
        margin = min(_MARGIN, pause.seconds / 2)
        return min(max(ideal, pause.start + margin), pause.end - margin)
    first, last = math.ceil(pause.start / grid), math.floor(pause.end / grid)
    if first > last:
        return None
    return min(max(round(ideal / grid), first), last) * grid
