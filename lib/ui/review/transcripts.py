"""The section on the transcript: attach one, read it, remove it."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from lib import frames, timecode
from lib.interchange import transcript
from lib.model import Line, Session
from lib.ui.review import review_actions, session_frames, transcript_preview
from lib.ui.review.loaded_session import LoadedSession
from lib.ui.shell import html, problem_view, services

MAX_SHOWN_LINES = 400  # lines on the page; the tables and downloads have all


def draw_transcript(loaded: LoadedSession) -> None:
    """Draw the transcript, or an uploader for one."""
    session, lines = loaded.session, loaded.review_tables["transcript"]
    if lines.empty:
        _draw_upload(session)
        return
    st.html(_list_html(lines))
    if len(lines) > MAX_SHOWN_LINES:
        st.caption(f"The first {MAX_SHOWN_LINES} of {len(lines):,} lines; Tables shows them all.")
    if st.button("Remove the transcript", type="tertiary", icon=":material/close:"):
        with problem_view.shown_errors():
            services.library().remove_transcript(session.id)
        st.rerun()


def _draw_upload(session: Session) -> None:
    st.caption(
        "Subtitles (.srt, .vtt, .ttml), a table (.csv, .tsv), a Word document of Teams or Zoom "
        "(.docx), or the .json of a speech recognizer. Its lines appear under each span, as a "
        "lane and as subtitles, and can be searched. It stays in this app."
    )
    file = st.file_uploader("Transcript", key=f"transcript_{session.id}")
    if file is None:
        return
    with problem_view.shown_errors():
        if file.size > transcript.MAX_BYTES:  # before a copy of it is made
            raise transcript.too_large()
        reading = transcript_preview.draw_preview(
            file.getvalue(), name=file.name, duration=session.duration, key=file.file_id
        )
    if st.button(
        "Attach the transcript",
        type="primary",
        icon=":material/check:",
        disabled=reading is None,
        key="transcript_attach",
    ):
        _attach(session, reading.lines if reading else ())
    if reading is None:
        st.caption("Answer the question above first.")


def _attach(session: Session, lines: tuple[Line, ...]) -> None:
    with problem_view.shown_errors():
        review_actions.refuse_deleted(session)
        services.library().write_transcript(session.id, lines)
    st.rerun()


def _list_html(lines: pd.DataFrame) -> str:
    digits = frames.time_digits(lines)
    return html.time_list(
        html.time_button(
            row.draw_start, timecode.format_time(row.start, digits=digits), row.speaker, row.text
        )
        for row in session_frames.rows(lines.head(MAX_SHOWN_LINES))
    )
