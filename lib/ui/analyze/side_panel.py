"""The side panel: the sample, where a recording goes, and a check of the connection."""

from __future__ import annotations

import streamlit as st

from lib.interchange import sample_session
from lib.ui.shell import links, problem_view, retention_text, services

_CONNECTION_WORKS = {
    True: "The sandbox answers. There are no credentials to check.",
    False: "The credentials work and may upload. No analysis was spent.",
}


def draw_sample_card() -> None:
    """Draw a card with a link to the sample session."""
    with st.container(border=True):
        picture, text = st.columns([2, 3], vertical_alignment="center")
        picture.image(sample_session.POSTER, alt="A frame of the sample: two drawn people talking")
        with text:
            st.markdown("**No recording at hand?**")
            st.caption("A short made-up interview, with signals written by hand to fit it.")
            links.sample_link()


def draw_privacy() -> None:
    """Draw where a recording goes, before anybody chooses one."""
    settings = services.settings()
    destination = "It stays in this app: in sandbox mode nothing leaves it."
    if not settings.sandbox:
        destination = (
            "It goes to the Interhuman API for analysis. Make sure the people in it have agreed."
        )
    with st.expander("Where does my recording go?"):
        st.markdown(
            f"{destination} The app holds it in a private file, so that you can watch it beside "
            f"its signals. {retention_text.recordings_kept(settings)} The session keeps the answer "
            f"and the file's name. {retention_text.sessions_kept(settings)}"
        )


def draw_connection() -> None:
    """Draw how the API is reached, and a button that checks it."""
    settings = services.settings()
    if settings.problems:
        return
    with st.expander("Connection"):
        credential = "an API key" if settings.api_key else "a key pair"
        st.text(
            "Sandbox inside this app, no credentials"
            if settings.sandbox
            else f"{settings.base_url} with {credential}"
        )
        if st.button(
            "Check the connection", icon=":material/wifi_tethering:", key="check_connection"
        ):
            _check_connection()


def _check_connection() -> None:
    with problem_view.shown_errors(stop=False):
        with st.spinner("Asking the API"):
            failure = services.analysis_queue().check_credentials()
        if failure:
            problem_view.show_problem(failure)
        else:
            st.success(
                _CONNECTION_WORKS[services.settings().sandbox], icon=":material/check_circle:"
            )
