"""The bar above the list: counts of sessions, matches and selected ones, and actions on these."""

from __future__ import annotations

import streamlit as st

from lib.library import Query
from lib.ui.sessions import import_export, row_actions, selection
from lib.ui.shell import problem_view, services


def draw_bar(query: Query, matches: int, total: int) -> None:
    """Draw how many sessions there are, match and are selected, and actions on the selected."""
    with st.container(key="shelf_bar", horizontal=True, vertical_alignment="center"):
        st.html(
            f'<p class="sr-found" role="status">'
            f"{count_text(matches, total, len(selection.selected_ids()))}</p>"
        )
        if matches:
            st.button(
                f"Select all {matches:,} {'found' if matches < total else 'sessions'}",
                on_click=_choose_all,
                args=(query,),
                icon=":material/select_all:",
                key="sessions_all",
            )
        if selection.selected_ids():
            _draw_actions(selection.selected_ids())


def count_text(matches: int, total: int, selected: int) -> str:
    """How many sessions there are, match and are selected, in words."""
    parts = ["1 session" if total == 1 else f"{total:,} sessions"]
    if not matches:
        parts = [f"No matches in {parts[0]}"]
    elif matches < total:
        parts.append(f"{matches:,} found")
    if selected:
        parts.append(f"{selected:,} selected")
    return ", ".join(parts)


def _draw_actions(session_ids: frozenset[str]) -> None:
    st.download_button(
        "Export",
        lambda: import_export.archive_bytes(session_ids),
        file_name=f"signal-review-{len(session_ids)}-sessions.zip",
        mime="application/zip",
        icon=":material/download:",
        on_click="ignore",
        key="sessions_export",
    )
    if st.button("Delete", icon=":material/delete:", key="sessions_delete"):
        row_actions.delete(tuple(session_ids))
    st.button("Clear", on_click=_clear, icon=":material/close:", key="sessions_none")


def _choose_all(query: Query) -> None:
    with problem_view.shown_errors():
        selection.select(services.library().ids(query))


def _clear() -> None:
    selection.deselect(selection.selected_ids())
