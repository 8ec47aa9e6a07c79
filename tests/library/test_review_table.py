import threading

import pytest
from hypothesis import HealthCheck, example, given, settings

from lib.errors import LibraryError, NoteChangedError, ReviewError
from lib.interchange import limits
from lib.library import Library, Query, review_table
from lib.model import Act, Line, Mark, Review
from tests import answers, reviews
from tests.reviews import claim, note, verdict


def test_a_session_nobody_added_to_has_an_empty_review(library):
    library.write_note("other", note())
    assert library.review("abc") == Review()


def test_notes_and_verdicts_come_back_in_the_order_written(library):
    for key in ("b", "c", "a"):
        assert library.write_note("abc", note(key))
    for signal in (2, 0, 1):
        library.write_verdict("abc", verdict(signal))
    review = library.review("abc")
    assert review.notes == (note("b"), note("c"), note("a"))
    assert review.verdicts == (verdict(2), verdict(0), verdict(1))


def test_a_reviewer_changes_their_own_note_and_no_other(library):
    library.write_note("abc", note("n1"))
    library.write_note("abc", note("n2"))
    changed = note("n1", text="New", start=1.0, end=2.0, signal=None)
    assert library.write_note("abc", changed)
    assert not library.write_note("abc", note("n1", "Bo", "Mine now"))
    assert library.review("abc").notes == (changed, note("n2"))


def test_an_edited_note_keeps_when_it_was_first_written(library):
    library.write_note("abc", note())
    library.write_note("abc", note(written_at=reviews.AT.replace(hour=23)))
    assert library.review("abc").notes[0].written_at == reviews.AT


def test_the_same_note_may_stand_in_two_sessions(library):
    assert library.write_note("abc", note())
    assert library.write_note("copy", note(reviewer="Bo"))
    assert library.remove_note("copy", "n1", "Bo")
    assert library.review("abc").notes == (note(),)


def test_only_its_writer_removes_a_note(library):
    library.write_note("abc", note("n1"))
    library.write_note("abc", note("n2"))
    assert not library.remove_note("abc", "n1", "Bo")
    assert not library.remove_note("abc", "nothing", "Ana")
    assert library.remove_note("abc", "n1", " Ana ")
    assert library.review("abc").notes == (note("n2"),)


def test_a_reviewer_has_one_verdict_on_a_span_the_latest(library):
    library.write_verdict("abc", verdict(0, "Ana", "agree"))
    library.write_verdict("abc", verdict(0, "Bo", "unsure"))
    library.write_verdict("abc", verdict(1, "Ana", "agree"))
    library.write_verdict("abc", verdict(0, "Ana", "disagree", "stress"))
    assert library.review("abc").verdicts == (
        verdict(0, "Bo", "unsure"),
        verdict(1, "Ana", "agree"),
        verdict(0, "Ana", "disagree", "stress"),
    )


def test_a_verdict_keeps_what_was_hidden_while_it_was_given(library):
    blind = verdict(0, mode="blind, probability hidden")
    library.write_verdict("abc", blind)
    assert library.review("abc").verdicts == (blind,)
    with pytest.raises(ReviewError):
        library.write_verdict("abc", verdict(1, mode="asleep"))
    assert library.exchange("abc", blind, verdict(0, mode="blind"))
    assert library.review("abc").verdicts == (verdict(0, mode="blind"),)


def test_only_its_giver_takes_a_verdict_back(library):
    library.write_verdict("abc", verdict(0))
    library.write_verdict("abc", verdict(1))
    assert not library.remove_verdict("abc", 0, "Bo")
    assert library.remove_verdict("abc", 0, "Ana")
    assert not library.remove_verdict("abc", 0, "Ana")
    assert library.review("abc").verdicts == (verdict(1),)


def test_each_act_tells_what_stood_there_before_it_and_after(library):
    first, second = note(), note(text="New")
    assert library.write_note("abc", first) == Act(None, first)
    assert library.write_note("abc", second) == Act(first, second)
    assert library.write_note("abc", note(reviewer="Bo")) is None
    assert library.remove_note("abc", "n1", "Ana") == Act(second, None)
    assert library.remove_note("abc", "n1", "Ana") is None
    mine, later = verdict(), verdict(0, "Ana", "disagree", "stress")
    library.write_verdict("abc", verdict(0, "Bo"))
    assert library.write_verdict("abc", mine) == Act(None, mine)
    assert library.write_verdict("abc", later) == Act(mine, later)
    assert library.remove_verdict("abc", 0, " Ana ") == Act(later, None)
    assert library.remove_verdict("abc", 0, "Ana") is None


