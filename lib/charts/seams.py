"""The seams of a session of parts in the layout of any of the charts, from the table PARTS."""

from __future__ import annotations

from typing import Any

import pandas as pd

from lib import frames
from lib.charts import axes, palette

NAME_HEIGHT = 15  # pixels above the plot, for the names of parts
MAX_NAMED_PARTS = 6  # of more, the numbers alone
MAX_NUMBERED_PARTS = 20  # of more, those without an answer alone
SEAM_LINE = {"color": palette.NEUTRAL_COLOR, "width": 1.5, "dash": "dash"}
UPRIGHT = {"xref": "x", "yref": "paper", "y0": 0, "y1": 1}
NAME_LOOK = {
    "xref": "x",
    "yref": "paper",
    "y": 1,
    "xanchor": "left",
    "yanchor": "bottom",
    "showarrow": False,
    "borderpad": 0,
    "font": {"size": axes.SMALL_FONT_SIZE},
}


def add_seams(layout: dict[str, Any], parts: pd.DataFrame | None) -> dict[str, Any]:
    """Return a layout with a line at each seam, the parts' names, and boxes over the gaps.

    Where there are no parts it is the layout as it is. A browser that draws the lanes anew finds
    what was added in `meta`.
    """
    if parts is None or parts.empty:
        return layout
    added = {"shapes": _seam_shapes(parts), "annotations": _part_names(parts)}
    margin = layout["margin"]
    meta = {"meta": {**layout["meta"], "of_parts": added}} if "meta" in layout else {}
    return {
        **layout,
        **{name: [*layout.get(name, ()), *items] for name, items in added.items()},
        "height": layout["height"] + NAME_HEIGHT,
        "margin": {**margin, "t": margin["t"] + NAME_HEIGHT},
        **meta,
    }


def _seam_shapes(parts: pd.DataFrame) -> list[dict[str, Any]]:
    """Return a box over each part that has no answer, and a dashed line at each seam."""
    starts, ends, outcomes = (parts[name].tolist() for name in ("start", "end", "outcome"))
    box = {"fillcolor": palette.FAINT_COLOR, "layer": "below", "line": {"width": 0}}
    return [
        *(
            {"type": "rect", **UPRIGHT, **box, "x0": start, "x1": end}
            for start, end, outcome in zip(starts, ends, outcomes, strict=True)
            if outcome != frames.ANSWERED
        ),
        *(
            {"type": "line", **UPRIGHT, "line": SEAM_LINE, "x0": time, "x1": time}
            for time in starts[1:]
        ),
    ]


def _part_names(parts: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the name of each part above the plot, and whether it has no answer."""
    word = "part " if len(parts) <= MAX_NAMED_PARTS else ""
    columns = (parts[name].tolist() for name in ("start", "part", "outcome"))
    return [
        {**NAME_LOOK, "x": start, "text": f"{word}{number}{_outcome_text(outcome)}"}
        for start, number, outcome in zip(*columns, strict=True)
        if outcome != frames.ANSWERED or len(parts) <= MAX_NUMBERED_PARTS
    ]


def _outcome_text(outcome: str) -> str:
    return "" if outcome == frames.ANSWERED else ": no answer"
