"""What was done in a tab is undone and redone exactly, and never what somebody else did."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.library import Library
from lib.model import Act, Review
from lib.ui.review import act_history, review_actions
from lib.ui.review.act_history import History
from tests import answers, reviews

NOW = datetime(2026, 11, 4, 10, 0, tzinfo=UTC)
SESSION = answers.session()
NOTE = {"kind": "note", "reviewer": "Ana", "id": "n1", "text": "Here.", "start": 2.5, "end": 2.5}
VERDICT = {"kind": "verdict", "reviewer": "Ana", "signal": 0, "opinion": "agree"}
TAKEN_BACK = {**VERDICT, "kind": "unjudge"}
REMOVED = {**NOTE, "kind": "remove"}


@pytest.fixture
def library():
    empty = Library("sqlite://")
    yield empty
    empty.close()


def do(library, history, request):
    act = review_actions.apply_action(library, SESSION, request, now=NOW)
    assert act
    return history.add(act)


def step(library, history, direction):
    return act_history.step(library, SESSION, history, direction, digits=1)


def test_each_act_is_undone_and_redone_and_says_which_it_was(library):
    history, states, texts = History(), [library.review("abc")], []
    acts = (
        VERDICT,
        {**VERDICT, "opinion": "disagree", "corrected": "stress"},
        TAKEN_BACK,
        NOTE,
        {**NOTE, "text": "There."},
        REMOVED,
    )
    for request in acts:
        history = do(library, history, request)
        states.append(library.review("abc"))
    for state in reversed(states[:-1]):
        history, text = step(library, history, "undo")
        texts.append(text)
        assert library.review("abc") == state
    assert texts == [
        "Undone: removal of the note at 0:02.5",
        "Undone: change of the note at 0:02.5",
        "Undone: note at 0:02.5",
        "Undone: withdrawal of disagree with hesitation at 0:12.0",
        "Undone: change to disagree with hesitation at 0:12.0",
        "Undone: agree with hesitation at 0:12.0",
    ]
    assert step(library, history, "undo") == (history, "There is nothing to undo.")
    for state in states[1:]:
        history, text = step(library, history, "redo")
        assert text.startswith("Redone: ")
        assert library.review("abc") == state
    assert step(library, history, "redo") == (history, "There is nothing to redo.")


def test_what_a_file_brought_comes_back_as_brought(library):
    brought = reviews.note("n1", imported=True)
    library.add_review("abc", Review(notes=(brought,)))
    history = do(library, History(), {**NOTE, "text": "Other."})
    step(library, history, "undo")
    assert library.review("abc").notes == (brought,)


@pytest.mark.parametrize("direction", ["undo", "redo"])
def test_what_was_changed_meanwhile_stays_and_leaves_the_history(library, direction):
    history = do(library, History(), NOTE)
    history = do(library, history, {**NOTE, "text": "Mine."})
    if direction == "redo":
        history, _ = step(library, history, "undo")
    library.write_note("abc", reviews.note("n1", text="Theirs."))
    history, text = step(library, history, direction)
    assert "was changed in the meantime, and stays as it is" in text
    assert [note.text for note in library.review("abc").notes] == ["Theirs."]
    assert len(history.undo) == 1
    assert history.redo == ()


def test_a_note_that_another_wrote_under_the_same_id_is_not_overwritten(library):
    history = do(library, do(library, History(), NOTE), REMOVED)
    theirs = reviews.note("n1", "Bo", "Theirs.")
    library.write_note("abc", theirs)
    _, text = step(library, history, "undo")
    assert text == (
        "Not undone: removal of the note at 0:02.5. "
        "The note was changed in the meantime, and stays as it is."
    )
    assert library.review("abc").notes == (theirs,)


def test_a_verdict_that_is_gone_meanwhile_is_not_taken_back(library):
    history = do(library, History(), VERDICT)
    library.remove_verdict("abc", 0, "Ana")
    history, text = step(library, history, "undo")
    assert text.startswith("Not undone: agree with hesitation at 0:12.0. The verdict was changed")
    assert history == History()


def test_a_new_act_leaves_nothing_to_redo_and_one_that_changes_nothing_is_none(library):
    history = do(library, History(), VERDICT)
    history, _ = step(library, history, "undo")
    assert len(history.redo) == 1
    assert history.add(Act(None, None)) == history
    history = do(library, history, NOTE)
    assert history.redo == ()


def test_only_so_many_acts_are_remembered(library):
    history = History()
    for place in range(act_history.LIMIT + 5):
        history = history.add(Act(None, reviews.note(f"n{place}")))
    assert len(history.undo) == act_history.LIMIT
    assert history.undo[-1].after.id == f"n{place}"


def test_acts_on_a_claim_are_undone_like_others(library):
    first, changed = reviews.claim(), reviews.claim(text="Does she?")
    history = History()
    for claim in (first, changed):
        history = history.add(library.write_claim("abc", claim))
    history, text = step(library, history, "undo")
    assert text == "Undone: change of the claim “Does she?”"
    assert library.review("abc").claims == (first,)
    history, text = step(library, history, "redo")
    library.write_claim("abc", reviews.claim(text="Theirs."))
    history, text = step(library, history, "undo")
    assert text.endswith("The claim was changed in the meantime, and stays as it is.")
    assert [claim.text for claim in library.review("abc").claims] == ["Theirs."]


def test_an_act_on_a_span_that_is_gone_has_words_too():
    act = Act(None, reviews.verdict(99, opinion="unsure"))
    text = act_history.act_text(SESSION, act, digits=0)
    assert text == "unsure about a span that is gone"


def test_a_type_that_is_long_is_cut_in_the_line():
    answer = answers.v1()
    answer["signals"][0]["type"] = "x" * 300
    act = Act(None, reviews.verdict(0))
    text = act_history.act_text(answers.session(answer), act, digits=0)
    assert text == f"agree with {'x' * 60}… at 0:12"


@given(st.lists(st.sampled_from([NOTE, REMOVED, VERDICT, TAKEN_BACK, "undo", "redo"]), max_size=9))
def test_undoing_everything_leads_back_to_the_beginning(requests):
    library, history = Library("sqlite://"), History()
    try:
        for request in requests:
            if isinstance(request, str):
                history, _ = step(library, history, request)
                continue
            act = review_actions.apply_action(library, SESSION, request, now=NOW)
            history = history.add(act) if act else history
        while history.undo:
            history, text = step(library, history, "undo")
            assert text.startswith("Undone")
        assert library.review("abc") == Review()
    finally:
        library.close()
