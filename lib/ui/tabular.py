"""Every chart as a table: the same data, for reading, sorting and copying."""

from __future__ import annotations

import streamlit as st

from lib.model import Session
from lib.ui import filters, moments, text, view

TABLES = ("Signals", "Engagement", "Quality", "Transcript", "Notes", "Verdicts", "Moments")


def show(session: Session) -> None:
    """Draw the chosen table; that of the signals holds what passes the filters."""
    with st.container(key="tables"):
        _table(session)


def _table(session: Session) -> None:
    chosen = st.segmented_control("Table", TABLES, default=TABLES[0], required=True, key="table")
    name = (chosen or TABLES[0]).lower()
    if name == "signals":
        frame = filters.passing(session)
    elif name == "moments":
        frame = moments.table(session)
    else:
        frame = {**view.tables(session), **view.added(session)}[name]
    if frame.empty:
        st.html(text.block("This table is empty.", css="sr-quiet"))
        return
    shown = [column for column in frame.columns if not column.startswith("draw_")]
    st.dataframe(frame[shown], hide_index=True, height="auto", alt=f"{chosen} as a table")
