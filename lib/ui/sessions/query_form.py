"""The search form of the Sessions page: state, words, filters, order and page of the list."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, NamedTuple

import streamlit as st

from lib.library import Query, Sort
from lib.model import V1_MODEL, V2_MODELS
from lib.ui.shell import html

FIND, LABEL, VERSION, MODEL = "find", "label", "version", "model"
SINCE, UNTIL, SORT, PAGE = "since", "until", "sort", "page"
STATES = RESULTS, GOING, ENDED = "Results", "Under way", "Failed or cancelled"
STATE_KEY = "show"  # of the widget and in the address; the review's filter by state is another
BLANK: dict[str, Any] = {
    FIND: "",
    LABEL: [],
    VERSION: [],
    MODEL: [],
    SINCE: None,
    UNTIL: None,
}
LABELS = {"api": "Measured", "sandbox": "Sandbox", "sample": "Sample", "imported": "Imported"}
VERSIONS = {"v1": "V1", "v2": "V2"}
MODELS = (V1_MODEL, *V2_MODELS)
_MODEL_LABELS = dict(zip(MODELS, MODELS, strict=True))
SORTS: dict[str, tuple[Sort, bool]] = {  # each with whether the greatest comes first
    "Newest first": ("created_at", True),
    "Oldest first": ("created_at", False),
    "Title A–Z": ("title", False),
    "Title Z–A": ("title", True),
    "Longest first": ("duration", True),
    "Shortest first": ("duration", False),
    "Most spans first": ("signals", True),
    "Fewest spans first": ("signals", False),
}
FOLDED_FILTERS = (SINCE, UNTIL, MODEL)  # stand in "Dates and models"
EARLIEST, LATEST = date(2000, 1, 1), date(2199, 12, 31)  # that can be chosen
MAX_WORDS = 200  # characters of a search


class Chip(NamedTuple):
    """One value of one filter, and what it asks for in words that are no markup."""

    name: str
    value: object
    label: str


def draw_state() -> str:
    """Draw the choice between results and runs that have none; one of STATES."""
    chosen = st.segmented_control(
        "State",
        STATES,
        default=RESULTS,
        required=True,
        key=STATE_KEY,
        bind="query-params",
        label_visibility="collapsed",
    )
    return chosen or RESULTS


def draw_query() -> Query:
    """Draw the filters; return what they ask for."""
    with st.container(key="filters"):
        search, sort, clear = st.columns([19, 6, 4], vertical_alignment="center")
        search.text_input(
            "Search titles, file names, rationales, notes and transcripts",
            key=FIND,
            bind="query-params",
            placeholder="Search titles, file names, rationales, notes and transcripts",
            label_visibility="collapsed",
            max_chars=MAX_WORDS,
            on_change=_first_page,
        )
        sort.selectbox(
            "Order",
            list(SORTS),
            key=SORT,
            bind="query-params",
            label_visibility="collapsed",
            on_change=_first_page,
        )
        with st.container(horizontal=True):
            _pills("Label", LABELS, LABEL)
            _pills("Version", VERSIONS, VERSION)
        # No popover: while that is closed, a browser sends what its widgets had before.
        with st.expander("Dates and models", icon=":material/tune:", key="sessions_more"):
            _more()
        state = {key: st.session_state.get(key) for key in (*BLANK, SORT)}
        if active := chips(state):
            _draw_chips(active)
            clear.button("Clear filters", on_click=_clear, key="sessions_clear", width="stretch")
    return query_of_state(state)


def chips(state: Mapping[str, Any]) -> list[Chip]:
    """A chip for each value that is set."""
    words, since, until = (state.get(name) for name in (FIND, SINCE, UNTIL))
    found = []
    if words and words.strip():
        found.append(Chip(FIND, words, f"text “{html.plain_label(words)}”"))
    for name, labels in ((LABEL, LABELS), (VERSION, VERSIONS), (MODEL, _MODEL_LABELS)):
        found += [
            Chip(name, value, f"{name} {labels[value]}")
            for value in state.get(name) or ()
            if value in labels
        ]
    found += [
        Chip(name, day, f"{word} {day}")
        for name, day, word in ((SINCE, since, "from"), (UNTIL, until, "to"))
        if day
    ]
    return found


def _draw_chips(active: list[Chip]) -> None:
    """Draw a button a filter that takes it off, and behind the folded ones how many they are."""
    with st.container(horizontal=True, gap="small", key="sessions_chips"):
        for chip in active:
            kind = chip.value if isinstance(BLANK[chip.name], list) else ""
            st.button(
                f"{chip.label} ×",
                on_click=_take_off,
                args=(chip,),
                help="Remove this filter",
                key=f"chip_{chip.name}_{kind}",
            )
        if folded := sum(chip.name in FOLDED_FILTERS for chip in active):
            # Another label would be another expander, and that one closed.
            rule = f'.st-key-sessions_more summary p::after {{ content: " · {folded} set"; }}'
            st.html(f"<style>{rule}</style><i hidden></i>")


def _take_off(chip: Chip) -> None:
    if isinstance(BLANK[chip.name], list):
        values = st.session_state.get(chip.name) or ()
        st.session_state[chip.name] = [value for value in values if value != chip.value]
    else:
        st.session_state[chip.name] = BLANK[chip.name]
    _first_page()


def _more() -> None:
    first, last, models = st.columns([1, 1, 2])
    for column, name, key in ((first, "From (UTC)", SINCE), (last, "To (UTC)", UNTIL)):
        column.date_input(
            name,
            value=None,
            min_value=EARLIEST,
            max_value=LATEST,
            key=key,
            bind="query-params",
            on_change=_first_page,
        )
    with models:
        _pills("Model", _MODEL_LABELS, MODEL)


def _pills(label: str, options: Mapping[str, str], key: str) -> None:
    st.pills(
        label,
        list(options),
        selection_mode="multi",
        format_func=lambda option: options.get(option, option),
        key=key,
        bind="query-params",
        on_change=_first_page,
        width="content",
    )


def query_of_state(state: Mapping[str, Any]) -> Query:
    """What the widgets' values mean; what makes no sense asks for nothing."""
    since, until = state.get(SINCE), state.get(UNTIL)
    sort, descending = SORTS.get(state.get(SORT) or "", SORTS["Newest first"])
    return Query(
        words=state.get(FIND) or "",
        origins=tuple(state.get(LABEL) or ()),
        apis=tuple(state.get(VERSION) or ()),
        models=tuple(state.get(MODEL) or ()),
        since=_midnight(since) if since else None,
        until=_midnight(until + timedelta(days=1)) if until else None,
        sort=sort,
        descending=descending,
    )


def draw_page_choice(pages: int) -> int:
    """Draw the choice of a page, where there are several; the one to show, from 1."""
    if pages == 1:
        return 1
    if st.session_state.get(PAGE, 1) > pages:  # what was there has been deleted
        st.session_state[PAGE] = pages
    return st.pagination(pages, key=PAGE, bind="query-params")


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def _first_page() -> None:
    if PAGE in st.session_state:
        st.session_state[PAGE] = 1


def _clear() -> None:
    for key, blank in BLANK.items():
        st.session_state[key] = blank
    _first_page()
