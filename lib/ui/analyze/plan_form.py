"""The choice of how recordings are sent: of one by ways, times and sound, of many by a preference.

What was chosen stays in the state of the viewer; it is read before anything is drawn.
"""

from __future__ import annotations

import streamlit as st

from lib.api_limits import V2_WINDOW_SECONDS
from lib.errors import Problem
from lib.model import Recording
from lib.recordings.preflight import SOUND_MODEL
from lib.recordings.ways import Wishes
from lib.timecode import format_time
from lib.ui.analyze import plan_text
from lib.ui.analyze.plan_choice import NO_CHOICE, Choice, Sending, Wanted, read_stretch, way_name
from lib.ui.shell import html, services

_WANTED: dict[Wanted, tuple[str, str]] = {  # what each is called, and for which recordings it is
    "parts": ("More parts, sharp picture", "What the API takes goes as it is"),
    "whole": ("Few parts, smaller picture", "What the API takes goes as it is"),
    "sound": ("Sound alone", f"Of all that have sound, to {SOUND_MODEL} (V2)"),
}
_OVERLAPS = {  # what is sent on either side of a part [s]
    "None": 0.0,
    f"One window ({V2_WINDOW_SECONDS:g} s)": V2_WINDOW_SECONDS,
    f"Two windows ({2 * V2_WINDOW_SECONDS:g} s)": 2 * V2_WINDOW_SECONDS,
}
_ALL = "all"  # the recordings of a batch
_MIXED = "All, mixed"


def read_choice(recording_id: str, recording: Recording | Problem) -> Choice:
    """What was chosen for one recording."""
    if isinstance(recording, Problem):
        return NO_CHOICE
    stretch = None
    if recording.duration:
        start, end = _text("from", recording_id), _text("to", recording_id)
        stretch = read_stretch(start, end, recording.duration)
    problem = stretch if isinstance(stretch, Problem) else None
    tracks = _tracks(recording)
    track = tracks.get(_text("sound", recording_id), 0)
    wishes = Wishes(
        None if isinstance(stretch, Problem) else stretch,
        track,
        _overlap(recording_id),
        skip_damage=_is_checked("rest", recording_id),
    )
    return Choice(_text("way", recording_id), wishes=wishes, problem=problem)


def read_preference() -> Choice:
    """What was chosen for all recordings of a batch."""
    wanted = st.session_state.get("plan_wanted", "parts")
    wishes = Wishes(overlap=_overlap(_ALL), skip_damage=_is_checked("rest", _ALL))
    return Choice(wanted=wanted, wishes=wishes)


def draw_plan(sending: Sending) -> None:
    """Draw how a recording is sent; nothing where it is not."""
    if sending.way is None:
        return
    sandbox = services.settings().sandbox
    first, *rest = plan_text.lines(sending.way, sending.wishes, sandbox=sandbox)
    heading = html.element(first, css="sr-plan-what")
    st.html(f'<div class="sr-plan">{heading}{"".join(map(html.element, rest))}</div>')


def draw_choice(recording_id: str, recording: Recording | Problem, sending: Sending) -> None:
    """Draw what the analyst may choose otherwise; nothing where there is no choice."""
    if isinstance(recording, Problem) or not sending.ways:
        return
    if not recording.duration and len(sending.ways) == 1:  # it can only go as it is
        return
    with st.expander("Change how it is sent", icon=":material/tune:"):
        _draw_ways(recording_id, sending)
        if any(len(way.parts) > 1 for way in sending.ways):
            _draw_overlap(recording_id)
        if recording.duration:
            _draw_stretch(recording_id, recording.duration)
        if recording.sound_tracks > 1:
            st.selectbox("Sound", list(_tracks(recording)), key=_key("sound", recording_id))
        if sending.way and sending.way.work:
            _draw_damage(recording_id)


def draw_preference() -> None:
    """Draw the preference for all recordings of a batch."""
    with st.expander("Change how they are sent", icon=":material/tune:"):
        st.radio(
            "How",
            list(_WANTED),
            format_func=lambda wanted: _WANTED[wanted][0],
            captions=[which for _, which in _WANTED.values()],
            key="plan_wanted",
        )
        _draw_overlap(_ALL)
        _draw_damage(_ALL)


def _draw_ways(recording_id: str, sending: Sending) -> None:
    """The ways to choose from. What was chosen stays while times and options change."""
    ways = {way_name(way): way for way in sending.ways}
    if len(ways) == 1:
        return
    names = list(ways)
    key = _key("ways", recording_id)
    taken = way_name(sending.way) if sending.way else _text("way", recording_id)
    st.session_state[key] = taken if taken in ways else names[0]
    st.radio(
        "How",
        names,
        format_func=lambda name: plan_text.way_label(ways[name], sending.ways),
        captions=[plan_text.choice_line(way) for way in sending.ways],
        key=key,
        on_change=_note_way,
        args=(recording_id,),
    )


def _note_way(recording_id: str) -> None:
    st.session_state[_key("way", recording_id)] = st.session_state[_key("ways", recording_id)]


def _draw_stretch(recording_id: str, duration: float) -> None:
    start, end = st.columns(2)
    start.text_input("From", placeholder="0:00", key=_key("from", recording_id))
    length = format_time(duration, digits=0)
    end.text_input("To", placeholder=length, key=_key("to", recording_id))


def _draw_overlap(recording_id: str) -> None:
    st.selectbox(
        "Context beside each part",
        list(_OVERLAPS),
        key=_key("overlap", recording_id),
        help="What comes just before and after a part is sent with it, so that no signal at a cut "
        "is seen without what led to it. These seconds are sent twice, and may be billed twice.",
    )


def _draw_damage(recording_id: str) -> None:
    st.checkbox(
        "Leave out what cannot be read",
        key=_key("rest", recording_id),
        help="Of a damaged recording the rest is sent, and its session says which seconds are "
        "missing. Otherwise a part that is damaged is not sent. What is sent as it is, is never "
        "changed.",
    )


def _tracks(recording: Recording) -> dict[str, int | None]:
    """The sound tracks to choose from, counted from 0; None mixes all of them."""
    tracks: dict[str, int | None] = {
        f"Track {number + 1}": number for number in range(recording.sound_tracks)
    }
    return {**tracks, _MIXED: None}


def _key(field: str, recording_id: str) -> str:
    return f"plan_{field}_{recording_id}"


def _text(field: str, recording_id: str) -> str:
    return str(st.session_state.get(_key(field, recording_id)) or "")


def _is_checked(field: str, recording_id: str) -> bool:
    return bool(st.session_state.get(_key(field, recording_id)))


def _overlap(recording_id: str) -> float:
    return _OVERLAPS.get(_text("overlap", recording_id), 0.0)
