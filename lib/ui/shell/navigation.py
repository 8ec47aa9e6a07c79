"""The navigation: the pages of the app, and the entry that every visit goes through."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from lib.ui.shell.streamlit_internals import StreamlitPage

# A file of ours: an icon by name would be fetched from a font server.
ICON = Path(__file__).parents[1] / "web" / "icon.png"
_is_declared = False  # whether the entry file has declared the pages in this process


def configure() -> None:
    """Set the name, the icon and the width of all pages."""
    st.set_page_config(page_title="Signal Review", page_icon=ICON, layout="wide")


def navigation(*, hidden: bool = False) -> StreamlitPage:
    """Declare the pages and return the one that the address names. The entry file calls this.

    With `hidden`, no way to them is drawn.
    """
    global _is_declared  # noqa: PLW0603  as process-wide as what it guards against
    _is_declared = True
    return st.navigation(
        [
            st.Page("pages/analyze.py", title="Analyze", icon=":material/upload:", default=True),
            st.Page("pages/review.py", title="Review", icon=":material/graphic_eq:"),
            st.Page("pages/sessions.py", title="Sessions", icon=":material/folder_open:"),
        ],
        position="hidden" if hidden else "top",
    )


def ensure_navigation() -> None:
    """Declare the pages where the entry file has not run yet, and draw the page anew.

    Streamlit takes a folder called "pages" for its older kind of app until st.navigation has run
    once: whoever opens a link to a session as the first visitor of a process lands on the bare
    page file, without the frame.
    """
    if not _is_declared:
        configure()
        navigation()
        st.rerun()
