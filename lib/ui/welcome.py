"""Beside the form: where a recording goes, and whether the API can be reached."""

from __future__ import annotations

import streamlit as st

from lib import sample
from lib.ui import kept, messages, opened, shared

_WORKS = {
    True: "The sandbox answers. There are no credentials to check.",
    False: "The credentials work and may upload. No analysis was spent.",
}


def sample_card() -> None:
    """Offer the sample to whoever has no recording at hand."""
    with st.container(border=True):
        picture, words = st.columns([2, 3], vertical_alignment="center")
        picture.image(sample.POSTER, alt="A frame of the sample: two drawn people talk")
        with words:
            st.markdown("**No recording at hand?**")
            st.caption("A short made-up interview, with signals written by hand to fit it.")
            opened.sample_link()


def first_steps() -> None:
    """Say where a recording goes before anybody chooses one."""
    settings = shared.settings()
    away = "Nowhere but to this app: in sandbox mode nothing leaves it."
    if not settings.sandbox:
        away = "To the Interhuman API for analysis. Make sure the people in it agreed."
    with st.expander("Where does my recording go?"):
        st.markdown(
            f"{away} The app holds it in a private file, so that you can watch it beside its "
            f"signals. {kept.of_recordings(settings)} The session keeps the answer and the "
            f"file's name. {kept.of_sessions(settings)}"
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
            st.success(_WORKS[shared.settings().sandbox], icon=":material/check_circle:")
