"""Beside the form: where a recording goes, and whether the API can be reached."""

from __future__ import annotations

import streamlit as st

from lib import sample
from lib.ui import messages, opened, shared


def sample_card() -> None:
    """Offer the sample to whoever has no recording at hand."""
    with st.container(border=True):
        picture, words = st.columns([2, 3], vertical_alignment="center")
        picture.image(sample.POSTER)
        with words:
            st.markdown("**No recording at hand?**")
            st.caption("A short made-up interview, with signals written by hand to fit it.")
            opened.sample_link()


def first_steps() -> None:
    """Say where a recording goes before anybody chooses one."""
    with st.expander("Where does my recording go?"):
        st.markdown(
            "To the Interhuman API for analysis, and to a private temporary file of this app, "
            "so that you can watch it beside its signals. That file is removed two hours after "
            "it was last watched. The session keeps the API's answer and the file's name, "
            "not the recording. Make sure the people in it agreed."
        )


def connection() -> None:
    """Say how the API is reached, and check it when asked to."""
    settings = shared.settings()
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
    with messages.told(stop=False):
        with st.spinner("Asking the API"):
            failure = shared.runner().check()
        if failure:
            messages.failure(failure)
        else:
            st.success(
                "The credentials work and may upload. No analysis was spent.",
                icon=":material/check_circle:",
            )
