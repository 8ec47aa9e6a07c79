"""The frames of a session, shared by all viewers, and the axis, digits and titles of its charts."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import Any

import pandas as pd
import streamlit as st

from lib import frames, timecode
from lib.model import Session

# The analysis behind an id never changes, but for gaps that are filled; its recording is measured
# once.
BY_ID: dict[str | type[Any], Callable[[Any], Any]] = {
    Session: lambda session: (
        session.id,
        tuple(bool(part.analysis) for part in session.parts),
        session.recording_measurement is None,
    )
}


@st.cache_resource(show_spinner=False, ttl=600, max_entries=32, hash_funcs=BY_ID)
def session_tables(session: Session) -> dict[str, pd.DataFrame]:
    """The frames of a session, shared by all viewers; they are read, never changed."""
    length = frames.axis_length(session.analysis, session.duration)
    of_parts = session.stitch.flags if session.stitch else ()
    of_recording = frames.measurement_flags(session.analysis, session.recording_measurement)
    analysis, flags = session.analysis, (*of_parts, *of_recording)
    return {
        "signals": frames.signals(analysis, length, flags),
        "engagement": frames.engagement(analysis, length, flags),
        "quality": frames.quality(analysis, length, flags),
    }


@st.cache_resource(show_spinner=False, ttl=600, max_entries=32, hash_funcs=BY_ID)
def parts_table(session: Session) -> pd.DataFrame:
    """The parts of a session; empty where the recording was sent as it is."""
    return frames.parts_table(session.parts)


def overall_table(session: Session) -> pd.DataFrame:
    """The overall scores; of a session of parts those of each part, with a column for it."""
    if session.parts:
        return frames.overall_of_parts(session.parts)
    return frames.overall_scores(session.analysis)


def availability(session: Session) -> dict[str, frames.Availability]:
    """What there is of each section; of overall and feedback, in any part."""
    return frames.section_availability(session.analysis, session.parts)


@st.cache_resource(show_spinner=False, ttl=600, max_entries=32, hash_funcs=BY_ID)
def session_cues(session: Session) -> dict[str, list[int]]:
    """The ids of the spans whose rationale mentions each cue, the most frequent cue first."""
    return frames.cue_ids(session_tables(session)["signals"])


@st.cache_resource(show_spinner=False, ttl=600, max_entries=32, hash_funcs=BY_ID)
def cue_note(session: Session) -> str:
    """In how much of the rationales cues are looked for, where that is not all; else ""."""
    most = frames.read_characters(session_tables(session)["signals"])
    if most is None:
        return ""
    return f"Cues are looked for in the first {most:,} characters of each rationale."


def rows(frame: pd.DataFrame) -> Iterator[Any]:
    """Each row, with its columns as attributes."""
    return iter(frame.itertuples(index=False))


def json_values(column: pd.Series) -> list[Any]:
    """A column as JSON has it: what is missing, or beyond all numbers, is None."""
    missing = column.isna() | column.isin([math.inf, -math.inf])
    pairs = zip(column.tolist(), missing.tolist(), strict=True)
    return [None if is_missing else value for value, is_missing in pairs]


def axis(session: Session) -> float:
    """Where the time axis of all charts ends, in seconds."""
    return frames.axis_length(session.analysis, session.duration) or 1.0


@st.cache_resource(show_spinner=False, ttl=600, max_entries=32, hash_funcs=BY_ID)
def table_digits(session: Session) -> dict[str, int]:
    """Decimals of the times of signals, engagement and quality, each never finer than measured.

    Parts are measured from their own start: where each lies adds no digit.
    """
    answered = [part.analysis for part in session.parts if part.analysis]
    measured = answered if answered and session.analysis.window is None else [session.analysis]
    each = [frames.section_digits(analysis) for analysis in measured]
    return {name: max(digits[name] for digits in each) for name in each[0]}


def digits(session: Session) -> int:
    """Decimals of the times of signals, and of what was added to them."""
    return table_digits(session)["signals"]


def drawn_text(drawn: pd.DataFrame, table: pd.DataFrame, noun: str) -> str:
    """How much of a table a chart draws: "5,000 of 20,000 windows", or "" for all of it."""
    return "" if len(drawn) == len(table) else f"{len(drawn):,} of {len(table):,} {noun}"


def chart_title(session: Session, name: str, *more: str) -> str:
    """A chart's title: its name, what `more` there is to say, windows, parts and label."""
    window, count = session.analysis.window, len(session.parts)
    texts = [
        name,
        *more,
        f"{timecode.format_number(window)} s windows" if window else "",
        f"{count} {'part' if count == 1 else 'parts'}" if count else "",
        session.label,
    ]
    return " · ".join(text for text in texts if text)
