"""The data of every chart as a table, for reading, sorting, copying and saving.

The browser draws it in pages and sorts it (web/review/data_table.ts). It reads the whole table
from a hidden element; the spans it has already (span_payload), so of them only the ids are sent.
"""

from __future__ import annotations

import json
from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from lib import frames
from lib.exports import csv_table, span_table
from lib.model import Session
from lib.plain_text import file_name
from lib.ui.review import blindness, downloads, filters, moments, session_frames
from lib.ui.review.loaded_session import LoadedSession
from lib.ui.shell import html
from lib.ui.web.protocol import TablePayload

TABLES = ("Signals", "Engagement", "Quality", "Transcript", "Notes", "Verdicts", "Codes", "Moments")
OF_PEOPLE = ("Transcript", "Notes", "Verdicts", "Codes")  # a person brought or wrote them
OF_ANSWER = ("label", "api", "model", "author", "resolution")  # say nothing of what people added
UNITS = {"start": "s", "end": "s", "length": "s"}


def draw_tables(loaded: LoadedSession) -> None:
    """Draw the chosen table; that of the signals holds what passes the filters."""
    chosen = st.segmented_control("Table", TABLES, default=TABLES[0], required=True, key="table")
    name = chosen or TABLES[0]
    if hidden := _hidden_text(name):
        st.caption(f"Without {hidden}.")
    frame = _table(loaded, name.lower())
    if frame.empty:
        st.html(html.element("This table is empty.", css="sr-quiet"))
    else:
        sent = escape(json.dumps(_sent(loaded.session, name, frame)), quote=False)
        st.html(f'<div class="sr-tabular"><div hidden>{sent}</div></div>')


def _table(loaded: LoadedSession, name: str) -> pd.DataFrame:
    if name == "signals":
        return _add_speakers(filters.passing_signals(loaded), loaded)
    if name == "codes":
        return loaded.coded
    if name == "moments":
        return span_table.moment_table(moments.moments_table(loaded.session))
    return {**session_frames.session_tables(loaded.session), **loaded.review_tables}[name]


def _add_speakers(signals: pd.DataFrame, loaded: LoadedSession) -> pd.DataFrame:
    """The signals with who spoke meanwhile, where a transcript names speakers."""
    transcript = loaded.review_tables["transcript"]
    if not frames.speaker_names(transcript):
        return signals
    texts = frames.spoken_texts(signals, frames.spoken_shares(signals, transcript))
    place = signals.columns.tolist().index("modality") + 1
    table = signals.copy(deep=False)
    table.insert(place, span_table.SPOKEN_COLUMN, texts)
    return table


def _sent(session: Session, name: str, frame: pd.DataFrame) -> TablePayload:
    columns = [column for column in frame.columns if not column.startswith("draw_")]
    of_spans = name == TABLES[0]
    total = len(session_frames.session_tables(session)["signals"])
    filtered = of_spans and len(frame) < total
    filter_text = filters.filter_text(len(frame), total, session) if filtered else ""
    if hidden := _hidden_text(name):
        filter_text = "; ".join(filter(None, (filter_text, f"without {hidden}")))
    part = "filtered" if filtered else ""
    about = downloads.about_session(session, filter_text)
    if name in OF_PEOPLE:
        about |= dict.fromkeys(OF_ANSWER, "")
    return TablePayload(
        name=name,
        session=session.id,
        names=columns,
        columns=None if of_spans else {column: _values(frame[column]) for column in columns},
        spans=frame["id"].tolist() if of_spans else None,
        units=UNITS,
        numbers=frame[columns].select_dtypes("number").columns.tolist(),
        about={field: about[field] for field in csv_table.ABOUT_COLUMNS},
        formula=list(csv_table.FORMULA_STARTS),
        file=f"{file_name(session.title, session.id, name.lower(), part)}.csv",
    )


def _hidden_text(name: str) -> str:
    """What a reviewer who judges blind is not shown in this table; "" for nothing."""
    if name == "Codes":
        return "" if blindness.current_mode() == blindness.OPEN else "what others coded (blind)"
    concerned = ("Notes", "Verdicts", *(TABLES[:1] if blindness.hides_probability() else ()))
    return blindness.hidden_text() if name in concerned else ""


def _values(column: pd.Series) -> list[Any]:
    """A column as JSON has it, times as ISO text."""
    if pd.api.types.is_datetime64_any_dtype(column):
        column = column.map(lambda time: time.isoformat(), na_action="ignore")
    return session_frames.json_values(column)
