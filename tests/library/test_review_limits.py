"""Text and numbers beyond the limits, or meant to do harm, in notes, verdicts and transcripts."""

import zlib

import pytest

from lib.errors import LibraryDamagedError, ReviewError
from lib.interchange.limits import MAX_LINES
from lib.model import Line
from tests import reviews
from tests.reviews import note, verdict

HOSTILE = [
    "'; DROP TABLE notes; --",
    "<script>alert(1)</script>-->",
    "=cmd|' /C calc'!A0",
    "a\0b",
    "\u202eabc",
    "x" * 10_000,
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_is_only_text(library, text):
    library.write_note("abc", note("n1", text[:80], text))
    library.write_verdict("abc", verdict(0, text[:80], corrected=text[:80]))
    library.write_transcript("abc", [Line(0.0, 1.0, text, text)])
    review = library.review("abc")
    assert review.notes == (note("n1", text[:80], text),)
    assert review.verdicts == (verdict(0, text[:80], corrected=text[:80]),)
    assert review.transcript == (Line(0.0, 1.0, text, text),)


def test_a_lone_surrogate_is_replaced(library):
    odd = "\ud800"
    library.write_note("abc", note(odd, f"Ana{odd}", f"{odd}!"))
    library.write_verdict("abc", verdict(0, odd, corrected=odd))
    library.write_transcript("abc", [Line(0.0, 1.0, odd, odd)])
    review = library.review("abc")
    assert review.notes == (note("?", "Ana?", "?!"),)
    assert review.verdicts == (verdict(0, "?", corrected="?"),)
    assert review.transcript == (Line(0.0, 1.0, "?", "?"),)
    assert library.remove_verdict("abc", 0, odd)


NAN, INFINITE = float("nan"), float("inf")


@pytest.mark.parametrize(
    "bad",
    [
        note(text="x" * 10_001),
        note(reviewer=" \n "),
        note(reviewer="x" * 81),
        note(start=NAN),
        note(end=INFINITE),
        note(signal=-1),
        note(signal=2**31),
        note(""),
        note("x" * 101),
    ],
    ids=range(9),
)
def test_a_note_beyond_the_limits_is_refused_and_nothing_is_lost(library, bad):
    library.write_note("abc", note())
    with pytest.raises(ReviewError) as caught:
        library.write_note("abc", bad)
    assert caught.value.problem.what
    assert caught.value.problem.next_step
    assert library.review("abc").notes == (note(),)


@pytest.mark.parametrize(
    "bad",
    [
        verdict(opinion="perhaps"),
        verdict(reviewer=""),
        verdict(corrected="x" * 81),
        verdict(-1),
        verdict(2**31),
    ],
    ids=range(5),
)
def test_a_verdict_beyond_the_limits_is_refused_and_nothing_is_lost(library, bad):
    library.write_verdict("abc", verdict())
    with pytest.raises(ReviewError):
        library.write_verdict("abc", bad)
    assert library.review("abc").verdicts == (verdict(),)


@pytest.mark.parametrize(
    "bad",
    [
        [Line(NAN, 1.0, "", "x")],
        [Line(0.0, INFINITE, "", "x")],
        [Line(0, 1, "", "")] * (MAX_LINES + 1),
    ],
)
def test_a_transcript_beyond_the_limits_is_refused_and_nothing_is_lost(library, bad):
    library.write_transcript("abc", reviews.review().transcript)
    with pytest.raises(ReviewError):
        library.write_transcript("abc", bad)
    assert library.review("abc").transcript == reviews.review().transcript


def test_a_reviewer_is_one_however_the_spaces_fall(library):
    library.write_note("abc", note("n1", " Ana \n Maria\t"))
    assert library.write_note("abc", note("n1", "Ana Maria", "Again"))
    assert library.review("abc").notes == (note("n1", "Ana Maria", "Again"),)


@pytest.mark.parametrize(
    "damaged",
    [b"\0\xff", zlib.compress(b"no json"), zlib.compress(b"[[1.0]]"), zlib.compress(b"1")],
)
def test_a_damaged_transcript_says_so(library, execute, damaged):
    library.add_review("abc", reviews.review())
    execute("UPDATE transcripts SET lines = :lines", lines=damaged)
    with pytest.raises(LibraryDamagedError):
        library.review("abc")
