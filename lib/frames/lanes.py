"""Lanes of the signal chart: one lane a type, overlapping spans packed into sub-lanes."""

from __future__ import annotations

import heapq
import math
from collections.abc import Hashable
from typing import Literal

import pandas as pd

from lib.model import SIGNAL_GROUPS, signal_group

MAX_LANES = 20  # of more types, states or speakers the most frequent are drawn
MAX_DRAWN_SPANS = 5_000  # a browser takes seconds for more bars
Order = Literal["type", "first", "time"]


def lanes(signals: pd.DataFrame, *, order: Order = "type") -> pd.DataFrame:
    """Return the same rows with `lane` (0 at the top, one a type) and `sub` (0 at its top).

    Spans of one type that overlap never share a sub-lane; spans that only touch may. Groups
    stand in the order of SIGNAL_GROUPS; within one, types stand by name, by their first appearance
    ("first"), or with the longest total time first ("time").
    """
    lane_of_type = {name: lane for lane, name in enumerate(_sorted_types(signals, order))}
    kinds, starts, ends = (signals[key].tolist() for key in ("type", "draw_start", "draw_end"))
    return signals.assign(
        lane=pd.Series([lane_of_type[kind] for kind in kinds], signals.index, dtype="int64"),
        sub=pd.Series(_pack_spans(kinds, starts, ends), signals.index, dtype="int64"),
    )


def drawn_spans(spans: pd.DataFrame, *, kind: str = "") -> pd.DataFrame:
    """The rows that a chart can draw, in their order: of the most frequent kinds, the first spans.

    `kind` is the column that has a row of the chart for each of its values; without one the first
    spans are drawn. All of them where there are no more than MAX_LANES and MAX_DRAWN_SPANS.
    """
    drawn = spans
    if kind and spans[kind].nunique() > MAX_LANES:
        drawn = spans[spans[kind].isin(_kind_counts(spans, kind).index[:MAX_LANES])]
    if len(drawn) > MAX_DRAWN_SPANS:
        first = drawn["draw_start"].sort_values(kind="stable").index[:MAX_DRAWN_SPANS]
        drawn = drawn[drawn.index.isin(first)]
    return drawn


def type_counts(signals: pd.DataFrame) -> pd.DataFrame:
    """One row a type, the most frequent first: `type`, `spans` (how many), `first` (seconds)."""
    grouped = signals.groupby("type", sort=True)["start"]
    counts = pd.DataFrame({"spans": grouped.size(), "first": grouped.min()}).reset_index()
    return counts.sort_values("spans", ascending=False, kind="stable", ignore_index=True)


def _kind_counts(spans: pd.DataFrame, kind: str) -> pd.Series[int]:
    """Return how many spans each kind has, the most frequent first, then by name."""
    counts = spans.groupby(kind, sort=True).size()
    return counts.sort_values(ascending=False, kind="stable")


def _sorted_types(signals: pd.DataFrame, order: Order) -> list[str]:
    """Return the types in the order of their lanes."""
    rank: dict[Hashable, float] = {}
    if order == "first":
        rank = signals.groupby("type")["draw_start"].min().to_dict()
    elif order == "time":
        total = (signals["draw_end"] - signals["draw_start"]).groupby(signals["type"]).sum()
        rank = {name: -seconds for name, seconds in total.items()}
    names = signals["type"].unique().tolist()
    return sorted(
        names, key=lambda name: (SIGNAL_GROUPS.index(signal_group(name)), rank.get(name, 0), name)
    )


def _pack_spans(kinds: list[str], starts: list[float], ends: list[float]) -> list[int]:
    """Return each span's sub-lane: the topmost of its kind that is free when it starts."""
    busy: dict[str, list[tuple[float, int]]] = {kind: [] for kind in kinds}  # (free from, sub)
    free: dict[str, list[int]] = {kind: [] for kind in kinds}
    subs = [0] * len(kinds)
    for row in sorted(range(len(kinds)), key=lambda row: (starts[row], -ends[row])):
        busy_subs, free_subs, start = busy[kinds[row]], free[kinds[row]], starts[row]
        while busy_subs and busy_subs[0][0] <= start:
            heapq.heappush(free_subs, heapq.heappop(busy_subs)[1])
        subs[row] = heapq.heappop(free_subs) if free_subs else len(busy_subs)
        # A span without length still takes its instant, or two of them would hide each other.
        until = max(ends[row], math.nextafter(start, math.inf))
        heapq.heappush(busy_subs, (until, subs[row]))
    return subs
