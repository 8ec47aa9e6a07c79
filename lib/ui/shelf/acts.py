"""What is done to sessions of the list: one is renamed, one or many are deleted."""

from __future__ import annotations

import streamlit as st

from lib.library import MAX_TITLE, Belongings
from lib.ui import messages, shared, text
from lib.ui.shelf import chosen

ACT = "sessions_act"  # what the browser asked for: an act and the session's id
GONE = "**This session is not there any more.** Somebody deleted it meanwhile."


def take(sent: object) -> None:
    """Keep what the browser asks for until the page is drawn."""
    if isinstance(sent, dict) and isinstance(sent.get("id"), str):
        st.session_state[ACT] = (sent.get("kind"), sent["id"])


def follow() -> None:
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
        st.warning(GONE, icon=":material/search_off:")
        return
    key = f"title_{session_id}"
    with st.form("rename", border=False):
        st.text_input("Title", title, max_chars=MAX_TITLE, key=key)
        saved = st.form_submit_button("Save", type="primary", on_click=_renamed, args=(session_id,))
    if saved and st.session_state[key].strip():
        st.rerun()
    elif saved:
        st.warning("A title needs at least one letter.", icon=":material/warning:")


@st.dialog("Delete for good?")
def delete(session_ids: tuple[str, ...]) -> None:
    """Say what goes with these sessions, and ask whether it shall."""
    with messages.told():
        found = shared.library().belongings(session_ids)
        lent = sum(map(shared.recordings().holds, session_ids))
    if not found.sessions:
        st.warning(GONE, icon=":material/search_off:")
        return
    if len(session_ids) == 1:
        st.html(text.block(_title(session_ids[0]) or "", css="sr-name"))
    st.write("This goes, and cannot be brought back:")
    st.html(_list(going(found, lent)))
    if st.button(
        f"Delete {counted(found.sessions, 'session')}",
        type="primary",
        icon=":material/delete:",
        key="delete_confirm",
    ):
        _delete(session_ids)
        st.rerun()


def going(found: Belongings, lent: int) -> list[str]:
    """What goes with the sessions, a line a kind; `lent` recordings lie here."""
    kinds = (
        (found.sessions, "session", "with signals, scores and the answer as received"),
        (found.notes, "note", ""),
        (found.verdicts, "verdict", ""),
        (found.transcripts, "transcript", ""),
        (lent, "recording", "kept here"),
    )
    return [f"{counted(count, noun)} {more}".strip() for count, noun, more in kinds if count]


def counted(count: int, noun: str) -> str:
    """A number of things in words."""
    return f"{count:,} {noun}{'s' * (count != 1)}"


def _list(lines: list[str]) -> str:
    return f"<ul>{''.join(text.block(line, tag='li') for line in lines)}</ul>"


def _title(session_id: str) -> str | None:
    with messages.told():
        return shared.library().title(session_id)


def _renamed(session_id: str) -> None:
    with messages.told():
        shared.library().rename(session_id, st.session_state[f"title_{session_id}"])
    shared.changed()


def _delete(session_ids: tuple[str, ...]) -> None:
    with messages.told():
        shared.library().delete_all(session_ids)
    chosen.drop(session_ids)
    shared.recordings().remove_of(*session_ids)
    shared.changed()
