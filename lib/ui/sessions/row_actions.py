"""Rename a session of the list, and delete one or many."""

from __future__ import annotations

import streamlit as st

from lib.library import MAX_TITLE, DeletionCounts
from lib.ui.sessions import selection
from lib.ui.shell import html, problem_view, services

ACT = "sessions_act"  # state: the action the browser asked for, and the session's id
DELETED_TEXT = "**This session no longer exists.** Somebody deleted it in the meantime."


def keep_action(sent: object) -> None:
    """Keep what the browser asks for until the page is drawn."""
    if isinstance(sent, dict) and isinstance(sent.get("id"), str):
        st.session_state[ACT] = (sent.get("kind"), sent["id"])


def do_kept_action() -> None:
    """Do what the browser asked for."""
    kind, session_id = st.session_state.pop(ACT, (None, ""))
    if kind == "rename":
        rename(session_id)
    elif kind == "delete":
        delete((session_id,))


@st.dialog("Rename the session")
def rename(session_id: str) -> None:
    """Ask for another title."""
    title = _title(session_id)
    if title is None:
        st.warning(DELETED_TEXT, icon=":material/search_off:")
        return
    key = f"title_{session_id}"
    with st.form("rename", border=False):
        st.text_input("Title", title, max_chars=MAX_TITLE, key=key)
        saved = st.form_submit_button("Save", type="primary", on_click=_renamed, args=(session_id,))
    if saved and st.session_state[key].strip():
        st.rerun()
    elif saved:
        st.warning("A title needs at least one character.", icon=":material/warning:")


@st.dialog("Delete permanently?")
def delete(session_ids: tuple[str, ...]) -> None:
    """Say what goes with these sessions, and ask whether it shall."""
    with problem_view.shown_errors():
        counts = services.library().deletion_counts(session_ids)
        recordings = sum(map(services.recordings().has_session, session_ids))
    if not counts.sessions:
        st.warning(DELETED_TEXT, icon=":material/search_off:")
        return
    if len(session_ids) == 1:
        st.html(html.element(_title(session_ids[0]) or "", css="sr-name"))
    st.write("This will be deleted and cannot be recovered:")
    st.html(_list_html(deletion_lines(counts, recordings)))
    if st.button(
        f"Delete {count_of(counts.sessions, 'session')}",
        type="primary",
        icon=":material/delete:",
        key="delete_confirm",
    ):
        _delete(session_ids)
        st.rerun()


def deletion_lines(counts: DeletionCounts, recordings: int) -> list[str]:
    """What goes with the sessions, a line a kind; `lent` recordings lie here."""
    kinds = (
        (counts.sessions, "session", "with signals, scores and the answer as received"),
        (counts.notes, "note", ""),
        (counts.verdicts, "verdict", ""),
        (counts.claims, "claim", ""),
        (counts.transcripts, "transcript", ""),
        (counts.coded, "coded span", ""),
        (recordings, "recording", "kept here"),
    )
    return [f"{count_of(count, noun)} {detail}".strip() for count, noun, detail in kinds if count]


def count_of(count: int, noun: str) -> str:
    """A number of things in words."""
    return f"{count:,} {noun}{'s' * (count != 1)}"


def _list_html(lines: list[str]) -> str:
    return f"<ul>{''.join(html.element(line, tag='li') for line in lines)}</ul>"


def _title(session_id: str) -> str | None:
    with problem_view.shown_errors():
        return services.library().title(session_id)


def _renamed(session_id: str) -> None:
    with problem_view.shown_errors():
        services.library().rename(session_id, st.session_state[f"title_{session_id}"])
    services.forget_sessions()


def _delete(session_ids: tuple[str, ...]) -> None:
    with problem_view.shown_errors():
        services.library().delete_all(session_ids)
    selection.deselect(session_ids)
    services.recordings().remove_sessions(*session_ids)
    services.forget_sessions()
