"""Moments worth a look: where signals, engagement or scores meet one of four rules.

A moment says what was seen there, never what it means. Its score is how many times over the
threshold of its rule it lies, at most MAX_SCORE, so that moments of different rules can be ranked.
Probabilities play no part: they are not numbers.
"""

from __future__ import annotations

import heapq
import itertools
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pandas as pd

from lib import timecode
from lib.frames.intervals import sent_times
from lib.frames.schema import MOMENTS
from lib.model import SCORES

MIN_TYPES_AT_ONCE = 3
MAX_NEUTRAL_SECONDS = 10.0  # between engaged and disengaged that still make one change
MIN_SWING_POINTS = 15.0  # of a score
MIN_CALM_SECONDS = 60.0  # without friction
MIN_CALM_SHARE = 0.2  # of a recording so short that this is less

MAX_SCORE = 3.0  # a score goes no higher, or one long calm would rank above all else
MAX_MOMENTS = 50
MAX_NAMED_TYPES = 6  # in a reason


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
    digits: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule by its name, what it looks for in one sentence, in which table, and how."""

    name: str
    explanation: str
    table: str
    find: Callable[[Measured], Iterator[Moment]]


def moments(
    signals: pd.DataFrame,
    engagement: pd.DataFrame,
    quality: pd.DataFrame,
    *,
    duration: float | None,
    digits: Mapping[str, int],
) -> pd.DataFrame:
    """One row a moment, the highest score first, then by time; columns MOMENTS.

    There are at most MAX_MOMENTS. `duration` is the recording's [s], None when unknown; `digits`
    are the decimals that a time of each table may have. A span whose time is no number is left out;
    one past the recording's end counts as sent.
    """
    measured = Measured(
        _sort_by_time(signals), _sort_by_time(engagement), _sort_by_time(quality), duration, digits
    )
    named = [(moment, rule.name) for rule in RULES for moment in rule.find(measured)]
    ranked = heapq.nsmallest(MAX_MOMENTS, named, key=lambda pair: (-pair[0].score, pair[0].start))
    rows = [
        (moment.start, moment.end, rule, moment.reason, moment.score) for moment, rule in ranked
    ]
    return pd.DataFrame(rows, columns=list(MOMENTS)).astype(MOMENTS)


def _find_several_at_once(measured: Measured) -> Iterator[Moment]:
    """Find the stretches in which MIN_TYPES_AT_ONCE types or more overlap, with all their types.

    Walks the times at which spans begin or end. When a type ends, and one has begun since the
    last ended, the number of types was at its local peak: that stretch is the moment. The types
    that go on are a part of it, and no moment of their own.
    """
    present: Counter[str] = Counter()
    last_start: float | None = None
    changes = _type_changes(measured.signals)
    for time, changes_now in itertools.groupby(changes, key=lambda change: change[0]):
        after = present.copy()
        for _, name, change in changes_now:
            after[name] += change
        after = +after
        if last_start is not None and present.keys() - after.keys():
            if len(present) >= MIN_TYPES_AT_ONCE:
                score = _times_threshold(len(present), MIN_TYPES_AT_ONCE)
                yield Moment(last_start, time, _types_at_once(present), score)
            last_start = None
        if after.keys() - present.keys():
            last_start = time
        present = after


def _type_changes(signals: pd.DataFrame) -> list[tuple[float, str, int]]:
    """Return when a span of a type begins (1) or ends (-1), in the order of time."""
    lasting = signals[signals["start"] < signals["end"]]
    types = lasting["type"].tolist()
    starts = zip(lasting["start"].tolist(), types, itertools.repeat(1))
    ends = zip(lasting["end"].tolist(), types, itertools.repeat(-1))
    return sorted([*starts, *ends], key=lambda change: change[0])


def _types_at_once(present: Counter[str]) -> str:
    names = ", ".join(heapq.nsmallest(MAX_NAMED_TYPES, present))
    more = f" and {len(present) - MAX_NAMED_TYPES} more" if len(present) > MAX_NAMED_TYPES else ""
    return f"{len(present)} types at once: {names}{more}"


def _find_engagement_changes(measured: Measured) -> Iterator[Moment]:
    decided = measured.engagement[measured.engagement["state"] != "neutral"]
    columns = (decided[name].tolist() for name in ("state", "start", "end"))
    for (before, _, left), (after, start, _) in itertools.pairwise(zip(*columns, strict=True)):
        between = max(_round_difference(start - left), 0.0)
        digits = measured.digits["engagement"]
        if {before, after} == {"engaged", "disengaged"} and between <= MAX_NEUTRAL_SECONDS:
            first, last = sorted((left, start))
            how = "directly"
            if round(between, digits):
                how = timecode.format_length(between, digits=digits) + " between"
            reason = f"{before} to {after}, {how}"
            yield Moment(first, last, reason, 2 - between / MAX_NEUTRAL_SECONDS)


class _Window(NamedTuple):
    start: float
    end: float
    no_evidence: bool
    scores: list[float]


def _find_score_swings(measured: Measured) -> Iterator[Moment]:
    """Find neighbouring windows between which scores swing, the widest swing named first."""
    windows = measured.quality
    columns = (windows[name].tolist() for name in ("start", "end", "no_evidence"))
    scores = windows[list(SCORES)].to_numpy().tolist()
    rows = zip(*columns, scores, strict=True)
    for before, after in itertools.pairwise(itertools.starmap(_Window, rows)):
        # A window is missing between two that lie a window apart.
        missing = after.start - before.end >= before.end - before.start
        if before.no_evidence or after.no_evidence or missing:
            continue
        swings = _score_changes(before.scores, after.scores)
        if swings:
            reason = ", ".join(text for _, text in swings)
            score = _times_threshold(swings[0][0], MIN_SWING_POINTS)
            yield Moment(before.start, max(before.end, after.end), reason, score)


def _score_changes(before: list[float], after: list[float]) -> list[tuple[float, str]]:
    """Return the score changes that are wide enough: points and words; the widest first."""
    changes = []
    for name, old, new in zip(SCORES, before, after, strict=True):
        change = _round_difference(new - old)
        if abs(change) >= MIN_SWING_POINTS:
            points = timecode.format_number(change, sign="+")
            turn = f"{timecode.format_number(old)} to {timecode.format_number(new)} ({points})"
            changes.append((abs(change), f"{name.replace('_', ' ')} {turn}"))
    return sorted(changes, key=lambda change: -change[0])


def _find_friction_after_calm(measured: Measured) -> Iterator[Moment]:
    length = measured.duration or 0.0
    calm = min(MIN_CALM_SECONDS, MIN_CALM_SHARE * length) if length > 0 else MIN_CALM_SECONDS
    friction = measured.signals[measured.signals["group"] == "friction"]
    columns = (friction[name].tolist() for name in ("type", "start", "end"))
    until = 0.0
    for name, start, end in zip(*columns, strict=True):
        lasted = _round_difference(start - until)
        if lasted >= calm:
            length_text = timecode.format_length(lasted, digits=measured.digits["signals"])
            reason = f"{name} after {length_text} without friction"
            yield Moment(start, end, reason, _times_threshold(lasted, calm))
        until = max(until, end)


def moment_digits(rule: str, digits: Mapping[str, int]) -> int:
    """Return the decimals of a moment's own times: those of the table that its rule reads."""
    tables = [found.table for found in RULES if found.name == rule]
    return digits.get(tables[0] if tables else "signals", 0)


