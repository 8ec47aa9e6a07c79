"""What the browser asks for is checked like anything from outside, then written."""

import math
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.errors import AppError, NoteChangedError
from lib.interchange import limits
from lib.library import Library
from lib.model import OPINIONS
from lib.ui.review import review_actions
from tests import answers, reviews

NOW = datetime(2026, 11, 4, 10, 0, tzinfo=UTC)
SESSION = answers.session()
NOTE = {"kind": "note", "reviewer": "Ana", "text": " Here. ", "start": 2.5, "end": 2.5}
VERDICT = {"kind": "verdict", "reviewer": "Ana", "signal": 2, "opinion": "agree"}


@pytest.fixture
def library():
    empty = Library("sqlite://")
    yield empty
    empty.close()


def ask(library, request, **changes):
    return review_actions.apply_action(library, SESSION, {**request, **changes}, now=NOW)


def test_a_note_on_a_moment_is_written(library):
    assert ask(library, NOTE)
    (note,) = library.review("abc").notes
    assert (note.reviewer, note.text, note.start, note.end) == ("Ana", "Here.", 2.5, 2.5)
    assert (note.signal, note.written_at) == (None, NOW)


def test_a_note_on_a_span_keeps_the_span_and_a_reversed_range_is_put_in_order(library):
    assert ask(library, NOTE, signal=1, start=9.0, end=3.0)
    (note,) = library.review("abc").notes
    assert (note.signal, note.start, note.end) == (1, 3.0, 9.0)


def test_one_s_own_note_is_changed_and_another_s_is_not(library):
    library.write_note("abc", reviews.note("n1", "Ben", "His."))
    assert not ask(library, NOTE, id="n1")
    assert ask(library, NOTE, id="n1", reviewer="Ben", text="Changed.")
    assert [note.text for note in library.review("abc").notes] == ["Changed."]


def test_one_s_own_note_is_removed_and_another_s_is_not(library):
    library.write_note("abc", reviews.note("n1", "Ben"))
    assert not ask(library, {"kind": "remove", "reviewer": "Ana", "id": "n1"})
    assert library.review("abc").notes
    assert ask(library, {"kind": "remove", "reviewer": "Ben", "id": "n1"})
    assert not library.review("abc").notes


def test_a_note_that_was_changed_meanwhile_is_not_overwritten(library):
    library.write_note("abc", reviews.note("n1", "Ana", "First."))
    change = {**NOTE, "id": "n1", "before": "First."}
    assert ask(library, change, text="Mine.")
    with pytest.raises(NoteChangedError):
        ask(library, change, text="Theirs.")
    assert ask(library, change, before=7, text="Odd.")  # as from a page of before
    assert [note.text for note in library.review("abc").notes] == ["Odd."]


def test_a_verdict_is_given_corrected_and_taken_back(library):
    assert ask(library, VERDICT)
    assert ask(library, VERDICT, opinion="disagree", corrected="stress")
    (verdict,) = library.review("abc").verdicts
    assert (verdict.signal, verdict.opinion, verdict.corrected) == (2, "disagree", "stress")
    assert ask(library, VERDICT, kind="unjudge")
    assert not library.review("abc").verdicts


@pytest.mark.parametrize(
    "changes",
    [
        {"kind": "drop"},
        {"kind": None},
        {"reviewer": None},
        {"text": "  "},
        {"text": 7},
        {"start": math.nan},
        {"end": "soon"},
        {"start": True},
    ],
)
def test_a_note_that_makes_no_sense_is_not_written(library, changes):
    assert not ask(library, NOTE, **changes)
    assert not library.review("abc").notes


@pytest.mark.parametrize(
    "changes", [{"signal": 3}, {"signal": -1}, {"signal": True}, {"signal": "1"}, {"opinion": "no"}]
)
def test_a_verdict_that_makes_no_sense_is_not_given(library, changes):
    assert not ask(library, VERDICT, **changes)
    assert not library.review("abc").verdicts


@pytest.mark.parametrize("changes", [{"text": "x" * 100_000}, {"reviewer": " "}])
def test_what_the_library_refuses_is_told_and_nothing_is_written(library, changes):
    with pytest.raises(AppError):
        ask(library, NOTE, **changes)
    assert not library.review("abc").notes


