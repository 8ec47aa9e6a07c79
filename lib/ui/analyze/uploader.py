"""The uploader of the Analyze page, and the recordings that were chosen with it."""

from __future__ import annotations

import streamlit as st

from lib.api_limits import MIN_LENGTH
from lib.errors import AppError
from lib.model import Options
from lib.ui.analyze import recording_uploads, selected_recordings, selection_view
from lib.ui.shell import messages, services, upload_limits
from lib.ui.shell.streamlit_internals import UploadedFile

_FORMATS = "Recordings of any kind: mp4, mov, webm, mkv, avi, wmv, m4a, mp3, wav, ogg, …"
_PLAIN_SCRIPT = (
    "The host runs this app as a plain script: an upload cannot be paused, and has to be started "
    "again where the connection breaks."
)
_UPLOADER_NUMBER = "analyze_turn"  # how many uploaders were emptied
_FAILURE = "analyze_failed"


def draw_uploader() -> None:
    """Draw the uploader. What was chosen stays when the options change, and is checked anew."""
    if services.serving().is_set():
        recording_uploads.draw_field()
    else:
        _draw_plain_field()
    st.caption(_limits_text())


def _draw_plain_field() -> None:
    """The field where the app is run as a plain script, which has no address to send files to."""
    key = f"analyze_file_{st.session_state.get(_UPLOADER_NUMBER, 0)}"
    with st.container(key="drop"):
        st.file_uploader(
            "Drop recordings here, or choose files",
            accept_multiple_files=True,
            max_upload_size=upload_limits.PLAIN_MEGABYTES,
            key=key,
            on_change=_add_uploads,
            args=(key,),
        )
    st.caption(_PLAIN_SCRIPT)
    if _FAILURE in st.session_state:
        messages.show_problem(st.session_state[_FAILURE])


def _limits_text() -> str:
    """What is taken, and that what the API does not take is prepared for it."""
    return (
        f"{_FORMATS} · {upload_limits.limit_text()} · {MIN_LENGTH} or longer. Before anything is "
        "sent, the page says how: what is too large or too long for the API is cut or made smaller."
    )


def _add_uploads(key: str) -> None:
    """Store what was uploaded, and draw a fresh uploader: this one would keep it in memory.

    After a script run that is cut short the next one calls this again, for files that are gone.
    """
    files = [file for file in st.session_state[key] if isinstance(file, UploadedFile)]
    if not files:
        return
    st.session_state[_UPLOADER_NUMBER] = st.session_state.get(_UPLOADER_NUMBER, 0) + 1
    st.session_state.pop(_FAILURE, None)
    for file in files:
        try:
            selected_recordings.add_upload(file)
        except AppError as error:
            st.session_state[_FAILURE] = error.problem


def draw_form(options: Options) -> None:
    """Draw the uploader, then what was chosen, with the buttons that begin the analyses."""
    draw_uploader()
    coming = recording_uploads.coming_count()
    alone = len(selected_recordings.selected()) == 1 and not coming
    recordings = selected_recordings.check_selected(options, alone=alone)
    if alone:
        selection_view.draw_one(recordings[0])
    elif recordings:
        selection_view.draw_many(recordings, ready=not coming)
