"""The pages of the app, and the one way into them."""

from __future__ import annotations

from pathlib import Path

import streamlit as st
from streamlit.navigation.page import StreamlitPage

# A file of ours: an icon by name would be fetched from a font server.
ICON = Path(__file__).parents[1] / "web" / "icon.png"
_open = False  # whether the entry file has run in this process


def configure() -> None:
    """Name the app and use the whole width."""
    st.set_page_config(page_title="Signal Review", page_icon=ICON, layout="wide")


def navigation() -> StreamlitPage:
    """Declare the pages and return the one that was asked for. The entry file calls this."""
    global _open  # noqa: PLW0603  as process-wide as what it guards against
    _open = True
    return st.navigation(
        [
            st.Page("pages/analyze.py", title="Analyze", icon=":material/upload:", default=True),
            st.Page("pages/review.py", title="Review", icon=":material/graphic_eq:"),
            st.Page("pages/sessions.py", title="Sessions", icon=":material/folder_open:"),
        ],
        position="top",
    )


def ensure_navigation() -> None:
    """Lead a visitor who came in past the entry file back through it.

    Streamlit takes a folder called "pages" for its older kind of app until st.navigation has run
    once: whoever opens a link to a session as the first visitor of a process lands on the bare
    page file, without the frame.
    """
    if not _open:
        configure()
        navigation()
        st.rerun()
