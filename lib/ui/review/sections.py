"""The sections below the charts: their ids, and what each of them depends on.

An id is what the code knows a section by; what stands on its button is a text for people. The
address holds that text, as Streamlit writes it: links keep working while the texts stay.
"""

from __future__ import annotations

from collections.abc import Container
from enum import StrEnum

import streamlit as st

KEY = "section"  # of the widget, and its name in the address


class Section(StrEnum):
    """A section of "More of this session", in the order of their buttons."""

    MOMENTS = "moments"
    QUALITY = "quality"
    NOTES = "notes"
    TRANSCRIPT = "transcript"
    TABLES = "tables"
    DOWNLOADS = "downloads"
    RAW = "raw"


LABELS = {
    Section.MOMENTS: "Moments",
    Section.QUALITY: "Quality",
    Section.NOTES: "Notes",
    Section.TRANSCRIPT: "Transcript",
    Section.TABLES: "Tables",
    Section.DOWNLOADS: "Downloads",
    Section.RAW: "Raw answer",
}
OF_REVIEW = (Section.NOTES, Section.TABLES)  # show what people added
OF_SPANS = (Section.TABLES, Section.DOWNLOADS)  # show the spans that pass the filters


def is_open(sections: Container[Section]) -> bool:
    """Whether one of these sections is open."""
    return st.session_state.get(KEY) in sections
