"""The video of a session with its subtitles, and the keys of the charts kept in step with it."""

from __future__ import annotations

from functools import partial
from io import BytesIO
from pathlib import Path

import streamlit as st

from lib.errors import Problem
from lib.exports import vtt
from lib.interchange import sample_session
from lib.model import Recording, Session
from lib.recordings.uploads import FinishedUpload
from lib.ui.review import blindness, session_frames
from lib.ui.review.loaded_session import LoadedSession
from lib.ui.review.playback import draw_wait, find_playback
from lib.ui.review.waveform import draw_waveform
from lib.ui.shell import (
    problem_view,
    recording_uploader,
    retention_text,
    services,
    signed_addresses,
    upload_limits,
    upload_probe,
)
from lib.ui.shell.upload_field import UploadField

_NOT_SHOWN = (
    '<p class="sr-noplay" hidden>This browser cannot show the picture of this recording. The '
    "charts are complete; to watch it, convert it to mp4 (H.264 and AAC).</p>"
)
_NOT_HEARD = (
    '<p class="sr-noplay" hidden>This browser cannot play the sound of this recording. The '
    "charts are complete all the same; to hear it, convert it to mp3 or wav.</p>"
)
VIDEO = "player"
MAX_DIFFERENCE = 1.0  # seconds between the length of a recording and that of its session
LANES, MEASUREMENT, SPEECH, ENGAGEMENT, QUALITY = CHARTS = (
    "chart_lanes",
    "chart_recording",
    "chart_speech",
    "chart_engagement",
    "chart_quality",
)


def draw_player(loaded: LoadedSession) -> None:
    """Draw the video, wait for it, or ask for the recording where it is no longer here.

    The element never changes between reruns, so playing goes on.
    """
    session = loaded.session
    playback = find_playback(session.id)
    with st.container(key=VIDEO):
        if playback is None:
            _draw_request(session)
        elif not playback.is_made:
            draw_wait(session.id)
        elif playback.has_picture:
            st.video(_source(session, playback.path), subtitles=_subtitles(loaded))
            st.html(_NOT_SHOWN)
        else:
            draw_waveform(session.id)
            st.audio(_source(session, playback.path))
            st.html(_NOT_HEARD)
        if playback and playback.problem:
            problem_view.show_warning(playback.problem)


def _source(session: Session, clip: Path) -> str:
    """What the player is given: an address, else the file, which Streamlit takes into memory."""
    return signed_addresses.recording_address(session.id) or str(clip)


def draw_remove_recording(session: Session) -> None:
    """Offer to remove the recording that is kept for a while; nothing where there is none."""
    if session.id == sample_session.ID or not services.recording_path(session.id):
        return
    if st.button("Remove the recording", type="tertiary", icon=":material/close:"):
        services.recordings().remove_sessions(session.id)
        st.rerun()


def _subtitles(loaded: LoadedSession) -> dict[str, str | Path | bytes | BytesIO]:
    """The tracks to choose from below the video; none is shown until one is chosen."""
    lines = loaded.review_tables["transcript"]
    signals = session_frames.session_tables(loaded.session)["signals"]
    signals = blindness.shown_signals(signals, ())  # one text for all: the player stays as it is
    tracks = {
        "Transcript": "" if lines.empty else vtt.transcript_cues(lines),
        "Signals": "" if signals.empty else vtt.signals_cues(signals),
    }
    return {"none": "", **{name: cues for name, cues in tracks.items() if cues}}


def _draw_request(session: Session) -> None:
    st.info(
        f"**The recording is not here.** {retention_text.recordings_kept(services.settings())} "
        "Choose the file again to watch it beside the charts. It stays in this app.",
        icon=":material/movie:",
    )
    recording_uploader.draw_uploader(
        UploadField(
            f"review_clip_{session.id}",
            "Drop the recording of this session here",
            take=partial(_put_upload, session.id),
            hint=upload_limits.limit_text(),
        )
    )
    if upload := st.session_state.get(_upload_key(session.id)):
        _draw_upload(upload, session)


def _upload_key(session_id: str) -> str:
    """The key of the session state that holds an upload until it is known to be wanted."""
    return f"review_upload_{session_id}"


def _put_upload(session_id: str, upload: FinishedUpload) -> Problem | None:
    """Put an upload that can be read in place of an earlier one; why not, where it cannot."""
    earlier: FinishedUpload | None = st.session_state.pop(_upload_key(session_id), None)
    if earlier and earlier.ticket != upload.ticket:
        services.recordings().remove(earlier.ticket)
    recording = upload_probe.probe_upload(upload)
    if isinstance(recording, Problem):
        return recording
    st.session_state[_upload_key(session_id)] = upload
    return None


def _draw_upload(upload: FinishedUpload, session: Session) -> None:
    """Make an upload the session's recording, or ask whether it is wanted."""
    recording = upload_probe.probe_upload(upload)
    if isinstance(recording, Problem):  # its time was up
        del st.session_state[_upload_key(session.id)]
    elif _is_wanted(recording, session):
        with problem_view.shown_errors(stop=False):
            services.recordings().assign(upload.ticket, session.id)
            del st.session_state[_upload_key(session.id)]
            st.rerun()


def _is_wanted(recording: Recording, session: Session) -> bool:
    """Whether it has the length of the session's recording, or is wanted all the same."""
    length, expected = recording.duration, session.duration
    if not length or not expected or abs(length - expected) <= MAX_DIFFERENCE:
        return True
    st.warning(
        "**This recording differs in length from the one that was analyzed.** Charts and "
        "video would not match.",
        icon=":material/warning:",
    )
    return st.button("Use it anyway", key="review_clip_anyway")
