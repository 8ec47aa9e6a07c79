"""The speech strip: one row a speaker, one bar a line. Knows plotly and TRANSCRIPT's columns."""

from __future__ import annotations

import textwrap

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from lib.charts import axes, palette, span_bars, words

ROW = 18  # pixels a speaker
THICKNESS = 0.76  # of a row
MOST_ROWS = 30  # beyond it rows get thinner
UNNAMED = "not named"
LINE, MOST = 60, 300  # characters of a line in a hover box, and of all it says


def speech(frame: pd.DataFrame, *, duration: float | None, title: str, digits: int) -> go.Figure:
    """Draw each line of a transcript as a bar of its true length, in the row of its speaker.

    Speakers stand in the order of their first line. Lines are half seen through, so that one that
    overlaps another of the same speaker shows. `customdata` is the line's place in `frame`.
    """
    end = axes.end(duration, frame["draw_end"])
    names = frame["speaker"].replace("", UNNAMED)
    speakers = names.unique().tolist()
    rows = min(len(speakers), MOST_ROWS)
    layout = axes.layout(title=title, duration=end, digits=digits, plot=rows * ROW)
    layout["yaxis"] = axes.value_axis(
        range=[len(speakers) - 0.5, -0.5],
        tickmode="array",
        tickvals=list(range(len(speakers))),
        ticktext=[words.label(one) for one in speakers],
    )
    placed = span_bars.ready(
        frame.assign(flag=[_said(one) for one in frame["text"]]),
        rows=names.map({name: row for row, name in enumerate(speakers)}).to_numpy("int64"),
        identity=np.arange(len(frame)),
        digits=digits,
    )
    marker = {
        "color": palette.tint(palette.NEUTRAL, 0.55),
        "line": {"color": palette.NEUTRAL, "width": 1},
    }
    every = np.arange(len(frame))
    bars = span_bars.bars(
        placed, every, width=THICKNESS, marker=marker, hovertemplate=span_bars.HOVER
    )
    return axes.figure([bars], layout)


def _said(text: str) -> str:
    return "\n".join(textwrap.wrap(text[:MOST], LINE))
