"""Which session a review shows: the one that the address names."""

from __future__ import annotations

import streamlit as st

from lib.errors import StoredAnswerError
from lib.model import Session
from lib.ui.review import raw_answer
from lib.ui.shell import links, messages, services


def open_session() -> Session:
    """The session of `?session=ID`; without one, or with an unknown one, say so and stop."""
    session_id = st.query_params.get("session", "")
    found = _load(session_id) if session_id else None
    if found is None:
        _closed(session_id)
        st.stop()
    lost = st.session_state.get(links.LOST, {}).get(found.id)
    if lost:
        st.warning(
            "Notes, verdicts and lines of the file that could not be read and are left out: "
            f"{lost}.",
            icon=":material/rule:",
        )
    return found


def _load(session_id: str) -> Session | None:
    """The session of this id, or None; an answer that cannot be read is offered as it is stored."""
    with messages.shown_errors():
        try:
            with st.spinner("Opening the session"):
                return services.session(session_id)
        except StoredAnswerError as error:
            raw_answer.draw_download(session_id, error.answer)
            raise


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
        st.page_link(links.SESSIONS, label="All sessions", icon=":material/folder_open:")
        links.sample_link()
