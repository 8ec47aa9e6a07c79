"""What plays a session's recording in a browser, and the wait for it where that is still made."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from lib.errors import Problem, UnreadableRecordingError
from lib.interchange import sample_session
from lib.model import Recording
from lib.recordings.probe import probe
from lib.recordings.proxy import find_proxy_steps, make_proxy, proxy_of
from lib.ui.shell import html, services

if TYPE_CHECKING:
    from lib.background.companion_maker import Progress

SAMPLE_FRAME_RATE = 20.0  # frames a second of samples/sample.mp4
LOOK_SECONDS = 1.0  # between two looks at what is being made


@dataclass(frozen=True, slots=True)
class Playback:
    """The file that a player is given.

    Whether there is a picture to show; where that cannot be told, the video player says so.
    `progress` is that of a proxy that is not there, None where it needs none.
    """

    path: Path
    has_picture: bool = True
    progress: Progress | None = None

    @property
    def is_made(self) -> bool:
        """Whether there is nothing to wait for."""
        return self.progress is None or self.problem is not None

    @property
    def problem(self) -> Problem | None:
        """Why there is no proxy, where one was needed."""
        return self.progress.problem if self.progress else None


def find_playback(session_id: str) -> Playback | None:
    """What plays the recording of a session, None where that is not here.

    A proxy that it lacks is made from now on, once for all who look.
    """
    clip = services.recording_path(session_id)
    if clip is None:
        return None
    if session_id == sample_session.ID:  # the first page that many open waits for no process
        return Playback(clip)
    recording = _look_into(clip)
    if recording is None:
        return Playback(clip)
    has_picture, steps = recording.video_codec is not None, find_proxy_steps(recording)
    if not steps:
        return Playback(clip, has_picture)
    if proxy := proxy_of(clip):
        return Playback(proxy, has_picture)
    make = partial(make_proxy, clip, steps)
    return Playback(clip, has_picture, services.companion_maker().request(clip, "proxy", make))


def find_frame_rate(session_id: str) -> float | None:
    """The frames a second of what plays; None where there is no recording, or it has none."""
    if session_id == sample_session.ID:
        return SAMPLE_FRAME_RATE
    clip = services.playable_path(session_id)
    recording = _look_into(clip) if clip else None
    return recording.frame_rate if recording else None


@st.fragment(run_every=LOOK_SECONDS)
def draw_wait(session_id: str) -> None:
    """Draw how far the proxy of a session's recording is; the page is drawn anew once it is."""
    playback = find_playback(session_id)
    if playback is None or playback.is_made or playback.progress is None:
        st.rerun()
    st.html(_wait_html(playback.progress.share))


def _wait_html(share: float | None) -> str:
    if share is None:
        text = "This recording waits until others are prepared for this browser."
    else:
        text = f"This recording is being prepared for this browser ({share:.0%})."
    more = "The charts are complete; it plays here as soon as it is ready."
    return (
        f'<div class="sr-wait">{html.element(text)}{html.element(more)}'
        f'<div class="sr-progress"><i style="width:{share or 0.0:.1%}"></i></div></div>'
    )


def _look_into(clip: Path) -> Recording | None:
    try:
        return probe(clip, name=clip.name, size=clip.stat().st_size)
    except (UnreadableRecordingError, OSError):
        return None
