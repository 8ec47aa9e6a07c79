"""The cards of the six overall scores as sent, each with its band in words."""

from __future__ import annotations

from html import escape

import pandas as pd
import streamlit as st

from lib import frames, timecode
from lib.model import Session
from lib.ui.shell import html

_NAMES = {"quality_index": "Quality index"}
_ABSENCE_TEXTS = {
    "not asked for": "Overall quality was not asked for, or not sent.",
    "nothing found": "The API sent no overall quality.",
    "not readable": "The overall quality that was sent could not be read.",
}


def draw_score_cards(session: Session) -> None:
    """Draw the six overall scores as sent, each with its band in words."""
    availability = frames.section_availability(session.analysis)["overall"]
    if availability != "present":
        st.html(html.element(_ABSENCE_TEXTS[availability], css="sr-quiet"))
        return
    cards = [_card(row) for _, row in frames.overall_scores(session.analysis).iterrows()]
    st.html(f'<dl class="sr-scores">{"".join(cards)}</dl>')


def _card(row: pd.Series) -> str:
    name = _NAMES.get(row["score"], str(row["score"]).capitalize())
    value = row["value"]
    has_value = pd.notna(value)
    css = "sr-score sr-index" if row["score"] == "quality_index" else "sr-score"
    width = min(100.0, max(0.0, value)) if has_value else 0.0
    return (
        f'<div class="{css}"><dt title="{escape(str(row["reading"]))}">{escape(name)}</dt>'
        f"<dd>{timecode.format_number(value) if has_value else '–'}"
        f'<span class="sr-band">{escape(str(row["band"]))}</span>'
        f'<span class="sr-bar"><i style="width:{width:.1f}%"></i></span></dd></div>'
    )
