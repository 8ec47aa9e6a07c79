"""The scores of chosen windows beside others, and how far they lie apart as bars."""

from __future__ import annotations

import math
from html import escape
from typing import Any

import pandas as pd

from lib import timecode
from lib.charts import palette
from lib.ui.review import session_frames

SCALES = (10.0, 25.0, 50.0, 100.0)  # points that half of the room of a bar may stand for


def scores_html(ranges: pd.DataFrame, other: str, *, no_evidence: bool, unproven: bool) -> str:
    """A table of SCORE_RANGES; `no_evidence` of the windows, `unproven` of what is compared.

    That is called `other`; without a name there is nothing to compare with. A bar begins in the
    middle and goes right for more than there, left for less; all have one scale, which is said.
    """
    compared, apart = bool(other), bool(ranges["difference"].notna().any())
    scale = bar_scale(ranges["difference"])
    heads = ["Score", "Here", *([other] if compared else ())]
    titles = "".join(f'<th scope="col">{escape(head)}</th>' for head in heads)
    if apart:
        titles += (
            f'<th scope="col">Difference <span class="sr-scale">bars to ±{scale:g}</span></th>'
        )
    rows = []
    for row in session_frames.rows(ranges):
        here = "no evidence" if no_evidence else _stretch(row.lowest, row.highest)
        there = "no evidence" if unproven else _number(row.overall)
        cells = [row.score.replace("_", " "), here, *([there] if compared else ())]
        line = "".join(f"<td>{escape(cell)}</td>" for cell in cells)
        rows.append(f"<tr>{line}{_bar_cell(row, scale) if apart else ''}</tr>")
    return (
        f'<table class="sr-plain"><thead><tr>{titles}</tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table>"
    )


def bar_scale(differences: pd.Series) -> float:
    """How many points half of a bar's room stands for: the least of SCALES that holds them all.

    Scores beyond their scale may lie further apart: then as far as the furthest.
    """
    furthest = max((abs(value) for value in differences.dropna().tolist()), default=0.0)
    return next((scale for scale in SCALES if scale >= furthest), furthest)


def _bar_cell(row: Any, scale: float) -> str:  # noqa: ANN401  a row, its columns as attributes
    if math.isnan(row.difference):
        return "<td></td>"
    width = 50 * abs(row.difference) / scale  # per cent of the room
    left = 50.0 if row.difference >= 0 else 50 - width
    bar = (
        f'<span class="sr-apart" aria-hidden="true"><i style="left:{left:.2f}%;width:{width:.2f}%;'
        f'background:{palette.SCORE_COLORS[row.score]}"></i></span>'
    )
    return f'<td><span class="sr-difference">{bar}<b>{_difference(row.difference)}</b></span></td>'


def _stretch(lowest: float, highest: float) -> str:
    alone = lowest == highest or math.isnan(lowest)
    return _number(lowest) if alone else f"{_number(lowest)} – {_number(highest)}"


def _number(value: float) -> str:
    return "not sent" if value is None or math.isnan(value) else timecode.format_number(value)


def _difference(value: float) -> str:
    # The noise of a subtraction was not sent.
    return timecode.format_number(round(value, 9) or 0.0, sign="+")
