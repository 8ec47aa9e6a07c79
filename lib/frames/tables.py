"""The sections of an analysis as tables: model -> DataFrame."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from operator import attrgetter
from types import MappingProxyType

import numpy as np
import pandas as pd
import pyarrow as pa

from lib import timecode
from lib.frames.schema import ENGAGEMENT, NOT_GIVEN, QUALITY, SIGNALS
from lib.model import (
    SCORES,
    Analysis,
    Engagement,
    Flag,
    Quality,
    QualityWindow,
    Signal,
    StitchedSection,
    signal_group,
)
from lib.plain_text import replace_surrogates

_all_scores = attrgetter(*SCORES)
END_SLACK_SECONDS = 0.1  # that containers and the API may differ about a recording's end


def signals(analysis: Analysis, duration: float | None, flags: Iterable[Flag] = ()) -> pd.DataFrame:
    """One row a signal, in the order sent; columns SIGNALS.

    `flags` are those of the stitch and of the recording: each table takes its own. `id` is the
    position as sent (0..n-1), `length` is end - start [s] (negative if sent in the wrong order),
    `rationale` is null and `probability` NOT_GIVEN where none was sent.
    """
    sent = analysis.signals or ()
    columns = zip(*sent, strict=True) if sent else ((),) * len(Signal._fields)
    types, starts, ends, probabilities, rationales, modalities = columns
    groups = {name: signal_group(name) for name in set(types)}
    span = {"start": np.array(starts, dtype="float64"), "end": np.array(ends, dtype="float64")}
    with np.errstate(over="ignore", invalid="ignore"):  # times may be anything a float can hold
        length = span["end"] - span["start"]
    return make_table(
        {
            "id": np.arange(len(sent)),
            "type": text_column(types),
            "group": text_column([groups[name] for name in types]),
            **span,
            "length": length,
            "probability": text_column([level or NOT_GIVEN for level in probabilities]),
            "rationale": text_column(rationales),
            "modality": text_column([", ".join(names) for names in modalities]),
        },
        SIGNALS,
        duration,
        _flags_of("signals", flags),
    )


def engagement(
    analysis: Analysis, duration: float | None, flags: Iterable[Flag] = ()
) -> pd.DataFrame:
    """One row an engagement span, in the order sent; columns ENGAGEMENT."""
    spans = analysis.engagement or ()
    return make_table(
        {
            "state": text_column([span.state for span in spans]),
            "start": np.array([span.start for span in spans], dtype="float64"),
            "end": np.array([span.end for span in spans], dtype="float64"),
        },
        ENGAGEMENT,
        duration,
        _flags_of("engagement", flags),
    )


def quality(analysis: Analysis, duration: float | None, flags: Iterable[Flag] = ()) -> pd.DataFrame:
    """One row a window of the quality timeline, in the order sent; columns QUALITY.

    Scores are 0 to 100 as sent, NaN where one was not sent.
    """
    windows = (analysis.quality or Quality()).timeline or ()
    sent = [_all_scores(window.scores) for window in windows]
    scores = np.array(sent, dtype="float64").reshape(-1, len(SCORES))
    return make_table(
        {
            "start": np.array([window.start for window in windows], dtype="float64"),
            "end": np.array([window.end for window in windows], dtype="float64"),
            **dict(zip(SCORES, scores.T, strict=True)),
            "no_evidence": np.array(
                [window.scores.no_evidence for window in windows], dtype="bool"
            ),
        },
        QUALITY,
        duration,
        _flags_of("timeline", flags),
    )


def time_digits(table: pd.DataFrame) -> int:
    """Return how many decimals the times of a table have, each table its own."""
    return timecode.shown_digits(None, [*table["start"].tolist(), *table["end"].tolist()])


def section_digits(analysis: Analysis) -> dict[str, int]:
    """Return how many decimals the times of signals, engagement and quality may be shown with."""
    sections: dict[str, Sequence[Signal | Engagement | QualityWindow] | None] = {
        "signals": analysis.signals,
        "engagement": analysis.engagement,
        "quality": (analysis.quality or Quality()).timeline,
    }
    return {
        name: timecode.shown_digits(
            analysis.window, [time for span in spans or () for time in (span.start, span.end)]
        )
        for name, spans in sections.items()
    }


def make_table(
    columns: Mapping[str, np.ndarray | pd.api.extensions.ExtensionArray],
    schema: Mapping[str, str],
    duration: float | None,
    known_flags: Mapping[int, str] = MappingProxyType({}),
) -> pd.DataFrame:
    """Put `columns` into a table of `schema`, with where its spans are drawn and what is odd.

    `known_flags` are what is known to be odd already, by the number of the row.
    The columns have the types that the schema says: to cast one, pandas copies the whole table.
    """
    start, end = np.asarray(columns["start"]), np.asarray(columns["end"])
    limits = (0.0, math.inf if duration is None else duration)
    first, last = np.clip(start, *limits), np.clip(end, *limits)
    flags = [""] * len(start)
    odd = ~((start >= 0) & (start <= end) & (end <= limits[1] + END_SLACK_SECONDS))
    for row in np.flatnonzero(odd).tolist():
        flags[row] = _flag_text(float(start[row]), float(end[row]), limits[1])
    for row, text in known_flags.items():
        flags[row] = "; ".join(filter(None, (flags[row], text)))
    table = {
        **columns,
        "draw_start": np.minimum(first, last),
        "draw_end": np.maximum(first, last),
        "flag": text_column(flags),
    }
    return pd.DataFrame({name: table[name] for name in schema}, copy=False)


def _flags_of(section: StitchedSection, flags: Iterable[Flag]) -> dict[int, str]:
    texts: dict[int, str] = {}
    for flag in flags:
        if flag.section == section:
            texts[flag.item] = "; ".join(filter(None, (texts.get(flag.item), flag.text)))
    return texts


def _flag_text(start: float, end: float, limit: float) -> str:
    """Say what is odd about a span of a recording that ends at `limit` [s]."""
    oddities = {
        "starts before 0:00": start < 0,
        "ends before 0:00": end < 0,
        "ends before it starts": end < start,
        "starts after the recording": start > limit + END_SLACK_SECONDS,
        "ends after the recording": end > limit + END_SLACK_SECONDS,
    }
    return "; ".join(words for words, odd in oddities.items() if odd)


def text_column(values: Sequence[str | None]) -> pd.api.extensions.ExtensionArray:
    """Return a column of text. Halves of surrogate pairs, which cannot be written, are replaced."""
    try:
        column = pa.array(values, type=pa.large_string())
    except UnicodeEncodeError:
        plain = [value and replace_surrogates(value) for value in values]
        column = pa.array(plain, type=pa.large_string())
    text: pd.api.extensions.ExtensionArray = pd.array(column, dtype="str")
    return text
