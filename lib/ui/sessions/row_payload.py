"""The rows of the list of sessions as the browser draws them, and what it sends back."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from lib import timecode
from lib.library import Summary
from lib.model import FRICTION, ORIGIN_LABELS, SUPPORTIVE
from lib.ui.sessions import row_actions, selection, thumbnails
from lib.ui.shell import html
from lib.ui.web import scripts
from lib.ui.web.protocol import SessionLine, SessionsData

PER_PAGE = 50
MAX_NAMED_TYPES = 4  # signal types named on a line; the others are counted
LIST = "sessions"
_list = st.components.v2.component(
    "signal_review_sessions", js=scripts.sessions_script(), isolate_styles=False
)


def draw_rows(rows: Sequence[Summary]) -> None:
    """Draw a line a session."""
    picked = selection.selected_ids()
    stills = thumbnails.stills_of([row.id for row in rows])
    data = SessionsData(
        lines=[row_of_summary(row, still=stills[row.id]) for row in rows],
        chosen=[row.id for row in rows if row.id in picked],
        seen=st.session_state.get(selection.CHOICE_NUMBER, 0),
    )
    _list(
        key=LIST,
        data=data,
        on_choice_change=lambda: selection.take_choice(st.session_state[LIST].get("choice")),
        on_act_change=lambda: row_actions.keep_action(st.session_state[LIST].get("act")),
    )


def row_of_summary(row: Summary, *, still: str = "") -> SessionLine:
    """A session as the browser reads it: texts, the scores of its quality line, and its still."""
    types = row.types or {}
    named = list(types.items())[:MAX_NAMED_TYPES]
    return SessionLine(
        id=row.id,
        title=row.title,
        label=ORIGIN_LABELS[row.origin],
        facts=_facts(row),
        quality=_quality(row),
        scores=None if row.windows is None else list(row.windows),
        engaged="not known" if row.engaged is None else _share(row.engaged),
        types=[[name, count, _group(name)] for name, count in named],
        more=[f"{name} {count}" for name, count in types.items() if (name, count) not in named],
        spans=_spans(row.signals),
        still=still,
    )


def _facts(row: Summary) -> list[str]:
    length = (
        "length not known" if row.duration is None else timecode.format_time(row.duration, digits=0)
    )
    named = (
        html.format_moment(row.created_at),
        length,
        f"{row.parts} {'part' if row.parts == 1 else 'parts'}" if row.parts else "",
        html.model_name(row.api, row.model),
        row.recording_name,
    )
    return [fact for fact in named if fact]


def _quality(row: Summary) -> str:
    if row.no_evidence:
        return "no evidence"
    if row.parts:  # no score of the whole is made up from them
        return "for each part"
    if row.quality is None:  # also where other scores were sent: lists hold the index only
        return "not sent"
    return timecode.format_number(row.quality)


def _share(share: float) -> str:
    """A share in percent; one that is not all or nothing is never written as such."""
    percent = round(share * 100)
    if percent in (0, 100) and share not in (0.0, 1.0):
        return "under 1%" if percent == 0 else "over 99%"
    return f"{percent}%"


def _spans(signals: int | None) -> str:
    if signals is None:
        return "Signals were not asked for, or not sent"
    return {0: "No signals found", 1: "1 span"}.get(signals, f"{signals:,} spans")


def _group(name: str) -> str:
    if name in SUPPORTIVE:
        return "supportive"
    return "friction" if name in FRICTION else "other"
