"""What the charts have in common: the time axis, the margins, the title. Knows plotly.

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

LEFT, RIGHT, BOTTOM = 116, 16, 42  # pixels
TITLE_LINE, TITLE_PAD = 17, 18  # pixels
FONT, SMALL = 13, 11  # pixels
MOST_STEPS = 11  # between ticks: as many labels as a phone can still show, turned

STEPS = (
    *(base * 10.0**power for power in (-3, -2, -1) for base in (1, 2, 5)),
    *(1.0, 2.0, 5.0, 10.0, 15.0, 30.0),
    *(60.0 * minutes for minutes in (1, 2, 3, 5, 10, 15, 30)),
)  # seconds
HOUR = 3600.0


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
    heading = words.lines(title)
    top = TITLE_PAD + TITLE_LINE * len(heading)
    return {
        "title": {
            "text": "<br>".join(heading),
            "x": 0,
            "xanchor": "left",
            "xref": "container",
            "y": 1,
            "yanchor": "top",
            "yref": "container",
            "pad": {"t": 12, "l": 2},
            "font": {"size": FONT},
        },
        "height": top + plot + BOTTOM,
        "margin": {"l": LEFT, "r": RIGHT, "t": top, "b": BOTTOM, "pad": 0},
        "xaxis": time_axis(duration, digits),
        "paper_bgcolor": palette.CLEAR,
        "plot_bgcolor": palette.CLEAR,
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
        "autotickangles": [0, 90],
        "tickfont": {"size": SMALL},
        "ticks": "outside",
        "ticklen": 4,
        "tickcolor": palette.FAINT,
        "showgrid": True,
        "gridcolor": palette.FAINT,
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
        "tickfont": {"size": SMALL + 1},
        "ticks": "outside",
        "ticklen": 6,
        "tickcolor": palette.CLEAR,  # only to keep the labels off the first bar
        **more,
    }


def ticks(duration: float, digits: int) -> tuple[list[float], list[str]]:
    """Return where the ticks stand [s] and their texts, no finer than `digits` decimals."""
    finest = 10.0**-digits * 0.999  # a power of ten is not exact below one
    fit = (step for step in STEPS if step >= finest and duration / step <= MOST_STEPS)
    step = next(fit, math.ceil(duration / HOUR / MOST_STEPS) * HOUR)
    values = [round(step * count, 3) for count in range(math.floor(duration / step + 1e-9) + 1)]
    shown = timecode.shown_digits(step, ())
    return values, [timecode.format_time(value, digits=shown) for value in values]


def note(text: str) -> dict[str, Any]:
    """Return a text in the middle of an empty chart."""
    return {
        "text": "<br>".join(words.lines(text)),
        "xref": "paper",
        "yref": "paper",
        "x": 0.5,
        "y": 0.5,
        "showarrow": False,
        "font": {"size": FONT},
    }


def end(duration: float | None, times: pd.Series[float]) -> float:
    """Return where the time axis ends [s]: `duration`, else the last of `times`, 0.0 if unknown."""
    if duration:
        return duration
    return float(times.max()) if len(times) else 0.0
