"""The review room: the video beside its spans, and below them the lanes with their filters.

The list is drawn once; sync.js hides what a filter leaves out. Only the lanes are drawn anew.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from lib import charts, clock, frames
from lib.model import PROBABILITIES, Session
from lib.ui import player, spans, text

LIST_HEIGHT = 290  # pixels; the video beside it is about as high
# The analysis behind an id never changes.
BY_ID: dict[str | type[Any], Callable[[Any], Any]] = {Session: lambda session: session.id}
CHART = {"displayModeBar": False, "scrollZoom": False, "doubleClick": "reset"}
_NOTES = {
    "not asked for": "Signals were not asked for, or not sent.",
    "nothing found": "No signals were found.",
    "not readable": "The signals that were sent could not be read.",
    "present": "No span passes the filters.",
}


def show(session: Session) -> None:
    """Draw the video beside its spans, and the lanes below, which the filters change."""
    with st.container(key="watch"):
        left, right = st.columns([5, 6])
        with left:
            player.show(session)
        with right:
            _spans(session)
    _lanes(session)


@st.fragment
def _lanes(session: Session) -> None:
    """Draw the filters and what passes them; a filter redraws the lanes and nothing else."""
    signals = tables(session)["signals"]
    chosen = _filters(session, signals)
    said = frames.sections(session.analysis)["signals"]
    count = _count(len(chosen), len(signals), per_window=session.analysis.per_window)
    figure = charts.lanes(
        frames.lanes(chosen),
        duration=axis(session),
        title=titled(session, f"Signals · {count}"),
        digits=digits(session),
        note=_NOTES[said] if chosen.empty else "",
    )
    alt = f"Signal lanes: {count}, one lane a signal type, over time."
    draw(figure, key=player.LANES, alt=alt)
    st.html(PANEL + LEGEND)
    player.sync(chosen["id"].tolist() if len(chosen) < len(signals) else None)


@st.cache_resource(show_spinner=False, ttl=600, max_entries=32, hash_funcs=BY_ID)
def tables(session: Session) -> dict[str, pd.DataFrame]:
    """The frames of a session, shared by all viewers; they are read, never changed."""
    length = frames.length(session.analysis, session.duration)
    return {
        "signals": frames.signals(session.analysis, length),
        "engagement": frames.engagement(session.analysis, length),
        "quality": frames.quality(session.analysis, length),
    }


def axis(session: Session) -> float:
    """Where the time axis of all charts ends, in seconds."""
    return frames.length(session.analysis, session.duration) or 1.0


def digits(session: Session) -> int:
    """Decimals of the times on this page: never finer than what was measured."""
    signals = tables(session)["signals"]
    return clock.digits(session.analysis.window, [*signals["start"], *signals["end"]])


def titled(session: Session, name: str) -> str:
    """A chart's title, with the session's label and its time resolution."""
    window = session.analysis.window
    parts = [name, f"{window:g} s windows" if window else "", session.label]
    return " · ".join(part for part in parts if part)


def draw(figure: go.Figure, *, key: str, alt: str) -> None:
    """Put a figure on the page under the key by which sync.js finds it."""
    with st.container(key=key):
        st.plotly_chart(figure, config=CHART, alt=alt)


def _filters(session: Session, signals: pd.DataFrame) -> pd.DataFrame:
    with st.container(key="filters"):
        left, right = st.columns([7, 2])
    kinds = left.pills(
        "Signals (none chosen: all)",
        sorted(signals["type"].unique()),
        selection_mode="multi",
        format_func=text.plain,
        key=f"review_types_{session.id}",
    )
    likely = right.pills(
        "Probability (none chosen: all)",
        [*PROBABILITIES, "not given"],
        selection_mode="multi",
        key=f"review_probabilities_{session.id}",
    )
    return frames.filtered(signals, frames.Filter(types=tuple(kinds), probabilities=tuple(likely)))


def _count(shown: int, total: int, *, per_window: bool) -> str:
    noun = "span" if total == 1 else "spans"
    counted = f"{total} {noun}" if shown == total else f"{shown} of {total} {noun}"
    return f"{counted}, one for each window" if per_window else counted


def _spans(session: Session) -> None:
    signals = tables(session)["signals"]
    st.caption("Open a span to read its rationale and to go there.")
    with st.container(height=LIST_HEIGHT, key=player.LIST):
        if signals.empty:
            st.caption(_NOTES[frames.sections(session.analysis)["signals"]])
        else:
            st.html(spans.as_html(signals, digits=digits(session), author=session.author))


PANEL = '<div class="sr-panel sr-span" hidden></div>'  # sync.js shows the picked span here
LEGEND = (
    '<ul class="sr-legend">'
    '<li><span class="sr-swatch supportive"></span>▲ supportive</li>'
    '<li><span class="sr-swatch friction"></span>▽ friction</li>'
    '<li><span class="sr-swatch other"></span>other</li>'
    '<li><span class="sr-swatch high"></span>high</li>'
    '<li><span class="sr-swatch medium"></span>medium</li>'
    '<li><span class="sr-swatch low"></span>low</li>'
    '<li><span class="sr-swatch not-given"></span>probability not given</li>'
    '<li><span class="sr-swatch point"></span>too short to see</li>'
    "</ul>"
)
