"""The sections below the charts: their ids, and what each of them depends on.

An id is what the code knows a section by; what stands on its button is a text for people. The
address holds that text, as Streamlit writes it: links keep working while the texts stay.
"""

from __future__ import annotations

from collections.abc import Container, Mapping
from contextlib import suppress
from enum import StrEnum
from typing import Any

import streamlit as st

from lib.model import Session

KEY = "section"  # of the widget, and its name in the address
_CHANGED = "section_changed"  # state: another one was opened than the widget's own choice


class Section(StrEnum):
    """A section of "More of this session", in the order of their buttons."""

    MOMENTS = "moments"
    QUALITY = "quality"
    NOTES = "notes"
    CLAIMS = "claims"
    CODES = "codes"
    TRANSCRIPT = "transcript"
    TABLES = "tables"
    CLIPS = "clips"
    DOWNLOADS = "downloads"
    RAW = "raw"


LABELS = {
    Section.MOMENTS: "Moments",
    Section.QUALITY: "Quality",
    Section.NOTES: "Notes",
    Section.CLAIMS: "Claims",
    Section.CODES: "Codes",
    Section.TRANSCRIPT: "Transcript",
    Section.TABLES: "Tables",
    Section.CLIPS: "Clips",
    Section.DOWNLOADS: "Downloads",
    Section.RAW: "Raw answer",
}
OF_REVIEW = (Section.NOTES, Section.CLAIMS, Section.CODES, Section.TABLES)  # show what people added
OF_SPANS = (
    Section.CLAIMS,
    Section.TABLES,
    Section.CLIPS,
    Section.DOWNLOADS,
)  # show the spans that pass the filters


def is_open(sections: Container[Section]) -> bool:
    """Whether one of these sections is open."""
    return st.session_state.get(KEY) in sections


def show(section: Section) -> None:
    """Open a section, in a callback: the page draws it once `rerun_if_changed` is called."""
    st.session_state[KEY] = section
    st.session_state[_CHANGED] = True


def take_request(_session: Session, request: Mapping[str, Any]) -> bool:
    """Open the section that the browser asks for; False when it asks for none."""
    if request.get("kind") != "open":
        return False
    with suppress(ValueError):  # no section of ours
        show(Section(str(request.get("section"))))
    return True


def rerun_if_changed() -> None:
    """Draw the whole page anew where `show` opened a section."""
    if st.session_state.pop(_CHANGED, False):
        st.rerun()
