"""The head of a review: title, label and facts of the session, and what could not be read."""

from __future__ import annotations

import streamlit as st

from lib import timecode
from lib.interhuman import section_parsers
from lib.model import Analysis, Gap, Session
from lib.ui.review import part_texts
from lib.ui.runs import run_actions, run_status
from lib.ui.shell import html, services

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
    st.html(f'<div class="sr-head">{head}<div class="sr-facts">{facts}</div></div>')
    _draw_parts(session)
    for line in unread_lines(session):
        st.warning(f"{line}. The raw answer below has everything.", icon=":material/rule:")


def _draw_parts(session: Session) -> None:
    """Say which parts have no answer, and offer how the recording was cut and sent."""
    stitch = session.stitch
    if stitch is None:
        return
    named = list(zip(part_texts.stretches(stitch.parts), stitch.parts, strict=True))
    for name, part in named:
        if isinstance(part.outcome, Gap):
            st.warning(f"**{name}: no answer.** {part_texts.GAP_TEXTS[part.outcome.kind]}.")
            if part.outcome.reason:
                st.html(html.element(part.outcome.reason, css="sr-quiet"))
    _draw_open_parts(session)
    with st.expander(f"Sent in {part_texts.summary(stitch)}"):
        st.html(html.table(("Part", "How it was sent", "Outcome"), part_texts.rows(stitch.parts)))
        for line in part_texts.counts(stitch):
            st.caption(line)


def _draw_open_parts(session: Session) -> None:
    """Offer what can be done about the parts without an answer, as the queue does."""
    if all(part.analysis for part in session.parts) or not services.library_exists():
        return
    run_actions.draw_last_failure()
    for run in services.analysis_queue().open_parts(session.id):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.html(html.element(run_status.part_text(run), tag="span", css="sr-run-state"))
            run_actions.draw_actions(run)


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
    length = "length not known"
    if session.duration:
        length = timecode.format_time(session.duration, digits=0)
    return [
        length,
        resolution(session),
        html.model_name(session.analysis.api, session.analysis.model),
        html.format_moment(session.created_at),
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
