"""How many sessions are there, found and chosen, and what can be done to all that are chosen."""

from __future__ import annotations

import streamlit as st

from lib.library import Query
from lib.ui.sessions import import_export, row_actions, selection
from lib.ui.shell import messages, services


def draw_bar(query: Query, found: int, total: int) -> None:
    """Say how many sessions there are, are found and chosen; offer what can be done to them."""
    with st.container(key="shelf_bar", horizontal=True, vertical_alignment="center"):
        st.html(
            f'<p class="sr-found" role="status">'
            f"{count_text(found, total, len(selection.selected_ids()))}</p>"
        )
        if found:
            st.button(
                f"Select all {found:,} {'found' if found < total else 'sessions'}",
                on_click=_choose_all,
                args=(query,),
                icon=":material/select_all:",
                key="sessions_all",
            )
        if selection.selected_ids():
            _offer(selection.selected_ids())


def count_text(found: int, total: int, picked: int) -> str:
    """How many sessions there are, in words."""
    parts = ["1 session" if total == 1 else f"{total:,} sessions"]
    if found < total:
        parts.append(f"{found:,} found")
    if picked:
        parts.append(f"{picked:,} selected")
    return ", ".join(parts)


def _offer(picked: frozenset[str]) -> None:
    st.download_button(
        "Export",
        lambda: import_export.archive_bytes(picked),
        file_name=f"signal-review-{len(picked)}-sessions.zip",
        mime="application/zip",
        icon=":material/download:",
        on_click="ignore",
        key="sessions_export",
    )
    if st.button("Delete", icon=":material/delete:", key="sessions_delete"):
        row_actions.delete(tuple(picked))
    st.button("Clear", on_click=_clear, icon=":material/close:", key="sessions_none")


def _choose_all(query: Query) -> None:
    with messages.shown_errors():
        selection.select(services.library().ids(query))


def _clear() -> None:
    selection.deselect(selection.selected_ids())
