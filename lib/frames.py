"""Analyses as tables: model -> DataFrame and DataFrame -> DataFrame, all pure. Knows pandas.

Times are seconds from the start of the recording. An empty table has the columns and dtypes of a
full one. Every table keeps the order in which its rows were sent. `start` and `end` stay as sent;
`draw_start` and `draw_end` are the same span clamped into the recording and put in order, and
are for drawing only. `flag` says in plain words what is odd about a row's times, "" when nothing.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from itertools import chain
from typing import Literal

import numpy as np
import pandas as pd

from lib.model import (
    FRICTION,
    SCORES,
    SUPPORTIVE,
    Analysis,
    Engagement,
    Feedback,
    Quality,
    QualityWindow,
    Scores,
    Signal,
)

Order = Literal["type", "first", "count"]
Presence = Literal["present", "nothing found", "not asked for", "not readable"]

UNREAD_AS = {  # what the reader of answers calls the parts of each section
    "signals": {"signals", "windows", "window_signals"},
    "engagement": {"engagement", "windows"},
    "overall": {"quality", "quality_overall", "scores"},
    "timeline": {"quality", "quality_timeline"},
    "feedback": {"feedback"},
}
SLACK = 0.1  # seconds that containers and the API may differ about a recording's end
GROUPS = ("supportive", "friction", "other")  # from the top of the chart down
NOT_GIVEN = "not given"

SPAN = {"start": "float64", "end": "float64"}
DRAWN = {"draw_start": "float64", "draw_end": "float64", "flag": "str"}
SIGNALS = {
    "id": "int64",
    "type": "str",
    "group": "str",
    **SPAN,
    "length": "float64",
    "probability": "str",
    "rationale": "str",
    "modality": "str",
    **DRAWN,
}
LANES = {**SIGNALS, "lane": "int64", "sub": "int64"}
ENGAGEMENT = {"state": "str", **SPAN, **DRAWN}
QUALITY = {**SPAN, **dict.fromkeys(SCORES, "float64"), "no_evidence": "bool", **DRAWN}
OVERALL = {"score": "str", "value": "float64", "band": "str", "reading": "str"}

BANDS = ((80.0, "Excellent"), (65.0, "Good"), (50.0, "Moderate"), (30.0, "Below average"))
LOWEST_BAND = "Weak"
READINGS = {
    "quality_index": "all five together, as sent",
    "clarity": "easy to follow",
    "authority": "decisive, credible",
    "energy": "vital, present, responsive",
    "rapport": "warm, respectful",
    "learning": "curious, open",
}


def signals(analysis: Analysis, duration: float | None) -> pd.DataFrame:
    """One row a signal, in the order sent; columns SIGNALS.

    `id` is the position as sent (0..n-1), `length` is end - start [s] (negative if sent in the
    wrong order), `rationale` is null and `probability` NOT_GIVEN where none was sent.
    """
    found = analysis.signals or ()
    columns = zip(*found, strict=True) if found else ((),) * len(Signal._fields)
    types, starts, ends, probabilities, rationales, modalities = columns
    groups = {name: group(name) for name in set(types)}
    joined = {several: ", ".join(several) for several in set(modalities)}
    span = {"start": np.array(starts, dtype="float64"), "end": np.array(ends, dtype="float64")}
    return _table(
        {
            "id": np.arange(len(found)),
            "type": _texts(types),
            "group": _texts([groups[name] for name in types]),
            **span,
            "length": span["end"] - span["start"],
            "probability": _texts([level or NOT_GIVEN for level in probabilities]),
            "rationale": _texts(rationales),
            "modality": _texts([joined[several] for several in modalities]),
        },
        SIGNALS,
        duration,
    )


def engagement(analysis: Analysis, duration: float | None) -> pd.DataFrame:
    """One row an engagement span, in the order sent; columns ENGAGEMENT."""
    found = analysis.engagement or ()
    return _table(
        {
            "state": _texts([one.state for one in found]),
            "start": np.array([one.start for one in found], dtype="float64"),
            "end": np.array([one.end for one in found], dtype="float64"),
        },
        ENGAGEMENT,
        duration,
    )


def quality(analysis: Analysis, duration: float | None) -> pd.DataFrame:
    """One row a window of the quality timeline, in the order sent; columns QUALITY.

    Scores are 0 to 100 as sent, NaN where one was not sent.
    """
    found = (analysis.quality or Quality()).timeline or ()
    return _table(
        {
            "start": np.array([one.start for one in found], dtype="float64"),
            "end": np.array([one.end for one in found], dtype="float64"),
            **{
                name: np.array([getattr(one.scores, name) for one in found], dtype="float64")
                for name in SCORES
            },
            "no_evidence": np.array([one.scores.no_evidence for one in found], dtype="bool"),
        },
        QUALITY,
        duration,
    )


def overall(analysis: Analysis) -> pd.DataFrame:
    """One row a score of the whole recording, in the order of SCORES; columns OVERALL.

    Empty when the scores were not asked for. `band` is the API's name for the range (its lower
    bound belongs to it), "No evidence" for all when every score is exactly 50, "Not sent".
    """
    scores = (analysis.quality or Quality()).overall
    rows = [] if scores is None else [_overall_row(scores, name) for name in SCORES]
    return pd.DataFrame(rows, columns=list(OVERALL)).astype(OVERALL)


def filtered(
    signals: pd.DataFrame, *, types: Collection[str] = (), probabilities: Collection[str] = ()
) -> pd.DataFrame:
    """Return the rows of `types` and `probabilities`; an empty collection filters nothing."""
    keep = pd.Series(data=True, index=signals.index)
    if types:
        keep &= signals["type"].isin(list(types))
    if probabilities:
        keep &= signals["probability"].isin(list(probabilities))
    return signals[keep]


def lanes(signals: pd.DataFrame, *, order: Order = "type") -> pd.DataFrame:
    """Return the same rows with `lane` (0 at the top, one a type) and `sub` (0 at its top).

    Spans of one type that overlap never share a sub-lane; spans that only touch may. Groups
    stand in the order of GROUPS; within one, types stand by name, by their first appearance
    ("first"), or with the most frequent first ("count").
    """
    place = {name: lane for lane, name in enumerate(_in_order(signals, order))}
    kinds, starts, ends = (signals[key].tolist() for key in ("type", "draw_start", "draw_end"))
    return signals.assign(
        lane=pd.Series([place[kind] for kind in kinds], signals.index, dtype="int64"),
        sub=pd.Series(_packed(kinds, starts, ends), signals.index, dtype="int64"),
    )


def length(analysis: Analysis, recording_duration: float | None) -> float | None:
    """Return where the time axis ends [s].

    The recording's length if known, else the analysis', else the last time seen; None without any.
    """
    for known in (recording_duration, analysis.duration):
        if known is not None and math.isfinite(known) and known > 0:
            return known
    timeline = (analysis.quality or Quality()).timeline
    spans: Iterable[Signal | Engagement | QualityWindow] = chain(
        analysis.signals or (), analysis.engagement or (), timeline or ()
    )
    times = (time for span in spans for time in (span.start, span.end))
    last = max((time for time in times if math.isfinite(time)), default=0.0)
    return last if last > 0 else None


def sections(analysis: Analysis) -> dict[str, Presence]:
    """Return what there is of signals, engagement, overall, timeline and feedback.

    A section that was sent, and of which nothing could be read, is "not readable".
    """
    quality = analysis.quality or Quality()
    found: dict[str, Presence] = {
        "signals": _presence(analysis.signals),
        "engagement": _presence(analysis.engagement),
        "overall": _presence(quality.overall),
        "timeline": _presence(quality.timeline),
        "feedback": _presence(analysis.feedback),
    }
    lost = {one.section for one in analysis.unread}
    return {
        name: "not readable" if said != "present" and lost & UNREAD_AS[name] else said
        for name, said in found.items()
    }


def group(name: str) -> str:
    """Return which of GROUPS the signal type `name` belongs to; "other" for an unknown one."""
    if name in SUPPORTIVE:
        return "supportive"
    return "friction" if name in FRICTION else "other"


def band(value: float | None) -> str:
    """Return the API's name for the range in which a score lies, or why it has none."""
    if value is None or math.isnan(value):
        return "Not sent"
    if not 0 <= value <= 100:  # noqa: PLR2004  the scale itself
        return "Outside 0 to 100"
    return next((name for lower, name in BANDS if value >= lower), LOWEST_BAND)


