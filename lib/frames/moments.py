"""Moments worth a look: where signals, engagement or scores meet one of four rules.

A moment says what was seen there, never what it means. Its score is how many times over the
threshold of its rule it lies, at most MAX_SCORE, so that moments of different rules can be ranked.
Probabilities play no part: they are not numbers.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

import numpy as np
import pandas as pd

from lib import timecode
from lib.frames.intervals import number_stretches, sent_times
from lib.frames.schema import MOMENTS
from lib.model import SCORES

MIN_TYPES_AT_ONCE = 3
TURNING_STATES = ("engaged", "disengaged")
MAX_NEUTRAL_SECONDS = 10.0  # between engaged and disengaged that still make one change
MIN_SWING_POINTS = 15.0  # of a score
MIN_CALM_SECONDS = 60.0  # without friction
MIN_CALM_SHARE = 0.2  # of a recording so short that this is less

MAX_SCORE = 3.0  # a score goes no higher, or one long calm would rank above all else
MAX_MOMENTS = 50
MAX_NAMED_TYPES = 6  # in a reason


class Moment(NamedTuple):
    """Where a rule is met [s], how many times over its threshold, and a call that says why.

    Only the first MAX_MOMENTS of all rules need their reason in words.
    """

    start: float
    end: float
    score: float
    explain: Callable[[], str]


@dataclass(frozen=True, slots=True)
class Measured:
    """What rules read: spans in the order of their times, and how the recording counts time."""

    signals: pd.DataFrame
    engagement: pd.DataFrame
    quality: pd.DataFrame
    duration: float | None
    digits: Mapping[str, int]
    gaps: tuple[tuple[float, float], ...]  # where nothing was measured, in the order of time


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule by its name, what it looks for in one sentence, in which table, and how.

    Where it is met thousands of times, `find` may leave out what cannot be among the MAX_MOMENTS.
    """

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
    gaps: Iterable[tuple[float, float]] = (),
) -> pd.DataFrame:
    """One row a moment, the highest score first, then by time; columns MOMENTS.

    There are at most MAX_MOMENTS. `duration` is the recording's [s], None when unknown; `digits`
    are the decimals that a time of each table may have. In `gaps` [s] nothing was measured, so
    they are not calm. A span whose time is no number is left out;
    one past the recording's end counts as sent.
    """
    measured = Measured(
        _sort_by_time(signals),
        _sort_by_time(engagement),
        _sort_by_time(quality),
        duration,
        digits,
        tuple(sorted(gaps)),
    )
    named = [(moment, rule.name) for rule in RULES for moment in rule.find(measured)]
    ranked = heapq.nsmallest(MAX_MOMENTS, named, key=lambda pair: (-pair[0].score, pair[0].start))
    rows = [
        (moment.start, moment.end, rule, moment.explain(), moment.score) for moment, rule in ranked
    ]
    return pd.DataFrame(rows, columns=list(MOMENTS)).astype(MOMENTS)


def _find_several_at_once(measured: Measured) -> Iterator[Moment]:
    """Find the stretches in which MIN_TYPES_AT_ONCE types or more overlap, with all their types.

    When a type ends, and one has begun since the last ended, the number of types was at its local
    peak: that stretch is the moment. The types that go on are a part of it, and no moment of
    their own.
    """
    types, begins, ends = _type_stretches(measured.signals)
    starts, stops = np.sort(begins), np.sort(ends)
    last = np.unique(ends)
    previous = np.append(-np.inf, last[:-1])  # when a type ended before
    started = np.searchsorted(starts, last, "left")  # how many types had by then
    count = started - np.searchsorted(stops, last, "left")
    first = np.append(-np.inf, starts)[started]
    score = np.minimum(count / MIN_TYPES_AT_ONCE, MAX_SCORE)
    peaks = np.flatnonzero((first >= previous) & (count >= MIN_TYPES_AT_ONCE))
    for place in _best(peaks, score, first):
        until = float(last[place])
        explain = partial(_types_at_once, types, (begins < until) & (until <= ends))
        yield Moment(float(first[place]), until, float(score[place]), explain)


