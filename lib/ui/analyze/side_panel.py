"""Beside the form: where a recording goes, and whether the API can be reached."""

from __future__ import annotations

import streamlit as st

from lib.interchange import sample_session
from lib.ui.shell import links, messages, retention_text, services

_WORKS = {
    True: "The sandbox answers. There are no credentials to check.",
    False: "The credentials work and may upload. No analysis was spent.",
}


def draw_sample_card() -> None:
    """Offer the sample to whoever has no recording at hand."""
    with st.container(border=True):
        picture, words = st.columns([2, 3], vertical_alignment="center")
        picture.image(sample_session.POSTER, alt="A frame of the sample: two drawn people talk")
        with words:
            st.markdown("**No recording at hand?**")
            st.caption("A short made-up interview, with signals written by hand to fit it.")
            links.sample_link()


def draw_privacy() -> None:
    """Say where a recording goes before anybody chooses one."""
    settings = services.settings()
    away = "Nowhere but to this app: in sandbox mode nothing leaves it."
    if not settings.sandbox:
        away = "To the Interhuman API for analysis. Make sure the people in it agreed."
    with st.expander("Where does my recording go?"):
        st.markdown(
            f"{away} The app holds it in a private file, so that you can watch it beside its "
            f"signals. {retention_text.recordings_kept(settings)} The session keeps the answer "
            f"and the file's name. {retention_text.sessions_kept(settings)}"
        )


def draw_connection() -> None:
    """Say how the API is reached, and check it when asked to."""
    settings = services.settings()
    if settings.problems:
        return
    with st.expander("Connection"):
        kind = "an API key" if settings.api_key else "a key pair"
        st.text(
            "Sandbox inside this app, no credentials"
            if settings.sandbox
            else f"{settings.base_url} with {kind}"
        )
        if st.button(
            "Check the connection", icon=":material/wifi_tethering:", key="check_connection"
        ):
            _check()


def _check() -> None:
    with messages.shown_errors(stop=False):
        with st.spinner("Asking the API"):
            failure = services.analysis_queue().check_credentials()
        if failure:
            messages.show_problem(failure)
        else:
            st.success(_WORKS[services.settings().sandbox], icon=":material/check_circle:")
