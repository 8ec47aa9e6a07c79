"""Traces for charts of spans: bars of true length, and diamonds on those too short to see.

Knows plotly's properties, and these columns: start, end, draw_start, draw_end [s] and flag.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from lib import timecode
from lib.charts import words

TOO_SHORT_SHARE = 0.001  # of the duration: a bar hardly a pixel wide, even on a large screen
HOVER_TEMPLATE = "%{hovertext}<extra></extra>"

Column = npt.NDArray[Any]
RowsByKind = list[tuple[tuple[str, ...], Column]]


@dataclass(frozen=True, slots=True)
class SpanColumns:
    """Spans ready to be drawn, as columns of the fewest bytes that draw them right.

    `start` and `length` are in seconds, `row` is the height on the axis, `identity` what a click
    sends, `hovertext` the times as sent, "0:12.0-0:18.5", with what is odd about them below. Its
    plain hyphen is one byte; a dash would be six in JSON, for each span.
    """

    start: Column
    length: Column
    row: Column
    identity: Column
    hovertext: Column


def prepare_spans(
    frame: pd.DataFrame, *, rows: Column, identity: Column, digits: int
) -> SpanColumns:
    """Return the spans of a table, each in its row of the chart."""
    start = frame["draw_start"].to_numpy()
    times = zip(frame["start"].tolist(), frame["end"].tolist(), strict=True)
    text = timecode.format_time
    hover_texts = [
        f"{text(first, digits=digits)}-{text(last, digits=digits)}" for first, last in times
    ]
    if frame["flag"].ne("").any():
        hover_texts = list(map(words.append_flag, hover_texts, frame["flag"]))
    return SpanColumns(
        start=start.astype("float32"),
        length=(frame["draw_end"].to_numpy() - start).astype("float32"),
        row=smallest_type(rows),
        identity=smallest_type(identity),
        hovertext=np.array(hover_texts),
    )


def rows_by_kind(frame: pd.DataFrame, *columns: str) -> RowsByKind:
    """Return for each combination of values in text `columns` the numbers of its rows, from 0."""
    indices = frame.groupby(list(columns)).indices
    return [
        (tuple(map(str, key)) if isinstance(key, tuple) else (str(key),), np.asarray(rows))
        for key, rows in indices.items()
    ]


def bar_trace(spans: SpanColumns, rows: Column, **look: Any) -> dict[str, Any]:  # noqa: ANN401  plotly's own
    """Return a trace of bars, from the drawn start to the drawn end of each span."""
    return {
        "type": "bar",
        "orientation": "h",
        "base": spans.start[rows],
        "x": spans.length[rows],
        **_point_columns(spans, rows),
        **look,
    }


def diamond_trace(spans: SpanColumns, rows: Column, **look: Any) -> dict[str, Any]:  # noqa: ANN401  the same
    """Return a trace of diamonds, at the start of each span: the time a click on it leads to."""
    return {
        "type": "scatter",
        "mode": "markers",
        "x": spans.start[rows],
        "cliponaxis": False,  # one at 0 is drawn whole
        **_point_columns(spans, rows),
        **look,
    }


def _point_columns(spans: SpanColumns, rows: Column) -> dict[str, Any]:
    return {
        "y": spans.row[rows],
        "customdata": spans.identity[rows],
        "hovertext": spans.hovertext[rows],
    }


def smallest_type(counts: Column) -> Column:
    """Return the counts, of 0 or more, in the type of the fewest bytes that holds them all."""
    return counts.astype(np.min_scalar_type(int(counts.max(initial=0))))
