"""Links between the pages: to a review, to the sample and to the list of sessions."""

from __future__ import annotations

import streamlit as st

from lib.interchange import sample_session

REVIEW = "pages/review.py"
SESSIONS = "pages/sessions.py"
LOST = "brought_in_lost"  # session state: how much of a review could not be read on import


def sample_link() -> None:
    """Draw a link to the sample session."""
    st.page_link(
        REVIEW,
        label="Open the sample session",
        icon=":material/play_circle:",
        query_params={"session": sample_session.ID},
    )
