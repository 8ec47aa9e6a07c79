"""The uploader of the Analyze page, and the recordings that were chosen with it."""

from __future__ import annotations

import streamlit as st

from lib.api_limits import MIN_LENGTH
from lib.model import Options
from lib.ui.analyze import selected_recordings, selection_view
from lib.ui.shell import recording_uploader, sliced_field, upload_limits
from lib.ui.shell.upload_field import UploadField

_FORMATS = "Recordings of any kind: mp4, mov, webm, mkv, avi, wmv, m4a, mp3, wav, ogg, …"
_FIELD = UploadField(
    "upload",
    "Drop recordings or a folder here",
    take=selected_recordings.add_upload,
    refuse=selected_recordings.add_refused,
    several=True,
)


def draw_uploader() -> None:
    """Draw the uploader. What was chosen stays when the options change, and is checked anew."""
    with st.container(key="drop"):
        recording_uploader.draw_uploader(_FIELD)
    st.caption(_limits_text())


def _limits_text() -> str:
    """What is taken, and that what the API does not take is prepared for it."""
    return (
        f"{_FORMATS} · {upload_limits.limit_text()} · {MIN_LENGTH} or longer. Before anything is "
        "sent, the page says how: what is too large or too long for the API is cut or made smaller."
    )


def draw_form(options: Options) -> None:
    """Draw the uploader, then what was chosen, with the buttons that begin the analyses."""
    draw_uploader()
    coming = sliced_field.coming_count(_FIELD.key)
    alone = len(selected_recordings.selected()) == 1 and not coming
    recordings = selected_recordings.check_selected(options, alone=alone)
    if alone:
        selection_view.draw_one(recordings[0])
    elif recordings:
        selection_view.draw_many(recordings, ready=not coming)
