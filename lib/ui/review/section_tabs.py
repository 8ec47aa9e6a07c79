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
    transcripts,
)
from lib.ui.review.loaded_session import LoadedSession
from lib.ui.web import scripts

SECTIONS = {
    "Moments": moments.draw_moments,
    "Quality": quality_windows.draw_quality_windows,
    "Notes": notes.draw_notes,
    "Transcript": transcripts.draw_transcript,
    "Tables": data_tables.draw_tables,
    "Downloads": downloads.draw_downloads,
    "Raw answer": raw_answer.draw_raw_answer,
}
FIRST = "Moments"
_room = st.components.v2.component("signal_review_room", js=scripts.review_script())


def draw_sections(loaded: LoadedSession) -> None:
    """Draw the chosen section, and set the room going."""
    _keep(loaded)
    _section(loaded)


@loaded_session.fragment
def _section(loaded: LoadedSession) -> None:
    chosen = st.segmented_control(
        "More of this session",
        list(SECTIONS),
        default=FIRST,
        required=True,
        key="section",
        bind="query-params",
    )
    SECTIONS[chosen or FIRST](loaded)


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
