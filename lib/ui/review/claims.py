"""The claims on a session: a reviewer's sentence, the spans it rests on, and which are for it."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from lib import frames, timecode
from lib.frames.claims import SIDE_NOTE, SIDE_WORDS, claim_sides, claim_spans, spans_text
from lib.interchange.limits import MAX_CLAIM_CHARACTERS, MAX_NAME_CHARACTERS
from lib.model import SIDES, Act, Claim, Mark, Session
from lib.plain_text import one_line
from lib.ui.review import blindness, filters, review_actions, session_frames
from lib.ui.review.loaded_session import LoadedSession
from lib.ui.shell import html, problem_view, services

MAX_LISTED = 50  # spans of a side in the list; all of them can be sorted
REVIEWER_WIDTH = 320  # pixels
_BY_VERDICTS = "by verdicts"
_HIDDEN_FILTER = "which ones is hidden until every span is judged"


def draw_claims(loaded: LoadedSession) -> None:
    """Draw the claims, and what a new one would rest on: the spans that pass the filters now."""
    if hidden := blindness.hidden_text():
        st.caption(f"Shown and counted here without {hidden}.")
    reviewer, basis = _draw_reviewer(), _basis(loaded)
    _draw_new(loaded, basis, reviewer)
    claims = loaded.added.claims
    if not claims:
        st.html(
            html.element(
                "No claims yet. Set filters, then write what the spans that pass them show.",
                css="sr-quiet",
            )
        )
        return
    st.caption(SIDE_NOTE)
    for claim in claims:
        with st.container(border=True, key=f"claim_{_key(claim)}"):
            _draw_claim(loaded, claim, basis, reviewer)


def _draw_reviewer() -> str:
    known: str = st.session_state.get(blindness.REVIEWER, "")
    name = st.text_input(
        "Your name",
        known,
        max_chars=MAX_NAME_CHARACTERS,
        key=f"claim_reviewer_{known}",
        width=REVIEWER_WIDTH,
    )
    if one_line(name) != known:
        blindness.take_reviewer(name)
        st.rerun()  # what is one's own can be changed, and others' claims may be hidden
    return known


def _draw_new(loaded: LoadedSession, basis: Claim, reviewer: str) -> None:
    # A key of its own after each claim: the field is empty again, and only then.
    count = st.session_state.get(_ADDED, 0)
    text = st.text_area(
        "A claim, in one sentence",
        placeholder="She hesitates when price comes up.",
        max_chars=MAX_CLAIM_CHARACTERS,
        height=68,
        key=f"claim_text_{loaded.session.id}_{count}",
    )
    # No caption: that reads Markdown, and the words of a filter may come from an address.
    rests_on = f"It rests on the spans that pass the filters now: {spans_text(basis)}."
    st.html(html.element(rests_on, css="sr-quiet"))
    if st.button("Add the claim", icon=":material/add:", type="primary", key="claim_add"):
        claim = replace(basis, text=text, reviewer=reviewer)
        if _do(loaded.session, reviewer, partial(services.library().write_claim, claim=claim)):
            st.session_state[_ADDED] = count + 1
            st.rerun()


_ADDED = "claims_added"  # state: how many in this tab


def _basis(loaded: LoadedSession) -> Claim:
    """A claim without words on the spans that pass the filters as they are set."""
    passing = filters.passing_signals(loaded)
    total = len(session_frames.session_tables(loaded.session)["signals"])
    return Claim(
        id=uuid.uuid4().hex,
        reviewer="",
        text="",
        filter=filters.filter_words(),
        signals=tuple(passing["id"].tolist()),
        total=total,
        marks=(),
        written_at=datetime.now(UTC),
    )


def _draw_claim(loaded: LoadedSession, claim: Claim, basis: Claim, reviewer: str) -> None:
    session = loaded.session
    spans = claim_spans(
        claim,
        session_frames.session_tables(session)["signals"],
        frames.verdicts(loaded.added),
    )
    counted = ", ".join(f"{len(spans[side]):,} {SIDE_WORDS[side]}" for side in SIDES)
    st.html(html.element(claim.text, css="sr-name"))
    shown = claim
    if blindness.hides_filters(session, loaded.whole_added):
        shown = replace(claim, filter=_HIDDEN_FILTER)  # only shown: what is saved keeps its words
    st.html(html.element(f"{claim.byline}, {claim.written_at:%Y-%m-%d} · {spans_text(shown)}"))
    with st.expander(f"Spans: {counted}", key=f"claim_spans_{_key(claim)}"):
        for side in SIDES:
            _draw_side(session, SIDE_WORDS[side], spans[side])
    if claim.reviewer == reviewer:
        with st.expander("Change", icon=":material/edit:", key=f"claim_change_{_key(claim)}"):
            _draw_change(loaded, claim, basis)


def _draw_side(session: Session, words: str, spans: pd.DataFrame) -> None:
    if spans.empty:
        return
    more = f", the first {MAX_LISTED} of them" if len(spans) > MAX_LISTED else ""
    st.caption(f"{len(spans):,} {words}{more}")
    digits = session_frames.digits(session)
    st.html(
        html.time_list(
            html.time_button(row.draw_start, _times(row, digits), row.type, span=row.id)
            for row in session_frames.rows(spans.head(MAX_LISTED))
        )
    )


def _draw_change(loaded: LoadedSession, claim: Claim, basis: Claim) -> None:
    """What the claim's own reviewer can change of it."""
    session, library = loaded.session, services.library()
    text = st.text_input(
        "The sentence", claim.text, max_chars=MAX_CLAIM_CHARACTERS, key=f"claim_edit_{_key(claim)}"
    )
    marks = _draw_marks(loaded, claim)
    with st.container(horizontal=True):
        save = st.button("Save", icon=":material/check:", key=f"claim_save_{_key(claim)}")
        renew = st.button(
            "Rest it on the filters set now",
            help=f"{len(basis.signals):,} spans pass them. Those that pass both keep their side.",
            key=f"claim_renew_{_key(claim)}",
        )
        remove = st.button("Remove", icon=":material/delete:", key=f"claim_remove_{_key(claim)}")
    changed = replace(claim, text=text, marks=marks, imported=False)
    if renew:
        kept = tuple(mark for mark in marks if mark.signal in set(basis.signals))
        changed = replace(
            changed, filter=basis.filter, signals=basis.signals, total=basis.total, marks=kept
        )
    done = False
    if save or renew:
        done = _do(session, claim.reviewer, partial(library.write_claim, claim=changed))
    if remove:
        act = partial(library.remove_claim, claim_id=claim.id, reviewer=claim.reviewer)
        done = _do(session, claim.reviewer, act)
    if done:
        st.rerun()


