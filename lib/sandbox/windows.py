"""Moments cut into V2's windows, and merged again over the whole file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from random import Random

from lib.model import PROBABILITIES
from lib.sandbox.generator import GeneratedSpan, moment

ENOUGH = 2.0  # seconds a moment must reach into a window to be seen there
ENOUGH_SHARE = 0.4  # of the window, where that is less

Span = tuple[float, float]


def cut(
    seed: str, moments: Sequence[GeneratedSpan], *, spans: Sequence[Span], tracks: Sequence[str]
) -> list[list[GeneratedSpan]]:
    """For each window the types seen in it, one moment a type, as long as the window.

    Each window is judged anew, so a type's probability and rationale change from one to the next.
    """
    random = Random(f"{seed} windows")
    return [
        [
            moment(random, name, start=start, end=end, tracks=tracks)
            for name in _types_within(moments, start, end)
        ]
        for start, end in spans
    ]


def merged(windows: Sequence[Sequence[GeneratedSpan]]) -> list[GeneratedSpan]:
    """One moment for each run of a type through adjacent windows, by start.

    It carries the highest probability of the run and the rationale that goes with it.
    """
    runs: list[list[GeneratedSpan]] = []
    reaching: dict[str, list[GeneratedSpan]] = {}  # the runs that end in the window before
    for window in windows:
        continued = {one.type: [*reaching.pop(one.type, []), one] for one in window}
        runs += reaching.values()
        reaching = continued
    runs += reaching.values()
    spans = [replace(_strongest(run), start=run[0].start, end=run[-1].end) for run in runs]
    return sorted(spans, key=lambda one: one.start)


def _types_within(moments: Sequence[GeneratedSpan], start: float, end: float) -> list[str]:
    enough = min(ENOUGH, ENOUGH_SHARE * (end - start))
    reach = [one for one in moments if min(one.end, end) - max(one.start, start) >= enough]
    return list(dict.fromkeys(one.type for one in reach))


def _strongest(run: Sequence[GeneratedSpan]) -> GeneratedSpan:
    ranks = {name: rank for rank, name in enumerate(PROBABILITIES)}
    return min(run, key=lambda one: ranks.get(str(one.probability), len(ranks)))
