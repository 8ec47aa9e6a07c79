"""Codes on the page: what the browser asks for is checked, what it is told is whole or hidden."""

from datetime import UTC, datetime

import pytest

from lib.errors import ReviewError
from lib.library import Library
from lib.model import Act, Review
from lib.ui.review import act_history, blindness, coding, review_actions, session_frames
from tests import answers
from tests.codebooks import NOD, PAUSE, book, coded

NOW = datetime(2026, 11, 4, 10, 0, tzinfo=UTC)
SESSION = answers.session()
CODE = {
    "kind": "code",
    "reviewer": "Ana",
    "id": "c1",
    "code": "nod",
    "start": 2.0,
    "end": 2.0,
    "codebook": "book",
    "version": 1,
    "moves": False,
}


@pytest.fixture
def library():
    empty = Library("sqlite://")
    yield empty
    empty.close()


def ask(library, **changes):
    return review_actions.apply_action(library, SESSION, {**CODE, **changes}, now=NOW)


def test_a_span_is_coded_moved_and_removed(library):
    assert ask(library)
    assert ask(library, start=3.5, end=3.0)  # a stretch that was begun, then gone back from
    (span,) = library.review("abc").coded
    assert (span.coder, span.start, span.end, span.written_at) == ("Ana", 3.0, 3.5, NOW)
    assert not ask(library, kind="uncode", reviewer="Bo")
    assert ask(library, kind="uncode") == Act(span, None)
    assert library.review("abc") == Review()


def test_a_span_that_moves_has_to_be_there(library):
    with pytest.raises(ReviewError):
        ask(library, moves=True)
    assert ask(library)
    assert ask(library, moves=True, end=3.0).after.end == 3.0


@pytest.mark.parametrize(
    "changes",
    [
        {"id": ""},
        {"id": 3},
        {"code": None},
        {"codebook": ["book"]},
        {"version": True},
        {"version": 1.0},
        {"version": "1"},
        {"start": float("nan")},
        {"end": None},
        {"end": 10**400},
        {"reviewer": None},
    ],
)
def test_a_code_that_makes_no_sense_is_not_written(library, changes):
    assert ask(library, **changes) is None
    assert library.review("abc") == Review()


def test_an_act_of_coding_is_undone_and_said_in_words(library):
    history = act_history.History()
    for act in (ask(library), ask(library, start=3.0, end=3.0), ask(library, kind="uncode")):
        history = history.add(act)
    said = []
    for _ in range(3):
        history, text = act_history.step(library, SESSION, history, "undo", digits=0)
        said.append(text)
    assert said == [
        "Undone: removal of the code nod at 0:03",
        "Undone: change of the code nod at 0:03",
        "Undone: code nod at 0:02",
    ]
    assert library.review("abc") == Review()


def test_a_span_that_was_changed_meanwhile_stays_and_it_is_said(library):
    history = act_history.History().add(ask(library))
    library.write_coded_span("abc", coded("c1", start=9.0, end=9.0))
    _, text = act_history.step(library, SESSION, history, "undo", digits=0)
    assert text.endswith("The coded span was changed in the meantime, and stays as it is.")


def test_while_one_judges_blind_what_others_coded_is_hidden():
    signals = session_frames.session_tables(SESSION)["signals"]
    review = Review(coded=(coded("a"), coded("b", "Bo")))
    every = signals["id"].tolist()
    assert blindness.shown_review(review, signals, "Ana", every).coded == (coded("a"),)
    assert blindness.shown_review(review, signals, "", every).coded == ()


def test_the_codebook_to_code_by_is_the_chosen_one_else_the_last_used_else_the_newest(state):
    newest, used, other = (book(id=key) for key in ("new", "used", "other"))
    books = (newest, used, other)
    review = Review(coded=(coded(codebook="gone"), coded("b", codebook="used")))
    assert coding.current_codebook(SESSION, Review(), ()) is None
    assert coding.current_codebook(SESSION, Review(), books) == newest
    assert coding.current_codebook(SESSION, review, books) == used
    coding.choose(SESSION, "other")
    assert coding.current_codebook(SESSION, review, books) == other


def test_the_browser_is_told_of_a_code_as_its_own_version_has_it():
    old, new = book(), book(2, (NOD,))
    told = coding._span_data(coded(), old)
    assert (told["color"], told["definition"]) == (PAUSE.color, PAUSE.definition)
    assert told["kind"] == "stretch"
    for unknown in (new, None):
        told = coding._span_data(coded(), unknown)
        assert (told["color"], told["definition"], told["kind"]) == (
            coding.NEUTRAL,
            "",
            "unknown",
        )
    assert coding._codebook_data(old)["codes"][1]["kind"] == "point"
