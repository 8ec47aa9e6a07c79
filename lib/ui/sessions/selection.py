"""Which sessions are chosen, whatever the list shows now."""

from __future__ import annotations

from collections.abc import Collection

import streamlit as st

CHOSEN, SEEN = "sessions_chosen", "sessions_seen"


def selected_ids() -> frozenset[str]:
    """The ids of what is chosen; some may have been deleted elsewhere."""
    found: frozenset[str] = st.session_state.get(CHOSEN, frozenset())
    return found


def take_choice(sent: object) -> None:
    """Take over what the browser shows as chosen on its page."""
    if not isinstance(sent, dict):
        return
    page, on = (_texts(sent.get(name)) for name in ("page", "on"))
    st.session_state[CHOSEN] = selected_ids() - page | on & page
    seen = sent.get("seen")
    st.session_state[SEEN] = seen if isinstance(seen, int) else 0


def select(more: Collection[str]) -> None:
    """Choose these as well."""
    st.session_state[CHOSEN] = selected_ids().union(more)


def deselect(less: Collection[str]) -> None:
    """Choose these no longer."""
    st.session_state[CHOSEN] = selected_ids().difference(less)


def _texts(sent: object) -> frozenset[str]:
    listed = sent if isinstance(sent, list) else []
    return frozenset(one for one in listed if isinstance(one, str))
