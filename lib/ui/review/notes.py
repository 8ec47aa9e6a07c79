"""The notes of a session, and how far reviewers agree with its signals and with each other."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd
import streamlit as st

from lib import timecode
from lib.model import Session
from lib.ui.review import blindness, session_frames
from lib.ui.review.loaded_session import LoadedSession
from lib.ui.shell import html

_COUNTED = ("All verdicts", "Only those made blind")


def draw_notes(loaded: LoadedSession) -> None:
    """Draw the notes, then the agreement that the verdicts show."""
    session, added = loaded.session, loaded.review_tables
    if hidden := blindness.hidden_text():
        st.caption(f"Shown and counted here without {hidden}.")
    _notes(session, added["notes"])
    if added["verdicts"].empty:
        st.html(
            html.element(
                "No verdicts yet. Choose a span, then agree, disagree or mark it unsure.",
                css="sr-quiet",
            )
        )
        return
    verdicts = _counted(added["verdicts"])
    _agreed(session, verdicts)
    _reviewers(verdicts)


def _counted(verdicts: pd.DataFrame) -> pd.DataFrame:
    """The verdicts that are counted: all, or where some are blind and some are not, either."""
    from lib.frames import agreement  # noqa: PLC0415  heavy; most sessions have no verdicts

    blind = agreement.only_blind(verdicts)
    st.caption(agreement.blind_text(verdicts))
    if 0 < len(blind) < len(verdicts):
        chosen = st.segmented_control(
            "Count", _COUNTED, default=_COUNTED[0], required=True, key="agreement_of"
        )
        return blind if chosen == _COUNTED[1] else verdicts
    return verdicts


def _notes(session: Session, notes: pd.DataFrame) -> None:
    if notes.empty:
        st.html(
            html.element(
                "No notes yet. Choose a span, or press m for a note at this moment.", css="sr-quiet"
            )
        )
        return
    digits = session_frames.digits(session)
    st.html(
        html.time_list(
            html.time_button(
                row.draw_start,
                _time(row, digits),
                row.reviewer,
                row.text,
                span=row.signal if pd.notna(row.signal) else None,
                note=pd.isna(row.signal),
            )
            for row in session_frames.rows(notes.sort_values("draw_start", kind="stable"))
        )
    )


def _time(row: Any, digits: int) -> str:  # noqa: ANN401  a row of the notes
    return timecode.format_range(row.start, row.end, digits=digits, between=" – ")


def _agreed(session: Session, verdicts: pd.DataFrame) -> None:
    from lib.frames import agreement  # noqa: PLC0415  heavy; most sessions have no verdicts

    st.caption(agreement.SHARE_NOTE)
    signals = session_frames.session_tables(session)["signals"]
    kinds: tuple[agreement.By, ...] = ("type", "probability", "reviewer")
    left, right = st.columns(2)
    for column, by in zip((left, right, right), kinds, strict=True):
        rows = [
            (
                row.value,
                _share(row.share, row.low, row.high),
                row.n,
                row.agree,
                row.disagree,
                row.unsure,
            )
            for row in session_frames.rows(agreement.agreement_table(signals, verdicts, by=by))
        ]
        head = (by.capitalize(), "Agreed", "n", "agree", "disagree", "unsure")
        column.html(html.table(head, rows))


def _share(share: float, low: float, high: float) -> str:
    return "–" if math.isnan(share) else f"{share:.0%} ({low:.0%} – {high:.0%})"


def _reviewers(verdicts: pd.DataFrame) -> None:
    from lib.frames import agreement  # noqa: PLC0415  heavy; most sessions have no verdicts

    names = agreement.reviewers(verdicts)
    if len(names) < 2:  # noqa: PLR2004  it takes two to agree
        return
    first, second = names[:2]
    if len(names) > 2:  # noqa: PLR2004
        left, right = st.columns(2)
        first = left.selectbox("One reviewer", names, key="kappa_one")
        second = right.selectbox(
            "Another reviewer", [name for name in names if name != first], key="kappa_other"
        )
    agreed = agreement.cohens_kappa(verdicts, first, second)
    value = f"not defined: {agreed.reason}" if agreed.value is None else f"{agreed.value:.2f}"
    share = "" if agreed.agreed is None else f", percent agreement {agreed.agreed:.0%}"
    blind = f", {agreed.blind} of them both blind" if agreed.blind else ""
    st.html(
        html.element(
            f"Cohen's kappa of {first} and {second}: {value}, "
            f"n = {agreed.n} {agreed.unit}{blind}{share}",
            css="sr-kappa",
        )
    )
    st.caption(agreement.KAPPA_NOTE)
