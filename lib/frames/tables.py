"""The sections of an analysis as tables: model -> DataFrame."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from lib.frames.schema import ENGAGEMENT, NOT_GIVEN, QUALITY, SIGNALS
from lib.model import SCORES, Analysis, Quality, Signal, signal_group
from lib.plain_text import whole

SLACK = 0.1  # seconds that containers and the API may differ about a recording's end


def signals(analysis: Analysis, duration: float | None) -> pd.DataFrame:
    """One row a signal, in the order sent; columns SIGNALS.

    `id` is the position as sent (0..n-1), `length` is end - start [s] (negative if sent in the
    wrong order), `rationale` is null and `probability` NOT_GIVEN where none was sent.
    """
    found = analysis.signals or ()
    columns = zip(*found, strict=True) if found else ((),) * len(Signal._fields)
    types, starts, ends, probabilities, rationales, modalities = columns
    groups = {name: signal_group(name) for name in set(types)}
    joined = {several: ", ".join(several) for several in set(modalities)}
    span = {"start": np.array(starts, dtype="float64"), "end": np.array(ends, dtype="float64")}
    with np.errstate(over="ignore", invalid="ignore"):  # times may be anything a float can hold
        length = span["end"] - span["start"]
    return table(
        {
            "id": np.arange(len(found)),
            "type": texts(types),
            "group": texts([groups[name] for name in types]),
            **span,
            "length": length,
            "probability": texts([level or NOT_GIVEN for level in probabilities]),
            "rationale": texts(rationales),
            "modality": texts([joined[several] for several in modalities]),
        },
        SIGNALS,
        duration,
    )


def engagement(analysis: Analysis, duration: float | None) -> pd.DataFrame:
    """One row an engagement span, in the order sent; columns ENGAGEMENT."""
    found = analysis.engagement or ()
    return table(
        {
            "state": texts([one.state for one in found]),
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
    return table(
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


def table(
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
        "flag": texts(flags),
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


def texts(values: Sequence[str | None]) -> pd.api.extensions.ExtensionArray:
    """Return a column of text. Halves of surrogate pairs, which cannot be written, are replaced."""
    try:
        return pd.array(values, dtype="str")
    except UnicodeEncodeError:
        plain = [text and whole(text) for text in values]
        return pd.array(plain, dtype="str")