def test_a_change_of_a_text_that_is_not_there_any_more_is_refused(library):
    library.write_note("abc", note(text="First"))
    assert library.write_note("abc", note(text="Mine"), before="First")
    with pytest.raises(NoteChangedError):
        library.write_note("abc", note(text="Theirs"), before="First")
    assert library.write_note("abc", note(text="Mine"), before="First")  # its answer was lost
    library.remove_note("abc", "n1", "Ana")
    with pytest.raises(NoteChangedError):
        library.write_note("abc", note(text="Theirs"), before="Mine")
    assert library.review("abc").notes == ()


def test_a_transcript_is_attached_replaced_and_detached(library):
    first, second = reviews.review().transcript
    library.write_transcript("abc", [first])
    library.write_transcript("abc", [second, first])
    assert library.review("abc").transcript == (second, first)
    assert library.remove_transcript("abc")
    assert not library.remove_transcript("abc")
    assert library.review("abc").transcript == ()


def test_a_transcript_without_lines_is_none(library):
    library.write_transcript("abc", [Line(0.0, 1.0, "", "x")])
    library.write_transcript("abc", [])
    assert not library.remove_transcript("abc")


def test_a_review_is_added_where_there_is_none_and_nowhere_else(library):
    assert library.add_review("abc", reviews.review())
    assert not library.add_review("abc", Review(notes=(note("new"),)))
    assert library.review("abc") == reviews.review()


def test_what_cannot_be_added_whole_is_not_added_at_all(library):
    bad = note("n3", text="x" * (limits.MAX_NOTE_CHARACTERS + 1))
    with pytest.raises(ReviewError):
        library.add_review("abc", Review(notes=(note("new"), bad)))
    assert library.review("abc") == Review()
    with pytest.raises(ReviewError):
        library.add_session(answers.session(), Review(notes=(note("new"), bad)))
    assert library.review("abc") == Review()
    assert not library.holds("abc")


def test_an_addition_that_stops_half_way_has_written_nothing(library, monkeypatch):
    def full(*_):
        raise OSError

    with monkeypatch.context() as patch:
        patch.setattr("lib.library.review_table.write_transcript", full)
        with pytest.raises(LibraryError):
            library.add_review("abc", reviews.review())
        with pytest.raises(LibraryError):
            library.add_session(answers.session(), reviews.review())
    assert library.review("abc") == Review()
    assert not library.holds("abc")


def test_of_what_stands_twice_one_is_added(library):
    twice = Review(
        notes=(note("n1", "Ana"), note("n1", "Bo")),
        verdicts=(verdict(0, opinion="agree"), verdict(1), verdict(0, opinion="unsure")),
    )
    library.add_review("abc", twice)
    assert library.review("abc") == Review(
        notes=(note("n1", "Ana"),), verdicts=(verdict(1), verdict(0, opinion="unsure"))
    )


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)  # one library for all
@given(review=reviews.REVIEWS)
@example(review=Review(notes=(note("\x1a0", "\x1a", "\0\x1a1\x1a\0"),)))
def test_any_review_comes_back_as_it_was_added(library, review):
    library.delete_all(("abc",))
    assert library.add_review("abc", review)
    assert library.review("abc") == review


def test_saving_a_session_again_keeps_its_review(library):
    library.save(answers.session())
    library.add_review("abc", reviews.review())
    library.save(answers.session())
    assert library.review("abc") == reviews.review()


def test_a_deleted_session_takes_its_review_along(library):
    library.save(answers.session())
    library.add_review("abc", Review((note(text="Find-me", reviewer="Find-me"),)))
    library.write_verdict("abc", verdict(corrected="Find-me"))
    library.write_transcript("abc", [Line(0.0, 1.0, "", "x")])
    library.write_note("other", note())
    assert library.delete_all(("abc",)) == 1
    assert library.review("abc") == Review()
    assert library.review("other").notes == (note(),)


