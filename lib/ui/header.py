"""The head of a review: what this session is, and how well the conversation went overall."""

from __future__ import annotations

from html import escape

import pandas as pd
import streamlit as st

from lib import clock, frames
from lib.model import Session
from lib.ui import text

_NAMES = {"quality_index": "Quality index"}
_UNREAD = {  # what the reader of answers calls a part: our word, and what became of it
    "probability": ("probabilities", 'shown as "not given"'),
    "rationale": ("rationales", "left out"),
    "window_signals": ("lists of signals of windows", "left out"),
    "engagement": ("engagement spans", "left out"),
    "quality": ("quality sections", "left out"),
    "quality_overall": ("overall scores", "left out"),
    "quality_timeline": ("windows of quality", "left out"),
    "duration_seconds": ("lengths of the recording", "left out"),
    "window_seconds": ("window lengths", "left out"),
}
_TEXTS = {
    "not asked for": "Overall quality was not asked for, or not sent.",
    "nothing found": "The API sent no overall quality.",
    "not readable": "The overall quality that was sent could not be read.",
}


def show(session: Session) -> None:
    """Draw title, label and facts."""
    head = text.block(session.title, tag="h1", css="sr-title")
    if session.label:
        head += text.block(session.label, css="sr-label")
    facts = "".join(text.block(fact, tag="span") for fact in _facts(session))
    st.html(f'<div class="sr-head">{head}<div class="sr-facts">{facts}</div></div>')
    for unread in session.analysis.unread:
        lost, then = _UNREAD.get(unread.section, (unread.section, "left out"))
        st.warning(
            f"{unread.count} of {unread.total} {lost} could not be read and are {then}. "
            "The raw answer below has everything.",
            icon=":material/rule:",
        )


def _facts(session: Session) -> list[str]:
    length = "length not known"
    if session.duration:
        length = clock.text(session.duration, digits=0)
    return [
        length,
        resolution(session),
        text.model_name(session.analysis.api, session.analysis.model),
        text.moment(session.created_at),
    ]


def resolution(session: Session) -> str:
    """How fine the times are: known for V2, not stated by V1."""
    window = session.analysis.window
    return f"time resolution {window:g} s" if window else "time resolution not stated by the API"


def scores(session: Session) -> None:
    """Draw the six overall scores as sent, each with its band in words."""
    said = frames.sections(session.analysis)["overall"]
    if said != "present":
        st.html(text.block(_TEXTS[said], css="sr-quiet"))
        return
    cards = [_card(row) for _, row in frames.overall(session.analysis).iterrows()]
    st.html(f'<dl class="sr-scores">{"".join(cards)}</dl>')


def _card(row: pd.Series) -> str:
    name = _NAMES.get(row["score"], str(row["score"]).capitalize())
    value = row["value"]
    known = pd.notna(value)
    css = "sr-score sr-index" if row["score"] == "quality_index" else "sr-score"
    width = min(100.0, max(0.0, value)) if known else 0.0
    return (
        f'<div class="{css}"><dt title="{escape(str(row["reading"]))}">{escape(name)}</dt>'
        f"<dd>{f'{value:g}' if known else '–'}"
        f'<span class="sr-band">{escape(str(row["band"]))}</span>'
        f'<span class="sr-bar"><i style="width:{width:.1f}%"></i></span></dd></div>'
    )
