"""What a session hands over: its feedback, its files, and the answer as it came."""

from __future__ import annotations

import streamlit as st

from lib import exports, session_file
from lib.model import Session
from lib.ui import room, text

SHOWN = 200_000  # characters of a raw answer shown on the page; the download has all of it


def feedback(session: Session) -> None:
    """Show V1's feedback, or its reason for giving none; nothing when there is no feedback."""
    said = session.analysis.feedback
    if said is None:
        return
    with st.container(border=True):
        goals = ", ".join(said.active_dimensions)
        st.caption(f"Feedback, {session.author}")
        st.text(said.message or f"No feedback: {said.reason or 'no reason was given'}")
        if goals:
            st.html(text.block(f"Goals: {goals}", css="sr-source"))


def downloads(session: Session) -> None:
    """Offer the spans as CSV and the whole session as JSON; made when asked for."""
    stem = f"signal-review-{session.id}"
    with st.container(horizontal=True):
        st.download_button(
            "Spans (CSV)",
            lambda: exports.signals_csv(room.tables(session)["signals"], about(session)),
            file_name=f"{stem}.csv",
            mime="text/csv",
            icon=":material/download:",
            on_click="ignore",
            key="review_csv",
        )
        st.download_button(
            "Session (JSON)",
            lambda: session_file.write(session),
            file_name=f"{stem}.json",
            mime="application/json",
            icon=":material/download:",
            on_click="ignore",
            key="review_json",
        )


def about(session: Session) -> dict[str, str]:
    """What every row of an export says of where it comes from."""
    return {
        "session": session.id,
        "label": session.label,
        "api": session.analysis.api,
        "model": session.analysis.model,
    }


def raw(session: Session) -> None:
    """Show the answer as received, as plain text, once it is asked for."""
    if st.toggle("Show the raw answer", key="review_raw"):
        answer = session.analysis.raw
        if len(answer) > SHOWN:
            st.caption(f"The first {SHOWN:,} of {len(answer):,} characters.")
        st.code(answer[:SHOWN], language=None, wrap_lines=True, height=400)
