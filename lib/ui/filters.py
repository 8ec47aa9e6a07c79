"""The filters of a review. Their state lies in the address, so a link opens the same view."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from lib import clock, frames
from lib.model import OPINIONS, PROBABILITIES, Session
from lib.ui import script, text, view

TYPES, LIKELY, STATES, SEEN = "type", "probability", "state", "modality"
SEARCH, CUE, FROM, TO, NOTED, JUDGED = "search", "cue", "from", "to", "noted", "verdict"
BY_REVIEW = (SEARCH, NOTED, JUDGED)  # filters that ask what people added
MANY, ONE = (TYPES, LIKELY, STATES, SEEN, JUDGED), (SEARCH, CUE, FROM, TO, NOTED)
_OF = "review_of"  # the session whose filters these are
_shown = st.components.v2.component("signal_review_shown", js=script.shown())


@st.fragment
def show(session: Session) -> None:
    """Draw the filters, say how many spans pass them, and tell the browser which.

    The browser draws what passes while the filters themselves are still on their way to it.
    """
    _enter(session)
    place = st.container()
    # In its first run on a page the address is read only as the filters are drawn.
    before = passing(session) if SEARCH in st.session_state else None
    if before is not None:
        _tell(place, session, before)
    with st.container(key="filters"):
        _first_row(session)
        said = _second_row(session)
    chosen = passing(session)
    if before is None:
        _tell(place, session, chosen)
    elif not before["id"].equals(chosen["id"]):
        st.rerun()
    total = len(view.tables(session)["signals"])
    said.html(text.block(count(len(chosen), total, session), css="sr-count"))
    _tell_the_rest(_ids(session, chosen))


def _tell(place: DeltaGenerator, session: Session, chosen: pd.DataFrame) -> None:
    with place:
        _shown(
            key="shown",
            data={"shown": _ids(session, chosen)},
            on_ask_change=lambda: _asked(session),
        )


def _ids(session: Session, chosen: pd.DataFrame) -> list[int] | None:
    """Return the ids of the spans that pass, None for all."""
    total = len(view.tables(session)["signals"])
    return chosen["id"].tolist() if len(chosen) < total else None


def passing(session: Session) -> pd.DataFrame:
    """The spans that pass the filters as they stand, with the columns of SIGNALS."""
    by = asked({name: st.session_state.get(name) for name in (*MANY, *ONE)})
    tables = view.tables(session)
    added: dict[str, Any] = {}
    if by.text or by.noted or by.verdicts:
        added = dict(view.added(session))
    return frames.filtered(tables["signals"], by, engagement=tables["engagement"], **added)


def asked(state: Mapping[str, Any]) -> frames.Filter:
    """The filter that the widgets' values mean; what makes no sense filters nothing."""
    many = {name: tuple(state.get(name) or ()) for name in MANY}
    return frames.Filter(
        types=many[TYPES],
        probabilities=many[LIKELY],
        states=many[STATES],
        modalities=many[SEEN],
        start=clock.seconds(state.get(FROM) or ""),
        end=clock.seconds(state.get(TO) or ""),
        text=state.get(SEARCH) or "",
        cue=state.get(CUE) or "",
        noted=cast("Any", state.get(NOTED) or ""),
        verdicts=many[JUDGED],
    )


def count(shown: int, total: int, session: Session) -> str:
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


@st.cache_resource(show_spinner=False, ttl=600, max_entries=32, hash_funcs=view.BY_ID)
def _choices(session: Session) -> dict[str, list[str]]:
    """What can be chosen of types, states and modalities, found once a session."""
    tables = view.tables(session)
    joined = tables["signals"]["modality"].unique()
    seen = {name or frames.NOT_GIVEN for names in joined for name in names.split(", ")}
    return {
        TYPES: sorted(tables["signals"]["type"].unique()),
        STATES: list(dict.fromkeys(tables["engagement"]["state"])),
        SEEN: sorted(seen),
    }


def _first_row(session: Session) -> None:
    left, right = st.columns([7, 3])
    _pills(left, "Signals (none chosen: all)", _choices(session)[TYPES], TYPES)
    _pills(right, "Probability", [*PROBABILITIES, frames.NOT_GIVEN], LIKELY)


def _second_row(session: Session) -> DeltaGenerator:
    """Draw search, cue and what is used less often; returns where the count is said."""
    search, cue, more, clear, said = st.columns([5, 3, 2, 2, 2], vertical_alignment="center")
    search.text_input(
        "Search rationales, notes and transcript",
        key=SEARCH,
        bind="query-params",
        placeholder="Search rationales, notes and transcript",
        label_visibility="collapsed",
        max_chars=200,
    )
    counted = {name: len(spans) for name, spans in view.cues(session).items()}
    cue.selectbox(
        "Cue mentioned in the rationale",
        list(counted),
        index=None,
        format_func=lambda name: f"{name} ({counted[name]})",
        key=CUE,
        bind="query-params",
        placeholder="Any cue",
        label_visibility="collapsed",
    )
    with more.popover("More filters", icon=":material/tune:", width="stretch"):
        _more(session)
    clear.button("Clear filters", on_click=_clear, key="filters_clear", width="stretch")
    return said


def _more(session: Session) -> None:
    _pills(st, "During engagement", _choices(session)[STATES], STATES)
    _pills(st, "Seen in", _choices(session)[SEEN], SEEN)
    first, last = st.columns(2)
    first.text_input("From (m:ss)", key=FROM, bind="query-params", max_chars=12)
    last.text_input("To (m:ss)", key=TO, bind="query-params", max_chars=12)
    odd = [st.session_state[name] for name in (FROM, TO) if st.session_state[name]]
    if any(clock.seconds(one) is None for one in odd):
        st.caption("A time is m:ss, as 1:05 or 1:05.5; anything else filters nothing.")
    st.segmented_control("Notes", ["noted", "unnoted"], key=NOTED, bind="query-params")
    _pills(st, "Verdict", [*OPINIONS, frames.NO_VERDICT], JUDGED)


def _pills(place: Any, label: str, options: list[str], key: str) -> None:  # noqa: ANN401  st or a column
    labels = text.labels(options)
    place.pills(
        label,
        options,
        selection_mode="multi",
        format_func=lambda option: labels.get(option, option),
        key=key,
        bind="query-params",
    )


def _asked(session: Session) -> None:
    """Take over a filter that was chosen on a chart or in the panel."""
    found = st.session_state["shown"].get("ask") or {}
    if found.get("cue") in view.cues(session):
        st.session_state[CUE] = found["cue"]
    stretch = found.get("range")
    if isinstance(stretch, list) and all(isinstance(one, int | float) for one in stretch):
        first, last = stretch
        st.session_state[FROM] = clock.text(max(0.0, first), digits=1)
        st.session_state[TO] = clock.text(max(0.0, last), digits=1)


def _tell_the_rest(shown: list[int] | None) -> None:
    """Draw the page anew where a section below speaks of the spans that pass."""
    changed = st.session_state.get("review_shown", shown) != shown
    st.session_state["review_shown"] = shown
    if changed and st.session_state.get("section") in ("Tables", "Downloads"):
        st.rerun()
