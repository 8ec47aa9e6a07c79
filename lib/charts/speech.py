"""Draw the speech chart: one row a speaker, one bar a line, from the table TRANSCRIPT."""

from __future__ import annotations

import textwrap

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from lib.charts import axes, palette, seams, span_bars, words

ROW_HEIGHT = 18  # pixels a speaker
BAR_THICKNESS = 0.76  # of a row
MAX_FULL_ROWS = 30  # beyond it rows get thinner
UNNAMED_SPEAKER = "not named"
HOVER_LINE_WIDTH = 60  # characters
MAX_HOVER_CHARACTERS = 300  # of a line of the transcript


def speech(
    frame: pd.DataFrame,
    *,
    duration: float | None,
    title: str,
    digits: int,
    parts: pd.DataFrame | None = None,
) -> go.Figure:
    """Draw each line of a transcript as a bar of its true length, in the row of its speaker.

    Speakers stand in the order of their first line. Lines are half seen through, so that one that
    overlaps another of the same speaker shows. `customdata` is the line's row in `frame`. The
    seams of `parts` go over all rows.
    """
    end = axes.axis_end(duration, frame["draw_end"])
    names = frame["speaker"].replace("", UNNAMED_SPEAKER)
    speakers = names.unique().tolist()
    rows = min(len(speakers), MAX_FULL_ROWS)
    layout = axes.layout(title=title, duration=end, digits=digits, plot=rows * ROW_HEIGHT)
    layout["yaxis"] = axes.value_axis(
        range=[len(speakers) - 0.5, -0.5],
        tickmode="array",
        tickvals=list(range(len(speakers))),
        ticktext=list(words.cut_labels(speakers).values()),
    )
    spans = span_bars.prepare_spans(
        frame.assign(flag=[_wrap_line(text) for text in frame["text"]]),
        rows=names.map({name: row for row, name in enumerate(speakers)}).to_numpy("int64"),
        identity=np.arange(len(frame)),
        digits=digits,
    )
    marker = {
        "color": palette.tint(palette.NEUTRAL_COLOR, 0.55),
        "line": {"color": palette.NEUTRAL_COLOR, "width": 1},
    }
    all_rows = np.arange(len(frame))
    bars = span_bars.bar_trace(
        spans, all_rows, width=BAR_THICKNESS, marker=marker, hovertemplate=span_bars.HOVER_TEMPLATE
    )
    return axes.figure([bars], seams.add_seams(layout, parts))


def _wrap_line(text: str) -> str:
    return "\n".join(textwrap.wrap(text[:MAX_HOVER_CHARACTERS], HOVER_LINE_WIDTH))
