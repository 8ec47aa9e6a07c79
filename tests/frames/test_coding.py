"""Coded spans as a table, and agreement counted in time."""

import math
from dataclasses import replace

import pytest

from lib import frames
from lib.frames.schema import CODE_AGREEMENT, CODED
from lib.model import Review
from tests import answers
from tests.codebooks import PAUSE, book, coded

BOOKS = (book(),)


def table(*spans, books=BOOKS):
    return frames.coded(Review(coded=spans, codebooks=books), 20.0)


def signals(*times, kind="hesitation"):
    found = [
        {"type": kind, "start": start, "end": end, "probability": "high"} for start, end in times
    ]
    analysis = answers.session(answers.v1(signals=found)).analysis
    return frames.signals(analysis, 20.0)


def only(rows):
    (row,) = rows.to_dict("records")
    return row


def test_a_code_is_told_as_the_version_has_it_by_which_it_was_coded():
    row = only(table(coded()))
    assert (row["code"], row["definition"], row["color"]) == (
        PAUSE.name,
        PAUSE.definition,
        "#0072b2",
    )
    assert (row["matches"], row["codebook"], row["version"]) == ("hesitation", "Gestures", 1)
    assert only(table(coded(), books=()))["definition"] == ""
    assert only(table(coded(version=2)))["codebook"] == ""


def test_a_table_without_rows_has_the_columns_of_a_full_one():
    assert list(table().dtypes.astype(str).items()) == list(
        table(coded()).dtypes.astype(str).items()
    )
    assert [*table()] == [*CODED]
    assert [*frames.code_agreement(table(), signals(), 20.0)] == [*CODE_AGREEMENT]


def test_two_coders_agree_over_time_as_counted_by_hand():
    one = (coded("a", start=0.0, end=6.0), coded("b", start=4.0, end=8.0))  # 8 s, two of them twice
    other = (coded("c", "Bo", start=2.0, end=12.0),)  # 10 s, 6 of them shared
    row = only(frames.code_agreement(table(*one, *other, books=()), signals(), 20.0))
    assert (row["one"], row["other"], row["spans_one"], row["spans_other"]) == ("Ana", "Bo", 2, 1)
    assert (row["seconds_one"], row["seconds_other"], row["seconds_both"]) == (8.0, 10.0, 6.0)
    assert row["agreed"] == pytest.approx(14 / 20)  # 6 s both, 8 s neither
    chance = (8 * 10 + 12 * 10) / 400
    assert row["kappa"] == pytest.approx((0.7 - chance) / (1 - chance))


def test_a_code_is_compared_with_the_signals_that_it_matches():
    row = only(frames.code_agreement(table(coded(start=2.0, end=4.0)), signals((2, 4)), 20.0))
    assert (row["one"], row["other"]) == ("Ana", "signals: hesitation")
    assert row["kappa"] == pytest.approx(1.0)


def test_what_is_not_defined_says_why():
    row = only(frames.code_agreement(table(coded(start=3.0, end=3.0)), signals((2, 4)), 20.0))
    assert math.isnan(row["kappa"])
    assert row["reason"] == "points have no length"
    row = only(frames.code_agreement(table(coded(start=0.0, end=20.0)), signals((0, 20)), 20.0))
    assert row["reason"] == "both coded all of the time"
    assert row["agreed"] == 1.0


def test_a_stretch_is_not_compared_with_points_alone():
    ana, bo = coded("a", start=2.0, end=4.0), coded("b", "Bo", start=3.0, end=3.0)
    for spans in ((ana, bo), (bo, replace(ana, coder="Cy"))):
        row = only(frames.code_agreement(table(*spans, books=()), signals(), 20.0))
        assert math.isnan(row["kappa"])
        assert math.isnan(row["agreed"])
        assert row["reason"] == "points have no length"
    longer = coded("c", "Bo", start=5.0, end=6.0)
    row = only(frames.code_agreement(table(ana, bo, longer, books=()), signals(), 20.0))
    assert row["reason"] == ""


def test_a_code_is_not_compared_with_signals_that_are_points_alone():
    row = only(frames.code_agreement(table(coded(start=2.0, end=4.0)), signals((3, 3)), 20.0))
    assert row["reason"] == "points have no length"


def test_it_is_said_when_not_all_coders_are_compared():
    coders = [coded(str(place), f"Coder {place}") for place in range(9)]
    assert frames.code_agreement_note(table(*coders[:8])).endswith("are only counted.")
    assert frames.code_agreement_note(table(*coders)).endswith(
        " Of 9 coders, the 8 with the most spans are compared."
    )


def test_codes_that_nobody_else_used_and_that_match_nothing_are_not_compared():
    spans = table(coded(code="nod"), coded("b", "Bo", code="shrug"))
    assert frames.code_agreement(spans, signals((2, 4)), 20.0).empty
