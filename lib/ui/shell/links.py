"""Links between the pages: where a review, a sample or the list of sessions is."""

from __future__ import annotations

import streamlit as st

from lib.interchange import sample_session

REVIEW = "pages/review.py"
SESSIONS = "pages/sessions.py"
LOST = "brought_in_lost"  # how much of a review could not be read when its session was brought in


def sample_link() -> None:
    """A link to the sample session."""
    st.page_link(
        REVIEW,
        label="Open the sample session",
        icon=":material/play_circle:",
        query_params={"session": sample_session.ID},
    )
