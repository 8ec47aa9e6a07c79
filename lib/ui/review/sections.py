"""The sections of a session below its charts, by id: what the code and the address call them."""

from __future__ import annotations

from enum import StrEnum


class Section(StrEnum):
    """One section; its value stands in the state, its label on the button."""

    MOMENTS = "moments"
    QUALITY = "quality"
    NOTES = "notes"
    TRANSCRIPT = "transcript"
    TABLES = "tables"
    DOWNLOADS = "downloads"
    RAW_ANSWER = "raw"


LABELS = {
    Section.MOMENTS: "Moments",
    Section.QUALITY: "Quality",
    Section.NOTES: "Notes",
    Section.TRANSCRIPT: "Transcript",
    Section.TABLES: "Tables",
    Section.DOWNLOADS: "Downloads",
    Section.RAW_ANSWER: "Raw answer",
}
OF_REVIEW = (Section.NOTES, Section.TABLES)  # sections that tell what people added
OF_SPANS = (Section.TABLES, Section.DOWNLOADS)  # sections that speak of the spans that pass
KEY = "section"  # of the choice, in the state and in the address


def label_of(section: str) -> str:
    """What stands on the button of a section."""
    return LABELS[Section(section)]
