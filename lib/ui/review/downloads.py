"""What a session hands over: its feedback, its files, and the answer as it came."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from lib import charts, exports, frames
from lib.frames import agreement
from lib.interchange import session_json
from lib.model import Session
from lib.ui.review import filters, header, moments, session_frames
from lib.ui.review.feedback import feedback_text
from lib.ui.review.loaded_session import LoadedSession
from lib.ui.shell import services

REPORT = "html"  # the one format with pictures and agreement; no other waits for them


def draw_downloads(loaded: LoadedSession) -> None:
    """Offer the session in every format, whole or as filtered; made when asked for."""
    session = loaded.session
    total, passing = (
        session_frames.session_tables(session)["signals"],
        filters.passing_signals(loaded),
    )
    said = filters.count_text(len(passing), len(total), session)
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
            lambda: session_json.write_session(session, services.review(session.id)),
            file_name=f"{stem}.json",
            mime="application/json",
            icon=":material/download:",
            on_click="ignore",
            key="review_json",
        )
    whole = filters.count_text(len(total), len(total), session)
    st.caption(
        f"In the files: {said if filtered else whole}. The session file always holds everything, "
        "and brings it back (Sessions, bring in a result file)."
    )


def _write(one: exports.Format, session: Session, signals: pd.DataFrame, said: str) -> bytes:
    material = _material(session, signals, said)
    return one.write(_reported(session, material) if one.key == REPORT else material)


def _reported(session: Session, material: exports.ExportBundle) -> exports.ExportBundle:
    return replace(
        material,
        figures=_figures(session, material.signals),
        agreement=_agreement(material.signals, material.verdicts),
    )


def _material(session: Session, signals: pd.DataFrame, said: str) -> exports.ExportBundle:
    # Written when asked for, with what people have added by then.
    tables, added = session_frames.session_tables(session), LoadedSession(session).review_tables
    verdicts = added["verdicts"]
    return exports.ExportBundle(
        about=about_session(session, said),
        duration=session.duration,
        digits=session_frames.digits(session),
        media=session.recording_name,
        signals=signals,
        engagement=tables["engagement"],
        quality=tables["quality"],
        overall=frames.overall_scores(session.analysis),
        moments=moments.moments_table(session),
        presence=frames.section_availability(session.analysis),
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
        types=agreement.agreement_table(signals, verdicts, by="type"),
        probabilities=agreement.agreement_table(signals, verdicts, by="probability"),
        pairs=agreement.kappa_pairs(verdicts),
    )


def about_session(session: Session, said: str) -> dict[str, str]:
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
        "feedback": feedback_text(feedback) if feedback else "",
        "goals of the feedback": ", ".join(feedback.active_dimensions) if feedback else "",
    }


def _figures(session: Session, signals: pd.DataFrame) -> tuple[go.Figure, ...]:
    tables = session_frames.session_tables(session)
    same: dict[str, Any] = {
        "duration": session_frames.axis(session),
        "digits": session_frames.digits(session),
    }
    drawn = [
        charts.lanes(
            frames.lanes(signals), title=session_frames.chart_title(session, "Signals"), **same
        ),
        charts.engagement(
            tables["engagement"], title=session_frames.chart_title(session, "Engagement"), **same
        ),
        charts.quality(
            tables["quality"], title=session_frames.chart_title(session, "Quality"), **same
        ),
    ]
    sizes = (len(signals), len(tables["engagement"]), len(tables["quality"]))
    return tuple(figure for figure, size in zip(drawn, sizes, strict=True) if size)
