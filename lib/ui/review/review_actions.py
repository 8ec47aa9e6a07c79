"""Write what a reviewer adds in the browser to the library: notes, verdicts, coded spans.

What the browser sends is checked like anything from outside.
"""

from __future__ import annotations

import math
import uuid
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import streamlit as st

from lib.errors import AppError, ReviewError
from lib.interchange import sample_session
from lib.model import OPINIONS, Act, CodedSpan, JudgingMode, Note, Session, Verdict
from lib.plain_text import one_line
from lib.ui.review import (
    act_history,
    blindness,
    clip_choice,
    filters,
    rationale_loader,
    sections,
    session_frames,
)
from lib.ui.review.act_history import History
from lib.ui.shell import problem_view, services
from lib.ui.web.protocol import NoteData, NoticeData, VerdictData

if TYPE_CHECKING:  # a database: whoever opens the sample does not wait for it
    from lib.library import Library

COMPONENT = "review_component"  # the key under which the browser sends a request
REVIEWER = blindness.REVIEWER
DONE, FAILED = "review_done", "review_failed"  # keys of the state
ANSWERED, HISTORY, NOTICE = "review_answered", "review_history", "review_notice"
RENEW = "review_renew"
MAX_TYPE = 80  # characters of a corrected type


def take_action(session: Session) -> None:
    """Do what the browser asks for; what goes wrong is kept for `draw_failure`."""
    request = st.session_state[COMPONENT].get("act")
    if not isinstance(request, dict):
        return
    if request.get("session", session.id) != session.id:
        return  # done to the session that was open before: it is sent again there
    at = request.get("at", 0)
    if not isinstance(at, int) or at == answered_up_to(session):
        return  # sent again, because the answer was lost
    st.session_state[ANSWERED] = {**st.session_state.get(ANSWERED, {}), session.id: at}
    if request.get("kind") == "renew":  # others have added: what shows it is drawn anew
        st.session_state[RENEW] = True
        return
    others = (rationale_loader, clip_choice, sections, blindness)
    if any(one.take_request(session, request) for one in others):
        return
    subject = _subject(request)
    try:
        refuse_deleted(session)
        done = _do(session, request)
    except AppError as error:
        st.session_state[FAILED] = {session.id: (subject, error.problem)}
        return
    if st.session_state.get(FAILED, {}).get(session.id, (None,))[0] == subject:
        st.session_state[FAILED] = {}  # what was refused is done now
    if done:
        blindness.take_reviewer(request.get("reviewer"))
        st.session_state[DONE] = at
        st.session_state[RENEW] = True


def answered_up_to(session: Session) -> int:
    """The time [ms] of the last act on this session that was answered in this tab; 0 before any."""
    at: int = st.session_state.get(ANSWERED, {}).get(session.id, 0)
    return at


def _subject(request: Mapping[str, Any]) -> tuple[str, str]:
    """What an act is about: a note or a span, by its id; undo and redo are about the history."""
    kinds = {"note": "id", "remove": "id", "code": "id", "uncode": "id"}
    kinds |= dict.fromkeys(("verdict", "unjudge"), "signal")
    name = kinds.get(str(request.get("kind")), "")
    return name, str(request.get("instead") or request.get(name, ""))


def history_of(session: Session, reviewer: str) -> History:
    """What a reviewer did to this session in this tab; another one neither sees nor undoes it."""
    found = st.session_state.get(HISTORY, {}).get((session.id, reviewer))
    return found if isinstance(found, History) else History()


def undo_texts(session: Session) -> tuple[str, str]:
    """The act that can be undone and the one that can be redone, in words; "" for none."""
    history = history_of(session, st.session_state.get(REVIEWER, ""))
    digits = session_frames.digits(session)
    undo, redo = (
        act_history.act_text(session, acts[-1], digits=digits) if acts else ""
        for acts in (history.undo, history.redo)
    )
    return undo, redo


def notice_data() -> NoticeData | None:
    """What the last undo or redo has come to; None before the first."""
    notice: NoticeData | None = st.session_state.get(NOTICE)
    return notice


def _do(session: Session, request: dict[str, Any]) -> bool:
    """Do an act and remember it, or undo or redo one; False when it makes no sense."""
    library, reviewer = services.library(), one_line(str(request.get("reviewer") or ""))
    history = history_of(session, reviewer)
    kind = request.get("kind")
    if kind == "undo" or kind == "redo":  # noqa: PLR1714  mypy narrows by each
        digits = session_frames.digits(session)
        history, text = act_history.step(library, session, history, kind, digits=digits)
        st.session_state[NOTICE] = NoticeData(text=text, at=request.get("at", 0))
        done = True
    else:
        mode = _mode(library, session, request) if kind == "verdict" else blindness.OPEN
        act = apply_action(library, session, request, now=datetime.now(UTC), mode=mode)
        done = act is not None
        history = history.add(act) if act else history
    _keep_history(session, reviewer, history)
    return done


def remember(session: Session, reviewer: str, act: Act) -> None:
    """Remember an act that was done elsewhere on the page, so that it can be undone."""
    _keep_history(session, reviewer, history_of(session, reviewer).add(act))


def _keep_history(session: Session, reviewer: str, history: History) -> None:
    known = st.session_state.get(HISTORY, {})
    st.session_state[HISTORY] = {**known, (session.id, reviewer): history}


