"""The head of a review: title, label and facts of the session, and what could not be read."""

from __future__ import annotations

import streamlit as st

from lib import timecode
from lib.background.run import Run
from lib.interhuman import section_parsers
from lib.model import Analysis, Session
from lib.ui.review import measurement_texts, part_texts
from lib.ui.runs import run_actions, run_status
from lib.ui.shell import html, services

MAX_GAPS = 8  # that are drawn one by one
GAP_SECONDS = 2.0  # between two drawings of the gaps while one is being filled
_UNREAD = {  # what the parser calls a part of an answer: our word for it, and what became of it
    "probability": ("probabilities", 'shown as "not given"'),
    "rationale": ("rationales", "left out"),
    "modality": ("modalities", "left out"),
    "active_dimensions": ("lists of goals of the feedback", "left out"),
    "primary_signal": ("primary signals of the feedback", "left out"),
    "window_signals": ("lists of signals of windows", "left out"),
    "engagement": ("engagement spans", "left out"),
    "quality": ("quality sections", "left out"),
    "quality_overall": ("overall scores", "left out"),
    "quality_timeline": ("windows of quality", "left out"),
    "duration_seconds": ("lengths of the recording", "left out"),
    "window_seconds": ("window lengths", "left out"),
}


def draw_header(session: Session) -> None:
    """Draw title, label and facts."""
    head = html.element(session.title, tag="h1", css="sr-title")
    if session.label:
        head += html.element(session.label, css="sr-label")
    facts = "".join(html.element(fact, tag="span") for fact in _facts(session))
    head += f'<div class="sr-facts">{facts}</div><div class="sr-head-acts"></div>'
    st.html(f'<div class="sr-head">{head}</div>')
    _draw_parts(session)
    for line in unread_lines(session):
        st.warning(f"{line}. The raw answer below has everything.", icon=":material/rule:")


def _draw_parts(session: Session) -> None:
    """Say which parts have no answer, and offer how the recording was cut and sent."""
    stitch = session.stitch
    if stitch is None:
        return
    _draw_gaps(session)
    with st.expander(f"Sent in {part_texts.summary(stitch)}"):
        st.html(html.table(("Part", "How it was sent", "Outcome"), part_texts.rows(stitch.parts)))
        for line in part_texts.counts(stitch):
            st.caption(line)


def _draw_gaps(session: Session) -> None:
    """Name each part without an answer, why it has none, and what can be done about it."""
    if all(part.analysis for part in session.parts):
        return
    busy = _busy(_open_parts(session))
    st.fragment(_draw_gap_lines, run_every=GAP_SECONDS if busy else None)(session, busy=busy)


def _draw_gap_lines(session: Session, *, busy: frozenset[int]) -> None:
    """Draw the same; the page is drawn anew once something of it begins or ends."""
    names = part_texts.stretches(session.parts)
    gaps = [number for number, part in enumerate(session.parts) if part.analysis is None]
    runs = _open_parts(session)
    if _busy(runs) != busy:
        st.rerun(scope="app")
    with st.container(border=True, key="gaps", gap="small"):
        for number in gaps[:MAX_GAPS]:
            with st.container(horizontal=True, vertical_alignment="center"):
                gap = part_texts.gap(session.parts[number])
                text = html.element(f"{names[number]}: no answer.", tag="b")
                st.html(f'<div class="sr-gap">{text} {html.element(gap, tag="span")}</div>')
                if run := runs.get(number):
                    _draw_run_of_gap(run)
        if len(gaps) > MAX_GAPS:
            more = f"{len(gaps) - MAX_GAPS:,} more parts have no answer"
            st.caption(f"{more}: the table below names them, the queue on Analyze fills them.")
        run_actions.draw_last_failure()


def _busy(runs: dict[int, Run]) -> frozenset[int]:
    """The numbers of the parts that are on their way."""
    return frozenset(number for number, run in runs.items() if not run.ended)


def _draw_run_of_gap(run: Run) -> None:
    if not run.ended:
        text = run_status.state_text(run)
        st.html(html.element(text, tag="span", css="sr-run-state"), width="content")
    run_actions.draw_actions(run)


def _open_parts(session: Session) -> dict[int, Run]:
    """The runs of the parts without an answer, by number, as the queue has them."""
    if not services.library_exists():
        return {}
    runs = services.analysis_queue().open_parts(session.id)
    return {run.part.number: run for run in runs if run.part}


def unread_lines(session: Session) -> list[str]:
    """What of the answers could not be read, a line a section, without a full stop."""
    if not session.parts:
        return _unread_lines(session.analysis)
    return [
        f"Part {number}: {line}"
        for number, part in enumerate(session.parts, start=1)
        if part.analysis
        for line in _unread_lines(part.analysis)
    ]


def _unread_lines(analysis: Analysis) -> list[str]:
    lines = []
    for unread in analysis.unread:
        name, outcome = _UNREAD.get(unread.section, (unread.section, "left out"))
        counted = f"{unread.count:,} of {unread.total:,} {name}"
        if unread.reason == section_parsers.TOO_MANY:
            lines.append(
                f"{counted} are beyond the first {section_parsers.MAX_ITEMS:,} and are left out"
            )
        else:
            lines.append(f"{counted} could not be read and are {outcome}")
    return lines


def _facts(session: Session) -> list[str]:
    length, measurement = "length not known", session.recording_measurement
    if session.duration:
        length = timecode.format_time(session.duration, digits=0)
    return [
        length,
        resolution(session),
        html.model_name(session.analysis.api, session.analysis.model),
        html.format_moment(session.created_at),
        *([measurement_texts.statistics(measurement)] if measurement else []),
    ]


def resolution(session: Session) -> str:
    """How fine the times are: known for V2, not stated by V1; parts may have one each."""
    analyses = [part.analysis for part in session.parts if part.analysis] or [session.analysis]
    windows = {analysis.window for analysis in analyses}
    known = sorted(window for window in windows if window)
    if not known:
        return "time resolution not stated by the API"
    texts = [f"{timecode.format_number(window)} s" for window in known]
    more = ", or not stated by the API" if None in windows else ""
    return f"time resolution {' or '.join(texts)}{more}"
