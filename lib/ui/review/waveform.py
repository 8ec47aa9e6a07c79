"""The waveform above the player of a sound; the browser draws it, see web/review/waveform.ts."""

from __future__ import annotations

import streamlit as st

from lib.recordings.peaks import Peaks, make_peaks, peaks_of
from lib.timecode import format_time
from lib.ui.review.playback import LOOK_SECONDS
from lib.ui.shell import services

_ROOM = '<div class="sr-wave-room"></div>'


def draw_waveform(session_id: str) -> None:
    """Draw the waveform of a session's sound, or its place until its peaks are made."""
    recording = services.recording_path(session_id)
    peaks = peaks_of(recording) if recording else None
    if peaks and peaks.levels:
        st.html(_wave_html(peaks))
    elif _is_being_made(session_id):
        _draw_wait(session_id)


@st.fragment(run_every=LOOK_SECONDS)
def _draw_wait(session_id: str) -> None:
    if not _is_being_made(session_id):
        st.rerun()
    st.html(_ROOM)


def _is_being_made(session_id: str) -> bool:
    """Whether there will be peaks, and are none; without them the sound plays all the same."""
    recording = services.recording_path(session_id)
    if recording is None or peaks_of(recording):
        return False
    progress = services.companion_maker().request(
        recording, "peaks", lambda report, cancelled: make_peaks(recording, report, cancelled)
    )
    return progress.problem is None


def _wave_html(peaks: Peaks) -> str:
    length = format_time(peaks.seconds, digits=0)
    levels = ",".join(map(str, peaks.levels))
    return (
        f'<div class="sr-wave" role="img" aria-label="Waveform of the sound, {length} long: '
        'heights are relative to its loudest moment" title="Click to go there" '
        f'data-seconds="{peaks.seconds}" data-levels="{levels}"></div>'
    )
