"""The Review page above its sections: video, time line, filters and list of spans.

Python draws it once. The browser fills the list, the panel and the bars of buttons, and takes spans
out of the lanes when the filters change: see web/.
"""

from __future__ import annotations

import pandas as pd
import streamlit as st

from lib import charts, frames
from lib.charts import palette
from lib.model import Session
from lib.ui.review import (
    blindness,
    chart_element,
    filters,
    playback,
    player,
    session_frames,
    span_payload,
    timelines,
)
from lib.ui.review.loaded_session import LoadedSession
from lib.ui.shell import html, page_chrome, problem_view

ABSENCE_TEXTS = {
    "not asked for": "Signals were not asked for, or not sent.",
    "nothing found": "No signals were found.",
    "not readable": "The signals that were sent could not be read.",
    "present": "",
}
ORDERS: dict[str, frames.Order] = {
    "By type": "type",
    "By first occurrence": "first",
    "By total time": "time",
}
MAX_TYPE_CHARACTERS = 200  # in the table of types without a lane
HEIGHTS = {"Low": 13, "Normal": 18, "High": 30}


def draw_room(loaded: LoadedSession) -> None:
    """Draw the video above its time line, and its spans with their filters beside both."""
    if loaded.problem:  # said once; the analysis stays
        problem_view.show_problem(loaded.problem)
    blindness.keep_in_address()
    st.html(span_payload.payload_html(loaded))
    with st.container(key="watch"):
        left, right = st.columns([13, 8], gap="medium")
        with left:
            _draw_time_line(loaded, *_draw_stage(loaded))
        with right:
            _draw_side(loaded)


def _draw_side(loaded: LoadedSession) -> None:
    """Draw what stands beside the video, a tab at a time, and the panel below it."""
    with st.container(key="side"):
        st.html('<div class="sr-tabs"></div>')
        with st.container(key="side_spans"):
            filters.draw_filters(loaded)
            _draw_span_list(loaded.session)
        st.html('<div class="sr-words"></div>')
        st.html('<div class="sr-note-list"></div>')
        st.html('<div class="sr-code-tab"></div>')
        st.html('<div class="sr-panel" aria-live="polite"></div>')


def _draw_stage(loaded: LoadedSession) -> tuple[frames.Order, str, int]:
    """Draw the player above its bar, which ends with how the lanes look; gives that."""
    with st.container(key="stage"):
        player.draw_player(loaded)
        with st.container(key="controls", horizontal=True):
            rate = playback.find_frame_rate(loaded.session.id)
            known = f' data-frame-rate="{rate}"' if rate else ""
            st.html(f'<div class="sr-transport"{known}></div>')
            with st.container(key="look"):
                chosen = _draw_appearance()
        player.draw_remove_recording(loaded.session)
    return chosen


def _draw_time_line(loaded: LoadedSession, order: frames.Order, colours: str, height: int) -> None:
    """Draw all that is measured over time, one below the other, under the player."""
    st.html('<div class="sr-zoom"></div>')
    _draw_lanes(loaded, order, colours, height)
    st.html('<div class="sr-codes" hidden></div>')
    timelines.draw_speech(loaded)
    timelines.draw_engagement(loaded.session)
    timelines.draw_quality(loaded.session)
    timelines.draw_measurement(loaded.session)
    legend = LEGEND.format(probabilities=_HIDDEN if blindness.hides_probability() else _LEVELS)
    # Twice the root: it must win over the style of the app, wherever that comes to stand.
    style = page_chrome.group_style(palette.group_colors(colours), root=":root:root")
    st.html(style + legend)


def _draw_span_list(session: Session) -> None:
    availability = session_frames.availability(session)["signals"]
    if availability == "present":
        st.html('<div class="sr-table"></div>')
    else:
        st.html(html.element(ABSENCE_TEXTS[availability], css="sr-quiet"))


def _draw_lanes(loaded: LoadedSession, order: frames.Order, colours: str, height: int) -> None:
    session = loaded.session
    signals = session_frames.session_tables(session)["signals"]
    signals = blindness.shown_signals(signals, loaded.opened)
    drawn = frames.drawn_spans(signals, kind="type")
    total = filters.count_text(len(drawn), len(signals), session)
    availability = session_frames.availability(session)["signals"]
    figure = charts.lanes(
        frames.lanes(drawn, order=order),
        duration=session_frames.axis(session),
        title=session_frames.chart_title(session, f"Signals · {total}"),
        digits=session_frames.digits(session),
        row=height,
        groups=palette.group_colors(colours),
        note=ABSENCE_TEXTS[availability],
        parts=session_frames.parts_table(session),
    )
    chart_element.draw_chart(
        figure, key=player.LANES, alt=f"Signal lanes: {total}, one lane per signal type, over time."
    )
    _draw_more_types(signals)


def _draw_more_types(signals: pd.DataFrame) -> None:
    """Offer the types that have no lane as a table."""
    others = frames.type_counts(signals).iloc[frames.MAX_LANES :]
    if others.empty:
        return
    noun = "type" if len(others) == 1 else "types"
    with st.expander(f"and {len(others):,} more {noun}", key="more_types"):
        short = others.assign(type=others["type"].str.slice(0, MAX_TYPE_CHARACTERS))
        st.dataframe(short, hide_index=True)


def _draw_appearance() -> tuple[frames.Order, str, int]:
    with st.popover(
        "Appearance", icon=":material/palette:", help="Order, colors and height of the lanes"
    ):
        order = st.selectbox("Order of the lanes", list(ORDERS), key="order", bind="query-params")
        colours = st.selectbox("Colors", list(palette.PALETTES), key="colours", bind="query-params")
        height = st.selectbox("Height", list(HEIGHTS), index=1, key="height", bind="query-params")
    return ORDERS[order], colours, HEIGHTS[height]


_LEVELS = (
    '<li><span class="sr-swatch high"></span>high</li>'
    '<li><span class="sr-swatch medium"></span>medium</li>'
    '<li><span class="sr-swatch low"></span>low</li>'
    '<li><span class="sr-swatch not-given"></span>probability not given</li>'
)
_HIDDEN = '<li><span class="sr-swatch hidden"></span>probability hidden until judged</li>' + _LEVELS
LEGEND = (
    '<ul class="sr-legend">'
    '<li><span class="sr-swatch supportive"></span>▲ supportive</li>'
    '<li><span class="sr-swatch friction"></span>▽ friction</li>'
    '<li><span class="sr-swatch other"></span>other</li>'
    "{probabilities}"
    '<li><span class="sr-swatch point"></span>too short to see</li>'
    "<li>✓ ✗ ? verdict</li><li>✎ note</li>"
    "</ul>"
)
