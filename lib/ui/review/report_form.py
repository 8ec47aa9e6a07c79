"""What of a session goes into its HTML report, as an analyst chooses it; kept while the tab is."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from lib import timecode
from lib.exports import ReportChoice
from lib.exports.report_choice import FACES_SHOWN, NAMES_HIDDEN, PARTS, WHOLE, part_names
from lib.plain_text import one_line
from lib.recordings.stills import MAX_STILLS
from lib.ui.review import filters, session_frames
from lib.ui.review.loaded_session import LoadedSession

NO_STILL, ONE, AGREED, ALL = STILLS = (
    "None",
    "One span",
    "Spans that a verdict agrees with",
    "All that pass the filters",
)
MAX_OPTIONS = 500  # spans to choose one from
_PARTS, _NAMES, _STILLS = "report_parts", "report_names", "report_stills"  # of the widgets
_MODE = "report_stills_mode"  # state: which stills
_CHOICE = "report_choice"  # state: outlives the widgets, which another section takes away


def draw_form(loaded: LoadedSession) -> ReportChoice:
    """Draw the choice, folded, and return it."""
    kept = st.session_state.get(_CHOICE, WHOLE)
    st.session_state.setdefault(_PARTS, [part for part in PARTS if part in kept.parts])
    st.session_state.setdefault(_NAMES, kept.names)
    st.session_state.setdefault(_STILLS, st.session_state.get(_MODE, NO_STILL))
    with st.expander("What goes into the report", icon=":material/tune:"):
        parts = st.pills(
            "Parts",
            list(PARTS),
            selection_mode="multi",
            format_func=lambda part: PARTS[part].capitalize(),
            key=_PARTS,
            help="Where the session comes from, its label and its filter are in every report.",
        )
        names = st.toggle("With names", key=_NAMES)
        if not names:
            st.caption(NAMES_HIDDEN)
        stills = _draw_stills(loaded)
        if stills and not names:
            st.caption(FACES_SHOWN)
    choice = ReportChoice(frozenset(parts), names, stills)
    st.session_state[_CHOICE] = choice
    return choice


def _draw_stills(loaded: LoadedSession) -> tuple[int, ...]:
    """Draw the choice of stills, and return the spans that are to have one."""
    mode = st.segmented_control(
        "Stills of the recording, at the middle of spans",
        STILLS,
        key=_STILLS,
        required=True,
        help=f"At most {MAX_STILLS}. They are made when the report is downloaded.",
    )
    st.session_state[_MODE] = mode
    if mode == NO_STILL:
        return ()
    passing = filters.passing_signals(loaded)
    if mode == ONE:
        return _draw_one(loaded, passing)
    if mode == AGREED:
        verdicts = loaded.review_tables["verdicts"]
        agreed = verdicts[verdicts["opinion"].eq("agree")]["signal"]
        passing = passing[passing["id"].isin(agreed)]
    count = min(len(passing), MAX_STILLS)
    st.caption(f"{count:,} of {len(passing):,} spans" if count < len(passing) else f"{count} spans")
    return tuple(passing["id"].tolist())


def _draw_one(loaded: LoadedSession, passing: pd.DataFrame) -> tuple[int, ...]:
    digits = session_frames.digits(loaded.session)

    def text(row: Any) -> str:  # noqa: ANN401  a row of the signals
        return one_line(f"{timecode.format_time(row.start, digits=digits)} · {row.type}")

    shown = passing.head(MAX_OPTIONS)
    texts = {row.id: text(row) for row in session_frames.rows(shown)}
    cut = f" (the first {MAX_OPTIONS} of {len(passing):,})" if len(passing) > MAX_OPTIONS else ""
    chosen = st.selectbox(
        f"Span, of those that pass the filters{cut}",
        list(texts),
        format_func=lambda one: texts.get(one, ""),
        key="report_still",
    )
    return () if chosen is None else (chosen,)


def summary(choice: ReportChoice) -> str:
    """What is in the report, and what is not, in sentences."""
    left_out = frozenset(PARTS) - choice.parts
    if not left_out:
        text = "The report has everything"
    else:
        text = f"In the report: {part_names(choice.parts)}. Not in it: {part_names(left_out)}"
    count = min(len(choice.stills), MAX_STILLS)
    stills = f" Stills of spans: {count}." if count else ""
    return f"{text}{'' if choice.names else ', without names'}.{stills}"
