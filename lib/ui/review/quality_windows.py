"""The section on quality: scores of a window or range against others, and what lies inside.

The quality chart chooses the windows; the fields here do so by key.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable
from html import escape
from typing import NamedTuple

import pandas as pd
import streamlit as st

from lib import frames, timecode
from lib.frames.intervals import covered_stretches
from lib.frames.schema import NO_EVIDENCE_BAND
from lib.model import Session
from lib.ui.review import score_bars, session_frames
from lib.ui.review.loaded_session import LoadedSession
from lib.ui.shell import html
from lib.ui.web import scripts
from lib.ui.web.protocol import WindowData

WINDOW, UNTIL, OTHER = (
    "window",
    "window_until",
    "window_other",
)  # widgets; and what they were left at
MAX_LISTED_SPANS = 100
_windows = st.components.v2.component("signal_review_windows", js=scripts.quality_window_script())


class Choice(NamedTuple):
    """The chosen windows by their places in time: one, or all up to another; and one to compare."""

    window: int
    until: int | None = None
    other: int | None = None

    @property
    def places(self) -> range:
        """The places of the windows that are chosen."""
        last = self.window if self.until is None else self.until
        return range(min(self.window, last), max(self.window, last) + 1)


def draw_quality_windows(loaded: LoadedSession) -> None:
    """Draw the choice of windows, their scores beside others, and what lies inside."""
    session = loaded.session
    windows = session_frames.session_tables(session)["quality"]
    if windows.empty:
        st.html(html.element("There is no quality over time in this session.", css="sr-quiet"))
        return
    ordered = frames.windows_in_order(windows)
    choice = _draw_choice(session, ordered)
    chosen = ordered.iloc[choice.places.start : choice.places.stop]
    other = None if choice.other is None else ordered.iloc[[choice.other]]
    _windows(
        key="windows",
        data=WindowData(
            chosen=_drawn_at(chosen), compared=[] if other is None else _drawn_at(other)
        ),
        on_window_change=lambda: _take_click(session),
    )
    _draw_contents(session, chosen, other)


def _draw_choice(session: Session, ordered: pd.DataFrame) -> Choice:
    """Draw what the chart chooses as fields, for the keyboard and for a range; give the choice."""
    count = len(ordered)
    if count == 1:
        return Choice(0)
    st.caption(
        "Click a window in the quality chart, and with Shift another one to compare it with. "
        "Or choose them here."
    )
    labels = _labels(session)
    columns = st.columns(3)
    places = list(range(count))
    fields = (
        (WINDOW, "Window", None),
        (UNTIL, "Up to, for a range", "this window alone"),
        (OTHER, "Compared with", "the part" if session.parts else "the whole recording"),
    )
    values = []
    for column, (name, label, placeholder) in zip(columns, fields, strict=True):
        key = f"{name}_{session.id}"
        kept = st.session_state.setdefault(key, st.session_state.get(f"{key}_kept"))
        if kept not in places:  # nothing yet, or windows were there that are not any more
            st.session_state[key] = None if placeholder else 0
        values.append(
            column.selectbox(
                label,
                places,
                format_func=labels.__getitem__,
                key=key,
                index=None if placeholder else 0,
                placeholder=placeholder,
            )
        )
        st.session_state[f"{key}_kept"] = values[-1]  # while another section is open
    window, until, other = values
    return Choice(window or 0, until, other)


def _take_click(session: Session) -> None:
    """Choose the window that was clicked on the chart, or compare with it."""
    click = st.session_state["windows"].get("window")
    if not isinstance(click, dict):
        return
    ordered = frames.windows_in_order(session_frames.session_tables(session)["quality"])
    places = {index: place for place, index in enumerate(ordered.index.tolist())}
    index = click.get("index")
    if not isinstance(index, int) or index not in places:
        return
    place = places[index]
    if click.get("compare") is True:
        key = f"{OTHER}_{session.id}"
        again = st.session_state.get(key) == place
        st.session_state[key] = None if again else place
    else:
        st.session_state[f"{WINDOW}_{session.id}"] = place
        st.session_state[f"{UNTIL}_{session.id}"] = None


def _drawn_at(windows: pd.DataFrame) -> list[tuple[float, float]]:
    """Where the chart shows these windows [s]: those that touch or overlap as one stretch."""
    drawn = windows[["draw_start", "draw_end"]].set_axis(["start", "end"], axis="columns")
    first, last = covered_stretches(drawn)
    return list(zip(first.tolist(), last.tolist(), strict=True))


@st.cache_resource(show_spinner=False, ttl=600, max_entries=32, hash_funcs=session_frames.BY_ID)
def _labels(session: Session) -> list[str]:
    """When each window is, in their order; of several at the same time, which one."""
    ordered = frames.windows_in_order(session_frames.session_tables(session)["quality"])
    digits = session_frames.table_digits(session)["quality"]
    ends = zip(ordered["start"].tolist(), ordered["end"].tolist(), strict=True)
    times = [_time_text(pair, digits) for pair in ends]
    number, count = Counter[str](), Counter(times)
    labels = []
    for text in times:
        number[text] += 1
        labels.append(f"{text} ({number[text]} of {count[text]})" if count[text] > 1 else text)
    return labels


def _times(session: Session, windows: pd.DataFrame) -> str:
    """When these windows are: of one its times as sent, of several the first and the last."""
    ends = windows["start"].iloc[0], windows["end"].iloc[0]
    if len(windows) > 1:
        times = windows[["start", "end"]]
        ends = times.min(axis=None), times.max(axis=None)
    digits = session_frames.table_digits(session)["quality"]
    return _time_text(ends, digits)


def _time_text(ends: Iterable[float], digits: int) -> str:
    return " – ".join(timecode.format_time(seconds, digits=digits) for seconds in ends)


def _draw_contents(session: Session, windows: pd.DataFrame, other: pd.DataFrame | None) -> None:
    tables = session_frames.session_tables(session)
    count, silent = len(windows), int(windows["no_evidence"].sum())
    text = f"{silent} of {count} windows without evidence"
    if count == 1:
        text = "no evidence in it" if silent else "with evidence"
    st.html(
        f'<p><button type="button" class="sr-button" data-go="{windows["draw_start"].min():.3f}">'
        f"Go to {_times(session, windows)}</button> {escape(text)}</p>"
    )
    left, right = st.columns(2)
    with left:
        _draw_scores(session, windows, other)
    with right:
        st.html(_engagement_html(session, frames.seconds_by_state(tables["engagement"], windows)))
        st.html(_spans_html(session, frames.within(tables["signals"], windows)))


def _draw_scores(session: Session, windows: pd.DataFrame, other: pd.DataFrame | None) -> None:
    """Draw the scores of the windows beside those of another one, else the overall ones."""
    compared, name = _overall_of(session, windows)
    if other is not None:
        compared, name = frames.window_scores(other), _times(session, other)
    ranges = frames.score_ranges(windows, compared)
    st.html(
        score_bars.scores_html(
            ranges,
            name,
            no_evidence=bool(windows["no_evidence"].all()),
            unproven=bool(compared["band"].eq(NO_EVIDENCE_BAND).any()),
        )
    )
    if len(windows) > 1 and ranges["difference"].isna().all():
        st.caption("Several windows have no one score, so no difference: the lowest and highest.")


def _overall_of(session: Session, windows: pd.DataFrame) -> tuple[pd.DataFrame, str]:
    """The overall scores to compare these windows with, and what they are of.

    In a session of parts those of the one part that all of them lie in; none where it is several.
    """
    overall = session_frames.overall_table(session)
    if not session.parts:
        return overall, "Overall"
    middles = windows[["start", "end"]].mean(axis=1)
    starts = session_frames.parts_table(session)["start"].tolist()[1:]
    numbers = {bisect_right(starts, middle) + 1 for middle in middles.tolist()}
    if len(numbers) > 1:
        return overall.head(0), ""
    (number,) = numbers
    return overall[overall["part"] == number], f"Part {number}"


def _engagement_html(session: Session, seconds: pd.Series[float]) -> str:
    digits = session_frames.table_digits(session)
    finest = max(digits["engagement"], digits["quality"])  # a window may begin amid a span
    rows = [
        (state, timecode.format_length(value, digits=finest)) for state, value in seconds.items()
    ]
    return html.table(("Engagement", "Time"), rows) if rows else ""


def _spans_html(session: Session, inside: pd.DataFrame) -> str:
    if inside.empty:
        return html.element("No spans in this range.", css="sr-quiet")
    digits = session_frames.digits(session)
    return html.time_list(
        html.time_button(
            row.draw_start, timecode.format_time(row.start, digits=digits), row.type, span=row.id
        )
        for row in session_frames.rows(inside.head(MAX_LISTED_SPANS))
    )
