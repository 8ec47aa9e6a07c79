"""What is hidden from a reviewer who judges blind, and in which mode a verdict was given."""

import pytest
import streamlit as st

from lib import frames
from lib.library import Library
from lib.model import JUDGING_MODES, Review
from lib.ui.review import blindness, filters, review_actions
from lib.ui.review.blindness import BLIND, BLINDEST, OPEN
from tests import answers
from tests.reviews import claim, note, verdict

SESSION = answers.session()
SIGNALS = frames.signals(SESSION.analysis, SESSION.duration)
FIRST = float(SIGNALS["draw_start"][0])
OTHERS = Review(
    verdicts=(verdict(0, "Ben"), verdict(1, "Ben", "disagree"), verdict(1, "Ana")),
    notes=(
        note("on", "Ben", signal=0),
        note("own", "Ana", signal=0),
        note("judged", "Ben", signal=1),
        note("time", "Ben", signal=None, start=FIRST, end=FIRST),
        note("else", "Ben", signal=None, start=-9.0, end=-8.0),
    ),
)


@pytest.fixture
def address(monkeypatch):
    asked = {}
    monkeypatch.setattr(st, "query_params", asked)
    return asked


def shown(opened=(1,), reviewer="Ana"):
    return blindness.shown_review(OTHERS, SIGNALS, reviewer, opened)


def test_what_others_said_of_a_span_is_hidden_until_it_is_judged():
    assert [(one.signal, one.reviewer) for one in shown().verdicts] == [(1, "Ben"), (1, "Ana")]
    assert [one.id for one in shown().notes] == ["own", "judged", "else"]


def test_the_claims_of_others_are_hidden_until_every_span_is_judged():
    review = Review(
        claims=(
            claim("own", "Ana", signals=(0,)),
            claim("open", "Ben", signals=(1,)),
            claim("closed", "Ben", signals=(0, 1)),
            claim("all", "Ben", signals=()),
        )
    )
    seen = [one.id for one in blindness.shown_review(review, SIGNALS, "Ana", (1,)).claims]
    assert seen == ["own"]  # a filter, such as "verdict disagree", tells of what it left out too
    everything = tuple(SIGNALS["id"].tolist())
    assert blindness.shown_review(review, SIGNALS, "Ana", everything) == review


def test_the_words_of_a_filter_are_hidden_while_any_span_is_closed(state, address):
    everything = Review(verdicts=tuple(verdict(one, "Ana") for one in SIGNALS["id"].tolist()))
    state[blindness.REVIEWER] = "Ana"
    assert not blindness.hides_filters(SESSION, OTHERS)
    for mode in (BLIND, BLINDEST):
        state[blindness.MODE] = mode
        assert blindness.hides_filters(SESSION, OTHERS)
    assert not blindness.hides_filters(SESSION, everything)


def test_of_opened_spans_nothing_is_hidden_and_of_a_span_that_is_gone_neither():
    everything = tuple(SIGNALS["id"].tolist())
    assert shown(everything) == OTHERS
    gone = Review(verdicts=(verdict(99, "Ben"),), notes=(note("n", "Ben", signal=99),))
    assert blindness.shown_review(gone, SIGNALS, "Ana", ()) == gone


def test_whoever_has_no_name_yet_has_judged_nothing():
    assert blindness.judged_by(OTHERS, "") == frozenset()
    assert blindness.judged_by(OTHERS, "Ana") == {1}


@pytest.mark.parametrize(
    ("mode", "told", "due"),
    [
        (BLIND, BLIND, BLIND),
        (BLINDEST, BLIND, BLIND),  # the page had the probabilities still
        (OPEN, BLINDEST, OPEN),
        (BLIND, "asleep", OPEN),
        (BLIND, None, OPEN),
        (BLIND, ["blind"], OPEN),
    ],
)
def test_a_verdict_is_as_blind_as_both_page_and_server_say(mode, told, due):
    assert blindness.mode_of_verdict(mode, told, None, "agree", seen=False) == due


def test_an_opinion_that_is_changed_or_given_anew_was_not_blind():
    before = verdict(0, "Ana", "agree", mode=BLIND)
    assert blindness.mode_of_verdict(BLIND, BLIND, before, "unsure", seen=True) == OPEN
    assert blindness.mode_of_verdict(BLIND, BLIND, None, "agree", seen=True) == OPEN
    assert blindness.mode_of_verdict(OPEN, OPEN, before, "agree", seen=True) == BLIND  # corrected


def test_a_verdict_that_is_taken_back_hides_nothing_again(state, address):
    state[blindness.REVIEWER] = "Ana"
    assert blindness.opened_spans(SESSION, OTHERS) == {1}
    assert blindness.opened_spans(SESSION, Review()) == {1}
    state[blindness.REVIEWER] = "Ben"
    assert blindness.opened_spans(SESSION, Review()) == frozenset()


def test_the_address_says_the_mode_until_another_is_chosen(state, address):
    assert blindness.current_mode() == OPEN
    address["blind"] = "probability"
    assert blindness.current_mode() == BLINDEST
    assert blindness.take_request(SESSION, {"kind": "mode", "mode": BLIND, "reviewer": " Ana "})
    assert blindness.current_mode() == BLIND
    assert state[blindness.REVIEWER] == "Ana"
    assert blindness.has_changed()
    assert not blindness.has_changed()
    blindness.keep_in_address()
    assert address == {"blind": "others"}
    blindness.take_request(SESSION, {"kind": "mode", "mode": OPEN, "reviewer": "Ana"})
    blindness.keep_in_address()
    assert address == {}


@pytest.mark.parametrize("mode", ["asleep", None, ["blind"]])
def test_a_mode_that_is_none_changes_nothing(state, address, mode):
    assert blindness.take_request(SESSION, {"kind": "mode", "mode": mode, "reviewer": "Ana"})
    assert not state
    assert not blindness.take_request(SESSION, {"kind": "note"})


def test_probabilities_are_hidden_in_the_blindest_mode_alone(state, address):
    for mode in JUDGING_MODES:
        state[blindness.MODE] = mode
        probabilities = blindness.shown_signals(SIGNALS, (1,))["probability"].tolist()
        assert probabilities[1] == SIGNALS["probability"][1]
        assert (probabilities[0] == "hidden") == (mode == BLINDEST)


def test_a_probability_that_was_chosen_before_filters_nothing_any_more(state, address):
    state["probability"] = ["high"]
    assert filters._state()["probability"] == ["high"]
    state[blindness.MODE] = BLINDEST
    assert filters._state()["probability"] == []


def test_the_mode_is_written_with_the_verdict():
    library = Library("sqlite://")
    request = {"kind": "verdict", "reviewer": "Ana", "signal": 0, "opinion": "agree"}
    now = answers.session().created_at
    assert review_actions.apply_action(library, SESSION, request, now=now, mode=BLINDEST)
    (written,) = library.review(SESSION.id).verdicts
    library.close()
    assert (written.mode, review_actions.verdict_data(written)["mode"]) == (BLINDEST, BLINDEST)