def test_two_libraries_on_one_database_lose_nothing(url):
    libraries = [Library(url), Library(url)]
    start = threading.Barrier(8)

    def write(library, name):
        start.wait(30)
        for index in range(10):
            library.write_note("abc", note(f"{name}-{index}", name))
            library.write_verdict("abc", verdict(index % 3, name))

    threads = [
        threading.Thread(target=write, args=(libraries[index % 2], f"r{index}"))
        for index in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    for library in libraries:
        review = library.review("abc")
        assert len(review.notes) == 80
        assert len(review.verdicts) == 24
        library.close()


def test_of_many_who_write_one_id_at_once_one_has_it(url):
    libraries = [Library(url) for _ in range(4)]
    start = threading.Barrier(4)
    won = []

    def write(index):
        for turn in range(20):
            start.wait(30)
            written = libraries[index].write_note("abc", note(f"n{turn}", f"r{index}"))
            won.append(written is not None)

    threads = [threading.Thread(target=write, args=(index,)) for index in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(won) == 80
    assert won.count(True) == len(libraries[0].review("abc").notes) == 20
    for library in libraries:
        library.close()


def test_a_note_or_verdict_is_exchanged_only_for_what_stands_there(library):
    other = note(text="New", imported=True)
    assert library.exchange("abc", None, note())
    assert not library.exchange("abc", None, other)
    assert not library.exchange("abc", other, None)
    assert library.exchange("abc", note(), other)
    assert library.review("abc").notes == (other,)
    assert library.exchange("abc", other, None)
    assert library.exchange("abc", None, verdict(1))
    assert not library.exchange("abc", verdict(1, opinion="unsure"), None)
    assert library.exchange("abc", verdict(1), verdict(1, opinion="disagree", corrected="stress"))
    assert not library.exchange("other", verdict(1, opinion="disagree", corrected="stress"), None)
    assert library.review("abc") == Review(
        verdicts=(verdict(1, opinion="disagree", corrected="stress"),)
    )


def test_claims_come_back_as_written_and_only_their_writer_changes_them(library):
    first, second = claim(marks=(Mark(2, "against"),)), claim("c2", "Bo")
    assert library.write_claim("abc", first) == Act(None, first)
    library.write_claim("abc", second)
    changed = claim(text="Or does she?", signals=(1,), marks=(Mark(1, "for"),), filter="")
    assert library.write_claim("abc", changed) == Act(first, changed)
    assert library.write_claim("abc", claim(reviewer="Bo")) is None
    assert library.remove_claim("abc", "c2", "Ana") is None
    assert library.review("abc").claims == (changed, second)
    assert library.remove_claim("abc", "c2", " Bo ") == Act(second, None)
    assert library.review("abc").claims == (changed,)


def test_a_claim_is_put_back_unless_it_was_changed_meanwhile(library):
    library.write_claim("abc", claim())
    assert library.exchange("abc", claim(), claim(text="Was it so?"))
    assert not library.exchange("abc", claim(), None)
    assert library.exchange("abc", claim(text="Was it so?"), None)
    assert library.exchange("abc", None, claim())
    assert library.review("abc").claims == (claim(),)


@pytest.mark.parametrize(
    "changes",
    [
        {"text": " \n"},
        {"text": "x" * (limits.MAX_CLAIM_CHARACTERS + 1)},
        {"filter": "x" * (limits.MAX_CLAIM_CHARACTERS + 1)},
        {"signals": tuple(range(limits.MAX_CLAIM_SPANS + 1))},
        {"signals": (-1,)},
        {"marks": (Mark(1, "for"),)},
        {"marks": (Mark(0, "maybe"),)},
        {"total": -1},
        {"reviewer": ""},
    ],
)
def test_a_claim_beyond_the_limits_is_refused(library, changes):
    with pytest.raises(ReviewError):
        library.write_claim("abc", claim(**changes))


def test_a_claim_goes_with_its_session_and_is_found_by_its_words(library):
    library.save(answers.session())
    library.write_claim("abc", claim(text="Stammering galore"))
    assert library.ids(Query(words="galore")) == ("abc",)
    assert library.deletion_counts(["abc"]).claims == 1
    library.delete_all(["abc"])
    assert library.review("abc") == Review()


def test_a_claim_follows_its_spans_and_loses_those_that_are_gone(library):
    library.write_claim("abc", claim(signals=(0, 1, 2), marks=(Mark(0, "for"), Mark(1, "open"))))
    with library._write("abc") as connection:
        review_table.move_signals(connection, "abc", {0: 5, 2: 3})
    (moved,) = library.review("abc").claims
    assert (moved.signals, moved.marks) == ((3, 5), (Mark(5, "for"),))
