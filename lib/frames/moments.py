"""Moments worth a look: where what was measured meets one of a few plain rules.

A moment says what was seen there, never what it means. Its score is how many times over the
threshold of its rule it lies, at most MOST, so that moments of different rules can be ranked.
Knows what every rule looks for; knows no probability, which is not a number.
"""

from __future__ import annotations

import heapq
import itertools
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pandas as pd

from lib import timecode
from lib.frames.intervals import drawn_times
from lib.frames.schema import MOMENTS
from lib.model import SCORES

AT_ONCE = 3  # types
NEUTRAL = 10.0  # seconds between engaged and disengaged that still make one change
SWING = 15.0  # points of a score
CALM = 60.0  # seconds without friction
CALM_SHARE = 0.2  # of a recording so short that this is less

MOST = 3.0  # a score goes no higher, or one long calm would stand above all else
LIMIT = 50  # moments
NAMED = 6  # types that a reason names


class Moment(NamedTuple):
    """Where a rule is met [s], why, and how many times over its threshold."""

    start: float
    end: float
    reason: str
    score: float


@dataclass(frozen=True, slots=True)
class Measured:
    """What rules read: spans in the order of their times, and how the recording counts time."""

    signals: pd.DataFrame
    engagement: pd.DataFrame
    quality: pd.DataFrame
    duration: float | None
    digits: int


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule by its name, what it looks for in one sentence, and how it finds that."""

    name: str
    explanation: str
    find: Callable[[Measured], Iterator[Moment]]


def moments(
    signals: pd.DataFrame,
    engagement: pd.DataFrame,
    quality: pd.DataFrame,
    *,
    duration: float | None,
    digits: int,
) -> pd.DataFrame:
    """One row a moment, the highest score first, then by time; at most LIMIT, columns MOMENTS.

    `duration` is the recording's [s], None when unknown; `digits` are the decimals that a time
    in a reason may have. A span whose time is no number is left out.
    """
    measured = Measured(
        _in_time(signals), _in_time(engagement), _in_time(quality), duration, digits
    )
    found = [(moment, rule.name) for rule in RULES for moment in rule.find(measured)]
    ranked = heapq.nsmallest(LIMIT, found, key=lambda one: (-one[0].score, one[0].start))
    rows = [
        (moment.start, moment.end, rule, moment.reason, moment.score) for moment, rule in ranked
    ]
    return pd.DataFrame(rows, columns=list(MOMENTS)).astype(MOMENTS)


def _at_once(measured: Measured) -> Iterator[Moment]:
    """Find the stretches in which AT_ONCE types or more overlap, each with all of its types.

    Walks the times at which spans begin or end. When a type goes, and one came since the last
    went, those that were there are as many as there were around then: that is the moment. What
    is left of them is a part of it, and no moment of its own.
    """
    there: Counter[str] = Counter()
    came: float | None = None
    for time, changes in itertools.groupby(_changes(measured.signals), key=lambda one: one[0]):
        after = there.copy()
        for _, name, change in changes:
            after[name] += change
        after = +after
        if came is not None and there.keys() - after.keys():
            if len(there) >= AT_ONCE:
                yield Moment(came, time, _types_at_once(there), _times(len(there), AT_ONCE))
            came = None
        if after.keys() - there.keys():
            came = time
        there = after


def _changes(signals: pd.DataFrame) -> list[tuple[float, str, int]]:
    """Return when a span of a type begins (1) or ends (-1), in the order of time."""
    lasting = signals[signals["draw_start"] < signals["draw_end"]]
    types = lasting["type"].tolist()
    begun = zip(lasting["draw_start"].tolist(), types, itertools.repeat(1))
    ended = zip(lasting["draw_end"].tolist(), types, itertools.repeat(-1))
    return sorted([*begun, *ended], key=lambda one: one[0])


def _types_at_once(there: Counter[str]) -> str:
    more = f" and {len(there) - NAMED} more" if len(there) > NAMED else ""
    return f"{len(there)} types at once: {', '.join(heapq.nsmallest(NAMED, there))}{more}"


def _engagement_changes(measured: Measured) -> Iterator[Moment]:
    decided = measured.engagement[measured.engagement["state"] != "neutral"]
    columns = (decided[name].tolist() for name in ("state", "draw_start", "draw_end"))
    for (one, _, left), (other, came, _) in itertools.pairwise(zip(*columns, strict=True)):
        between = max(_exact(came - left), 0.0)
        if {one, other} == {"engaged", "disengaged"} and between <= NEUTRAL:
            start, end = sorted((left, came))
            apart = timecode.format_length(between, digits=measured.digits) + " between"
            reason = f"{one} to {other}, {apart if round(between, measured.digits) else 'directly'}"
            yield Moment(start, end, reason, 2 - between / NEUTRAL)


def _score_swings(measured: Measured) -> Iterator[Moment]:
    """Find neighbouring windows between which scores swing, the widest swing named first."""
    windows = measured.quality
    columns = (windows[name].tolist() for name in ("draw_start", "draw_end", "no_evidence"))
    scores = windows[list(SCORES)].to_numpy().tolist()
    rows = zip(*columns, scores, strict=True)
    for (start, left, empty, before), (came, end, void, after) in itertools.pairwise(rows):
        # A window is missing between two that lie a window apart.
        if empty or void or came - left >= left - start:
            continue
        swings = _swings(before, after)
        if swings:
            reason = ", ".join(reason for _, reason in swings)
            yield Moment(start, max(left, end), reason, _times(swings[0][0], SWING))


def _swings(before: list[float], after: list[float]) -> list[tuple[float, str]]:
    """Return by how many points each score that swings does, and in words; the widest first."""
    found = []
    for name, one, other in zip(SCORES, before, after, strict=True):
        change = _exact(other - one)
        if abs(change) >= SWING:
            turn = f"{_number(one)} to {_number(other)} ({_number(change, sign='+')})"
            found.append((abs(change), f"{name.replace('_', ' ')} {turn}"))
    return sorted(found, key=lambda swing: -swing[0])


def _friction_after_calm(measured: Measured) -> Iterator[Moment]:
    length = measured.duration or 0.0
    calm = min(CALM, CALM_SHARE * length) if length > 0 else CALM
    friction = measured.signals[measured.signals["group"] == "friction"]
    columns = (friction[name].tolist() for name in ("type", "draw_start", "draw_end"))
    until = 0.0
    for name, start, end in zip(*columns, strict=True):
        lasted = _exact(start - until)
        if lasted >= calm:
            after = timecode.format_length(lasted, digits=measured.digits)
            yield Moment(start, end, f"{name} after {after} without friction", _times(lasted, calm))
        until = max(until, end)


RULES = (
    Rule(
        "several signals at once",
        f"{AT_ONCE} or more types of signal overlap.",
        _at_once,
    ),
    Rule(
        "change of engagement",
        "Engaged turns to disengaged or back, directly or within "
        f"{NEUTRAL:g} seconds of neutral or of no state.",
        _engagement_changes,
    ),
    Rule(
        "swing in a score",
        f"A score changes by {SWING:g} points or more from one window to the next, "
        "where both hold evidence.",
        _score_swings,
    ),
    Rule(
        "friction after calm",
        f"A friction signal comes after {CALM:g} seconds or more without one, or after "
        f"{CALM_SHARE:.0%} of a recording shorter than {CALM / CALM_SHARE / 60:g} minutes.",
        _friction_after_calm,
    ),
)


def _in_time(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the rows whose times are numbers, by where they start."""
    start, end = drawn_times(frame)
    timed: pd.DataFrame = frame[np.isfinite(start) & np.isfinite(end)]
    return timed.sort_values("draw_start", kind="stable")


def _exact(difference: float) -> float:
    """Return a difference as its decimals say: 65.3 less 50.3 is 15, not a trace below."""
    return round(difference, 6)


def _times(value: float, threshold: float) -> float:
    return min(value / threshold, MOST)


def _number(value: float, *, sign: str = "") -> str:
    """Return a number with the digits it was sent with: "61.4", "60", with its sign "+7"."""
    plus = sign if value > 0 else ""
    return f"{plus}{float(value)!r}".removesuffix(".0")
