"""The list of spans with their rationales, as one piece of HTML the browser opens by itself."""

from __future__ import annotations

from html import escape
from typing import Any

import pandas as pd

from lib import clock

_NO_RATIONALE = "No rationale was given."


def as_html(signals: pd.DataFrame, *, digits: int, author: str) -> str:
    """One `<details>` a span, in the order of the frame; all text from outside is escaped.

    `author` says who wrote the rationales, in our words, and stands below each of them.
    `data-id`, `data-start` and `data-end` (seconds, clamped for drawing) are what sync.js reads.
    """
    rows = signals.itertuples(index=False)
    return f'<div class="sr-list">{"".join(_span(row, digits, author) for row in rows)}</div>'


def _span(row: Any, digits: int, author: str) -> str:  # noqa: ANN401  a row of the signals frame
    times = f"{clock.text(row.start, digits=digits)} – {clock.text(row.end, digits=digits)}"
    warned = " ⚠" if row.flag else ""
    return (
        f'<details class="sr-span" data-id="{row.id}" data-start="{row.draw_start:.3f}" '
        f'data-end="{row.draw_end:.3f}"><summary><span class="sr-time">{times}</span>'
        f'<span class="sr-type {escape(row.group)}">{escape(row.type)}{warned}</span>'
        f'<span class="sr-prob">{escape(row.probability)}</span></summary>'
        f'<div class="sr-more">{_rationale(row, author)}</div></details>'
    )


def _rationale(row: Any, author: str) -> str:  # noqa: ANN401  a row of the signals frame
    said = isinstance(row.rationale, str) and row.rationale != ""
    notes = [
        f"Rationale, {author}" if said else "",
        f"seen in: {row.modality}" if row.modality else "",
        f"⚠ {row.flag}" if row.flag else "",
    ]
    return (
        f'<p class="sr-rationale">{escape(row.rationale if said else _NO_RATIONALE)}</p>'
        f'<p class="sr-source">{escape(" · ".join(note for note in notes if note))}</p>'
    )
