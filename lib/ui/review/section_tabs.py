"""The desk below the charts: one section of the session at a time, and the script of the room."""

from __future__ import annotations

import streamlit as st

from lib.ui.review import (
    data_tables,
    downloads,
    loaded_session,
    moments,
    notes,
    player,
    quality_windows,
    raw_answer,
    review_actions,
    sections,
    transcripts,
)
from lib.ui.review.loaded_session import LoadedSession
from lib.ui.review.sections import Section
from lib.ui.web import scripts

_DRAW = {
    Section.MOMENTS: moments.draw_moments,
    Section.QUALITY: quality_windows.draw_quality_windows,
    Section.NOTES: notes.draw_notes,
    Section.TRANSCRIPT: transcripts.draw_transcript,
    Section.TABLES: data_tables.draw_tables,
    Section.DOWNLOADS: downloads.draw_downloads,
    Section.RAW: raw_answer.draw_raw_answer,
}
_room = st.components.v2.component("signal_review_room", js=scripts.review_script())


def draw_sections(loaded: LoadedSession) -> None:
    """Draw the chosen section, and set the room going."""
    _keep(loaded)
    _section(loaded)


@loaded_session.fragment
def _section(loaded: LoadedSession) -> None:
    chosen = st.segmented_control(
        "More of this session",
        list(Section),
        format_func=lambda section: sections.LABELS.get(section, section),
        default=Section.MOMENTS,
        required=True,
        key=sections.KEY,
        bind="query-params",
    )
    _DRAW[chosen or Section.MOMENTS](loaded)


@loaded_session.fragment
def _keep(loaded: LoadedSession) -> None:
    """Hand what people added to the browser, take in what a reviewer does, say what failed."""
    review_actions.rerun_if_changed()
    session, review = loaded.session, loaded.review
    review_actions.draw_failure(session)
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
