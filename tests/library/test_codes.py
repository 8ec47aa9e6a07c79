"""Codebooks are kept in versions that never change, and coded spans like notes and verdicts."""

from dataclasses import replace
from datetime import timedelta
from io import BytesIO

import pytest

from lib.errors import CodebookError, ReviewError
from lib.interchange import review_json
from lib.interchange.codebook import limits
from lib.library import zip_archive
from lib.model import Act, Code, Review
from tests import answers, reviews
from tests.codebooks import NOD, PAUSE, book, coded

LATER = reviews.AT + timedelta(hours=1)
GESTURES = (PAUSE, NOD)


def test_codes_of_a_name_that_is_there_are_its_next_version(library):
    first = library.write_codes(" Gestures ", GESTURES, reviews.AT)
    assert (first.version, first.name, first.codes) == (1, "Gestures", GESTURES)
    gaze = library.write_codes("Gaze", (NOD,), reviews.AT)
    assert gaze.id != first.id
    second = library.write_codes("Gestures", (PAUSE,), LATER)
    assert (second.id, second.version) == (first.id, 2)
    assert library.codebooks() == (second, gaze)


def test_the_same_codes_again_are_the_version_that_is_there(library):
    first = library.write_codes("Gestures", GESTURES, reviews.AT)
    assert library.write_codes("Gestures", GESTURES, LATER) == first
    assert library.codebooks() == (first,)


def test_what_was_coded_keeps_the_version_that_it_was_coded_by(library):
    first = library.write_codes("Gestures", GESTURES, reviews.AT)
    span = coded(codebook=first.id)
    library.write_coded_span("abc", span)
    library.write_codes("Gestures", (Code("pause-filler", "Something else"),), LATER)
    review = library.review("abc")
    assert review.coded == (span,)
    assert review.codebooks == (first,)
    assert review.codebooks[0].code("pause-filler") == PAUSE
    assert review.codebooks[0].code("shrug") is None


def test_a_codebook_beyond_the_limits_is_refused(library):
    with pytest.raises(CodebookError):
        library.write_codes("Gestures", (), reviews.AT)
    assert library.codebooks() == ()


def test_a_coder_moves_and_removes_their_own_spans_and_no_other(library):
    assert library.write_coded_span("abc", coded()) == Act(None, coded())
    assert library.write_coded_span("abc", coded(coder="Bo")) is None
    moved = coded(start=2.5, end=3.0)
    asked = replace(moved, code="nod", version=7, written_at=LATER)  # only its times change
    assert library.write_coded_span("abc", asked) == Act(coded(), moved)
    assert library.remove_coded_span("abc", "c1", "Bo") is None
    assert library.remove_coded_span("abc", "nothing", "Ana") is None
    assert library.review("abc").coded == (moved,)
    assert library.remove_coded_span("abc", "c1", " Ana ") == Act(moved, None)
    assert library.review("abc") == Review()


def test_a_span_that_a_file_brought_is_ones_own_once_it_is_moved(library):
    library.add_review("abc", Review(coded=(coded(imported=True),)))
    library.write_coded_span("abc", coded(end=9.0), moves=True)
    assert library.review("abc").coded == (coded(end=9.0),)


def test_a_span_that_was_removed_meanwhile_does_not_come_back_by_being_moved(library):
    library.write_coded_span("abc", coded())
    library.remove_coded_span("abc", "c1", "Ana")
    with pytest.raises(ReviewError) as failed:
        library.write_coded_span("abc", coded(end=9.0), moves=True)
    assert "removed in the meantime" in failed.value.what
    assert library.review("abc") == Review()


def test_an_act_is_taken_back_unless_the_span_was_changed_meanwhile(library):
    library.write_coded_span("abc", coded())
    moved = library.write_coded_span("abc", coded(end=9.0))
    assert library.exchange("abc", moved.after, moved.before)
    assert library.review("abc").coded == (coded(),)
    assert not library.exchange("abc", moved.after, moved.before)
    removed = library.remove_coded_span("abc", "c1", "Ana")
    assert library.exchange("abc", None, removed.before)
    assert library.review("abc").coded == (coded(),)


@pytest.mark.parametrize(
    "changes",
    [
        {"coder": "  "},
        {"code": ""},
        {"code": "x" * 81},
        {"start": float("nan")},
        {"end": float("inf")},
        {"start": 4.0, "end": 3.0},
        {"key": ""},
        {"key": "x" * 101},
        {"codebook": ""},
        {"version": 0},
        {"version": 2**40},
    ],
)
def test_a_span_beyond_the_limits_is_refused(library, changes):
    with pytest.raises(ReviewError) as failed:
        library.write_coded_span("abc", coded(**changes))
    assert failed.value.next_step
    assert library.review("abc") == Review()


