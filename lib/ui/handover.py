"""What a session hands over: its feedback, its files, and the answer as it came."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from lib import agreement, charts, exports, frames, session_file
from lib.model import Feedback, Session
from lib.ui import filters, header, moments, shared, text, view

REPORT = "html"  # the one format with pictures and agreement; no other waits for them
SHOWN = 20_000  # characters of a raw answer shown on the page; the download has all of it


def feedback(session: Session) -> None:
    """Show V1's feedback, or its reason for giving none; nothing when there is no feedback."""
    said = session.analysis.feedback
    if said is None:
        return
    with st.container(border=True):
        st.caption(f"Feedback, {session.author}")
        st.text(_message(said))
        if goals := ", ".join(said.active_dimensions):
            st.html(text.block(f"Goals: {goals}", css="sr-source"))


def _message(said: Feedback) -> str:
    return said.message or f"No feedback: {said.reason or 'no reason was given'}"


def downloads(session: Session) -> None:
    """Offer the session in every format, whole or as filtered; made when asked for."""
    total, passing = view.tables(session)["signals"], filters.passing(session)
    said = filters.count(len(passing), len(total), session)
    filtered = len(passing) < len(total) and st.toggle(f"Only what passes the filters: {said}")
    signals = passing if filtered else total
    stem = f"signal-review-{session.id}"
    part = f"{stem}-filtered" if filtered else stem
    with st.container(horizontal=True):
        for one in exports.FORMATS:
            st.download_button(
                one.label,
                partial(_write, one, session, signals, said * filtered),
                file_name=part + one.suffix,
                mime=one.mime,
                icon=":material/download:",
                on_click="ignore",
                key=f"review_{one.key}",
            )
        st.download_button(
            "Session (JSON)",
            lambda: session_file.write(session, shared.review(session.id)),
            file_name=f"{stem}.json",
            mime="application/json",
            icon=":material/download:",
            on_click="ignore",
            key="review_json",
        )
    whole = filters.count(len(total), len(total), session)
    st.caption(
        f"In the files: {said if filtered else whole}. The session file always holds everything, "
        "and brings it back (Sessions, bring in a result file)."
    )


def _write(one: exports.Format, session: Session, signals: pd.DataFrame, said: str) -> bytes:
    material = _material(session, signals, said)
    return one.write(_reported(session, material) if one.key == REPORT else material)


def _reported(session: Session, material: exports.Material) -> exports.Material:
    return replace(
        material,
        figures=_figures(session, material.signals),
        agreement=_agreement(material.signals, material.verdicts),
    )


def _material(session: Session, signals: pd.DataFrame, said: str) -> exports.Material:
    tables, added = view.tables(session), view.added(session)
    verdicts = added["verdicts"]
    return exports.Material(
        about=about(session, said),
        duration=session.duration,
        digits=view.digits(session),
        media=session.recording_name,
        signals=signals,
        engagement=tables["engagement"],
        quality=tables["quality"],
        overall=frames.overall(session.analysis),
        moments=moments.table(session),
        presence=frames.sections(session.analysis),
        notes=_with_these(signals, added["notes"]) if said else added["notes"],
        verdicts=_with_these(signals, verdicts) if said else verdicts,
        transcript=added["transcript"],
    )


def _with_these(signals: pd.DataFrame, added: pd.DataFrame) -> pd.DataFrame:
    """Return what was added to these signals, or to no signal but a time of its own."""
    return added[added["signal"].isna() | added["signal"].isin(signals["id"])]


def _agreement(signals: pd.DataFrame, verdicts: pd.DataFrame) -> exports.Agreement | None:
    """Return how far reviewers agree, None where nobody judged."""
    if verdicts.empty:
        return None
    return exports.Agreement(
        types=agreement.agreed(signals, verdicts, by="type"),
        probabilities=agreement.agreed(signals, verdicts, by="probability"),
        pairs=agreement.pairs(verdicts),
    )


def about(session: Session, said: str) -> dict[str, str]:
    """What every export says of where it comes from, and of the session as a whole."""
    feedback = session.analysis.feedback
    return {
        "session": session.id,
        "title": session.title,
        "label": session.label,
        "api": session.analysis.api,
        "model": session.analysis.model,
        "author": session.author,
        "recording": session.recording_name,
        "created": session.created_at.isoformat(),
        "filter": said,
        "resolution": header.resolution(session),
        "feedback": _message(feedback) if feedback else "",
        "goals of the feedback": ", ".join(feedback.active_dimensions) if feedback else "",
    }


def _figures(session: Session, signals: pd.DataFrame) -> tuple[go.Figure, ...]:
    tables = view.tables(session)
    same: dict[str, Any] = {"duration": view.axis(session), "digits": view.digits(session)}
    drawn = [
        charts.lanes(frames.lanes(signals), title=view.titled(session, "Signals"), **same),
        charts.engagement(tables["engagement"], title=view.titled(session, "Engagement"), **same),
        charts.quality(tables["quality"], title=view.titled(session, "Quality"), **same),
    ]
    sizes = (len(signals), len(tables["engagement"]), len(tables["quality"]))
    return tuple(figure for figure, size in zip(drawn, sizes, strict=True) if size)


def raw(session: Session) -> None:
    """Show the answer as received, as plain text, and offer all of it."""
    answer = session.analysis.raw
    st.download_button(
        "The answer as received (JSON)",
        lambda: answer.encode("utf-8", "surrogatepass"),
        file_name=f"signal-review-{session.id}-answer.json",
        mime="application/json",
        icon=":material/download:",
        on_click="ignore",
        key="review_raw",
    )
    if len(answer) > SHOWN:
        st.caption(f"The first {SHOWN:,} of {len(answer):,} characters.")
    st.code(answer[:SHOWN], language=None, wrap_lines=True, height=400)
