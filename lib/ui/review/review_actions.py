"""Write the notes and verdicts that a reviewer adds in the browser to the library.

What the browser sends is checked like anything from outside.
"""

from __future__ import annotations

import math
import uuid
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import streamlit as st

from lib.errors import AppError, ReviewError
from lib.interchange import sample_session
from lib.model import OPINIONS, Note, Session, Verdict
from lib.plain_text import one_line
from lib.ui.review import filters, long_texts, sections
from lib.ui.shell import messages, services

if TYPE_CHECKING:  # a database: whoever opens the sample does not wait for it
    from lib.library import Library

COMPONENT = "review_component"  # the key under which the browser sends a request
REVIEWER, DONE, FAILED = "reviewer", "review_done", "review_failed"  # keys of the state
RENEW = "review_renew"
MAX_TYPE = 80  # characters of a corrected type


def take_action(session: Session) -> None:
    """Do what the browser asks for; what goes wrong is kept for `draw_failure`."""
    request = st.session_state[COMPONENT].get("act")
    if not isinstance(request, dict) or long_texts.take_request(session, request):
        return
    st.session_state[FAILED] = {}
    try:
        refuse_deleted(session)
        done = apply_action(services.library(), session, request, now=datetime.now(UTC))
    except AppError as error:
        st.session_state[FAILED] = {session.id: error.problem}
        return
    if done:
        st.session_state[REVIEWER] = one_line(str(request["reviewer"]))
        st.session_state[DONE] = request.get("at", 0)
        st.session_state[RENEW] = True


def draw_failure(session: Session) -> None:
    """Show what went wrong with the last action in this session, if anything did."""
    failure = st.session_state.get(FAILED, {}).get(session.id)
    if failure:
        with st.container(horizontal=True, vertical_alignment="center", key="refused"):
            messages.show_problem(failure)
            st.button("Close", key="refused_close", on_click=_close)


def _close() -> None:
    st.session_state.pop(FAILED, None)  # two quick clicks come one after the other


def rerun_if_changed() -> None:
    """Draw the whole page anew after an action, where more of it shows what people added."""
    shows_review = sections.is_open(sections.OF_REVIEW)
    if st.session_state.pop(RENEW, False) and (
        shows_review or any(map(st.session_state.get, filters.REVIEW_FILTERS))
    ):
        st.rerun()


def refuse_deleted(session: Session) -> None:
    """Refuse what is written for a session that somebody deleted meanwhile.

    Raises:
        ReviewError: there is no such session any more.
    """
    if session.id != sample_session.ID and not services.library().holds(session.id):
        raise ReviewError(
            "This session was deleted in the meantime.",
            "Copy what you wrote before you leave this page.",
        )


def apply_action(
    library: Library, session: Session, request: dict[str, Any], *, now: datetime
) -> bool:
    """Write what a request asks for; False when it makes no sense for this session.

    Raises:
        AppError: the library refuses it, or cannot be reached.
    """
    act = _ACTS.get(str(request.get("kind")))
    if act is None or not isinstance(request.get("reviewer"), str):
        return False
    return act(library, session, request, now)


def as_data(added: Note | Verdict) -> dict[str, Any]:
    """A note or a verdict as the browser reads it."""
    data = {**asdict(added), "byline": added.byline}
    return {**data, "written_at": added.written_at.isoformat()}


def _write(library: Library, session: Session, request: dict[str, Any], now: datetime) -> bool:
    text, start, end = (
        request.get("text"),
        _seconds(request.get("start")),
        _seconds(request.get("end")),
    )
    if not isinstance(text, str) or not text.strip() or start is None or end is None:
        return False
    note_id = request.get("id")
    note = Note(
        id=note_id if isinstance(note_id, str) and note_id else uuid.uuid4().hex,
        reviewer=request["reviewer"],
        text=text.strip(),
        start=min(start, end),
        end=max(start, end),
        signal=_signal(session, request.get("signal")),
        written_at=now,
    )
    return library.write_note(session.id, note)


def _remove(library: Library, session: Session, request: dict[str, Any], _: datetime) -> bool:
    return library.remove_note(session.id, str(request.get("id")), request["reviewer"])


def _judge(library: Library, session: Session, request: dict[str, Any], now: datetime) -> bool:
    signal, opinion, corrected = (request.get(key) for key in ("signal", "opinion", "corrected"))
    span = _signal(session, signal)
    if span is None or opinion not in OPINIONS:
        return False
    kind = corrected[:MAX_TYPE] if isinstance(corrected, str) else ""
    library.write_verdict(session.id, Verdict(span, request["reviewer"], opinion, kind, now))
    return True


def _unjudge(library: Library, session: Session, request: dict[str, Any], _: datetime) -> bool:
    signal = _signal(session, request.get("signal"))
    return signal is not None and library.remove_verdict(session.id, signal, request["reviewer"])


_ACTS: dict[str, Callable[[Library, Session, dict[str, Any], datetime], bool]] = {
    "note": _write,
    "remove": _remove,
    "verdict": _judge,
    "unjudge": _unjudge,
}


def _signal(session: Session, value: object) -> int | None:
    count = len(session.analysis.signals or ())
    usable = isinstance(value, int) and not isinstance(value, bool) and 0 <= value < count
    return value if usable and isinstance(value, int) else None


def _seconds(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    with suppress(OverflowError):  # an integer beyond all floats
        return float(value) if math.isfinite(value) else None
    return None
