"""The transcript of a session: attach one, read it, take it away."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from lib import timecode
from lib.interchange import transcript
from lib.model import Session
from lib.ui.review import review_actions, session_frames
from lib.ui.review.loaded_session import LoadedSession
from lib.ui.shell import html, messages, services

LARGEST = 5  # MB; the reader counts the bytes itself
SHOWN = 400  # lines on the page; the tables and downloads have all


def draw_transcript(loaded: LoadedSession) -> None:
    """Draw the transcript, or take one in."""
    session, lines = loaded.session, loaded.review_tables["transcript"]
    if lines.empty:
        _take(session)
        return
    unread = st.session_state.get(_unread(session), 0)
    if unread:
        st.warning(f"Lines of the file that could not be read and are left out: {unread}.")
    st.html(_list(session, lines))
    if len(lines) > SHOWN:
        st.caption(f"The first {SHOWN} of {len(lines)} lines; Tables has all.")
    if st.button("Take the transcript away", type="tertiary", icon=":material/close:"):
        with messages.shown_errors():
            services.library().remove_transcript(session.id)
        st.rerun()


def _take(session: Session) -> None:
    st.caption(
        "An .srt or .vtt file, or a CSV with the columns start, end, speaker and text. Its lines "
        "show under each span, as a lane, as subtitles, and are searched. It stays in this app."
    )
    file = st.file_uploader(
        "Transcript",
        type=["srt", "vtt", "csv"],
        max_upload_size=LARGEST,
        key=f"transcript_{session.id}",
    )
    if file is None:
        return
    with messages.shown_errors():
        found = transcript.read_transcript(file.getvalue(), name=file.name)
        review_actions.refuse_deleted(session)
        services.library().write_transcript(session.id, found.lines)
    st.session_state[_unread(session)] = found.unread
    st.rerun()


def _unread(session: Session) -> str:
    return f"transcript_unread_{session.id}"


def _list(session: Session, lines: pd.DataFrame) -> str:
    digits = session_frames.digits(session)
    return html.time_list(
        html.time_button(
            row.draw_start, timecode.format_time(row.start, digits=digits), row.speaker, row.text
        )
        for row in session_frames.rows(lines.head(SHOWN))
    )
