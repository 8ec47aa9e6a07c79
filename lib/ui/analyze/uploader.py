"""The form of the Analyze page: recordings, how to analyse them, and what the API would say."""

from __future__ import annotations

from typing import Any

import streamlit as st

from lib.errors import AppError
from lib.media_types import SUFFIXES
from lib.model import Options, V2Options
from lib.recordings.preflight import MAX_BYTES
from lib.ui.analyze import selected_recordings, selection_view
from lib.ui.shell import messages
from lib.ui.shell.streamlit_internals import UploadedFile
from lib.ui.web import scripts

_AUDIO_FORMATS = "wav, flac, mp3, m4a, ogg, webm, mp4"
_VIDEO_FORMATS = "mp4, mov, avi, mkv, webm, mpeg-ts"
WIDGET_LIMIT = 64  # MB; well above the API's 32 MiB, which we refuse in words of our own
BATCH = MAX_BYTES  # bytes of small files that are brought in together
_TURN = "analyze_turn"  # how many uploaders were emptied
_COMING = "analyze_coming"  # how many files the browser still holds back
_OTHERS = "analyze_others"  # how many were left out, as they are no recordings
_LOST = "analyze_lost"  # how many the uploader did not take, or broke off
_FAILED = "analyze_failed"
_feeder = st.components.v2.component(
    "signal_review_feeder", js=scripts.upload_script(), isolate_styles=False
)


def draw_uploader(options: Options) -> None:
    """Ask for recordings. They stay when the options change, and are judged anew."""
    key = f"analyze_file_{st.session_state.get(_TURN, 0)}"
    with st.container(key="drop"):
        st.file_uploader(
            "Drop recordings or a folder here, or choose files",
            type=list(SUFFIXES),
            accept_multiple_files=True,
            max_upload_size=WIDGET_LIMIT,
            key=key,
            on_change=_take,
            args=(key,),
        )
    formats, below = st.columns([3, 1], vertical_alignment="center")
    formats.caption(_limits(options))
    with below:
        _feeder(
            key="feeder",
            data={
                "uploader": key,
                "coming": st.session_state.get(_COMING, 0),
                "suffixes": list(SUFFIXES),
                "most": WIDGET_LIMIT * 1_000_000,
                "batch": BATCH,
            },
            on_told_change=_told,
        )
    if _FAILED in st.session_state:
        messages.show_problem(st.session_state[_FAILED])
    if lost := st.session_state.get(_LOST, 0):
        st.warning(f"Files that did not arrive: {lost}. Choose them again.")
    if others := st.session_state.get(_OTHERS, 0):
        st.caption(f"Left out, as they are no recordings: {others}.")
    if coming := st.session_state.get(_COMING, 0):
        done = len(selected_recordings.selected())
        st.progress(done / (done + coming), f"Bringing in recordings: {coming} to come")


def _limits(options: Options) -> str:
    sound_only = isinstance(options, V2Options) and options.model == "inter-2-audio"
    formats = _AUDIO_FORMATS if sound_only else _VIDEO_FORMATS
    longest = " to 30 minutes" if isinstance(options, V2Options) else " or longer"
    return f"{formats} · up to 32 MiB · 3 seconds{longest}"


def _take(key: str) -> None:
    """Take over what came, and draw a fresh uploader: this one would hold it in memory.

    A run that is cut short is followed by one that calls this again, for files that are gone.
    """
    files = [file for file in st.session_state[key] if isinstance(file, UploadedFile)]
    if not files:
        return
    st.session_state[_TURN] = st.session_state.get(_TURN, 0) + 1
    st.session_state[_COMING] = max(0, st.session_state.get(_COMING, 0) - len(files))
    st.session_state.pop(_FAILED, None)
    for file in files:
        try:
            selected_recordings.add_upload(file)
        except AppError as error:
            st.session_state[_FAILED] = error.problem


def _told() -> None:
    """Note what the browser says of files that it holds back or left out."""
    said: Any = st.session_state["feeder"].get("told")
    if not isinstance(said, dict):
        return
    st.session_state[_COMING] = _count(said.get("coming"))
    st.session_state[_OTHERS] = _count(said.get("others"))
    st.session_state[_LOST] = _count(said.get("lost"))
    for file in said.get("large") or []:
        selected_recordings.add_too_large(str(file.get("name", "")), _count(file.get("size")))


def _count(said: object) -> int:
    return max(0, said) if isinstance(said, int) else 0


def draw_form(options: Options) -> None:
    """Draw the form, and begin the analysis of one or of many when asked to."""
    draw_uploader(options)
    found = selected_recordings.check_selected(options)
    if not found:
        return
    if len(found) == 1 and not st.session_state.get(_COMING, 0):
        selection_view.draw_one(found[0], options)
    else:
        selection_view.draw_many(found, options, ready=not st.session_state.get(_COMING, 0))
