"""What the page hides while somebody judges blind, and what of it they have been shown.

Hidden is what others said of a span that is not judged yet, and in the blindest mode its
probability: it is not sent to the browser. Files hold everything.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

import pandas as pd
import streamlit as st

from lib.model import JUDGING_MODES, JudgingMode, Note, Review, Session, Verdict
from lib.plain_text import one_line
from lib.ui.review import session_frames

OPEN, BLIND, BLINDEST = JUDGING_MODES
HIDDEN = "hidden"  # stands for a probability
REVIEWER = "reviewer"  # state: who judges in this tab, as far as it is known
MODE, SEEN = "review_mode", "review_seen"  # state: the mode, and the spans that were shown
_CHANGED = "review_mode_changed"  # state: the whole page is to be drawn anew
ADDRESS = "blind"  # in the address: a link opens in the same mode, as does the page loaded anew
_IN_ADDRESS: dict[str, JudgingMode] = {"others": BLIND, "probability": BLINDEST}


def current_mode() -> JudgingMode:
    """The mode that was chosen in this tab, else that of its address."""
    chosen: JudgingMode | None = st.session_state.get(MODE)
    if chosen in JUDGING_MODES:
        return chosen
    return _IN_ADDRESS.get(st.query_params.get(ADDRESS, ""), OPEN)


def keep_in_address() -> None:
    """Let the address say the mode."""
    names = {mode: name for name, mode in _IN_ADDRESS.items()}
    name = names.get(current_mode())
    if name is None:
        st.query_params.pop(ADDRESS, None)
    elif st.query_params.get(ADDRESS) != name:
        st.query_params[ADDRESS] = name


def take_request(_session: Session, request: Mapping[str, Any]) -> bool:
    """Take the mode that the browser asks for, and who judges; False when it asks for none."""
    if request.get("kind") != "mode":
        return False
    if request.get("mode") in JUDGING_MODES:
        st.session_state[MODE] = request["mode"]
        take_reviewer(request.get("reviewer"))
        st.session_state[_CHANGED] = True
    return True


def take_reviewer(name: object) -> None:
    """Remember who judges; to another one other spans are hidden."""
    reviewer = one_line(name) if isinstance(name, str) else ""
    if current_mode() != OPEN and reviewer != st.session_state.get(REVIEWER, ""):
        st.session_state[_CHANGED] = True
    st.session_state[REVIEWER] = reviewer


def has_changed() -> bool:
    """Whether the whole page is to be drawn anew; once, for each change."""
    return bool(st.session_state.pop(_CHANGED, False))


def opened_spans(session: Session, review: Review) -> frozenset[int]:
    """The spans of which nothing is hidden: judged by the reviewer, now or earlier in this tab."""
    reviewer = st.session_state.get(REVIEWER, "")
    seen = seen_spans(session, reviewer)
    opened = seen | judged_by(review, reviewer)
    if opened != seen:  # a verdict that is taken back hides nothing again
        known = st.session_state.get(SEEN, {})
        st.session_state[SEEN] = {**known, (session.id, reviewer): opened}
    return opened


def seen_spans(session: Session, reviewer: str) -> frozenset[int]:
    """The spans of which a reviewer was shown everything in this tab, because they had judged."""
    seen: frozenset[int] = st.session_state.get(SEEN, {}).get((session.id, reviewer), frozenset())
    return seen


def judged_by(review: Review, reviewer: str) -> frozenset[int]:
    """The spans that a reviewer has judged; none without a name."""
    if not reviewer:
        return frozenset()
    return frozenset(one.signal for one in review.verdicts if one.reviewer == reviewer)


def shown_review(
    review: Review, signals: pd.DataFrame, reviewer: str, opened: Collection[int]
) -> Review:
    """The review without what others said of spans that are not opened.

    Of a span speak the verdicts and notes on it, and the notes on a time that meets it. A claim
    speaks of all spans, also of those that its filter left out. What others coded may speak of any
    span: of that nothing is shown.
    """
    closed = signals[~signals["id"].isin(list(opened))]
    ids = set(closed["id"].tolist())
    starts, ends = closed["draw_start"].to_numpy(), closed["draw_end"].to_numpy()

    def is_shown(one: Note | Verdict) -> bool:
        if one.reviewer == reviewer:
            return True
        if isinstance(one, Verdict) or one.signal is not None:
            return one.signal not in ids
        return not bool(((starts <= one.end) & (ends >= one.start)).any())

    return replace(
        review,
        notes=tuple(filter(is_shown, review.notes)),
        verdicts=tuple(filter(is_shown, review.verdicts)),
        claims=tuple(one for one in review.claims if one.reviewer == reviewer or not ids),
        coded=tuple(one for one in review.coded if one.coder == reviewer),
    )


def mode_of_verdict(
    mode: JudgingMode, told: object, before: Verdict | None, opinion: object, *, seen: bool
) -> JudgingMode:
    """In which mode an opinion is given, which is `told` by the browser too: the less blind counts.

    The same opinion again, with a correction, keeps the mode in which it was given. One that is
    changed, or given anew on a span that was `seen`, is open: what others said was shown by then.
    """
    if before and before.opinion == opinion:
        return before.mode
    if before or seen:
        return OPEN
    of_page = JUDGING_MODES.index(told) if told in JUDGING_MODES else 0
    return JUDGING_MODES[min(JUDGING_MODES.index(mode), of_page)]


def shown_signals(signals: pd.DataFrame, opened: Collection[int]) -> pd.DataFrame:
    """The signals with the probabilities that are shown now, HIDDEN for the others."""
    if current_mode() != BLINDEST:
        return signals
    return signals.assign(
        probability=signals["probability"].where(signals["id"].isin(list(opened)), HIDDEN)
    )


def hides_probability() -> bool:
    """Whether probabilities are hidden until a span is judged."""
    return current_mode() == BLINDEST


def hides_filters(session: Session, review: Review) -> bool:
    """Whether the words of a claim's filter could tell what is hidden of a span."""
    if current_mode() == OPEN:
        return False
    signals = session_frames.session_tables(session)["signals"]
    return not opened_spans(session, review).issuperset(signals["id"].tolist())


def hidden_text() -> str:
    """What this tab hides, in words that follow "without"; "" for nothing."""
    texts: dict[JudgingMode, str] = {
        OPEN: "",
        BLIND: "what others said of spans that are not judged yet (blind)",
        BLINDEST: "what others said of spans that are not judged yet, and their probability "
        "(blind)",
    }
    return texts[current_mode()]


def shown_to_viewer(session: Session, review: Review) -> Review:
    """The review as this tab may show it."""
    if current_mode() == OPEN:
        return review
    signals = session_frames.session_tables(session)["signals"]
    reviewer = st.session_state.get(REVIEWER, "")
    return shown_review(review, signals, reviewer, opened_spans(session, review))
