"""What to cut from a recording: a span, a moment, a range, or all spans that pass the filters."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from lib import frames, timecode
from lib.model import Session
from lib.plain_text import file_name, one_line
from lib.recordings.clip import MAX_CAPTION, Clip, clip_stretch, stretch_text
from lib.ui.review import blindness, filters, moments, sections, session_frames
from lib.ui.review.loaded_session import LoadedSession
from lib.ui.review.sections import Section

SPAN, MOMENT, RANGE, ALL = WHAT = ("One span", "A moment", "A range", "All that pass the filters")
MAX_OPTIONS = 500  # of a list to choose from
MAX_BESIDE = 60.0  # seconds before and after

START, END = "clip_start", "clip_end"  # of a range
WHAT_KEY, SPAN_KEY = "clip_what", "clip_span"  # of the widgets
PINNED = "clip_pinned"  # state: the span that was chosen beside the list, by session and id


@dataclass(frozen=True, slots=True)
class Choice:
    """What was chosen: the clips, and how its file is told from others.

    `parts` go into the name of the file; `filter_text` says which spans were chosen of how many.
    `gone` is how many spans lie outside the recording.
    """

    clips: tuple[Clip, ...]
    parts: tuple[str, ...] = ()
    filter_text: str = ""
    gone: int = 0


@dataclass(frozen=True, slots=True)
class _Stretches:
    """How stretches of a session become clips."""

    session: Session
    length: float | None
    before: float
    after: float

    def clips(self, rows: pd.DataFrame, names: list[str], digits: list[int]) -> tuple[Clip, ...]:
        """A clip for each row that lies in the recording."""
        made = []
        for row, name, count in zip(session_frames.rows(rows), names, digits, strict=True):
            stretch = clip_stretch(
                row.start, row.end, before=self.before, after=self.after, length=self.length
            )
            if stretch:
                caption = _caption(name, row.start, row.end, count)
                stem = file_name(
                    self.session.title, self.session.id, stretch_text(*stretch), name[:MAX_CAPTION]
                )
                made.append(Clip(*stretch, caption=caption, name=stem[:MAX_CAPTION]))
        return tuple(made)


def take_request(session: Session, request: dict[str, Any]) -> bool:
    """Choose the span that the browser asks for a clip of; False when it asks for none."""
    if request.get("kind") != "clip":
        return False
    signal, count = request.get("signal"), len(session.analysis.signals or ())
    if isinstance(signal, int) and not isinstance(signal, bool) and 0 <= signal < count:
        st.session_state[PINNED] = (session.id, signal)
        st.session_state[WHAT_KEY], st.session_state[SPAN_KEY] = SPAN, signal
        sections.show(Section.CLIPS)
    return True


def draw_choice(loaded: LoadedSession, length: float | None) -> Choice:
    """Draw the choice of what to cut from a recording of this length [s]; no clips where none."""
    what = st.segmented_control("What to cut", WHAT, default=SPAN, required=True, key=WHAT_KEY)
    if what == RANGE:
        rows, names, digits = _draw_range()
    elif what == MOMENT:
        rows, names, digits = _draw_moments(loaded.session)
    else:
        rows, names, digits = _draw_spans(loaded, only_one=what != ALL)
    before, after, _ = st.columns([1, 1, 3])
    stretches = _Stretches(
        loaded.session, length, _draw_beside(before, "before"), _draw_beside(after, "after")
    )
    clips = stretches.clips(rows, names, digits)
    gone = len(rows) - len(clips)
    if what != ALL:
        return Choice(clips, gone=gone)
    total = len(session_frames.session_tables(loaded.session)["signals"])
    if len(rows) == total:
        return Choice(clips, gone=gone)
    text = filters.filter_text(len(rows), total, loaded.session)
    return Choice(clips, ("filtered",), text, gone)


def _draw_beside(place: Any, side: str) -> float:  # noqa: ANN401  a column has no public type
    return float(
        place.number_input(
            f"Seconds {side}", 0.0, MAX_BESIDE, 0.0, step=1.0, format="%g", key=f"clip_{side}"
        )
    )


def _draw_spans(
    loaded: LoadedSession, *, only_one: bool
) -> tuple[pd.DataFrame, list[str], list[int]]:
    """The span that is chosen among those that pass the filters, or all of these."""
    passing = filters.passing_signals(loaded)
    digits = session_frames.digits(loaded.session)
    rows = passing
    if only_one:
        rows = _draw_rows(
            "Span, of those that pass the filters",
            blindness.shown_signals(passing, loaded.opened),
            lambda row: f"{_times(row.start, row.end, digits)} · {row.type} · {row.probability}",
            key=SPAN_KEY,
            pinned=blindness.shown_signals(_pinned_row(loaded.session), loaded.opened),
        )
    else:
        total = len(session_frames.session_tables(loaded.session)["signals"])
        st.caption(f"These are {filters.count_text(len(passing), total, loaded.session)}.")
    return rows, rows["type"].tolist(), [digits] * len(rows)


def _pinned_row(session: Session) -> pd.DataFrame:
    """The span that was chosen beside the list, whether it passes the filters or not."""
    signals = session_frames.session_tables(session)["signals"]
    of, pinned = st.session_state.get(PINNED, ("", None))
    return signals[signals["id"].eq(pinned)] if of == session.id else signals.head(0)


def _draw_moments(session: Session) -> tuple[pd.DataFrame, list[str], list[int]]:
    of_session = session_frames.table_digits(session)
    rows = _draw_rows(
        "Moment, the best first",
        moments.moments_table(session),
        lambda row: (
            f"{_times(row.start, row.end, frames.moment_digits(row.rule, of_session))} · {row.rule}"
        ),
        key="clip_moment",
    )
    names = rows["rule"].tolist()
    return rows, names, [frames.moment_digits(name, of_session) for name in names]


def _draw_rows(
    label: str,
    rows: pd.DataFrame,
    text: Callable[[Any], str],
    *,
    key: str,
    pinned: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """The row that is chosen; none where there is none to choose.

    One that is `pinned` can be chosen though it is none of the first rows, or of the rows.
    """
    shown = rows.head(MAX_OPTIONS)
    if len(shown) < len(rows):
        label = f"{label} (the first {MAX_OPTIONS} of {len(rows):,})"
    if pinned is not None and not pinned["id"].isin(shown["id"]).all():
        label = f"{label}, and the one chosen above"
        shown = pd.concat([pinned, shown])
    if shown.empty:
        st.caption("There is none.")
        return rows
    # By its id: other filters do not put another span in the place of the one that is chosen.
    ids = shown["id"].tolist() if "id" in shown else list(range(len(shown)))
    texts = dict(zip(ids, map(text, session_frames.rows(shown)), strict=True))
    chosen = st.selectbox(label, ids, format_func=lambda one: one_line(texts.get(one, "")), key=key)
    return shown[[one == chosen for one in ids]]


def _draw_range() -> tuple[pd.DataFrame, list[str], list[int]]:
    first, last, _ = st.columns([1, 1, 3])
    texts = [
        first.text_input("From", key=START, placeholder="0:00", max_chars=20),
        last.text_input("To", key=END, placeholder="1:05.5", max_chars=20),
    ]
    times = [timecode.parse_time(text) for text in texts]
    start, end = times
    if start is None or end is None:
        if any(text and time is None for text, time in zip(texts, times, strict=True)):
            st.caption("A time is m:ss, such as 1:05 or 1:05.5.")
        rows = pd.DataFrame({"start": [], "end": []})
        return rows, [], []
    digits = timecode.shown_digits(None, (start, end))
    return pd.DataFrame({"start": [start], "end": [end]}), [""], [digits]


def _caption(name: str, start: float, end: float, digits: int) -> str:
    words = filter(None, (one_line(name)[:MAX_CAPTION], _times(start, end, digits)))
    return " · ".join(words)


def _times(start: float, end: float, digits: int) -> str:
    times = (timecode.format_time(seconds, digits=digits) for seconds in (start, end))
    return " to ".join(dict.fromkeys(times))