def _table(
    columns: Mapping[str, np.ndarray | pd.api.extensions.ExtensionArray],
    schema: Mapping[str, str],
    duration: float | None,
) -> pd.DataFrame:
    """Put `columns` into a table of `schema`, with where its spans are drawn and what is odd."""
    start, end = np.asarray(columns["start"]), np.asarray(columns["end"])
    limits = (0.0, math.inf if duration is None else duration)
    first, last = np.clip(start, *limits), np.clip(end, *limits)
    flags = [""] * len(start)
    odd = ~((start >= 0) & (start <= end) & (end <= limits[1] + SLACK))
    for row in np.flatnonzero(odd).tolist():
        flags[row] = _flag(float(start[row]), float(end[row]), limits[1])
    drawn = {
        "draw_start": np.minimum(first, last),
        "draw_end": np.maximum(first, last),
        "flag": _texts(flags),
    }
    frame = pd.DataFrame({**columns, **drawn}, columns=list(schema), copy=False)
    return frame.astype({name: kind for name, kind in schema.items() if frame[name].dtype != kind})


def _flag(start: float, end: float, limit: float) -> str:
    """Say what is odd about a span of a recording that ends at `limit` [s]."""
    oddities = {
        "starts before 0:00": start < 0,
        "ends before 0:00": end < 0,
        "ends before it starts": end < start,
        "starts after the recording": start > limit + SLACK,
        "ends after the recording": end > limit + SLACK,
    }
    return "; ".join(words for words, odd in oddities.items() if odd)


