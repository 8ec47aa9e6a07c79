"""Draw the lanes of codes: a row for each coder and code, from the table CODED."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from lib import frames
from lib.charts import axes, palette, seams, span_bars, words

ROW_HEIGHT = 18  # pixels
BAR_THICKNESS = 0.72  # of a row
FILL_OPACITY = 0.62


def codes(
    frame: pd.DataFrame,
    *,
    duration: float | None,
    title: str,
    digits: int,
    parts: pd.DataFrame | None = None,
) -> go.Figure:
    """Draw each coded span as a bar of its true length, in the row of its coder and code.

    Coders stand by name, and the codes of each. Spans of one row that overlap stand in rows of
    their own. One too short to see, and a point, has a diamond at its start. `customdata` is the
    span's row in `frame`. The seams of `parts` go over all rows.
    """
    end = axes.axis_end(duration, frame["draw_end"])
    names = list(zip(frame["coder"], frame["code"], strict=True))
    kinds = sorted(set(names))
    texts = {kind: _name(*kind, alone=len({who for who, _ in kinds}) == 1) for kind in kinds}
    packed = frames.lanes(frame.assign(type=[str(kinds.index(name)) for name in names]))
    place = np.array([kinds.index(name) for name in names], dtype="int64")
    sub = packed["sub"].to_numpy("int64")
    rows = range(len(kinds))
    depth = np.array([sub[place == row].max(initial=0) + 1 for row in rows], dtype="int64")
    tops = np.cumsum(depth) - depth
    count = int(depth.sum())
    layout = axes.layout(title=title, duration=end, digits=digits, plot=count * ROW_HEIGHT)
    layout["yaxis"] = axes.value_axis(
        range=[count - 0.5, -0.5],
        tickmode="array",
        tickvals=(tops + (depth - 1) / 2).tolist(),
        ticktext=[words.cut_labels(texts.values())[texts[kind]] for kind in kinds],
    )
    spans = span_bars.prepare_spans(
        frame, rows=tops[place] + sub, identity=np.arange(len(frame)), digits=digits
    )
    traces = _traces(spans, frame, span_bars.TOO_SHORT_SHARE * end)
    return axes.figure(traces, seams.add_seams(layout, parts))


def _name(coder: str, code: str, *, alone: bool) -> str:
    return code if alone else f"{code} · {coder}"


def _traces(
    spans: span_bars.SpanColumns, frame: pd.DataFrame, too_short: float
) -> list[dict[str, Any]]:
    traces = []
    for (coder, code, color), rows in span_bars.rows_by_kind(frame, "coder", "code", "color"):
        own = color or palette.NEUTRAL_COLOR
        named = [words.cut_label(text, room=words.HOVER_NAME_WIDTH) for text in (code, coder)]
        hover = f"{named[0]}<br>{named[1]}<br>{span_bars.HOVER_TEMPLATE}"
        text = {"name": named[0], "hovertemplate": hover}
        look = {
            "color": palette.tint(own, FILL_OPACITY),
            "line": {"color": own, "width": 1},
        }
        traces.append(span_bars.bar_trace(spans, rows, width=BAR_THICKNESS, marker=look, **text))
        short = rows[spans.length[rows] < too_short]
        if len(short):
            diamond = {"color": own, "symbol": "diamond", "size": 10}
            traces.append(span_bars.diamond_trace(spans, short, marker=diamond, **text))
    return traces
