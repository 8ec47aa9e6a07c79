"""The section on quality: scores of a window or range against the whole, and what lies inside."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable
from html import escape

import pandas as pd
import streamlit as st

from lib import frames, timecode
from lib.frames.schema import NO_EVIDENCE_BAND
from lib.model import Session
from lib.ui.review import session_frames
from lib.ui.review.loaded_session import LoadedSession
from lib.ui.shell import html
from lib.ui.web import scripts

RANGE = "review_windows"
MAX_LISTED_SPANS = 100
_windows = st.components.v2.component("signal_review_windows", js=scripts.quality_window_script())


def draw_quality_windows(loaded: LoadedSession) -> None:
    """Draw the choice of windows, their scores against the overall ones, and what lies inside."""
    session = loaded.session
    windows = session_frames.session_tables(session)["quality"]
    if windows.empty:
        st.html(html.element("There is no quality over time in this session.", css="sr-quiet"))
        return
    st.caption(
        "Click a window in the quality chart, or choose one here. The two handles select a range."
    )
    _windows(key="windows", on_window_change=lambda: _choose_window(session))
    ordered = frames.windows_in_order(windows)
    index, clicks = st.session_state.get(f"{RANGE}_{session.id}", (ordered.index[0], 0))
    first = last = place = ordered.index.tolist().index(index)
    if len(ordered) > 1:
        first, last = st.select_slider(
            "Windows, by start time",
            list(range(len(ordered))),
            format_func=_labels(session).__getitem__,
            value=(place, place),  # two values, or no range could be chosen
            key=f"{RANGE}_{session.id}_{clicks}",  # a click on the chart begins anew
        )
    _draw_contents(session, ordered.iloc[first : last + 1])


def _choose_window(session: Session) -> None:
    """Choose the window that was clicked on the chart."""
    click = st.session_state["windows"].get("window")
    index = click.get("index") if isinstance(click, dict) else None
    if isinstance(index, int) and 0 <= index < len(
        session_frames.session_tables(session)["quality"]
    ):
        key = f"{RANGE}_{session.id}"
        st.session_state[key] = (index, st.session_state.get(key, (0, 0))[1] + 1)


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


def _draw_contents(session: Session, windows: pd.DataFrame) -> None:
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
        overall, whole = _overall_of(session, windows)
        ranges = frames.score_ranges(windows, overall)
        unproven = bool(overall["band"].eq(NO_EVIDENCE_BAND).any())
        st.html(_scores_html(ranges, whole, no_evidence=silent == count, unproven=unproven))
    with right:
        st.html(_engagement_html(session, frames.seconds_by_state(tables["engagement"], windows)))
        st.html(_spans_html(session, frames.within(tables["signals"], windows)))


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


def _scores_html(ranges: pd.DataFrame, whole: str, *, no_evidence: bool, unproven: bool) -> str:
    """The scores; `no_evidence` of the windows, `unproven` of what is compared, called `whole`.

    Without a name for it there is nothing to compare with.
    """
    rows = [
        (
            row.score.replace("_", " "),
            "no evidence" if no_evidence else _stretch(row.lowest, row.highest),
            "no evidence" if unproven else _number(row.overall),
            _difference(row.difference),
        )
        for row in session_frames.rows(ranges)
    ]
    head = ("Score", "Here", whole, "Difference")
    shown = len(head) if whole else 2  # without anything to compare with
    return html.table(head[:shown], [row[:shown] for row in rows])


def _stretch(lowest: float, highest: float) -> str:
    alone = lowest == highest or math.isnan(lowest)
    return _number(lowest) if alone else f"{_number(lowest)} – {_number(highest)}"


def _number(value: float) -> str:
    return "not sent" if value is None or math.isnan(value) else timecode.format_number(value)


def _difference(value: float) -> str:
    if math.isnan(value):
        return ""
    # The noise of a subtraction was not sent.
    return timecode.format_number(round(value, 9) or 0.0, sign="+")


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
