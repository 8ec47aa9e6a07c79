"""The filters of a review. Their state lies in the address, so a link opens the same view."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any, cast

import pandas as pd
import streamlit as st

from lib import frames, timecode
from lib.model import OPINIONS, PROBABILITIES, Session
from lib.ui.review import loaded_session, sections, session_frames
from lib.ui.review.loaded_session import LoadedSession
from lib.ui.shell import html
from lib.ui.web import scripts

TYPES, LIKELY, STATES, SEEN = "type", "probability", "state", "modality"
SEARCH, CUE, FROM, TO, NOTED, JUDGED = "search", "cue", "from", "to", "noted", "verdict"
BY_REVIEW = (SEARCH, NOTED, JUDGED)  # filters that ask what people added
MANY, ONE = (TYPES, LIKELY, STATES, SEEN, JUDGED), (SEARCH, CUE, FROM, TO, NOTED)
_OF = "review_of"  # the session whose filters these are
_TOLD = "review_told"  # when the browser was told what passes, and what
_shown = st.components.v2.component("signal_review_shown", js=scripts.filter_script())


@loaded_session.fragment
def draw_filters(loaded: LoadedSession) -> None:
    """Draw the filters, and tell the browser which spans pass them.

    Each widget or two are a fragment of their own, for the browser needs long to draw all anew.
    """
    _enter(loaded.session)
    with st.container(key="filters"):
        _types(loaded)
        likely, search, cue, clear, said = st.columns(
            [15, 14, 9, 7, 7], vertical_alignment="center"
        )
        with likely:
            _likely(loaded)
        with search:
            _search(loaded)
        with cue:
            _cue(loaded)
        clear.button("Clear filters", on_click=_clear, key="filters_clear", width="stretch")
        said.html('<p class="sr-count"></p>')
        # No popover: while that is closed, a browser sends what its widgets had before.
        with st.expander(
            "More filters", type="compact", icon=":material/tune:", key="filters_more"
        ):
            _more(loaded)
    _tell(loaded, "all", asks=True)


def _tell(loaded: LoadedSession, group: str, *, asks: bool = False) -> None:
    """Tell the browser what passes; the latest telling holds, whichever group it stands with.

    On the first run the address is read only as each group is drawn, so the last one knows all.
    """
    session, chosen = loaded.session, passing_signals(loaded)
    total = len(session_frames.session_tables(session)["signals"])
    ids = chosen["id"].tolist() if len(chosen) < total else None
    at, before = st.session_state.get(_TOLD, (0.0, (session.id, None)))
    if before != (session.id, ids):
        at = max(time.time(), at + 0.001)  # later than before, also where the clock is put back
        st.session_state[_TOLD] = (at, (session.id, ids))
    said = count_text(len(chosen), total, session)
    _shown(
        key=f"shown_{group}",
        data={"shown": ids, "said": said, "at": at, "asks": asks},
        on_ask_change=lambda: _asked(session),
    )
    if at > 0 and before != (session.id, ids) and sections.is_open(sections.OF_SPANS):
        st.rerun()  # a section below speaks of the spans that pass


def passing_signals(loaded: LoadedSession) -> pd.DataFrame:
    """The spans that pass the filters as they stand, with the columns of SIGNALS."""
    by = filter_of_state({name: st.session_state.get(name) for name in (*MANY, *ONE)})
    tables = session_frames.session_tables(loaded.session)
    added: dict[str, Any] = {}
    if by.text or by.noted or by.verdicts:
        added = dict(loaded.review_tables)
    return frames.filter_signals(tables["signals"], by, engagement=tables["engagement"], **added)


def filter_of_state(state: Mapping[str, Any]) -> frames.Filter:
    """The filter that the widgets' values mean; what makes no sense filters nothing."""
    many = {name: tuple(state.get(name) or ()) for name in MANY}
    return frames.Filter(
        types=many[TYPES],
        probabilities=many[LIKELY],
        states=many[STATES],
        modalities=many[SEEN],
        start=timecode.parse_time(state.get(FROM) or ""),
        end=timecode.parse_time(state.get(TO) or ""),
        text=state.get(SEARCH) or "",
        cue=state.get(CUE) or "",
        noted=cast("Any", state.get(NOTED) or ""),
        verdicts=many[JUDGED],
    )


