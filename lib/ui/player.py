"""The video of a session, with its subtitles, and the names of what is kept in step with it."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from lib import sample
from lib.exports import vtt
from lib.model import Session
from lib.ui import kept, messages, shared, view

_NOT_SHOWN = (
    '<p class="sr-noplay" hidden>This browser cannot show the picture of this recording. The '
    "charts are complete all the same; to watch it, convert it to mp4 (H.264 and AAC).</p>"
)
VIDEO = "player"
LANES, SPEECH, ENGAGEMENT, QUALITY = CHARTS = (
    "chart_lanes",
    "chart_speech",
    "chart_engagement",
    "chart_quality",
)


def show(session: Session) -> None:
    """Draw the video, or ask for the recording where it is no longer here.

    The element never changes between reruns, so playing goes on.
    """
    clip = shared.clip(session.id)
    with st.container(key=VIDEO):
        if clip:
            st.video(str(clip), subtitles=_subtitles(session))
            st.html(_NOT_SHOWN)
        else:
            _ask(session)


def take_away(session: Session) -> None:
    """Offer to take away the recording on loan; nothing where there is none."""
    if session.id == sample.ID or not shared.clip(session.id):
        return
    if st.button("Take the recording away", type="tertiary", icon=":material/close:"):
        shared.recordings().remove_of(session.id)
        st.rerun()


def _subtitles(session: Session) -> dict[str, str | Path | bytes | BytesIO]:
    """The tracks to choose from below the video; none is shown until one is chosen."""
    lines = view.added(session)["transcript"]
    signals = view.tables(session)["signals"]
    tracks = {
        "Transcript": "" if lines.empty else vtt.transcript_cues(lines),
        "Signals": "" if signals.empty else vtt.signals_cues(signals),
    }
    return {"none": "", **{name: cues for name, cues in tracks.items() if cues}}


def _ask(session: Session) -> None:
    st.info(
        f"**The recording is not here.** {kept.of_recordings(shared.settings())} Choose the "
        "file again to watch it beside the charts; it goes to this app only, not to the API.",
        icon=":material/movie:",
    )
    file = st.file_uploader("Recording of this session", key=f"review_clip_{session.id}")
    if file:
        _take(file, session)


def _take(file: UploadedFile, session: Session) -> None:
    from lib import runner  # noqa: PLC0415  heavy, and most visitors bring no recording here

    if runner.too_large(file.size):
        st.error(
            "**This is not the recording that was analyzed:** it is larger than the API takes. "
            "Choose the file that was sent.",
            icon=":material/block:",
        )
        return
    found, verdict = runner.look_into(
        file, name=file.name, size=file.size, options=runner.V1Options()
    )
    if found is None:
        finding = verdict.refusals[0]
        st.error(f"**{finding.what}** {finding.remedy}", icon=":material/block:")
        return
    other = session.duration and found.duration and abs(found.duration - session.duration) > 1
    if other:
        st.warning(
            "**This recording has another length than the one that was analyzed.** Charts and "
            "video would not fit.",
            icon=":material/warning:",
        )
        if not st.button("Use it all the same", key="review_clip_anyway"):
            return
    with messages.told():
        ticket = shared.recordings().add(file, file.name)
    shared.recordings().lend(ticket, session.id)
    st.rerun()
