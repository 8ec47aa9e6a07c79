"""Which session a review shows: the one that the address names."""

from __future__ import annotations

import streamlit as st

from lib import sample
from lib.model import Session
from lib.ui import messages, shared

REVIEW = "pages/review.py"
LOST = "brought_in_lost"  # how much of a review could not be read when its session was brought in


def session() -> Session:
    """The session of `?session=ID`; without one, or with an unknown one, say so and stop."""
    session_id = st.query_params.get("session", "")
    with messages.told(), st.spinner("Opening the session"):
        found = shared.session(session_id) if session_id else None
    if found is None:
        _closed(session_id)
        st.stop()
    lost = st.session_state.get(LOST, {}).get(found.id)
    if lost:
        st.warning(
            "Notes, verdicts and lines of the file that could not be read and are left out: "
            f"{lost}.",
            icon=":material/rule:",
        )
    return found


def _closed(session_id: str) -> None:
    if session_id:
        st.warning(
            "**There is no session of this id.** It may have been deleted, or the link is not "
            "complete.",
            icon=":material/search_off:",
        )
    else:
        st.info(
            "**No session is open.** Choose one, or begin with the sample.",
            icon=":material/graphic_eq:",
        )
    with st.container(horizontal=True):
        st.page_link("pages/sessions.py", label="All sessions", icon=":material/folder_open:")
        sample_link()


def sample_link() -> None:
    """A link to the sample session."""
    st.page_link(
        REVIEW,
        label="Open the sample session",
        icon=":material/play_circle:",
        query_params={"session": sample.ID},
    )
