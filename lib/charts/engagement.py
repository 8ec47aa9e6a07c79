"""Draw the engagement chart: one row a state, one bar a span, from the table ENGAGEMENT."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from lib import frames
from lib.charts import axes, palette, seams, span_bars, words
from lib.frames.intervals import number_stretches
from lib.model import ENGAGEMENT_STATES

ROW_HEIGHT = 16  # pixels a state
BAR_THICKNESS = 0.76  # of a row
MAX_FULL_ROWS = 40  # beyond it rows get thinner
TOUCH_DECIMALS = 6  # of a second: what lies closer has no gap between
TOUCH_SECONDS = 10.0**-TOUCH_DECIMALS


def engagement(
    frame: pd.DataFrame,
    *,
    duration: float | None,
    title: str,
    digits: int,
    note: str = "",
    parts: pd.DataFrame | None = None,
) -> go.Figure:
    """Draw each span as a bar of its true length, in a row of its state; none hides another.

    The three known states have a row each, engaged on top, whether they occur or not; unknown
    ones follow, neutral, named as they came. A stretch of one state that is too short to see
    has a diamond at its start. `customdata` of a bar and of a diamond is the span's row in
    `frame`, from 0. The seams of `parts` go over all rows.
    """
    end = axes.axis_end(duration, frame["draw_end"])
    states = list(dict.fromkeys((*ENGAGEMENT_STATES, *frame["state"])))
    # What overlaps by less than a touch only touches: windows are sums of their lengths.
    touching = frame[["draw_start", "draw_end"]].round(TOUCH_DECIMALS)
    subs = frames.lanes(touching.assign(type=frame["state"]))["sub"]
    depth = (subs.groupby(frame["state"]).max() + 1).reindex(states, fill_value=1)
    tops = depth.cumsum() - depth
    count = int(depth.sum())
    rows = min(count, MAX_FULL_ROWS)
    layout = axes.layout(title=title, duration=end, digits=digits, plot=rows * ROW_HEIGHT)
    layout["yaxis"] = axes.value_axis(
        range=[count - 0.5, -0.5],
        tickmode="array",
        tickvals=(tops + (depth - 1) / 2).tolist(),
        ticktext=list(words.cut_labels(states).values()),
    )
    layout["annotations"] = [axes.empty_note(note)] if note and frame.empty else []
    spans = span_bars.prepare_spans(
        frame,
        rows=(frame["state"].map(tops).astype("int64") + subs).to_numpy("int64"),
        identity=np.arange(len(frame)),
        digits=digits,
    )
    short = _stretch_lengths(frame, spans.row) < span_bars.TOO_SHORT_SHARE * end
    return axes.figure(_traces(spans, frame, short), seams.add_seams(layout, parts))


def _traces(
    spans: span_bars.SpanColumns, frame: pd.DataFrame, too_short: span_bars.Column
) -> list[dict[str, Any]]:
    """Return a trace of bars for each state, and one of diamonds for those too short to see."""
    traces = []
    labels = words.cut_labels(frame["state"].unique(), room=words.HOVER_NAME_WIDTH)
    for (state,), rows in span_bars.rows_by_kind(frame, "state"):
        marker = {"color": palette.STATE_COLORS.get(state, palette.NEUTRAL_COLOR)}
        label = labels[state]
        text = {"name": label, "hovertemplate": f"{label}<br>{span_bars.HOVER_TEMPLATE}"}
        traces.append(span_bars.bar_trace(spans, rows, width=BAR_THICKNESS, marker=marker, **text))
        short = rows[too_short[rows]]
        if len(short):
            diamond = {**marker, "symbol": "diamond", "size": 9}
            traces.append(span_bars.diamond_trace(spans, short, marker=diamond, **text))
    return traces


def _stretch_lengths(frame: pd.DataFrame, rows: span_bars.Column) -> span_bars.Column:
    """Return for each span the length [s] of the unbroken stretch in its row of the chart."""
    start, end = frame["draw_start"], frame["draw_end"]
    stretches = number_stretches(start.to_numpy(), end.to_numpy(), rows, touch=TOUCH_SECONDS)
    length = end.groupby(stretches).transform("max") - start.groupby(stretches).transform("min")
    return length.to_numpy()
