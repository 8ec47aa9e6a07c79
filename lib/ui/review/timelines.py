"""The charts of recording, speech, engagement and quality over time, which no filter changes."""

from __future__ import annotations

from typing import Any

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from lib import charts, frames
from lib.model import Session
from lib.ui.review import chart_element, measurement_texts, player, session_frames
from lib.ui.review.loaded_session import LoadedSession
from lib.ui.shell import html

QUALITY_HEIGHT = 118  # pixels of plot: at 1080 of window it is seen together with the lanes
MEASURED_DIGITS = 1  # of a second: sound is measured in tenths, pictures less finely
_ABSENCE_TEXTS = {
    "engagement": {
        "not asked for": "The API sent no engagement.",
        "nothing found": "No engagement was found.",
        "not readable": "The engagement that was sent could not be read.",
    },
    "timeline": {
        "not asked for": "Quality over time was not asked for, or not sent.",
        "nothing found": "No quality was found over time.",
        "not readable": "The quality over time that was sent could not be read.",
    },
}


def draw_measurement(session: Session) -> None:
    """Draw what of the recording is silent, clipped, black or still; nothing where nothing is."""
    measurement, table = session.recording_measurement, _measurement_table(session)
    if measurement is None or table.empty:
        return
    chart_element.draw_chart(
        _measurement(session),
        key=player.MEASUREMENT,
        alt=f"What was measured of the recording: {measurement_texts.statistics(measurement)}.",
    )
    texts, kinds = measurement_texts.explanations(measurement), set(table["kind"])
    items = "".join(
        f'<li><span class="sr-swatch {kind}"></span>{text}</li>'
        for kind, text in texts.items()
        if kind in kinds
    )
    st.html(f'<ul class="sr-legend">{items}</ul>')


def draw_speech(loaded: LoadedSession) -> None:
    """Draw who speaks when, where a transcript was attached."""
    session, lines = loaded.session, loaded.review_tables["transcript"]
    if lines.empty:
        return
    drawn = frames.drawn_spans(lines, kind="speaker")
    count = session_frames.drawn_text(drawn, lines, "drawn") or str(len(lines))
    figure = charts.speech(
        drawn,
        duration=session_frames.axis(session),
        title=f"Speech · transcript, lines: {count}",  # a person's, not the API's
        digits=frames.time_digits(lines),
        parts=session_frames.parts_table(session),
    )
    chart_element.draw_chart(figure, key=player.SPEECH, alt="Who speaks when, one row per speaker.")


def draw_engagement(session: Session) -> None:
    """Draw the engagement strip, or say why there is none."""
    if _check_present(session, "engagement"):
        figure = _engagement(session)
        chart_element.draw_chart(
            figure, key=player.ENGAGEMENT, alt="Engagement over time, one bar per state."
        )


def draw_quality(session: Session) -> None:
    """Draw the quality timeline, or say why there is none."""
    if _check_present(session, "timeline"):
        figure = _quality(session)
        chart_element.draw_chart(
            figure, key=player.QUALITY, alt="Six quality scores over time, from 0 to 100."
        )
        st.html('<div class="sr-switches"></div>')


def _check_present(session: Session, section: str) -> bool:
    """Whether a section was sent; where it was not, say why."""
    availability = session_frames.availability(session)[section]
    if availability != "present":
        st.html(html.element(_ABSENCE_TEXTS[section][availability], css="sr-quiet"))
    return availability == "present"


# Figures are cached as resources: a copy out of the data cache would serialise in another key
# order, and the browser would draw it anew.
@st.cache_resource(show_spinner=False, ttl=600, max_entries=32, hash_funcs=session_frames.BY_ID)
def _engagement(session: Session) -> go.Figure:
    table = session_frames.session_tables(session)["engagement"]
    drawn = frames.drawn_spans(table, kind="state")
    part = session_frames.drawn_text(drawn, table, "spans")
    return charts.engagement(drawn, **_chart_options(session, "engagement", part))


@st.cache_resource(show_spinner=False, ttl=600, max_entries=32, hash_funcs=session_frames.BY_ID)
def _quality(session: Session) -> go.Figure:
    table = session_frames.session_tables(session)["quality"]
    drawn = frames.drawn_spans(table)
    part = session_frames.drawn_text(drawn, table, "windows")
    # The switches below it name its lines.
    return charts.quality(
        drawn, legend=False, plot=QUALITY_HEIGHT, **_chart_options(session, "quality", part)
    )


def _measurement_table(session: Session) -> pd.DataFrame:
    return frames.measurement(session.recording_measurement, session_frames.axis(session))


@st.cache_resource(show_spinner=False, ttl=600, max_entries=32, hash_funcs=session_frames.BY_ID)
def _measurement(session: Session) -> go.Figure:
    table = _measurement_table(session)
    drawn = frames.drawn_spans(table, kind="kind")
    part = session_frames.drawn_text(drawn, table, "stretches")
    return charts.measurement(
        drawn,
        duration=session_frames.axis(session),
        title=" · ".join(filter(None, ("Recording, as measured", part))),  # not the API's
        digits=min(MEASURED_DIGITS, frames.time_digits(table)),
        parts=session_frames.parts_table(session),
    )


def _chart_options(session: Session, table: str, part: str) -> dict[str, Any]:
    return {
        "duration": session_frames.axis(session),
        "title": session_frames.chart_title(session, table.capitalize(), part),
        "digits": session_frames.table_digits(session)[table],
        "parts": session_frames.parts_table(session),
    }
