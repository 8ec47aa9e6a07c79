"""The session that the address of the Review page names."""

from __future__ import annotations

import streamlit as st

from lib.errors import StoredAnswerError
from lib.model import Session
from lib.ui.review import raw_answer
from lib.ui.shell import links, problem_view, services


def open_session() -> Session:
    """The session of `?session=ID`; without one, or with an unknown one, say so and stop."""
    session_id = st.query_params.get("session", "")
    session = _load(session_id) if session_id else None
    if session is None:
        _draw_no_session(session_id)
        st.stop()
    unread = st.session_state.get(links.LOST, {}).get(session.id)
    if unread:
        st.warning(
            "Notes, verdicts, claims and transcript lines that could not be read and are left out: "
            f"{unread}.",
            icon=":material/rule:",
        )
    return session


def _load(session_id: str) -> Session | None:
    """The session of this id, or None; an answer that cannot be read is offered as it is stored."""
    with problem_view.shown_errors():
        try:
            with st.spinner("Opening the session"):
                return services.session(session_id)
        except StoredAnswerError as error:
            raw_answer.draw_download(session_id, error.answer)
            raise


def _draw_no_session(session_id: str) -> None:
    if session_id:
        st.warning(
            "**There is no session with this id.** It may have been deleted, or the link is "
            "incomplete.",
            icon=":material/search_off:",
        )
    else:
        st.info(
            "**No session is open.** Choose one, or start with the sample.",
            icon=":material/graphic_eq:",
        )
    with st.container(horizontal=True):
        st.page_link(links.SESSIONS, label="All sessions", icon=":material/folder_open:")
        links.sample_link()
