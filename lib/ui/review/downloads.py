"""The downloads of a session: every export format, whole or as filtered, and the session file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from lib import __version__, charts, exports, frames
from lib.exports import csv_table
from lib.exports.report_choice import WHOLE
from lib.frames import agreement
from lib.interchange import session_json
from lib.model import Feedback, Session
from lib.plain_text import file_name
from lib.ui.review import (
    blindness,
    filters,
    header,
    measurement_texts,
    moments,
    part_texts,
    report_form,
    report_stills,
    session_frames,
)
from lib.ui.review.feedback import feedback_text, feedbacks_of
from lib.ui.review.loaded_session import LoadedSession
from lib.ui.shell import services

TABLE = "csv"
REPORT = "html"  # the one format with pictures and agreement; no other waits for them


def draw_downloads(loaded: LoadedSession) -> None:
    """Offer the session in every format, whole or as filtered; written when it is downloaded."""
    session = loaded.session
    total, passing = (
        session_frames.session_tables(session)["signals"],
        filters.passing_signals(loaded),
    )
    counted = filters.count_text(len(passing), len(total), session)
    filtered = len(passing) < len(total) and st.toggle(f"Only what passes the filters: {counted}")
    signals = passing if filtered else total
    filter_text = filters.filter_text(len(passing), len(total), session) if filtered else ""
    european = st.toggle("CSV with ; between cells and a decimal comma", key="csv_european")
    report = report_form.draw_form(loaded)
    part = file_name(session.title, session.id, "filtered" if filtered else "")
    nameless = file_name("", session.id, "filtered" if filtered else "")
    with st.container(horizontal=True):
        for format_ in exports.FORMATS:
            st.download_button(
                format_.label,
                partial(
                    _write, format_, session, signals, filter_text, european=european, report=report
                ),
                file_name=(part if report.names or format_.key != REPORT else nameless)
                + format_.suffix,
                mime=format_.mime,
                icon=":material/download:",
                on_click="ignore",
                key=f"review_{format_.key}",
            )
        if loaded.whole_review.coded:  # of these the first file says nothing
            st.download_button(
                "Codes (CSV)",
                partial(_write_codes, session, signals, european=european),
                file_name=f"{file_name(session.title, session.id, 'codes')}.csv",
                mime="text/csv",
                icon=":material/download:",
                on_click="ignore",
                key="review_codes",
            )
        st.download_button(
            "Session (JSON)",
            lambda: session_json.write_session(session, services.review(session.id)),
            file_name=f"{file_name(session.title, session.id)}.json",
            mime="application/json",
            icon=":material/download:",
            on_click="ignore",
            key="review_json",
        )
    all_text = filters.count_text(len(total), len(total), session)
    st.caption(
        f"In the files: {counted if filtered else all_text}. The session file always holds "
        "everything, and brings it back (Sessions, Import / export)."
    )
    st.caption(report_form.summary(report))
    if hidden := blindness.hidden_text():
        st.caption(f"The files are not blind: they have {hidden.removesuffix(' (blind)')} too.")


def _write(
    format_: exports.Format,
    session: Session,
    signals: pd.DataFrame,
    filter_text: str,
    *,
    european: bool = False,
    report: exports.ReportChoice = WHOLE,
) -> bytes:
    bundle = _make_bundle(session, signals, filter_text)
    if european and format_.key == TABLE:
        return csv_table.write(bundle, separator=";", decimal=",")
    if format_.key == REPORT:
        bundle = _add_report(session, bundle, report)
    return format_.write(bundle)


def _write_codes(session: Session, signals: pd.DataFrame, *, european: bool) -> bytes:
    bundle = _make_bundle(session, signals, "")
    separator, decimal = (";", ",") if european else (",", ".")
    return csv_table.write_codes(bundle, separator=separator, decimal=decimal)


def _add_report(
    session: Session, bundle: exports.ExportBundle, report: exports.ReportChoice
) -> exports.ExportBundle:
    bundle = bundle if report.names else exports.hide_names(bundle)
    stills, note = report_stills.span_stills(session, report.stills) if report.stills else ((), "")
    figures = _figures(session, bundle)
    if "codes" in report.parts:
        figures += _code_figures(session, bundle.coded)
    return replace(
        bundle,
        stills=stills,
        stills_note=note,
        figures=figures,
        agreement=_agreement(bundle.signals, bundle.verdicts),
        report=report,
    )


def _make_bundle(session: Session, signals: pd.DataFrame, filter_text: str) -> exports.ExportBundle:
    # Written when asked for, with what people have added by then.
    loaded = LoadedSession(session)
    tables, added = session_frames.session_tables(session), loaded.whole_tables
    verdicts = added["verdicts"]
    notes = _added_to(signals, added["notes"]) if filter_text else added["notes"]
    if filter_text:
        verdicts = _added_to(signals, verdicts)
    left_out = {
        "notes": len(added["notes"]) - len(notes),
        "verdicts": len(added["verdicts"]) - len(verdicts),
    }
    return exports.ExportBundle(
        about={**about_session(session, filter_text), "left out": _left_out_text(left_out)},
        duration=session.duration,
        digits=session_frames.table_digits(session),
        media=session.recording_name,
        signals=signals,
        engagement=tables["engagement"],
        quality=tables["quality"],
        overall=session_frames.overall_table(session),
        parts=session_frames.parts_table(session),
        measurement=frames.measurement(session.recording_measurement, session_frames.axis(session)),
        moments=moments.moments_table(session),
        presence=session_frames.availability(session),
        notes=notes,
        verdicts=verdicts,
        transcript=added["transcript"],
        claims=loaded.whole_review.claims,
        all_signals=tables["signals"],
        all_verdicts=added["verdicts"],
        coded=loaded.whole_coded,
    )


def _added_to(signals: pd.DataFrame, added: pd.DataFrame) -> pd.DataFrame:
    """Return what was added to these signals, or to no signal but a time of its own."""
    return added[added["signal"].isna() | added["signal"].isin(signals["id"])]


def _left_out_text(counts: dict[str, int]) -> str:
    """How many notes and verdicts stand on spans that do not pass; "" for none."""
    parts = [f"{name} on other spans: {count}" for name, count in counts.items() if count]
    return ", ".join(parts)


def _agreement(signals: pd.DataFrame, verdicts: pd.DataFrame) -> exports.Agreement | None:
    """Return how far reviewers agree, None where nobody judged."""
    if verdicts.empty:
        return None
    return exports.Agreement(
        types=agreement.agreement_table(signals, verdicts, by="type"),
        probabilities=agreement.agreement_table(signals, verdicts, by="probability"),
        pairs=agreement.kappa_pairs(verdicts),
        reviewers=agreement.agreement_table(signals, verdicts, by="reviewer"),
    )


def about_session(session: Session, filter_text: str) -> dict[str, str]:
    """The facts on a session that every export carries, by their names."""
    feedbacks, measured = feedbacks_of(session), session.recording_measurement
    return {
        "session": session.id,
        "app": f"Signal Review {__version__}",
        "title": session.title,
        "label": session.label,
        "api": session.analysis.api,
        "model": session.analysis.model,
        "author": session.author,
        "recording": session.recording_name,
        "measured of the recording": measurement_texts.statistics(measured) if measured else "",
        "created": session.created_at.isoformat(),
        "filter": filter_text,
        "resolution": header.resolution(session),
        **part_texts.about(session),
        "feedback": _of_each(feedbacks, feedback_text),
        "goals of the feedback": _of_each(feedbacks, lambda one: ", ".join(one.active_dimensions)),
        "primary signal of the feedback": _of_each(feedbacks, lambda one: one.primary_signal or ""),
        "not readable": "; ".join(header.unread_lines(session)),
    }


def _of_each(feedbacks: Mapping[str, Feedback], text: Callable[[Feedback], str]) -> str:
    """A text of each feedback, with the name of its part where there are parts."""
    named = ((name, text(feedback)) for name, feedback in feedbacks.items())
    return "; ".join(f"{name}: {words}" if name else words for name, words in named if words)


def _figures(session: Session, bundle: exports.ExportBundle) -> tuple[go.Figure, ...]:
    tables, signals = session_frames.session_tables(session), bundle.signals
    counted = bundle.about["filter"] or filters.count_text(len(signals), len(signals), session)

    drawn = {
        "signals": frames.drawn_spans(signals, kind="type"),
        "engagement": frames.drawn_spans(tables["engagement"], kind="state"),
        "quality": frames.drawn_spans(tables["quality"]),
    }

    def options(name: str, title: str, noun: str = "spans") -> dict[str, Any]:
        whole = signals if name == "signals" else tables[name]
        part = session_frames.drawn_text(drawn[name], whole, f"{noun} drawn")
        return {
            "duration": session_frames.axis(session),
            "digits": session_frames.table_digits(session)[name],
            "title": session_frames.chart_title(session, title, part),
            "parts": session_frames.parts_table(session),
        }

    figures = [
        charts.lanes(frames.lanes(drawn["signals"]), **options("signals", f"Signals · {counted}")),
        charts.engagement(drawn["engagement"], **options("engagement", "Engagement")),
        charts.quality(drawn["quality"], **options("quality", "Quality", "windows")),
    ]
    sizes = tuple(map(len, drawn.values()))
    return tuple(figure for figure, size in zip(figures, sizes, strict=True) if size)


def _code_figures(session: Session, coded: pd.DataFrame) -> tuple[go.Figure, ...]:
    """The lanes of codes; none where nobody coded."""
    lanes = coded.assign(lane=coded["code"] + " · " + coded["coder"])
    drawn = frames.drawn_spans(lanes, kind="lane")
    if drawn.empty:
        return ()
    count = session_frames.drawn_text(drawn, coded, "drawn") or str(len(coded))
    figure = charts.codes(
        drawn,
        duration=session_frames.axis(session),
        title=f"Codes · coded spans: {count}",  # a person's, not the API's
        digits=frames.time_digits(coded),
        parts=session_frames.parts_table(session),
    )
    return (figure,)
