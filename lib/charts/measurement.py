"""Draw what of a recording is silent, clipped, black or still, from the table MEASUREMENT."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from lib.charts import axes, palette, seams, span_bars

ROW_HEIGHT = 14  # pixels a kind
BAR_THICKNESS = 0.72  # of a row
PATTERNS = {"silent": "/", "clipped": "x", "black": "", "still": "."}  # one colour for all


def measurement(
    frame: pd.DataFrame,
    *,
    duration: float | None,
    title: str,
    digits: int,
    parts: pd.DataFrame | None = None,
) -> go.Figure:
    """Draw each stretch as a bar of its true length, in a row of its kind with its own pattern.

    Only kinds that occur have a row. A stretch too short to see has a diamond at its start.
    `customdata` is the stretch's row in `frame`. The seams of `parts` go over all rows.
    """
    end = axes.axis_end(duration, frame["draw_end"])
    kinds = [kind for kind in PATTERNS if (frame["kind"] == kind).any()]
    layout = axes.layout(title=title, duration=end, digits=digits, plot=len(kinds) * ROW_HEIGHT)
    layout["yaxis"] = axes.value_axis(
        range=[len(kinds) - 0.5, -0.5],
        tickmode="array",
        tickvals=list(range(len(kinds))),
        ticktext=kinds,
    )
    spans = span_bars.prepare_spans(
        frame,
        rows=frame["kind"].map({kind: row for row, kind in enumerate(kinds)}).to_numpy("int64"),
        identity=np.arange(len(frame)),
        digits=digits,
    )
    traces = _traces(spans, frame, span_bars.TOO_SHORT_SHARE * end)
    return axes.figure(traces, seams.add_seams(layout, parts))


def _traces(
    spans: span_bars.SpanColumns, frame: pd.DataFrame, too_short: float
) -> list[dict[str, Any]]:
    traces = []
    for (kind,), rows in span_bars.rows_by_kind(frame, "kind"):
        text = {"name": kind, "hovertemplate": f"{kind}<br>{span_bars.HOVER_TEMPLATE}"}
        look = _bar_look(PATTERNS[kind])
        traces.append(span_bars.bar_trace(spans, rows, width=BAR_THICKNESS, marker=look, **text))
        short = rows[spans.length[rows] < too_short]
        if len(short):
            diamond = {"color": palette.NEUTRAL_COLOR, "symbol": "diamond", "size": 8}
            traces.append(span_bars.diamond_trace(spans, short, marker=diamond, **text))
    return traces


def _bar_look(shape: str) -> dict[str, Any]:
    color = palette.NEUTRAL_COLOR
    line = {"color": color, "width": 1}
    if not shape:
        return {"color": color, "line": line}
    pattern = {"shape": shape, "fgcolor": color, "bgcolor": palette.CLEAR_COLOR, "size": 5}
    return {"color": palette.CLEAR_COLOR, "line": line, "pattern": {**pattern, "solidity": 0.3}}
