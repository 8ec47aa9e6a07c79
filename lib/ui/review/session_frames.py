"""The frames of a session, shared by all viewers, and the axis, digits and titles of its charts."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import Any

import pandas as pd
import streamlit as st

from lib import frames, timecode
from lib.model import Session

# The analysis behind an id never changes.
BY_ID: dict[str | type[Any], Callable[[Any], Any]] = {Session: lambda session: session.id}


@st.cache_resource(show_spinner=False, ttl=600, max_entries=32, hash_funcs=BY_ID)
def session_tables(session: Session) -> dict[str, pd.DataFrame]:
    """The frames of a session, shared by all viewers; they are read, never changed."""
    length = frames.axis_length(session.analysis, session.duration)
    return {
        "signals": frames.signals(session.analysis, length),
        "engagement": frames.engagement(session.analysis, length),
        "quality": frames.quality(session.analysis, length),
    }


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
    """Decimals of the times of signals, engagement and quality, each never finer than measured."""
    window = session.analysis.window
    return {
        name: frames.time_digits(table, window) for name, table in session_tables(session).items()
    }


def digits(session: Session) -> int:
    """Decimals of the times of signals, and of what was added to them."""
    return table_digits(session)["signals"]


def drawn_text(drawn: pd.DataFrame, table: pd.DataFrame, noun: str) -> str:
    """How much of a table a chart draws: "5,000 of 20,000 windows", or "" for all of it."""
    return "" if len(drawn) == len(table) else f"{len(drawn):,} of {len(table):,} {noun}"


def chart_title(session: Session, name: str, *more: str) -> str:
    """A chart's title, with what `more` there is to say, label and time resolution of a session."""
    window = session.analysis.window
    parts = [
        name,
        *more,
        f"{timecode.format_number(window)} s windows" if window else "",
        session.label,
    ]
    return " · ".join(part for part in parts if part)
