"""The filters of a review: their widgets, and which spans pass them.

The state of a filter is that of its widget, which is bound to the address: a link opens the same
view.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any, cast

import pandas as pd
import streamlit as st

from lib import frames, timecode
from lib.model import OPINIONS, PROBABILITIES, Session
from lib.ui.review import (
    blindness,
    filter_chips,
    filter_choices,
    loaded_session,
    sections,
    session_frames,
)
from lib.ui.review.filter_chips import (
    CUE,
    END,
    FLAGS,
    LIST_FILTERS,
    MODALITY,
    NOTES,
    PROBABILITY,
    SEARCH,
    SPEAKER,
    START,
    STATE,
    TEXT_FILTERS,
    TYPE,
    VERDICT,
)
from lib.ui.review.loaded_session import LoadedSession
from lib.ui.shell import html
from lib.ui.web import scripts
from lib.ui.web.protocol import FilterChip, FilterData

REVIEW_FILTERS = (SEARCH, NOTES, VERDICT)  # depend on what people added
SPEAKER_HELP = (
    "A line of theirs in the transcript overlaps the span. Lines without a name are nobody's; "
    "names count as they are written there."
)
MAX_PILLS = 40  # of more options a list is searched
_SESSION_ID = "review_of"  # state: the session whose filters these are
_LATEST_RESULT = "review_told"  # state: when the browser was last sent which spans pass, and which
_filter_result = st.components.v2.component(
    "signal_review_filter_result", js=scripts.filter_script()
)


@loaded_session.fragment
def draw_filters(loaded: LoadedSession) -> None:
    """Draw the filters, and send the browser which spans pass them.

    Each widget or two are a fragment of their own: to draw all of them anew takes a browser long.
    """
    _clear_for_another(loaded.session)
    with st.container(key="filters"):
        _draw_types(loaded)
        _draw_probabilities(loaded)
        with st.container(horizontal=True, key="filters_set"):
            st.html('<div class="sr-chips" role="group" aria-label="Filters that are set"></div>')
            st.button("Clear filters", on_click=_clear_filters, key="filters_clear")
        with st.container(key="filters_search"):
            _draw_search(loaded)
        st.html('<p class="sr-count"></p>')
        # No popover: while that is closed, a browser sends what its widgets had before.
        with st.expander(
            "More filters", type="compact", icon=":material/tune:", key="filters_more"
        ):
            _draw_cues(loaded)
            _draw_speakers(loaded)
            _draw_more(loaded)
    _send_result(loaded, "all", takes_requests=True)


def _send_result(loaded: LoadedSession, group: str, *, takes_requests: bool = False) -> None:
    """Send the browser which spans pass; of what all groups send, the latest counts.

    On the first run the address is read only as each group is drawn, so the last one knows all.
    """
    session, chosen = loaded.session, passing_signals(loaded)
    total = len(session_frames.session_tables(session)["signals"])
    ids = chosen["id"].tolist() if len(chosen) < total else None
    chips = filter_chips.chips(_state())
    result = (session.id, ids, chips)
    sent_at, before = st.session_state.get(_LATEST_RESULT, (0.0, (session.id, None, [])))
    if before != result:
        # Later than before, also where the clock is put back.
        sent_at = max(time.time(), sent_at + 0.001)
        st.session_state[_LATEST_RESULT] = (sent_at, result)
    data = FilterData(
        shown=ids,
        text=count_text(len(chosen), total, session),
        at=sent_at,
        takes_requests=takes_requests,
        chips=[FilterChip(name=one.name, value=one.value, label=one.label) for one in chips],
        folded=sum(chip.name in filter_chips.FOLDED_FILTERS for chip in chips),
    )
    _filter_result(
        key=f"filter_result_{group}",
        data=data,
        on_request_change=lambda: _take_request(session),
    )
    if sent_at > 0 and before != result and sections.is_open(sections.OF_SPANS):
        st.rerun()  # a section below shows the spans that pass


def passing_signals(loaded: LoadedSession) -> pd.DataFrame:
    """The spans that pass the filters as they are set, with the columns of SIGNALS."""
    chosen = filter_of_state(_state())
    tables = session_frames.session_tables(loaded.session)
    added: dict[str, Any] = {}
    if chosen.text or chosen.noted or chosen.verdicts or chosen.speakers:
        added = dict(loaded.review_tables)
    return frames.filter_signals(
        tables["signals"], chosen, engagement=tables["engagement"], **added
    )


def filter_text(shown: int, total: int, session: Session) -> str:
    """How many spans pass the filters, and which filters these are, in one line for files."""
    counted, line = count_text(shown, total, session), filter_words()
    return f"{counted}: {line}" if line else counted


def filter_words() -> str:
    """Which spans pass the filters as they are set, in one line of data; "" for all."""
    state = _state()
    line = filter_chips.filter_line(state)
    if blindness.hidden_text() and any(map(state.get, REVIEW_FILTERS)):
        line = f"{line}, found without {blindness.hidden_text()}"
    return line


def _state() -> dict[str, Any]:
    state = {name: st.session_state.get(name) for name in (*LIST_FILTERS, *TEXT_FILTERS)}
    # Whoever filters by a probability learns which spans have it.
    return {**state, PROBABILITY: []} if blindness.hides_probability() else state


def filter_of_state(state: Mapping[str, Any]) -> frames.Filter:
    """The filter that the widgets' values mean; what makes no sense filters nothing."""
    chosen = {name: tuple(state.get(name) or ()) for name in LIST_FILTERS}
    return frames.Filter(
        types=chosen[TYPE],
        probabilities=chosen[PROBABILITY],
        states=chosen[STATE],
        modalities=chosen[MODALITY],
        start=timecode.parse_time(state.get(START) or ""),
        end=timecode.parse_time(state.get(END) or ""),
        text=state.get(SEARCH) or "",
        cue=state.get(CUE) or "",
        noted=cast("Any", state.get(NOTES) or ""),
        verdicts=chosen[VERDICT],
        flagged=cast("Any", state.get(FLAGS) or ""),
        speakers=chosen[SPEAKER],
    )


