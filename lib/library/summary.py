"""Summary columns: what lists show of an analysis, so that no list reads an answer."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Iterable
from typing import Any

from lib.model import Analysis, Engagement, Quality, QualityWindow
from lib.plain_text import short_labels

MAX_TYPES = 40  # of a session, the most frequent ones
MAX_TYPE_CHARACTERS = 80
MAX_WINDOWS = 40


def summary_columns(analysis: Analysis) -> dict[str, Any]:
    """The summary columns of an analysis, by their names.

    `signals` how many; `types` how many of each, as JSON, the most frequent first; `engaged` the
    share of the time with an engagement state that is engaged [0 to 1]; `quality` the overall
    quality index as sent, and `no_evidence` whether all overall scores that were sent are 50;
    `windows` the quality index of at most MAX_WINDOWS windows, in the order of time, evenly taken
    and as sent, null where there is no evidence, as JSON. Each is None where it was not asked for
    or not sent.
    """
    signals, quality = analysis.signals, analysis.quality or Quality()
    overall = quality.overall
    return {
        "signals": None if signals is None else len(signals),
        "types": None if signals is None else _count_types(signal.type for signal in signals),
        "engaged": None if analysis.engagement is None else _engaged_share(analysis.engagement),
        "quality": overall and overall.quality_index,
        "no_evidence": bool(overall and overall.no_evidence),
        "windows": None if quality.timeline is None else _sample_windows(quality.timeline),
    }


def _count_types(names: Iterable[str]) -> str:
    most = dict(Counter(names).most_common(MAX_TYPES))
    labels = short_labels({name: name for name in most}, room=MAX_TYPE_CHARACTERS)
    return json.dumps({labels[name]: count for name, count in most.items()})


def _engaged_share(spans: tuple[Engagement, ...]) -> float | None:
    total = _covered_seconds(spans)
    engaged = _covered_seconds(span for span in spans if span.state == "engaged")
    return engaged / total if total else None


def _covered_seconds(spans: Iterable[Engagement]) -> float:
    """How many seconds any of the spans covers; time that two share counts once."""
    times = [sorted((span.start, span.end)) for span in spans]
    covered, last_end = 0.0, -math.inf
    for start, end in sorted(pair for pair in times if all(map(math.isfinite, pair))):
        covered += max(0.0, end - max(start, last_end))
        last_end = max(last_end, end)
    return covered if math.isfinite(covered) else 0.0


def _sample_windows(timeline: tuple[QualityWindow, ...]) -> str:
    ordered = sorted(timeline, key=lambda window: sorted((window.start, window.end)))
    count = min(len(ordered), MAX_WINDOWS)
    sampled = (ordered[index * len(ordered) // count].scores for index in range(count))
    return json.dumps([None if scores.no_evidence else scores.quality_index for scores in sampled])