def count_text(shown: int, total: int, session: Session) -> str:
    """How many spans are shown, in words."""
    noun = "span" if total == 1 else "spans"
    counted = f"{total} {noun}" if shown == total else f"{shown} of {total} {noun}"
    return f"{counted}, one for each window" if session.analysis.per_window else counted


def _enter(session: Session) -> None:
    """Begin anew where another session was filtered before."""
    if st.session_state.get(_OF, session.id) != session.id:
        _clear()
    st.session_state[_OF] = session.id


def _clear() -> None:
    for name in MANY:
        st.session_state[name] = []
    for name in ONE:
        st.session_state[name] = None if name in (CUE, NOTED) else ""


@st.cache_resource(show_spinner=False, ttl=600, max_entries=32, hash_funcs=session_frames.BY_ID)
def _choices(session: Session) -> dict[str, list[str]]:
    """What can be chosen of types, states and modalities, found once a session."""
    tables = session_frames.session_tables(session)
    joined = tables["signals"]["modality"].unique()
    seen = {name or frames.NOT_GIVEN for names in joined for name in names.split(", ")}
    return {
        TYPES: sorted(tables["signals"]["type"].unique()),
        STATES: list(dict.fromkeys(tables["engagement"]["state"])),
        SEEN: sorted(seen),
    }


@loaded_session.fragment
def _types(loaded: LoadedSession) -> None:
    _tell(loaded, "types")
    _pills("Signals", _choices(loaded.session)[TYPES], TYPES)


@loaded_session.fragment
def _likely(loaded: LoadedSession) -> None:
    _tell(loaded, "likely")
    _pills("Probability", [*PROBABILITIES, frames.NOT_GIVEN], LIKELY)


@loaded_session.fragment
def _search(loaded: LoadedSession) -> None:
    _tell(loaded, "search")
    st.text_input(
        "Search rationales, notes and transcript",
        key=SEARCH,
        bind="query-params",
        placeholder="Search rationales, notes and transcript",
        label_visibility="collapsed",
        max_chars=200,
    )


@loaded_session.fragment
def _cue(loaded: LoadedSession) -> None:
    _tell(loaded, "cue")
    cues = session_frames.session_cues(loaded.session)
    counted = {name: len(spans) for name, spans in cues.items()}
    st.selectbox(
        "Cue mentioned in the rationale",
        list(counted),
        index=None,
        format_func=lambda name: f"{name} ({counted[name]})",
        key=CUE,
        bind="query-params",
        placeholder="Any cue",
        label_visibility="collapsed",
    )


@loaded_session.fragment
def _more(loaded: LoadedSession) -> None:
    _tell(loaded, "more")
    states, modalities = st.columns(2)
    with states:
        _pills("During engagement", _choices(loaded.session)[STATES], STATES)
    with modalities:
        _pills("Seen in", _choices(loaded.session)[SEEN], SEEN)
    start, end, notes, verdicts = st.columns([1, 1, 2, 4], vertical_alignment="bottom")
    start.text_input("From (m:ss)", key=FROM, bind="query-params", max_chars=12)
    end.text_input("To (m:ss)", key=TO, bind="query-params", max_chars=12)
    with notes:
        st.segmented_control("Notes", ["noted", "unnoted"], key=NOTED, bind="query-params")
    with verdicts:
        _pills("Verdict", [*OPINIONS, frames.NO_VERDICT], JUDGED)
    odd = [st.session_state[name] for name in (FROM, TO) if st.session_state[name]]
    if any(timecode.parse_time(one) is None for one in odd):
        st.caption("A time is m:ss, as 1:05 or 1:05.5; anything else filters nothing.")


def _pills(label: str, options: list[str], key: str) -> None:
    labels = html.plain_labels(options)
    st.pills(
        label,
        options,
        selection_mode="multi",
        format_func=lambda option: labels.get(option, option),
        key=key,
        bind="query-params",
    )


def _asked(session: Session) -> None:
    """Take over a filter that was chosen on a chart or in the panel."""
    found = st.session_state["shown_all"].get("ask") or {}
    if found.get("cue") in session_frames.session_cues(session):
        st.session_state[CUE] = found["cue"]
    stretch = found.get("range")
    if isinstance(stretch, list) and all(isinstance(one, int | float) for one in stretch):
        first, last = stretch
        st.session_state[FROM] = timecode.format_time(max(0.0, first), digits=1)
        st.session_state[TO] = timecode.format_time(max(0.0, last), digits=1)