def count_text(shown: int, total: int, session: Session) -> str:
    """How many spans are shown, in words."""
    noun = "span" if total == 1 else "spans"
    counted = f"{total} {noun}" if shown == total else f"{shown} of {total} {noun}"
    return f"{counted}, one for each window" if session.analysis.per_window else counted


def _clear_for_another(session: Session) -> None:
    """Clear the filters where they were set for another session."""
    if st.session_state.get(_SESSION_ID, session.id) != session.id:
        _clear_filters()
    st.session_state[_SESSION_ID] = session.id


def _clear_filters() -> None:
    for name in LIST_FILTERS:
        st.session_state[name] = []
    for name in TEXT_FILTERS:
        st.session_state[name] = _empty(name)


def _empty(name: str) -> str | None:
    return None if name in (CUE, NOTES, FLAGS) else ""


@loaded_session.fragment
def _draw_types(loaded: LoadedSession) -> None:
    _send_result(loaded, "types")
    _draw_pills("Signals", filter_choices.choices(loaded.session)[TYPE], TYPE)


@loaded_session.fragment
def _draw_probabilities(loaded: LoadedSession) -> None:
    _send_result(loaded, "likely")
    if blindness.hides_probability():
        st.caption("Probability: hidden until judged")
        return
    _draw_pills("Probability", [*PROBABILITIES, frames.NOT_GIVEN], PROBABILITY)


@loaded_session.fragment
def _draw_search(loaded: LoadedSession) -> None:
    _send_result(loaded, "search")
    st.text_input(
        "Search rationales, notes and transcript",
        key=SEARCH,
        bind="query-params",
        placeholder="Search rationales, notes and transcript",
        label_visibility="collapsed",
        max_chars=200,
    )


@loaded_session.fragment
def _draw_cues(loaded: LoadedSession) -> None:
    _send_result(loaded, "cue")
    st.selectbox(
        "Cue mentioned in the rationale",
        list(session_frames.session_cues(loaded.session)),  # the address holds what stands here
        index=None,
        key=CUE,
        bind="query-params",
        placeholder="Any cue",
    )
    if note := session_frames.cue_note(loaded.session):
        st.caption(note)


