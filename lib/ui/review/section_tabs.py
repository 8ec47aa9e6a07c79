"""The sections below the charts, one at a time, and the script of the review page."""

from __future__ import annotations

import streamlit as st

from lib.model import Session
from lib.ui.review import (
    data_tables,
    downloads,
    moments,
    notes,
    player,
    quality_windows,
    raw_answer,
    review_actions,
    sections,
    session_frames,
    transcripts,
)
from lib.ui.review.sections import Section
from lib.ui.web import scripts

_DRAW = {
    Section.MOMENTS: moments.draw_moments,
    Section.QUALITY: quality_windows.draw_quality_windows,
    Section.NOTES: notes.draw_notes,
    Section.TRANSCRIPT: transcripts.draw_transcript,
    Section.TABLES: data_tables.draw_tables,
    Section.DOWNLOADS: downloads.draw_downloads,
    Section.RAW_ANSWER: raw_answer.draw_raw_answer,
}
_room = st.components.v2.component("signal_review_room", js=scripts.review_script())


def draw_sections(session: Session) -> None:
    """Draw the chosen section, and mount the script that keeps the page in step."""
    _keep(session)
    _section(session)


@st.fragment
def _section(session: Session) -> None:
    chosen = st.segmented_control(
        "More of this session",
        [section.value for section in Section],
        format_func=sections.label_of,
        default=Section.MOMENTS.value,
        required=True,
        key=sections.KEY,
        bind="query-params",
    )
    _DRAW[Section(chosen or Section.MOMENTS)](session)


@st.fragment
def _keep(session: Session) -> None:
    """Hand what people added to the browser, take in what a reviewer does, say what failed."""
    review_actions.rerun_if_changed()
    review_actions.draw_failure(session)
    review = session_frames.session_review(session)
    _room(
        key="room",
        data={
            "charts": list(player.CHARTS),
            "notes": [review_actions.as_data(note) for note in review.notes],
            "verdicts": [review_actions.as_data(verdict) for verdict in review.verdicts],
            "reviewer": st.session_state.get(review_actions.REVIEWER, ""),
            "done": st.session_state.get(review_actions.DONE, 0),
        },
        on_act_change=lambda: review_actions.take_action(session),
    )