JSON = st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.lists(st.none())


ODD = st.dictionaries(st.sampled_from([*NOTE, *VERDICT, "id", "corrected"]), JSON)


@given(ODD | ODD.map(lambda odd: {**NOTE, **VERDICT, **odd}))
def test_whatever_a_browser_sends_only_what_makes_sense_is_written(request):
    library = Library("sqlite://")
    try:
        done = {kind: _done(library, {**request, "kind": kind}) for kind in ("note", "verdict")}
        added = library.review(SESSION.id)
        for kind in ("remove", "unjudge"):
            _done(library, {**request, "kind": kind})
    finally:
        library.close()
    assert done == {"note": len(added.notes) == 1, "verdict": len(added.verdicts) == 1}
    for note in added.notes:
        assert note.text
        assert -math.inf < note.start <= note.end < math.inf
        assert note.signal in {None, 0, 1, 2}
    for verdict in added.verdicts:
        assert verdict.signal in {0, 1, 2}
        assert verdict.opinion in OPINIONS


def _done(library, request):
    """Whether it was written; what is refused with a sentence was not."""
    try:
        return bool(review_actions.apply_action(library, SESSION, request, now=NOW))
    except AppError:
        return False


def test_what_was_refused_can_be_closed_by_two_quick_clicks(state):
    state[review_actions.FAILED] = {"abc": None}
    review_actions._close()
    review_actions._close()
    assert review_actions.FAILED not in state


@pytest.fixture
def take(library, monkeypatch, state):
    """Hands over what the browser sent; gives what failed in the session, or None."""
    monkeypatch.setattr(review_actions.services, "library", lambda: library)
    library.save(SESSION)
    times = iter(range(1, 100))

    def hand_over(request, **changes):
        sent = {"at": next(times), **request, **changes}
        state[review_actions.COMPONENT] = {"act": sent}
        review_actions.take_action(SESSION)
        return state.get(review_actions.FAILED, {}).get("abc")

    return hand_over


def test_what_was_done_to_another_session_is_neither_done_nor_answered_here(take, library):
    take(VERDICT, session="other")
    assert not library.review("abc").verdicts
    assert review_actions.answered_up_to(SESSION) == 0
    take(VERDICT, session="abc", at=7)
    assert len(library.review("abc").verdicts) == 1
    assert review_actions.answered_up_to(SESSION) == 7
    assert review_actions.answered_up_to(answers.session(session_id="other")) == 0


def test_a_note_that_could_not_be_changed_is_said_until_it_is_saved_as_another(take, library):
    library.write_note("abc", reviews.note("n1", "Ana", "Theirs."))
    note = {**NOTE, "id": "n1", "signal": None, "before": "First."}
    _, problem = take(note)
    assert "changed or removed in the meantime" in problem.what
    assert take({**NOTE, "id": "n2", "signal": None, "instead": "n1"}) is None
    assert [note.text for note in library.review("abc").notes] == ["Theirs.", "Here."]


def test_a_wish_to_hear_of_others_writes_nothing_and_has_all_that_shows_them_drawn(take, state):
    assert take({"kind": "renew"}, at=7) is None
    assert review_actions.answered_up_to(SESSION) == 7
    assert state[review_actions.RENEW]
    assert review_actions.DONE not in state
    assert review_actions.HISTORY not in state


def test_what_was_refused_is_said_until_it_is_done(take):
    too_long = "x" * (limits.MAX_NOTE_CHARACTERS + 1)
    note = {**NOTE, "id": "n1", "signal": None}
    assert take(note, text=too_long)
    assert take(VERDICT)  # another act was done meanwhile
    assert take({"kind": "undo", "reviewer": "Ana"})
    assert take(note) is None


def test_another_reviewer_in_the_tab_neither_reads_nor_undoes_what_the_one_before_did(
    take, library, state
):
    take(VERDICT, reviewer="Ana")
    assert review_actions.undo_texts(SESSION)[0]
    take({"kind": "undo", "reviewer": "Ben"})
    assert len(library.review("abc").verdicts) == 1
    assert review_actions.undo_texts(SESSION) == ("", "")
    take({"kind": "undo", "reviewer": "Ana"})
    assert not library.review("abc").verdicts
