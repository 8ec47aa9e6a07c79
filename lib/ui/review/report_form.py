"""What of a session goes into its HTML report, as an analyst chooses it; kept while the tab is."""

from __future__ import annotations

import streamlit as st

from lib.exports import ReportChoice
from lib.exports.report_choice import NAMES_HIDDEN, PARTS, WHOLE, part_names

_PARTS, _NAMES = "report_parts", "report_names"  # of the widgets
_CHOICE = "report_choice"  # state: outlives the widgets, which another section takes away


def draw_form() -> ReportChoice:
    """Draw the choice, folded, and return it."""
    kept = st.session_state.get(_CHOICE, WHOLE)
    st.session_state.setdefault(_PARTS, [part for part in PARTS if part in kept.parts])
    st.session_state.setdefault(_NAMES, kept.names)
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
    choice = ReportChoice(frozenset(parts), names)
    st.session_state[_CHOICE] = choice
    return choice


def summary(choice: ReportChoice) -> str:
    """What is in the report, and what is not, in sentences."""
    left_out = frozenset(PARTS) - choice.parts
    if not left_out:
        text = "The report has everything"
    else:
        text = f"In the report: {part_names(choice.parts)}. Not in it: {part_names(left_out)}"
    return f"{text}{'' if choice.names else ', without names'}."