def _draw_marks(loaded: LoadedSession, claim: Claim) -> tuple[Mark, ...]:
    """A table in which each span of a claim is put on a side; the marks as they stand there."""
    session = loaded.session
    signals = session_frames.session_tables(session)["signals"]
    rows = signals[signals["id"].isin(list(claim.signals))]
    digits = session_frames.digits(session)
    marked = dict(claim.marks)
    sides = claim_sides(replace(claim, marks=()), frames.verdicts(loaded.added))
    ids = rows["id"].tolist()
    table = pd.DataFrame(
        {
            "time": [_times(row, digits) for row in session_frames.rows(rows)],
            "type": rows["type"].tolist(),
            "side": [marked.get(one) or _BY_VERDICTS for one in ids],
            "verdicts": [sides[one] for one in ids],
        }
    )
    edited = st.data_editor(
        table,
        hide_index=True,
        num_rows="fixed",
        disabled=["time", "type", "verdicts"],
        column_config={
            "side": st.column_config.SelectboxColumn(
                "side of the claim", options=[_BY_VERDICTS, *SIDES], required=True
            ),
            "verdicts": "by verdicts it is",
        },
        key=f"claim_marks_{_key(claim)}",
    )
    pairs = zip(ids, edited["side"].tolist(), strict=True)
    return tuple(Mark(one, side) for one, side in pairs if side in SIDES)


def _do(session: Session, reviewer: str, write: Callable[[str], Act | None]) -> bool:
    """Do an act on a claim and remember it, to be undone; what goes wrong is shown."""
    act = None
    with problem_view.shown_errors(stop=False):
        review_actions.refuse_deleted(session)
        act = write(session.id)
    if act:
        review_actions.remember(session, one_line(reviewer), act)
    return act is not None


def _key(claim: Claim) -> str:
    """Tells the widgets of a claim from those of others, and of what it was before a change."""
    return f"{claim.id}_{hash(claim)}"


def _times(span: Any, digits: int) -> str:  # noqa: ANN401  a row of the signals
    return timecode.format_range(span.start, span.end, digits=digits, between=" – ")
