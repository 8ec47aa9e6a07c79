"""What a review is drawn from: the frames of a session, and what they have in common."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from typing import Any

import pandas as pd
import streamlit as st

from lib import frames, timecode
from lib.errors import LibraryError
from lib.model import Review, Session
from lib.ui.shell import messages, services

# The analysis behind an id never changes.
_Loaded = tuple[str, Review, dict[str, pd.DataFrame]]  # of a session's id
_loaded: ContextVar[_Loaded | None] = ContextVar("review_loaded", default=None)

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
    signals = session_tables(session)["signals"]
    found = frames.cues(signals)["cue"]
    return {cue: signals["id"][frames.mentions(signals, cue)].tolist() for cue in found}


@contextmanager
def review_loaded(session: Session) -> Iterator[None]:
    """Load what people added once for all that is drawn inside; say when it cannot be read.

    A fragment that is drawn anew by itself stands in no such block, and loads it anew.
    """
    review = Review()
    with messages.shown_errors(stop=False):
        review = services.review(session.id)
    token = _loaded.set((session.id, review, _review_tables(session, review)))
    try:
        yield
    finally:
        _loaded.reset(token)


def session_review(session: Session) -> Review:
    """What people added, as it stands now; nothing where the library cannot be reached."""
    loaded = _loaded.get()
    if loaded and loaded[0] == session.id:
        return loaded[1]
    with suppress(LibraryError):
        return services.review(session.id)
    return Review()


def review_tables(session: Session) -> dict[str, pd.DataFrame]:
    """What people added as tables: notes, verdicts and transcript."""
    loaded = _loaded.get()
    if loaded and loaded[0] == session.id:
        return loaded[2]
    return _review_tables(session, session_review(session))


def _review_tables(session: Session, review: Review) -> dict[str, pd.DataFrame]:
    length = frames.axis_length(session.analysis, session.duration)
    return {
        "notes": frames.notes(review, length),
        "verdicts": frames.verdicts(review),
        "transcript": frames.transcript(review, length),
    }


def rows(frame: pd.DataFrame) -> Iterator[Any]:
    """Each row, with its columns as attributes."""
    return iter(frame.itertuples(index=False))


def axis(session: Session) -> float:
    """Where the time axis of all charts ends, in seconds."""
    return frames.axis_length(session.analysis, session.duration) or 1.0


@st.cache_resource(show_spinner=False, ttl=600, max_entries=32, hash_funcs=BY_ID)
def digits(session: Session) -> int:
    """Decimals of the times on this page: never finer than what was measured."""
    signals = session_tables(session)["signals"]
    return timecode.shown_digits(session.analysis.window, [*signals["start"], *signals["end"]])


def chart_title(session: Session, name: str) -> str:
    """A chart's title, with the session's label and its time resolution."""
    window = session.analysis.window
    parts = [name, f"{window:g} s windows" if window else "", session.label]
    return " · ".join(part for part in parts if part)
