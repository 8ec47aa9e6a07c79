"""The clips of a session: what to cut from its recording, and what was cut in the last hour."""

from __future__ import annotations

from functools import partial

import streamlit as st

from lib import timecode
from lib.background.clip_queue import KEEP_CLIPS_SECONDS, ClipOrder
from lib.errors import ClipLimitError, UnreadableRecordingError
from lib.model import Recording, Session
from lib.plain_text import file_name, one_line
from lib.recordings.clip import CARD_SECONDS, ClipRequest, Picture, check_limits, name_apart
from lib.recordings.probe import probe
from lib.ui.review import clip_choice
from lib.ui.review.clip_choice import Choice
from lib.ui.review.loaded_session import LoadedSession
from lib.ui.shell import html, problem_view, services, signed_addresses

REDRAW_SECONDS = 1.0
_PICTURES: dict[str, Picture] = {"As it is": "shown", "Blurred": "blurred", "Sound only": "none"}
_ONE_REEL, _MANY_FILES = _FORMS = "One reel", "A zip with a file each"


def draw_clips(loaded: LoadedSession) -> None:
    """Draw what can be cut, and what was; where the recording is gone, say so."""
    session = loaded.session
    with problem_view.shown_errors(stop=False):
        path = services.recording_path(session.id)
        if path is None:
            st.info(
                "**The recording is not here,** and clips are cut from it. Choose its file again "
                "at the top of this page.",
                icon=":material/movie:",
            )
            return
        try:
            recording = probe(path, name=path.name, size=path.stat().st_size)
        except (UnreadableRecordingError, OSError):
            recording = None
        _draw_form(loaded, recording)
        _draw_orders(session)


def _draw_form(loaded: LoadedSession, recording: Recording | None) -> None:
    session = loaded.session
    length = (recording and recording.duration) or session.duration
    choice = clip_choice.draw_choice(loaded, length)
    picture = _draw_picture(recording)
    captions = picture != "none" and st.toggle(
        "Caption in the picture: type, time in the recording"
        + (f", “{session.label}”" if session.label else ""),
        value=True,
        key="clip_captions",
    )
    reel = (
        len(choice.clips) > 1
        and st.segmented_control("As", _FORMS, default=_ONE_REEL, required=True, key="clip_reel")
        == _ONE_REEL
    )
    request = ClipRequest(
        name_apart(choice.clips),
        _name(session, choice, reel=reel),
        label=session.label,
        about=one_line(choice.filter_text),
        picture=picture,
        captions=captions,
        reel=reel,
    )
    if picture == "blurred":
        st.caption("Only the picture is blurred: voices and what is said stay as they are.")
    problem = _problem(request, choice)
    st.caption(problem or _summary(request, choice))
    if st.button(
        "Cut the clip" if len(request.clips) == 1 else "Cut the clips",
        type="primary",
        icon=":material/content_cut:",
        disabled=bool(problem),
        key="clip_cut",
    ):
        path = services.recording_path(session.id)
        with problem_view.shown_errors(stop=False):
            if path:
                services.clip_queue().add(session.id, path, request)


def _draw_picture(recording: Recording | None) -> Picture:
    """What becomes of the picture; nothing to choose where there is none, or no sound."""
    options = list(_PICTURES)
    if recording and not recording.video_codec:
        st.caption("This recording is sound alone, and so are its clips.")
        return "none"
    if recording and not recording.audio_codec:
        options = options[:-1]
    chosen = st.segmented_control(
        "Picture", options, default=options[0], required=True, key="clip_picture"
    )
    return _PICTURES[chosen or options[0]]


def _name(session: Session, choice: Choice, *, reel: bool) -> str:
    """The name of the file, without its suffix: that of the clip, or of what all of them are."""
    if len(choice.clips) == 1:
        return choice.clips[0].name
    return file_name(session.title, session.id, *choice.parts, "reel" if reel else "clips")


def _problem(request: ClipRequest, choice: Choice) -> str:
    """Why these cannot be cut; "" where they can."""
    if not choice.clips and not choice.gone:
        return "Choose what to cut."
    try:
        check_limits(request.clips)
    except ClipLimitError as error:
        return f"{error.what} {error.next_step}"
    return ""


def _summary(request: ClipRequest, choice: Choice) -> str:
    count, length = len(request.clips), timecode.format_length(request.seconds, digits=1)
    text = f"{count} {'clip' if count == 1 else 'clips'}, {length}"
    if request.reel:
        seconds = request.seconds + CARD_SECONDS * count
        between = "pauses" if request.picture == "none" else "title cards"
        text += f", with {between} {timecode.format_length(seconds, digits=1)}"
    if choice.gone:
        text += f". Outside the recording, and left out: {choice.gone}"
    return f"{text}."


def _draw_orders(session: Session) -> None:
    orders = services.clip_queue().orders(session.id)
    busy = any(not order.ended for order in orders)
    draw = st.fragment(_draw_list, run_every=REDRAW_SECONDS if busy else None)
    draw(session, busy=busy)


def _draw_list(session: Session, *, busy: bool) -> None:
    """Draw what is cut and what was; drawn each second as long as something is."""
    orders = services.clip_queue().orders(session.id)
    if any(not order.ended for order in orders) != busy:
        st.rerun()
    if not orders:
        return
    kept = timecode.spell_duration(KEEP_CLIPS_SECONDS)
    st.caption(
        f"Clips stay here for {kept}, for all who open this session, and go with the recording."
    )
    for order in orders:
        with st.container(border=True, key=f"clip_order_{order.id}"):
            _draw_order(order)


def _draw_order(order: ClipOrder) -> None:
    st.html(html.element(order.request.file_name, css="sr-name"))
    if order.state == "failed" and order.problem:
        problem_view.show_problem(order.problem)
    elif order.state == "done":
        for remark in order.remarks:
            st.caption(remark)
    else:
        text = "Waiting" if order.state == "waiting" else f"Cutting: {order.share:.0%}"
        st.progress(order.share, text=text)
    with st.container(horizontal=True, vertical_alignment="center"):
        if order.state == "done":
            _draw_download(order)
        st.button(
            "Remove" if order.ended else "Cancel",
            type="tertiary",
            icon=":material/close:",
            key=f"clip_remove_{order.id}",
            on_click=partial(services.clip_queue().remove, order.id),
        )


def _draw_download(order: ClipOrder) -> None:
    """The link to the file; where the app serves no addresses, Streamlit's own button."""
    text = f"Download ({html.format_bytes(order.size)})"
    if address := signed_addresses.clip_address(order.id):
        link = html.download_link(text, address, name=order.request.file_name)
        st.html(link, width="content")
        return
    made = services.clip_queue().file(order.id)
    if made:
        st.download_button(
            text,
            made[0].read_bytes,
            file_name=order.request.file_name,
            icon=":material/download:",
            on_click="ignore",
            key=f"clip_download_{order.id}",
        )