def _mode(library: Library, session: Session, request: Mapping[str, Any]) -> JudgingMode:
    """In which mode a verdict that is asked for is given."""
    reviewer, signal = one_line(str(request.get("reviewer"))), request.get("signal")
    review = library.review(session.id, with_transcript=False)
    own = (one for one in review.verdicts if one.reviewer == reviewer and one.signal == signal)
    return blindness.mode_of_verdict(
        blindness.current_mode(),
        request.get("mode"),
        next(own, None),
        request.get("opinion"),
        seen=signal in blindness.seen_spans(session, reviewer),
    )


def draw_failure(session: Session) -> None:
    """Show what went wrong with the last action in this session, if anything did."""
    _, failure = st.session_state.get(FAILED, {}).get(session.id) or (None, None)
    if failure:
        with st.container(horizontal=True, vertical_alignment="center", key="refused"):
            problem_view.show_problem(failure)
            st.button("Close", key="refused_close", on_click=_close)


def _close() -> None:
    st.session_state.pop(FAILED, None)  # two quick clicks come one after the other


def rerun_if_changed() -> None:
    """Draw the whole page anew after an action, where more of it shows what came of that."""
    sections.rerun_if_changed()
    if blindness.has_changed():
        st.rerun()
    # The lanes draw the probability of what was judged; other things show what was added.
    shows_review = sections.is_open(sections.OF_REVIEW) or blindness.hides_probability()
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
    library: Library,
    session: Session,
    request: dict[str, Any],
    *,
    now: datetime,
    mode: JudgingMode = blindness.OPEN,
) -> Act | None:
    """Write what a request asks for; None when it makes no sense for this session.

    `mode` is that of a verdict.

    Raises:
        AppError: the library refuses it, or cannot be reached.
    """
    act = _ACTS.get(str(request.get("kind")))
    if act is None or not isinstance(request.get("reviewer"), str):
        return None
    return act(library, session, {**request, "mode": mode}, now)


def note_data(note: Note) -> NoteData:
    """A note as the browser reads it."""
    return NoteData(
        id=note.id,
        reviewer=note.reviewer,
        text=note.text,
        start=note.start,
        end=note.end,
        signal=note.signal,
        written_at=note.written_at.isoformat(),
        imported=note.imported,
        byline=note.byline,
    )


def verdict_data(verdict: Verdict) -> VerdictData:
    """A verdict as the browser reads it."""
    return VerdictData(
        signal=verdict.signal,
        reviewer=verdict.reviewer,
        opinion=verdict.opinion,
        corrected=verdict.corrected,
        written_at=verdict.written_at.isoformat(),
        imported=verdict.imported,
        byline=verdict.byline,
        mode=verdict.mode,
    )


def _write(
    library: Library, session: Session, request: dict[str, Any], now: datetime
) -> Act | None:
    text, start, end = (
        request.get("text"),
        _seconds(request.get("start")),
        _seconds(request.get("end")),
    )
    if not isinstance(text, str) or not text.strip() or start is None or end is None:
        return None
    note_id, before = request.get("id"), request.get("before")
    note = Note(
        id=note_id if isinstance(note_id, str) and note_id else uuid.uuid4().hex,
        reviewer=request["reviewer"],
        text=text.strip(),
        start=min(start, end),
        end=max(start, end),
        signal=_signal(session, request.get("signal")),
        written_at=now,
    )
    return library.write_note(session.id, note, before=before if isinstance(before, str) else None)


def _remove(library: Library, session: Session, request: dict[str, Any], _: datetime) -> Act | None:
    return library.remove_note(session.id, str(request.get("id")), request["reviewer"])


def _judge(
    library: Library, session: Session, request: dict[str, Any], now: datetime
) -> Act | None:
    signal, opinion, corrected = (request.get(key) for key in ("signal", "opinion", "corrected"))
    span = _signal(session, signal)
    if span is None or opinion not in OPINIONS:
        return None
    kind = corrected[:MAX_TYPE] if isinstance(corrected, str) else ""
    verdict = Verdict(span, request["reviewer"], opinion, kind, now, mode=request["mode"])
    return library.write_verdict(session.id, verdict)


def _unjudge(
    library: Library, session: Session, request: dict[str, Any], _: datetime
) -> Act | None:
    signal = _signal(session, request.get("signal"))
    if signal is None:
        return None
    return library.remove_verdict(session.id, signal, request["reviewer"])


def _code(library: Library, session: Session, request: dict[str, Any], now: datetime) -> Act | None:
    start, end = _seconds(request.get("start")), _seconds(request.get("end"))
    texts = [request.get(name) for name in ("id", "code", "codebook")]
    version = request.get("version")
    named = [text for text in texts if isinstance(text, str) and text]
    if start is None or end is None or len(named) < len(texts) or type(version) is not int:
        return None
    moves = request.get("moves") is True
    span_id, code, codebook = named
    span = CodedSpan(
        id=span_id,
        coder=request["reviewer"],
        code=code,
        start=min(start, end),
        end=max(start, end),
        codebook=codebook,
        version=version,
        written_at=now,
    )
    return library.write_coded_span(session.id, span, moves=moves)


def _uncode(library: Library, session: Session, request: dict[str, Any], _: datetime) -> Act | None:
    return library.remove_coded_span(session.id, str(request.get("id")), request["reviewer"])


_ACTS: dict[str, Callable[[Library, Session, dict[str, Any], datetime], Act | None]] = {
    "note": _write,
    "remove": _remove,
    "verdict": _judge,
    "unjudge": _unjudge,
    "code": _code,
    "uncode": _uncode,
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