@loaded_session.fragment
def _draw_speakers(loaded: LoadedSession) -> None:
    _send_result(loaded, "speaker")
    names = filter_choices.speakers(loaded.review_tables["transcript"])
    asked = filter_choices.asked_speakers(
        names, st.session_state.get(SPEAKER) or st.query_params.get_all(SPEAKER)
    )
    if asked != (st.session_state.get(SPEAKER) or asked):
        st.session_state[SPEAKER] = asked
    # Who is asked for stays to be seen, and taken off, where no line is theirs.
    options = list(dict.fromkeys((*names, *asked)))
    if options:
        _draw_pills("Spoken by", options, SPEAKER, help=SPEAKER_HELP)
    if not names:
        st.caption("Spoken by: needs a transcript that names its speakers.")


@loaded_session.fragment
def _draw_more(loaded: LoadedSession) -> None:
    _send_result(loaded, "more")
    _draw_pills("During engagement", filter_choices.choices(loaded.session)[STATE], STATE)
    _draw_pills("Seen in", filter_choices.choices(loaded.session)[MODALITY], MODALITY)
    start, end = st.columns(2)
    notes, flags, verdicts = (st.container() for _ in range(3))
    start.text_input("From (m:ss)", key=START, bind="query-params", max_chars=12)
    end.text_input("To (m:ss)", key=END, bind="query-params", max_chars=12)
    with notes:
        st.segmented_control(
            "Notes",
            ["noted", "unnoted"],
            key=NOTES,
            bind="query-params",
            help="Noted: there is a note on the span itself, or on a time within it. "
            "A note on another span does not count.",
        )
    with flags:
        st.segmented_control(
            "Flags",
            ["flagged", "unflagged"],
            key=FLAGS,
            bind="query-params",
            help="Flagged: its times are odd, it lies at a seam between parts, or its rationale "
            "speaks of what the recording does not show there. The list marks it with ⚠, and the "
            "span itself says why.",
        )
    with verdicts:
        _draw_pills("Verdict", [*OPINIONS, frames.NO_VERDICT], VERDICT)
    times = [st.session_state[name] for name in (START, END) if st.session_state[name]]
    if any(timecode.parse_time(text) is None for text in times):
        st.caption("A time is m:ss, such as 1:05 or 1:05.5; anything else is ignored.")


def _draw_pills(
    label: str,
    options: list[str],
    key: str,
    *,
    help: str | None = None,  # noqa: A002
) -> None:
    labels = html.plain_labels(options)
    if len(options) == filter_choices.MAX_CHOICES:
        label = f"{label} (the {filter_choices.MAX_CHOICES:,} most frequent)"
    if len(options) > MAX_PILLS:
        st.multiselect(
            label,
            options,
            format_func=lambda option: labels.get(option, option),
            key=key,
            bind="query-params",
            help=help,
        )
        return
    st.pills(
        label,
        options,
        selection_mode="multi",
        format_func=lambda option: labels.get(option, option),
        key=key,
        bind="query-params",
        help=help,
    )


def _take_request(session: Session) -> None:
    """Set a filter that was chosen on a chart or in the panel, or take one off by its chip."""
    request = st.session_state["filter_result_all"].get("request") or {}
    if request.get("cue") in session_frames.session_cues(session):
        st.session_state[CUE] = request["cue"]
    if isinstance(speaker := request.get("speaker"), str):
        _choose_speaker(session, speaker)
    stretch = request.get("range")
    if isinstance(stretch, list) and all(isinstance(end, int | float) for end in stretch):
        # A deep zoom has ends closer together than a tenth of a second.
        for name, end in zip((START, END), stretch, strict=False):
            digits = timecode.shown_digits(None, [round(end, timecode.MAX_DIGITS)])
            st.session_state[name] = timecode.format_time(max(0.0, end), digits=max(1, digits))
    _take_off(request.get("remove"))


def _choose_speaker(session: Session, speaker: str) -> None:
    """Filter by a speaker of the transcript, besides those that are chosen."""
    transcript = LoadedSession(session).review_tables["transcript"]
    if speaker in filter_choices.speakers(transcript):
        chosen = st.session_state.get(SPEAKER) or ()
        st.session_state[SPEAKER] = list(dict.fromkeys((*chosen, speaker)))


def _take_off(chip: object) -> None:
    """Take one value out of its filter; what is no chip of ours does nothing."""
    if not isinstance(chip, dict):
        return
    name, value = chip.get("name"), chip.get("value")
    if name in LIST_FILTERS:
        st.session_state[name] = [one for one in st.session_state.get(name) or () if one != value]
    elif name in TEXT_FILTERS:
        st.session_state[name] = _empty(name)