def _overall_row(scores: Scores, name: str) -> tuple[str, float | None, str, str]:
    value = getattr(scores, name)
    return name, value, "No evidence" if scores.no_evidence else band(value), READINGS[name]


def _in_order(signals: pd.DataFrame, order: Order) -> list[str]:
    """Return the types in the order of their lanes."""
    rank: dict[Hashable, float] = {}
    if order == "first":
        rank = signals.groupby("type")["draw_start"].min().to_dict()
    elif order == "count":
        rank = {name: -count for name, count in signals["type"].value_counts().items()}
    names = signals["type"].unique().tolist()
    return sorted(names, key=lambda name: (GROUPS.index(group(name)), rank.get(name, 0), name))


def _packed(kinds: list[str], starts: list[float], ends: list[float]) -> list[int]:
    """Return each span's sub-lane: the topmost of its kind that is free when it starts."""
    busy: dict[str, list[tuple[float, int]]] = {kind: [] for kind in kinds}  # (free from, sub)
    free: dict[str, list[int]] = {kind: [] for kind in kinds}
    subs = [0] * len(kinds)
    for row in sorted(range(len(kinds)), key=lambda row: (starts[row], -ends[row])):
        taken, left, start = busy[kinds[row]], free[kinds[row]], starts[row]
        while taken and taken[0][0] <= start:
            heapq.heappush(left, heapq.heappop(taken)[1])
        subs[row] = heapq.heappop(left) if left else len(taken)
        # A span without length still takes its instant, or two of them would hide each other.
        until = max(ends[row], math.nextafter(start, math.inf))
        heapq.heappush(taken, (until, subs[row]))
    return subs


def _presence(section: Collection[object] | Scores | Feedback | None) -> Presence:
    if section is None:
        return "not asked for"
    if isinstance(section, Scores):
        filled = any(getattr(section, name) is not None for name in SCORES)
    elif isinstance(section, Feedback):
        filled = bool(section.message)
    else:
        filled = bool(section)
    return "present" if filled else "nothing found"


def _texts(values: Sequence[str | None]) -> pd.api.extensions.ExtensionArray:
    """Return a column of text. Halves of surrogate pairs, which cannot be written, are replaced."""
    try:
        return pd.array(values, dtype="str")
    except UnicodeEncodeError:
        plain = [text and text.encode("utf-8", "replace").decode("utf-8") for text in values]
        return pd.array(plain, dtype="str")