def _type_stretches(signals: pd.DataFrame) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the types and where each begins and ends [s]; spans of one that touch are one."""
    lasting = signals[signals["start"] < signals["end"]]
    types, start, end = (lasting[name].to_numpy() for name in ("type", "start", "end"))
    stretch = number_stretches(start, end, pd.factorize(types)[0])
    first_rows = np.unique(stretch, return_index=True)[1]
    times = pd.DataFrame({"start": start, "end": end}).groupby(stretch)
    return types[first_rows], times["start"].min().to_numpy(), times["end"].max().to_numpy()


def _types_at_once(types: np.ndarray, present: np.ndarray) -> str:
    count = int(present.sum())
    names = heapq.nsmallest(MAX_NAMED_TYPES, types[present].tolist())
    more = f" and {count - len(names)} more" if count > len(names) else ""
    return f"{count} types at once: {', '.join(names)}{more}"


def _best(places: np.ndarray, score: np.ndarray, start: np.ndarray) -> list[int]:
    """Return which of these places can be listed, in the order of the list."""
    order = np.lexsort((start[places], -score[places]))
    best: list[int] = places[order][:MAX_MOMENTS].tolist()
    return best


def _find_engagement_changes(measured: Measured) -> Iterator[Moment]:
    decided = measured.engagement[measured.engagement["state"] != "neutral"]
    states, starts, ends = (decided[name].tolist() for name in ("state", "start", "end"))
    engaged, disengaged = (decided["state"].eq(name).to_numpy() for name in TURNING_STATES)
    turns = (engaged[:-1] & disengaged[1:]) | (disengaged[:-1] & engaged[1:])
    digits = measured.digits["engagement"]
    for place in np.flatnonzero(turns).tolist():
        before, after = states[place : place + 2]
        left, start = ends[place], starts[place + 1]
        between = max(_round_difference(start - left), 0.0)
        if between <= MAX_NEUTRAL_SECONDS:
            first, last = sorted((left, start))
            explain = partial(_engagement_change, before, after, between, digits)
            yield Moment(first, last, 2 - between / MAX_NEUTRAL_SECONDS, explain)


def _engagement_change(before: str, after: str, between: float, digits: int) -> str:
    how = "directly"
    if round(between, digits):
        how = timecode.format_length(between, digits=digits) + " between"
    return f"{before} to {after}, {how}"


def _find_score_swings(measured: Measured) -> Iterator[Moment]:
    """Find neighboring windows between which scores swing, the widest swing named first."""
    windows = measured.quality
    start, end, silent = (windows[name].to_numpy() for name in ("start", "end", "no_evidence"))
    scores = windows[list(SCORES)].to_numpy("float64")
    with np.errstate(over="ignore", invalid="ignore"):  # anything a float can hold
        widest = np.nan_to_num(np.abs(np.diff(scores, axis=0)).round(6)).max(axis=1, initial=0.0)
        # A window is missing between two that lie a window apart.
        missing = start[1:] - end[:-1] >= end[:-1] - start[:-1]
    swings = (widest >= MIN_SWING_POINTS) & ~missing & ~silent[1:] & ~silent[:-1]
    score = np.minimum(widest / MIN_SWING_POINTS, MAX_SCORE)
    for place in _best(np.flatnonzero(swings), score, start):
        last = max(float(end[place]), float(end[place + 1]))
        explain = partial(_score_changes, *scores[place : place + 2].tolist())
        yield Moment(float(start[place]), last, float(score[place]), explain)


def _score_changes(before: list[float], after: list[float]) -> str:
    """Say which scores change by enough, from what to what, the widest change first."""
    changes = []
    for name, old, new in zip(SCORES, before, after, strict=True):
        change = _round_difference(new - old)
        if abs(change) >= MIN_SWING_POINTS:
            points = timecode.format_number(change, sign="+")
            turn = f"{timecode.format_number(old)} to {timecode.format_number(new)} ({points})"
            changes.append((abs(change), f"{name.replace('_', ' ')} {turn}"))
    return ", ".join(text for _, text in sorted(changes, key=lambda change: -change[0]))


def _find_friction_after_calm(measured: Measured) -> Iterator[Moment]:
    length = measured.duration or 0.0
    calm = min(MIN_CALM_SECONDS, MIN_CALM_SHARE * length) if length > 0 else MIN_CALM_SECONDS
    friction = measured.signals[measured.signals["group"] == "friction"]
    columns = (friction[name].tolist() for name in ("type", "start", "end"))
    until = 0.0
    for name, start, end in zip(*columns, strict=True):
        until = max([until, *(last for first, last in measured.gaps if first < start)])
        lasted = _round_difference(start - until)
        if lasted >= calm:
            explain = partial(_friction_after, name, lasted, measured.digits["signals"])
            yield Moment(start, end, _times_threshold(lasted, calm), explain)
        until = max(until, end)


def _friction_after(name: str, lasted: float, digits: int) -> str:
    return f"{name} after {timecode.format_length(lasted, digits=digits)} without friction"


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