RULES = (
    Rule(
        "several signals at once",
        f"{MIN_TYPES_AT_ONCE} or more types of signal overlap.",
        "signals",
        _find_several_at_once,
    ),
    Rule(
        "change of engagement",
        "Engaged turns to disengaged or back, directly or within "
        f"{MAX_NEUTRAL_SECONDS:g} seconds of neutral or of no state.",
        "engagement",
        _find_engagement_changes,
    ),
    Rule(
        "swing in a score",
        f"A score changes by {MIN_SWING_POINTS:g} points or more from one window to the next, "
        "where both hold evidence.",
        "quality",
        _find_score_swings,
    ),
    Rule(
        "friction after calm",
        f"A friction signal comes after {MIN_CALM_SECONDS:g} seconds or more without one, "
        f"or after {MIN_CALM_SHARE:.0%} of a recording shorter than "
        f"{MIN_CALM_SECONDS / MIN_CALM_SHARE / 60:g} minutes.",
        "signals",
        _find_friction_after_calm,
    ),
)


def _sort_by_time(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the rows whose times are numbers, each in its order, by where they start."""
    start, end = sent_times(frame)
    ordered = frame.assign(start=start, end=end)
    timed: pd.DataFrame = ordered[np.isfinite(start) & np.isfinite(end)]
    return timed.sort_values("start", kind="stable")


def _round_difference(difference: float) -> float:
    """Return a difference as its decimals say: 65.3 less 50.3 is 15, not a trace below."""
    return round(difference, 6)


def _times_threshold(value: float, threshold: float) -> float:
    return min(value / threshold, MAX_SCORE)
