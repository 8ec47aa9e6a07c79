"""The desk below the charts: one section of the session at a time, and the script of the room."""

from __future__ import annotations

import streamlit as st

from lib.model import Session
from lib.ui import (
    acts,
    evidence,
    handover,
    moments,
    notes,
    player,
    script,
    tabular,
    transcripts,
    view,
)

SECTIONS = {
    "Moments": moments.show,
    "Quality": evidence.show,
    "Notes": notes.show,
    "Transcript": transcripts.show,
    "Tables": tabular.show,
    "Downloads": handover.downloads,
    "Raw answer": handover.raw,
}
FIRST = "Moments"
_room = st.components.v2.component("signal_review_room", js=script.room())


def show(session: Session) -> None:
    """Draw the chosen section, and set the room going."""
    _keep(session)
    _section(session)


@st.fragment
def _section(session: Session) -> None:
    chosen = st.segmented_control(
        "More of this session",
        list(SECTIONS),
        default=FIRST,
        required=True,
        key="section",
        bind="query-params",
    )
    SECTIONS[chosen or FIRST](session)


@st.fragment
def _keep(session: Session) -> None:
    """Hand what people added to the browser, take in what a reviewer does, say what failed."""
    acts.renew()
    acts.failed(session)
    review = view.given(session)
    _room(
        key="room",
        data={
            "charts": list(player.CHARTS),
            "notes": [acts.as_data(note) for note in review.notes],
            "verdicts": [acts.as_data(verdict) for verdict in review.verdicts],
            "reviewer": st.session_state.get(acts.REVIEWER, ""),
            "done": st.session_state.get(acts.DONE, 0),
        },
        on_act_change=lambda: acts.take(session),
    )