def test_what_was_coded_goes_with_its_session(library):
    library.save(answers.session(session_id="abc"))
    library.write_coded_span("abc", coded())
    library.write_coded_span("sample", coded())
    assert library.ids_without_session() == ("sample",)
    assert library.deletion_counts(("abc",)).coded == 1
    library.delete_all(("abc",))
    assert library.review("abc") == Review()


def test_an_archive_brings_codes_with_their_codebooks(library, other):
    first = library.write_codes("Gestures", GESTURES, reviews.AT)
    library.save(answers.session(session_id="abc"))
    library.write_coded_span("abc", coded(codebook=first.id))
    stream = BytesIO()
    zip_archive.write_archive(library, stream)
    zip_archive.read_archive(other, stream)
    review = other.review("abc")
    assert review.coded == (coded(codebook=first.id, imported=True),)
    assert review.codebooks == (first,)
    assert other.codebooks() == ()  # one codes by what was written here


def bring(library, session_id, codebook):
    """What a session's review is once a file has brought a span coded by this codebook."""
    span = coded(codebook=codebook.id, version=codebook.version)
    library.add_review(session_id, Review(coded=(span,), codebooks=(codebook,)))
    return library.review(session_id)


def test_a_version_of_a_file_that_is_here_with_other_codes_comes_in_beside_it(library):
    known = library.write_codes("Gestures", GESTURES, reviews.AT)
    library.write_coded_span("own", coded(codebook=known.id))
    theirs = replace(known, codes=(Code("pause-filler", "Another", "#000000"),))
    found = [bring(library, name, theirs) for name in ("abc", "def")]
    for review in found:
        (brought,) = review.codebooks
        assert (brought.codes, brought.version) == (theirs.codes, 1)
        assert brought.id == review.coded[0].codebook != known.id
    assert found[0].codebooks == found[1].codebooks  # the same one, however often it is brought
    assert library.review("own").codebooks == library.codebooks() == (known,)


def test_a_version_of_a_file_that_has_the_same_codes_is_the_one_that_is_here(library):
    known = library.write_codes("Gestures", GESTURES, reviews.AT)
    assert bring(library, "abc", replace(known, name="Gestes")).codebooks == (known,)


def test_a_newer_version_of_a_file_takes_over_no_codebook(library):
    known = library.write_codes("Gestures", GESTURES, reviews.AT)
    for version in (2, 1_000_000):
        theirs = replace(known, version=version, codes=(NOD,), written_at=LATER)
        assert bring(library, f"abc{version}", theirs).codebooks == (theirs,)
    assert library.codebooks() == (known,)
    following = library.write_codes("Gestures", (PAUSE,), LATER)
    assert (following.id, following.version) == (known.id, 3)  # 2 is the file's
    assert library.codebooks() == (following,)
    assert library.review("abc2").codebooks[0].codes == (NOD,)
    assert library.write_codes("Other", (NOD,), LATER).version == 1


def test_a_version_beyond_the_limit_is_refused(library, monkeypatch):
    library.write_codes("Gestures", GESTURES, reviews.AT)
    monkeypatch.setattr(limits, "MAX_VERSION", 1)
    with pytest.raises(CodebookError):
        library.write_codes("Gestures", (PAUSE,), LATER)
    assert [one.version for one in library.codebooks()] == [1]


def test_what_a_file_says_of_codes_is_checked_item_by_item():
    review = Review(coded=(coded(),), codebooks=(book(),))
    content = review_json.dump_review(review)
    broken = [
        None,
        {},
        {**content["coded"][0], "end": -1},
        {**content["coded"][0], "start": "2"},
        {**content["coded"][0], "version": True},
        {**content["coded"][0], "coder": " "},
    ]
    code = content["codebooks"][0]["codes"][0]
    books = [
        {**content["codebooks"][0], "codes": codes}
        for codes in (None, [], [code, code], [{**code, "kind": "x"}], [{**code, "matches": [1]}])
    ]
    content = {
        **content,
        "coded": content["coded"] + broken,
        "codebooks": content["codebooks"] + books,
    }
    found, lost = review_json.load_review(content)
    assert found == Review(coded=(coded(imported=True),), codebooks=(book(),))
    assert lost == len(broken) + len(books)
