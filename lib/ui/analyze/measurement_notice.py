"""Says before a recording is sent that most of it is silent or black, once that is known."""

from __future__ import annotations

import streamlit as st

from lib import timecode
from lib.model import Options, RecordingMeasurement, V2Options
from lib.recordings.preflight import SOUND_MODEL
from lib.ui.analyze.selected_recordings import CheckedRecording, SelectedRecording
from lib.ui.shell import services

SPOILED_SHARE = 0.5  # silent or black, of a recording that is hardly worth its analysis
LOOK_SECONDS = 1.0


def draw_notice(checked: CheckedRecording, options: Options) -> None:
    """Draw a line for what will spoil the result; the page does not wait for the measurement."""
    recording = checked.selected
    path = services.recordings().path(recording.ticket) if checked.fit else None
    if path is None:
        return
    previews = services.measurement_previews()
    previews.begin(recording.content, path)
    pending = previews.is_pending(recording.content)
    st.fragment(_draw, run_every=LOOK_SECONDS if pending else None)(recording, options, pending)


def _draw(recording: SelectedRecording, options: Options, was_pending: bool) -> None:  # noqa: FBT001  Streamlit gives it back
    previews = services.measurement_previews()
    if was_pending and not previews.is_pending(recording.content):
        st.rerun()  # so that nobody looks any more
    measurement = previews.measurement(recording.content)
    for text in notices(measurement, options) if measurement else ():
        st.warning(
            f"**{text}** Play it before you send it: the result may say little.",
            icon=":material/warning:",
        )


def notices(measurement: RecordingMeasurement, options: Options) -> list[str]:
    """What will spoil the result with these options, a sentence each."""
    silent, black = (
        measurement.share(measurement.silent),
        measurement.share(measurement.surely_black),
    )
    sound_alone = isinstance(options, V2Options) and options.model == SOUND_MODEL
    texts = []
    if measurement.has_sound and silent >= SPOILED_SHARE:
        texts.append(f"The sound is silent for {timecode.format_percent(silent)}.")
    if measurement.has_picture and black >= SPOILED_SHARE and not sound_alone:
        texts.append(f"The picture is black for {timecode.format_percent(black)}.")
    return texts
