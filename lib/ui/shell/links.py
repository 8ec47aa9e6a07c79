"""Links between the pages: to a review, to the sample and to the list of sessions."""

from __future__ import annotations

import streamlit as st

from lib.interchange import sample_session
from lib.ui.web import scripts

REVIEW = "pages/review.py"
SESSIONS = "pages/sessions.py"
LOST = "brought_in_lost"  # session state: how much of a review could not be read on import
_follow = st.components.v2.component("signal_review_links", js=scripts.link_script())


def mount_link_script() -> None:
    """Mount the script that follows links from page to page. The entry file calls this."""
    _follow(key="page_links")


def sample_link() -> None:
    """Draw a link to the sample session."""
    st.page_link(
        REVIEW,
        label="Open the sample session",
        icon=":material/play_circle:",
        query_params={"session": sample_session.ID},
    )
