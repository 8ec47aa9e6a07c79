"""The uploader of the Analyze page, and the recordings that were chosen with it."""

from __future__ import annotations

from typing import Any

import streamlit as st

from lib.api_limits import MAX_BYTES, MAX_LENGTH, MAX_SIZE, MIN_LENGTH
from lib.errors import AppError
from lib.media_types import SUFFIXES
from lib.model import Options, V2Options
from lib.recordings.preflight import SOUND_MODEL
from lib.ui.analyze import selected_recordings, selection_view
from lib.ui.shell import messages
from lib.ui.shell.streamlit_internals import UploadedFile
from lib.ui.web import scripts

_AUDIO_FORMATS = "wav, flac, mp3, m4a, ogg, webm, mp4"
_VIDEO_FORMATS = "mp4, mov, avi, mkv, webm, mpeg-ts"
WIDGET_MAX_MB = 64  # well above the API's 32 MiB, which we refuse in words of our own
BATCH_BYTES = MAX_BYTES  # of small files that are uploaded together
_UPLOADER_NUMBER = "analyze_turn"  # how many uploaders were emptied
_COMING_COUNT = "analyze_coming"  # files that the browser has still to upload
_NO_RECORDING_COUNT = "analyze_others"  # files that were left out, as they are no recordings
_LOST_COUNT = "analyze_lost"  # files whose upload was refused or broke off
_FAILURE = "analyze_failed"
_feeder = st.components.v2.component(
    "signal_review_feeder", js=scripts.upload_script(), isolate_styles=False
)


def draw_uploader(options: Options) -> None:
    """Draw the uploader. What was chosen stays when the options change, and is checked anew."""
    key = f"analyze_file_{st.session_state.get(_UPLOADER_NUMBER, 0)}"
    with st.container(key="drop"):
        st.file_uploader(
            "Drop recordings or a folder here, or choose files",
            accept_multiple_files=True,
            max_upload_size=WIDGET_MAX_MB,
            key=key,
            on_change=_add_uploads,
            args=(key,),
        )
    formats, feeder = st.columns([3, 1], vertical_alignment="center")
    formats.caption(_limits_text(options))
    with feeder:
        _feeder(
            key="feeder",
            data={
                "uploader": key,
                "coming": st.session_state.get(_COMING_COUNT, 0),
                "suffixes": list(SUFFIXES),
                "most": WIDGET_MAX_MB * 1_000_000,
                "batch": BATCH_BYTES,
            },
            on_told_change=_read_counts,
        )
    if _FAILURE in st.session_state:
        messages.show_problem(st.session_state[_FAILURE])
    if lost := st.session_state.get(_LOST_COUNT, 0):
        st.warning(f"Files that did not arrive: {lost}. Choose them again.")
    if others := st.session_state.get(_NO_RECORDING_COUNT, 0):
        st.caption(f"Left out because they are not recordings: {others}.")
    if coming := st.session_state.get(_COMING_COUNT, 0):
        done = len(selected_recordings.selected())
        st.progress(done / (done + coming), f"Uploading recordings: {coming} to go")


def _limits_text(options: Options) -> str:
    sound_only = isinstance(options, V2Options) and options.model == SOUND_MODEL
    formats = _AUDIO_FORMATS if sound_only else _VIDEO_FORMATS
    max_length = f" to {MAX_LENGTH}" if isinstance(options, V2Options) else " or longer"
    return f"{formats} · up to {MAX_SIZE} · {MIN_LENGTH}{max_length}"


def _add_uploads(key: str) -> None:
    """Store what was uploaded, and draw a fresh uploader: this one would keep it in memory.

    After a script run that is cut short the next one calls this again, for files that are gone.
    """
    files = [file for file in st.session_state[key] if isinstance(file, UploadedFile)]
    if not files:
        return
    st.session_state[_UPLOADER_NUMBER] = st.session_state.get(_UPLOADER_NUMBER, 0) + 1
    st.session_state[_COMING_COUNT] = max(0, st.session_state.get(_COMING_COUNT, 0) - len(files))
    st.session_state.pop(_FAILURE, None)
    for file in files:
        try:
            selected_recordings.add_upload(file)
        except AppError as error:
            st.session_state[_FAILURE] = error.problem


def _read_counts() -> None:
    """Read from the browser how many files are still to come, left out or lost."""
    counts: Any = st.session_state["feeder"].get("told")
    if not isinstance(counts, dict):
        return
    st.session_state[_COMING_COUNT] = _count(counts.get("coming"))
    st.session_state[_NO_RECORDING_COUNT] = _count(counts.get("others"))
    st.session_state[_LOST_COUNT] = _count(counts.get("lost"))
    for file in counts.get("large") or []:
        selected_recordings.add_too_large(str(file.get("name", "")), _count(file.get("size")))


def _count(value: object) -> int:
    return max(0, value) if isinstance(value, int) else 0


def draw_form(options: Options) -> None:
    """Draw the uploader, then what was chosen, with the buttons that begin the analyses."""
    draw_uploader(options)
    recordings = selected_recordings.check_selected(options)
    if not recordings:
        return
    if len(recordings) == 1 and not st.session_state.get(_COMING_COUNT, 0):
        selection_view.draw_one(recordings[0], options)
    else:
        selection_view.draw_many(
            recordings, options, ready=not st.session_state.get(_COMING_COUNT, 0)
        )
