"""A version tells any two states of what people added apart, and nothing else."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given

from lib.interchange.review_version import review_version
from lib.library import Library
from lib.model import Line, Mark, Review
from tests import codebooks, reviews

ONE = Review((reviews.note(),), (reviews.verdict(),))
LATER = reviews.AT + timedelta(microseconds=1)


@pytest.mark.parametrize(
    "other",
    [
        Review(),
        Review(verdicts=ONE.verdicts),
        Review((*ONE.notes, reviews.note("n2")), ONE.verdicts),
        Review((reviews.note(text="Watch his hands."),), ONE.verdicts),
        Review((reviews.note(signal=None),), ONE.verdicts),
        Review(ONE.notes, (reviews.verdict(opinion="unsure"),)),
        Review(ONE.notes, (reviews.verdict(corrected="stress"),)),
        Review(ONE.notes, (reviews.verdict(written_at=LATER),)),
        replace(ONE, claims=(reviews.claim(),)),
        replace(ONE, coded=(codebooks.coded(),)),
    ],
)
def test_each_change_of_a_note_or_verdict_is_another_version(other):
    assert review_version(other) != review_version(ONE)


def test_each_mark_of_a_claim_is_another_version():
    marked = reviews.claim(marks=(Mark(0, "for"),))
    one, other = (replace(ONE, claims=(claim,)) for claim in (reviews.claim(), marked))
    assert review_version(one) != review_version(other)


def test_the_transcript_counts_for_nothing():
    heard = replace(ONE, transcript=(Line(0.0, 1.0, "", "Yes."),))
    assert review_version(heard) == review_version(ONE)


@given(reviews.REVIEWS)
def test_what_was_stored_has_the_version_of_what_is_read_however_it_is_read(review):
    library = Library("sqlite://")
    try:
        library.add_review("abc", review)
        whole = library.review("abc")
        assert library.review("abc", with_transcript=False) == replace(whole, transcript=())
        assert review_version(library.review("abc", with_transcript=False)) == review_version(whole)
    finally:
        library.close()
