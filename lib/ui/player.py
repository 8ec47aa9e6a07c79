"""The video of a session, and the script that keeps charts and list in step with it."""

from __future__ import annotations

from pathlib import Path

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from lib import sample
from lib.model import Session
from lib.ui import messages, shared

_NOT_SHOWN = (
    '<p class="sr-noplay" hidden>This browser cannot show the picture of this recording. The '
    "charts are complete all the same; to watch it, convert it to mp4 (H.264 and AAC).</p>"
)
VIDEO, LIST = "player", "spans"
LANES, ENGAGEMENT, QUALITY = CHARTS = ("chart_lanes", "chart_engagement", "chart_quality")
_sync = st.components.v2.component(
    "signal_review_sync", js=Path(__file__).with_name("sync.js").read_text(encoding="utf-8")
)


def show(session: Session) -> None:
    """Draw the video, or ask for the recording where it is no longer here.

    The element never changes between reruns, so playing goes on.
    """
    clip = shared.clip(session.id)
    with st.container(key=VIDEO):
        if clip:
            st.video(str(clip))
            st.html(_NOT_SHOWN)
            _take_away(session)
        else:
            _ask(session)


def _take_away(session: Session) -> None:
    if session.id == sample.ID:
        return
    if st.button("Take the recording away", type="tertiary", icon=":material/close:"):
        shared.recordings().remove_of_session(session.id)
        st.rerun()


def sync(shown: list[int] | None) -> None:
    """Mount the script; it finds the video, the charts and the list by their keys.

    `shown` are the ids of the spans that the list shows, None for all.
    """
    _sync(key="sync", data={"video": VIDEO, "charts": list(CHARTS), "list": LIST, "shown": shown})


def _ask(session: Session) -> None:
    st.info(
        "**The recording is not here.** Recordings are kept for two hours at most. Choose the "
        "file again to watch it beside the charts; it goes to this app only, not to the API.",
        icon=":material/movie:",
    )
    file = st.file_uploader("Recording of this session", key=f"review_clip_{session.id}")
    if file:
        _take(file, session)


def _take(file: UploadedFile, session: Session) -> None:
    from lib import runner  # noqa: PLC0415  heavy, and most visitors bring no recording here

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
