"""The time axis, margins, title and fonts that all charts share. Knows plotly.

The left and right margins are constants and nothing may push them, and the time axis always runs
from 0 to the end of the recording: a second is at the same pixel in every chart.
"""

from __future__ import annotations

import math
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from lib import timecode
from lib.charts import palette, words

LEFT_MARGIN, RIGHT_MARGIN, BOTTOM_MARGIN = 116, 16, 26  # pixels
TITLE_LINE_HEIGHT, TITLE_PADDING = 17, 10  # pixels
FONT_SIZE, SMALL_FONT_SIZE = 13, 11  # pixels
MAX_TICK_STEPS = 11  # between ticks; where it is narrow, the browser leaves some out

TICK_STEPS = (
    *(base * 10.0**power for power in (-3, -2, -1) for base in (1, 2, 5)),
    *(1.0, 2.0, 5.0, 10.0, 15.0, 30.0),
    *(60.0 * minutes for minutes in (1, 2, 3, 5, 10, 15, 30)),
)  # seconds
HOUR_SECONDS = 3600.0


def figure(traces: list[dict[str, Any]], layout: dict[str, Any]) -> go.Figure:
    """Return a figure of `traces` that takes its text colour and fonts from the page's theme."""
    # An empty template keeps the figure the same whatever default plotly has been given. Checking
    # every property costs a third of the time; the tests do it for all of these figures.
    return go.Figure({"data": traces, "layout": {"template": {}, **layout}}, _validate=False)


def layout(
    *,
    title: str,
    duration: float,
    digits: int,
    plot: int,
) -> dict[str, Any]:
    """Return the layout that every chart starts from; `plot` is its height without margins [px]."""
    heading = words.wrap_title(title)
    top = TITLE_PADDING + TITLE_LINE_HEIGHT * len(heading)
    return {
        "title": {
            "text": "<br>".join(heading),
            "x": 0,
            "xanchor": "left",
            "xref": "container",
            "y": 1,
            "yanchor": "top",
            "yref": "container",
            "pad": {"t": 6, "l": 2},
            "font": {"size": FONT_SIZE},
        },
        "height": top + plot + BOTTOM_MARGIN,
        "margin": {"l": LEFT_MARGIN, "r": RIGHT_MARGIN, "t": top, "b": BOTTOM_MARGIN, "pad": 0},
        "xaxis": time_axis(duration, digits),
        "paper_bgcolor": palette.CLEAR_COLOR,
        "plot_bgcolor": palette.CLEAR_COLOR,
        "barmode": "overlay",
        "dragmode": "zoom",
        "clickmode": "event",
        "hovermode": "closest",
        "showlegend": False,
    }


def time_axis(duration: float, digits: int) -> dict[str, Any]:
    """Return a linear axis of seconds from 0 to `duration`, with clock text at its ticks.

    A duration of 0 means that it is unknown: there are no ticks then.
    """
    values, texts = ticks(duration, digits) if duration else ([], [])
    return {
        "type": "linear",
        "range": [0.0, duration or 1.0],
        "tickmode": "array",
        "tickvals": values,
        "ticktext": texts,
        "tickangle": 0,
        "tickfont": {"size": SMALL_FONT_SIZE},
        "ticks": "outside",
        "ticklen": 4,
        "tickcolor": palette.FAINT_COLOR,
        "showgrid": True,
        "gridcolor": palette.FAINT_COLOR,
        "zeroline": False,
        "automargin": False,
    }


def value_axis(**more: Any) -> dict[str, Any]:  # noqa: ANN401  plotly's own properties
    """Return a vertical axis that never zooms and never pushes the margin."""
    return {
        "fixedrange": True,
        "automargin": False,
        "showgrid": False,
        "zeroline": False,
        "tickfont": {"size": SMALL_FONT_SIZE + 1},
        "ticks": "outside",
        "ticklen": 6,
        "tickcolor": palette.CLEAR_COLOR,  # only to keep the labels off the first bar
        **more,
    }


def ticks(duration: float, digits: int) -> tuple[list[float], list[str]]:
    """Return where the ticks stand [s] and their texts, no finer than `digits` decimals."""
    finest = 10.0**-digits * 0.999  # a power of ten is not exact below one
    fit = (step for step in TICK_STEPS if step >= finest and duration / step <= MAX_TICK_STEPS)
    step = next(fit, math.ceil(duration / HOUR_SECONDS / MAX_TICK_STEPS) * HOUR_SECONDS)
    values = [round(step * count, 3) for count in range(math.floor(duration / step + 1e-9) + 1)]
    step_digits = timecode.shown_digits(step, ())
    return values, [timecode.format_time(value, digits=step_digits) for value in values]


def empty_note(text: str) -> dict[str, Any]:
    """Return a text in the middle of an empty chart."""
    return {
        "text": "<br>".join(words.wrap_title(text)),
        "xref": "paper",
        "yref": "paper",
        "x": 0.5,
        "y": 0.5,
        "showarrow": False,
        "font": {"size": FONT_SIZE},
    }


def axis_end(duration: float | None, times: pd.Series[float]) -> float:
    """Return where the time axis ends [s]: `duration`, else the last of `times`, 0.0 if unknown."""
    if duration:
        return duration
    return float(times.max()) if len(times) else 0.0
