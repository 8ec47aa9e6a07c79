"""The list of sessions: open, rename, delete, and bring a result file in."""

from __future__ import annotations

import streamlit as st

from lib import clock, session_file
from lib.library import MAX_TITLE, Summary
from lib.model import ORIGIN_LABELS
from lib.ui import messages, shared, text
from lib.ui.opened import LOST, REVIEW

PER_PAGE = 20


def bring_in() -> None:
    """Take in a session file, a raw V1 answer or a V2 envelope."""
    with st.expander("Bring in a result file", icon=":material/upload_file:"):
        file = st.file_uploader(
            "A session file of this app, a V1 answer, or a V2 job (JSON)",
            type=["json"],
            key="sessions_file",
        )
        if file and st.button("Bring it in", type="primary", key="sessions_bring_in"):
            _take(file.getvalue(), file.name)


def _take(content: bytes, name: str) -> None:
    with messages.told():
        found = session_file.read_all(content, name=name)
        shared.library().bring_in(found.session, found.review)
    st.session_state[LOST] = {found.session.id: found.lost}
    st.switch_page(REVIEW, query_params={"session": found.session.id})


def show() -> None:
    """Draw the sessions, newest first, a page at a time."""
    with messages.told():
        count = shared.library().count()
        if count == 0:
            st.info(
                "**No sessions yet.** Analyze a recording, bring a result file in, or open the "
                "sample.",
                icon=":material/inbox:",
            )
            return
        page = 1
        if count > PER_PAGE:
            page = st.pagination(-(-count // PER_PAGE), key="sessions_page")
        rows = shared.library().summaries(offset=(page - 1) * PER_PAGE, limit=PER_PAGE)
    for row in rows:
        _row(row)


def _row(row: Summary) -> None:
    with st.container(border=True, key=f"session_{row.id}"):
        about, actions = st.columns([3, 2], vertical_alignment="center")
        with about:
            st.html(text.block(row.title, css="sr-name") + _facts(row))
        with (
            actions,
            st.container(
                horizontal=True, horizontal_alignment="right", vertical_alignment="center"
            ),
        ):
            st.page_link(
                REVIEW,
                label="Open",
                icon=":material/graphic_eq:",
                query_params={"session": row.id},
            )
            if st.button("Rename", icon=":material/edit:", key=f"rename_{row.id}"):
                _rename(row)
            if st.button("Delete", icon=":material/delete:", key=f"delete_{row.id}"):
                _delete(row)


def _facts(row: Summary) -> str:
    facts = [
        text.moment(row.created_at),
        clock.text(row.duration, digits=0) if row.duration else "",
        text.model_name(row.api, row.model),
        "signals not asked for" if row.signals is None else f"spans: {row.signals}",
        row.recording_name,
        ORIGIN_LABELS[row.origin],
    ]
    spans = "".join(text.block(fact, tag="span") for fact in facts if fact)
    return f'<div class="sr-facts">{spans}</div>'


@st.dialog("Rename the session")
def _rename(row: Summary) -> None:
    with st.form("rename", border=False):
        st.text_input("Title", row.title, max_chars=MAX_TITLE, key=f"title_{row.id}")
        saved = st.form_submit_button("Save", type="primary", on_click=_renamed, args=(row.id,))
    if saved and st.session_state[f"title_{row.id}"].strip():
        st.rerun()
    elif saved:
        st.warning("A title needs at least one letter.", icon=":material/warning:")


@st.dialog("Delete the session?")
def _delete(row: Summary) -> None:
    st.html(text.block(row.title, css="sr-name"))
    st.write(
        "Its signals, scores, notes, verdicts, transcript and the recording on loan go with it. "
        "This cannot be undone."
    )
    if st.button(
        "Delete",
        type="primary",
        icon=":material/delete:",
        on_click=_deleted,
        args=(row.id,),
        key="delete_confirm",
    ):
        st.rerun()


def _renamed(session_id: str) -> None:
    with messages.told():
        shared.library().rename(session_id, st.session_state[f"title_{session_id}"])
    shared.changed()


def _deleted(session_id: str) -> None:
    with messages.told():
        shared.library().delete(session_id)
    shared.recordings().remove_of_session(session_id)
    shared.changed()
