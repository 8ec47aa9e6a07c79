"""The sections below the charts, one at a time, and the component with the page's script."""

from __future__ import annotations

import streamlit as st

from lib.interchange.review_version import review_version
from lib.ui.review import (
    blindness,
    claims,
    clips_section,
    codes,
    coding,
    data_tables,
    downloads,
    loaded_session,
    moments,
    notes,
    player,
    quality_windows,
    rationale_loader,
    raw_answer,
    review_actions,
    sections,
    session_frames,
    transcripts,
)
from lib.ui.review.loaded_session import LoadedSession
from lib.ui.review.sections import Section
from lib.ui.shell import signed_addresses
from lib.ui.web import scripts
from lib.ui.web.protocol import OpenedSpan, ReviewData

_DRAW = {
    Section.MOMENTS: moments.draw_moments,
    Section.QUALITY: quality_windows.draw_quality_windows,
    Section.NOTES: notes.draw_notes,
    Section.CLAIMS: claims.draw_claims,
    Section.CODES: codes.draw_codes,
    Section.TRANSCRIPT: transcripts.draw_transcript,
    Section.TABLES: data_tables.draw_tables,
    Section.CLIPS: clips_section.draw_clips,
    Section.DOWNLOADS: downloads.draw_downloads,
    Section.RAW: raw_answer.draw_raw_answer,
}
_review = st.components.v2.component("signal_review_page", js=scripts.review_script())


def draw_sections(loaded: LoadedSession) -> None:
    """Draw the chosen section, and start the script that keeps the page in step."""
    _draw_review_component(loaded)
    _draw_section(loaded)


@loaded_session.fragment
def _draw_section(loaded: LoadedSession) -> None:
    chosen = st.segmented_control(
        "More of this session",
        list(Section),
        format_func=lambda section: sections.LABELS.get(section, section),
        default=Section.MOMENTS,
        required=True,
        key=sections.KEY,
        bind="query-params",
    )
    _DRAW[chosen or Section.MOMENTS](loaded)


@loaded_session.fragment
def _draw_review_component(loaded: LoadedSession) -> None:
    """Send the browser what people added, do what a reviewer does there, say what failed."""
    review_actions.rerun_if_changed()
    session, review = loaded.session, loaded.added
    review_actions.draw_failure(session)
    undo, redo = review_actions.undo_texts(session)
    data = ReviewData(
        charts=list(player.CHARTS),
        notes=[review_actions.note_data(note) for note in review.notes],
        verdicts=[review_actions.verdict_data(verdict) for verdict in review.verdicts],
        reviewer=st.session_state.get(review_actions.REVIEWER, ""),
        mode=blindness.current_mode(),
        opened=_opened_spans(loaded),
        text=rationale_loader.requested_part(session),
        done=st.session_state.get(review_actions.DONE, 0),
        answered=review_actions.answered_up_to(session),
        notice=review_actions.notice_data(),
        undo=undo,
        redo=redo,
        version=review_version(loaded.whole_added),  # also of what is hidden here
        live=signed_addresses.live_address(session.id) or "",
        coding=coding.coding_data(loaded),
    )
    _review(
        key=review_actions.COMPONENT,
        data=data,
        on_act_change=lambda: review_actions.take_action(session),
    )


def _opened_spans(loaded: LoadedSession) -> list[OpenedSpan]:
    """The spans that a reviewer who judges blind is shown whole; none where nothing is hidden."""
    if blindness.current_mode() == blindness.OPEN:
        return []
    signals = session_frames.session_tables(loaded.session)["signals"]
    opened = signals[signals["id"].isin(list(loaded.opened))]
    pairs = zip(opened["id"].tolist(), opened["probability"].tolist(), strict=True)
    return [OpenedSpan(id=span, probability=probability) for span, probability in pairs]
