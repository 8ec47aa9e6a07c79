"""Draw the signal chart: one lane a type, one bar a signal, from the table LANES."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from lib.charts import axes, palette, seams, span_bars, words

ROW_HEIGHT = 18  # pixels of a sub-lane, unless the viewer chooses another height
BAR_THICKNESS = 0.72  # of a row
MAX_PLOT_HEIGHT = 2400  # pixels of plot: beyond it rows get thinner
MIN_EMPTY_HEIGHT = 160  # pixels of a chart without rows, with margins: its note needs room
CORNER_RADIUS = 2  # pixels of radius
MAX_ROUND_BARS = 1000  # of more, nobody sees the corners, but a browser takes long to draw them
HIDDEN_LEVEL = "hidden"  # its reader judges without the probability: one look for all
SEPARATOR_LINE = {"color": palette.FAINT_COLOR, "width": 1}
FILL_OPACITY = {
    "high": 1.0,
    "medium": 0.6,
    "low": 0.2,
}  # of the filling; the outline is always full


def lanes(  # noqa: PLR0913  each is one choice about the picture
    lanes_frame: pd.DataFrame,
    *,
    duration: float | None,
    title: str,
    digits: int,
    row: int = ROW_HEIGHT,
    groups: Mapping[str, str] = palette.GROUP_COLORS,
    note: str = "",
    parts: pd.DataFrame | None = None,
) -> go.Figure:
    """Draw each signal as a bar of its true length, in its lane.

    Colour says the group (as does the mark in the lane's label), the filling says the probability:
    full, paler, palest, hatched if not given, dotted if hidden. A bar too short to see has a
    diamond at its start. `customdata` of a bar and of a diamond is the signal's id. Times are
    shown to `digits` decimals; `row` is the height of a sub-lane in pixels, `groups` the colour
    of each group; `note` stands in an empty chart, and the seams of `parts` go over all lanes.
    `layout.meta` is what a browser needs to take spans out of the chart without a new one.
    """
    end = axes.axis_end(duration, lanes_frame["draw_end"])
    depth = lanes_frame.groupby("lane")["sub"].max() + 1
    tops = depth.cumsum() - depth
    rows = int(depth.sum())
    layout = axes.layout(
        title=title, duration=end, digits=digits, plot=min(rows * row, MAX_PLOT_HEIGHT)
    )
    if not rows:
        layout["height"] = MIN_EMPTY_HEIGHT
    labels = _lane_labels(lanes_frame)
    layout["yaxis"] = _lane_axis(labels, tops.to_numpy(), depth.to_numpy())
    layout["shapes"] = _separators(tops.tolist()[1:])
    layout["annotations"] = [axes.empty_note(note)] if note and not rows else []
    layout["meta"] = {
        "labels": labels,
        "lane_of_row": np.repeat(np.arange(len(depth)), depth).tolist(),
        "row_height": row,
        "tallest": MAX_PLOT_HEIGHT,
        "shortest": MIN_EMPTY_HEIGHT,
        "line": SEPARATOR_LINE,
    }
    spans = span_bars.prepare_spans(
        lanes_frame,
        rows=(lanes_frame["lane"].map(tops) + lanes_frame["sub"]).to_numpy("int64"),
        identity=lanes_frame["id"].to_numpy(),
        digits=digits,
    )
    kinds = span_bars.rows_by_kind(lanes_frame, "group", "probability")
    traces = _traces(spans, kinds, span_bars.TOO_SHORT_SHARE * end, groups)
    return axes.figure(traces, seams.add_seams(layout, parts))


def _lane_labels(lanes_frame: pd.DataFrame) -> list[str]:
    """Return the text of each lane from the top: the group's mark and the type."""
    first = lanes_frame[["lane", "type", "group"]].drop_duplicates("lane").sort_values("lane")
    names = words.cut_labels(first["type"])
    return [
        palette.GROUP_MARKS[group] + names[name]
        for name, group in zip(first["type"], first["group"], strict=True)
    ]


def _lane_axis(
    labels: list[str], tops: span_bars.Column, depth: span_bars.Column
) -> dict[str, Any]:
    """Return the axis of rows, 0 at the top, with each lane's label at the middle of its rows."""
    rows = int(depth.sum())
    # Every row answers the pointer with its lane's label, so no bar has to carry its type.
    of_row = dict(zip(map(str, range(rows)), np.repeat(labels, depth).tolist(), strict=True))
    return axes.value_axis(
        range=[rows - 0.5, -0.5],
        tickmode="array",
        tickvals=(tops + (depth - 1) / 2).tolist(),
        ticktext=labels,
        labelalias=of_row,
    )


def _separators(tops: list[int]) -> list[dict[str, Any]]:
    """Return a faint line above each lane but the first, all drawn as one shape."""
    path = "".join(f"M0,{top - 0.5}H1" for top in tops)
    shape = {"type": "path", "path": path, "xref": "paper", "yref": "y", "layer": "below"}
    return [{**shape, "line": SEPARATOR_LINE}] if path else []


def _traces(
    spans: span_bars.SpanColumns,
    kinds: span_bars.RowsByKind,
    too_short: float,
    groups: Mapping[str, str],
) -> list[dict[str, Any]]:
    """Return a trace of bars for each group and probability, and one of diamonds if needed."""
    traces = []
    for (group, probability), rows in kinds:
        color = groups[group]
        probability_text = words.cut_label(probability, room=words.HOVER_NAME_WIDTH)
        text = {
            "name": probability_text,
            "hovertemplate": f"%{{y}}<br>probability: {probability_text}<br>"
            f"{span_bars.HOVER_TEMPLATE}",
        }
        corner = CORNER_RADIUS if len(spans.start) <= MAX_ROUND_BARS else 0
        filling = _bar_look(color, probability, corner)
        traces.append(span_bars.bar_trace(spans, rows, width=BAR_THICKNESS, marker=filling, **text))
        short = rows[spans.length[rows] < too_short]
        if len(short):
            marker = _diamond_look(color, probability)
            traces.append(span_bars.diamond_trace(spans, short, marker=marker, **text))
    return traces


def _bar_look(color: str, probability: str, corner: int) -> dict[str, Any]:
    """Return the look of a bar: full, paler, palest; a pattern if there is no such level.

    Hatched if the probability was not sent, dotted if it is hidden.
    """
    look = {
        "color": palette.tint(color, FILL_OPACITY.get(probability, 0)),
        "line": {"color": color, "width": 1},
        "cornerradius": corner,
    }
    hatch = {
        "shape": "." if probability == HIDDEN_LEVEL else "/",
        "fgcolor": color,
        "bgcolor": palette.CLEAR_COLOR,
        "size": 5,
        "solidity": 0.3,
    }
    return look if probability in FILL_OPACITY else {**look, "pattern": hatch}


def _diamond_look(color: str, probability: str) -> dict[str, Any]:
    has_level = probability in FILL_OPACITY
    return {
        "symbol": "diamond" if has_level else "diamond-open",
        "size": 10,
        "color": palette.tint(color, FILL_OPACITY[probability]) if has_level else color,
        "line": {"color": color, "width": 1.5},
    }
