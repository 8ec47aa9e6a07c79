"""The upper part of the Review page: video, list of spans, filters and signal lanes.

Python draws it once. The browser fills the list, the panel and the bars of buttons, and takes spans
out of the lanes when the filters change: see web/.
"""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from lib import charts, frames
from lib.charts import palette
from lib.model import Session
from lib.ui.review import filters, player, session_frames, span_payload
from lib.ui.review.loaded_session import LoadedSession
from lib.ui.shell import html, messages

CHART = {"displayModeBar": False, "scrollZoom": False, "doubleClick": "reset"}
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
HEIGHTS = {"Low": 16, "Normal": 26, "High": 40}


def draw_player_and_lanes(loaded: LoadedSession) -> None:
    """Draw the video beside its spans, then the filters and the lanes."""
    session = loaded.session
    if loaded.problem:  # said once; the analysis stays
        messages.show_problem(loaded.problem)
    with st.container(key="watch"):
        left, right = st.columns([5, 6])
        with left:
            player.draw_player(loaded)
            st.html('<div class="sr-transport"></div>')
            player.draw_remove_recording(session)
        with right:
            _draw_span_list(session)
            st.html('<div class="sr-panel" aria-live="polite"></div>')
    st.html(span_payload.payload_html(loaded))
    filters.draw_filters(loaded)
    bar, appearance = st.columns([8, 2], vertical_alignment="center")
    bar.html('<div class="sr-zoom"></div>')
    with appearance, st.container(key="look"):
        chosen = _draw_appearance()
    _draw_lanes(session, *chosen)


def _draw_span_list(session: Session) -> None:
    availability = session_frames.availability(session)["signals"]
    if availability == "present":
        st.html('<div class="sr-table"></div>')
    else:
        st.html(html.element(ABSENCE_TEXTS[availability], css="sr-quiet"))


def draw_chart(figure: go.Figure, *, key: str, alt: str) -> None:
    """Put a figure on the page under the key by which the browser finds it."""
    with st.container(key=key):
        st.plotly_chart(figure, config=CHART, alt=alt)


def _draw_lanes(session: Session, order: frames.Order, colours: str, height: int) -> None:
    signals = session_frames.session_tables(session)["signals"]
    drawn = frames.drawn_spans(signals, kind="type")
    total = filters.count_text(len(drawn), len(signals), session)
    availability = session_frames.availability(session)["signals"]
    lanes = charts.lanes(
        frames.lanes(drawn, order=order),
        duration=session_frames.axis(session),
        title=session_frames.chart_title(session, f"Signals · {total}"),
        digits=session_frames.digits(session),
        row=height,
        groups=palette.group_colors(colours),
        note=ABSENCE_TEXTS[availability],
    )
    figure = charts.add_seams(lanes, session_frames.parts_table(session))
    draw_chart(
        figure, key=player.LANES, alt=f"Signal lanes: {total}, one lane per signal type, over time."
    )
    _draw_more_types(signals)
    st.html(_colour_style(colours) + LEGEND)


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
    with st.popover("Appearance", icon=":material/palette:", width="stretch"):
        order = st.selectbox("Order of the lanes", list(ORDERS), key="order", bind="query-params")
        colours = st.selectbox("Colors", list(palette.PALETTES), key="colours", bind="query-params")
        height = st.selectbox("Height", list(HEIGHTS), index=1, key="height", bind="query-params")
    return ORDERS[order], colours, HEIGHTS[height]


def _colour_style(colours: str) -> str:
    # Twice the root: it must win over the style of the app, wherever that comes to stand.
    variables = {"supportive": "--sr-supportive", "friction": "--sr-friction"}
    chosen = palette.group_colors(colours)
    rules = " ".join(f"{variables[group]}: {chosen[group]};" for group in variables)
    return f"<style>:root:root {{ {rules} }}</style>"


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
    "<li>✓ ✗ ? verdict</li><li>✎ note</li>"
    "</ul>"
)
