"""The cards of the six overall scores as sent, for each part its own, with their bands in words."""

from __future__ import annotations

from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from lib import frames, timecode
from lib.model import SCORES, Part, Session
from lib.ui.review import part_texts, session_frames
from lib.ui.shell import html

_NAMES = {"quality_index": "Quality index"}
_ABSENCE_TEXTS = {
    "not asked for": "Overall quality was not asked for, or not sent.",
    "nothing found": "The API sent no overall quality.",
    "not readable": "The overall quality that was sent could not be read.",
}


def draw_score_cards(session: Session) -> None:
    """Draw the six overall scores as sent, each with its band in words."""
    availability = session_frames.availability(session)["overall"]
    if availability != "present":
        st.html(html.element(_ABSENCE_TEXTS[availability], css="sr-quiet"))
        return
    lines = _scores_with_lines(session)
    if session.parts:
        _draw_cards_of_parts(session, lines)
    else:
        _draw_cards(frames.overall_scores(session.analysis), lines)


def _scores_with_lines(session: Session) -> set[str]:
    """The scores that the quality chart has a level of."""
    windows = session_frames.session_tables(session)["quality"]
    levels = windows[~windows["no_evidence"]]
    return {score for score in SCORES if levels[score].notna().any()}


def _draw_cards_of_parts(session: Session, lines: set[str]) -> None:
    """Draw a tab for each part: scores were made for it, and none for the whole recording."""
    overall = frames.overall_of_parts(session.parts)
    titles = part_texts.stretches(session.parts)
    for number, tab in enumerate(st.tabs(titles), start=1):
        scores = overall[overall["part"] == number]
        with tab:
            if len(scores):
                _draw_cards(scores, lines)
            else:
                st.html(html.element(_part_absence(session.parts[number - 1]), css="sr-quiet"))


def _part_absence(part: Part) -> str:
    if part.analysis is None:
        return part_texts.gap(part)
    return _ABSENCE_TEXTS[frames.section_availability(part.analysis)["overall"]]


def _draw_cards(scores: pd.DataFrame, lines: set[str]) -> None:
    cards = [_card(row, has_line=row.score in lines) for row in session_frames.rows(scores)]
    st.html(f'<dl class="sr-scores">{"".join(cards)}</dl>')


def _card(row: Any, *, has_line: bool) -> str:  # noqa: ANN401  a row, its columns as attributes
    name = escape(_NAMES.get(row.score, row.score.capitalize()))
    if has_line:
        name = _line_button(row.score, name)
    has_value = pd.notna(row.value)
    css = "sr-score sr-index" if row.score == "quality_index" else "sr-score"
    width = min(100.0, max(0.0, row.value)) if has_value else 0.0
    return (
        f'<div class="{css}"><dt title="{escape(row.reading)}">{name}</dt>'
        f"<dd>{timecode.format_number(row.value) if has_value else '–'}"
        f'<span class="sr-band">{escape(row.band)}</span>'
        f'<span class="sr-bar"><i style="width:{width:.1f}%"></i></span></dd></div>'
    )


def _line_button(score: str, name: str) -> str:
    """The name as a button that brings the score's line forward: see web/review/score_lines.ts."""
    line = escape(score.replace("_", " "))  # as the chart calls it
    return (
        f'<button type="button" class="sr-bring" aria-pressed="false" data-score="{line}">'
        f"{name}</button>"
    )
