"""Split generated signals into V2's windows, and merge them again over the whole file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from random import Random

from lib.model import PROBABILITIES
from lib.sandbox.generator import GeneratedSignal, generate_signal

MIN_OVERLAP_SECONDS = 2.0  # that a signal must share with a window to be reported there
MIN_OVERLAP_SHARE = 0.4  # of the window; the smaller minimum applies

Span = tuple[float, float]


def split_signals(
    seed: str, signals: Sequence[GeneratedSignal], *, spans: Sequence[Span], tracks: Sequence[str]
) -> list[list[GeneratedSignal]]:
    """The signals of each window: one for each type in it, as long as the window.

    Each is generated anew, so a type's probability and rationale change from one to the next.
    """
    random = Random(f"{seed} windows")
    return [
        [
            generate_signal(random, name, start=start, end=end, tracks=tracks)
            for name in _types_within(signals, start, end)
        ]
        for start, end in spans
    ]


def merge_signals(windows: Sequence[Sequence[GeneratedSignal]]) -> list[GeneratedSignal]:
    """One signal for each run of a type through adjacent windows, by start.

    It carries the highest probability of the run and the rationale that goes with it.
    """
    runs: list[list[GeneratedSignal]] = []
    open_runs: dict[str, list[GeneratedSignal]] = {}  # the runs that end in the window before
    for window in windows:
        continued = {signal.type: [*open_runs.pop(signal.type, []), signal] for signal in window}
        runs += open_runs.values()
        open_runs = continued
    runs += open_runs.values()
    spans = [replace(_most_probable(run), start=run[0].start, end=run[-1].end) for run in runs]
    return sorted(spans, key=lambda span: span.start)


def _types_within(signals: Sequence[GeneratedSignal], start: float, end: float) -> list[str]:
    min_overlap = min(MIN_OVERLAP_SECONDS, MIN_OVERLAP_SHARE * (end - start))
    types = [
        signal.type
        for signal in signals
        if min(signal.end, end) - max(signal.start, start) >= min_overlap
    ]
    return list(dict.fromkeys(types))


def _most_probable(run: Sequence[GeneratedSignal]) -> GeneratedSignal:
    ranks = {name: rank for rank, name in enumerate(PROBABILITIES)}
    return min(run, key=lambda signal: ranks.get(str(signal.probability), len(ranks)))
