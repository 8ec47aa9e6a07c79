"""Draw the quality chart: one line a score over time, from the table QUALITY."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import plotly.graph_objects as go

from lib import timecode
from lib.charts import axes, palette, seams, span_bars, words
from lib.model import SCORES

PLOT_HEIGHT = 245  # pixels
SCALE_EDGE = 3.0  # above and below the scale, so that a level at its very end is seen whole
TOUCH_SECONDS = 1e-6  # seconds: windows that are closer have no gap between
LEGEND = {
    "orientation": "h",
    "x": 0,
    "xanchor": "left",
    "y": -0.22,  # of the plot: below tick labels, also where a phone turns them
    "yanchor": "top",
    "entrywidth": 55,  # pixels: two columns on a phone
    "font": {"size": axes.SMALL_FONT_SIZE},
}
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

LOWEST, MIDDLE, HIGHEST = 0.0, 50.0, 100.0  # the scale; the middle is "no evidence either way"


def quality(  # noqa: PLR0913  each is one choice about the picture
    frame: pd.DataFrame,
    *,
    duration: float | None,
    title: str,
    digits: int,
    legend: bool = True,
    plot: int = PLOT_HEIGHT,
    note: str = "",
    parts: pd.DataFrame | None = None,
) -> go.Figure:
    """Draw each score as a level over each window's own length, from 0 to 100.

    Levels are joined only where windows touch; overlapping windows stand apart, a score that was
    not sent leaves a gap. A window without evidence is a hatched band with no levels in it.
    `plot` is the height without margins [px]. Without `legend`, something beside the chart has to
    name its lines. `customdata` of a window's hover area is its index in `frame`. The seams of
    `parts` go over the levels.
    """
    end = axes.axis_end(duration, frame["draw_end"])
    layout = axes.layout(title=title, duration=end, digits=digits, plot=plot)
    layout["yaxis"] = axes.value_axis(
        range=[LOWEST - SCALE_EDGE, HIGHEST + SCALE_EDGE],
        tickmode="array",
        tickvals=[LOWEST, 25.0, MIDDLE, 75.0, HIGHEST],
        showgrid=True,
        gridcolor=palette.FAINT_COLOR,
    )
    layout["shapes"] = [] if frame.empty else [_middle_line()]
    layout["annotations"] = [axes.empty_note(note)] if note and frame.empty else []
    layout |= {"showlegend": legend and not frame.empty, "legend": LEGEND}
    traces = [] if frame.empty else _traces(frame, end, digits)
    return axes.figure(traces, seams.add_seams(layout, parts))


def _traces(frame: pd.DataFrame, end: float, digits: int) -> list[Any]:
    windows = frame.sort_values("draw_start", kind="stable")
    no_evidence = frame[frame["no_evidence"]]
    bands = [_no_evidence_bands(no_evidence)] if len(no_evidence) else []
    return [
        *bands,
        *(_score_trace(windows, name, end) for name in SCORES),
        _hover_areas(frame, digits),
    ]


def _score_trace(windows: pd.DataFrame, name: str, end: float) -> dict[str, Any]:
    """Return one score as levels; one that stands alone and is too short to see gets a marker."""
    level = windows[name].where(~windows["no_evidence"]).clip(LOWEST, HIGHEST)
    sent = windows.assign(level=level)[level.notna()]
    x, y, lone = _level_path(*(sent[key].to_numpy() for key in ("draw_start", "draw_end", "level")))
    short = lone & (np.diff(x, append=np.nan) < span_bars.TOO_SHORT_SHARE * end)
    width = 3.5 if name == "quality_index" else 1.75
    sizes = np.where(short, 2 * width + 2, 0)
    marker = {"size": sizes, "opacity": 1, "line": {"width": 0}} if short.any() else {}
    return {
        "type": "scatter",
        "mode": "lines+markers" if marker else "lines",
        "x": x.astype("float32"),
        "y": y.astype("float32"),
        "line": {
            "color": palette.SCORE_COLORS[name],
            "dash": palette.SCORE_DASHES[name],
            "width": width,
        },
        "marker": marker,
        "name": _score_title(name),
        "hoverinfo": "skip",  # a line can be hit at its ends only: the window's area answers
    }


def _level_path(start: Floats, stop: Floats, value: Floats) -> tuple[Floats, Floats, Bools]:
    """Return the path (x, y) along levels, and which of its points begins a level standing alone.

    Two points a level; a NaN between two that do not touch.
    """
    before = np.abs(start - np.roll(stop, 1)) > TOUCH_SECONDS
    before[:1] = True
    after = np.roll(before, -1)
    gap, never = np.full(len(start), np.nan), np.full(len(start), fill_value=False)
    present = np.column_stack([~never, ~never, after])
    x, y = np.column_stack([start, stop, gap]), np.column_stack([value, value, gap])
    return x[present], y[present], np.column_stack([before & after, never, never])[present]


def _no_evidence_bands(windows: pd.DataFrame) -> dict[str, Any]:
    """Return a hatched band over each window without evidence."""
    look = {"shape": "/", "fgcolor": palette.NEUTRAL_COLOR, "bgcolor": palette.FAINT_COLOR}
    return {
        "type": "bar",
        **_window_boxes(windows),
        "marker": {"line": {"width": 0}, "pattern": {**look, "size": 8, "solidity": 0.15}},
        "name": "no evidence",
        "legendrank": 2000,  # after the scores, which have 1000
        "hoverinfo": "skip",
    }


def _hover_areas(frame: pd.DataFrame, digits: int) -> dict[str, Any]:
    """Return an invisible box over each window, which shows the hover text wherever it is hit."""
    return {
        "type": "bar",
        **_window_boxes(frame),
        "marker": {"color": palette.CLEAR_COLOR, "line": {"width": 0}},
        "customdata": span_bars.smallest_type(frame.index.to_numpy()),
        "hovertext": _hover_texts(frame, digits),
        "hovertemplate": "%{hovertext}<extra></extra>",
        "showlegend": False,
    }


def _window_boxes(windows: pd.DataFrame) -> dict[str, Any]:
    start, stop = windows["draw_start"], windows["draw_end"]
    return {
        "x": ((start + stop) / 2).to_numpy("float32"),
        "width": (stop - start).to_numpy("float32"),
        "y": np.full(len(windows), HIGHEST, dtype="uint8"),
        "textposition": "none",
    }


def _hover_texts(frame: pd.DataFrame, digits: int) -> list[str]:
    """Return what the hover box says about each window: its times, and its scores as sent."""
    times = zip(frame["start"].tolist(), frame["end"].tolist(), strict=True)
    columns = [_score_texts(frame[name]) for name in SCORES]
    scores = zip(*columns, strict=True) if columns else [()] * len(frame)
    silent, flags = frame["no_evidence"].tolist(), frame["flag"].tolist()
    hover_texts = []
    for ends, flag, no_evidence, of_window in zip(times, flags, silent, scores, strict=True):
        span = " – ".join(timecode.format_time(seconds, digits=digits) for seconds in ends)
        lines = ("no evidence",) if no_evidence else of_window
        hover_texts.append("<br>".join((words.append_flag(span, flag), *lines)))
    return hover_texts


def _score_texts(scores: pd.Series[float]) -> list[str]:
    title = _score_title(str(scores.name))
    return [f"{title} {_format_score(value)}" for value in scores.tolist()]


def _format_score(value: float) -> str:
    return "not sent" if math.isnan(value) else timecode.format_number(value)


def _score_title(name: str) -> str:
    return name.replace("_", " ")


def _middle_line() -> dict[str, Any]:
    """Return the line at 50, where there is no evidence either way."""
    line = {"color": palette.NEUTRAL_COLOR, "width": 1}
    ends = {"x0": 0, "x1": 1, "y0": MIDDLE, "y1": MIDDLE}
    return {"type": "line", "xref": "paper", "yref": "y", "layer": "below", "line": line, **ends}
