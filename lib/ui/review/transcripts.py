"""The section on the transcript: attach one, read it, remove it."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from lib import timecode
from lib.interchange import transcript
from lib.model import Session
from lib.ui.review import review_actions, session_frames
from lib.ui.review.loaded_session import LoadedSession
from lib.ui.shell import html, messages, services

MAX_MEGABYTES = 5  # of a file; the reader counts the bytes itself
MAX_SHOWN_LINES = 400  # lines on the page; the tables and downloads have all


def draw_transcript(loaded: LoadedSession) -> None:
    """Draw the transcript, or an uploader for one."""
    session, lines = loaded.session, loaded.review_tables["transcript"]
    if lines.empty:
        _draw_upload(session)
        return
    unread = st.session_state.get(_unread_key(session), 0)
    if unread:
        st.warning(f"Lines of the file that could not be read and are left out: {unread}.")
    st.html(_list_html(session, lines))
    if len(lines) > MAX_SHOWN_LINES:
        st.caption(f"The first {MAX_SHOWN_LINES} of {len(lines)} lines; Tables has all.")
    if st.button("Take the transcript away", type="tertiary", icon=":material/close:"):
        with messages.shown_errors():
            services.library().remove_transcript(session.id)
        st.rerun()


def _draw_upload(session: Session) -> None:
    st.caption(
        "An .srt or .vtt file, or a CSV with the columns start, end, speaker and text. Its lines "
        "show under each span, as a lane, as subtitles, and are searched. It stays in this app."
    )
    file = st.file_uploader(
        "Transcript",
        type=["srt", "vtt", "csv"],
        max_upload_size=MAX_MEGABYTES,
        key=f"transcript_{session.id}",
    )
    if file is None:
        return
    with messages.shown_errors():
        reading = transcript.read_transcript(file.getvalue(), name=file.name)
        review_actions.refuse_deleted(session)
        services.library().write_transcript(session.id, reading.lines)
    st.session_state[_unread_key(session)] = reading.unread
    st.rerun()


def _unread_key(session: Session) -> str:
    return f"transcript_unread_{session.id}"


def _list_html(session: Session, lines: pd.DataFrame) -> str:
    digits = session_frames.digits(session)
    return html.time_list(
        html.time_button(
            row.draw_start, timecode.format_time(row.start, digits=digits), row.speaker, row.text
        )
        for row in session_frames.rows(lines.head(MAX_SHOWN_LINES))
    )
