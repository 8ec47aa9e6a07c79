"""The ids of the selected sessions, kept whatever page of the list is shown."""

from __future__ import annotations

from collections.abc import Collection

import streamlit as st

CHOSEN, CHOICE_NUMBER = "sessions_chosen", "sessions_seen"


def selected_ids() -> frozenset[str]:
    """The ids of the selected sessions; some may have been deleted elsewhere."""
    ids: frozenset[str] = st.session_state.get(CHOSEN, frozenset())
    return ids


def take_choice(sent: object) -> None:
    """Take over what is selected on the page that the browser shows."""
    if not isinstance(sent, dict):
        return
    page, on = (_texts(sent.get(name)) for name in ("page", "on"))
    st.session_state[CHOSEN] = selected_ids() - page | on & page
    number = sent.get("seen")
    st.session_state[CHOICE_NUMBER] = number if isinstance(number, int) else 0


def select(session_ids: Collection[str]) -> None:
    """Select these as well."""
    st.session_state[CHOSEN] = selected_ids().union(session_ids)


def deselect(session_ids: Collection[str]) -> None:
    """Select these no longer."""
    st.session_state[CHOSEN] = selected_ids().difference(session_ids)


def _texts(sent: object) -> frozenset[str]:
    listed = sent if isinstance(sent, list) else []
    return frozenset(text for text in listed if isinstance(text, str))
