"""How far reviewers agree, against numbers worked out by hand and in print."""

import itertools
import math
from datetime import UTC, datetime

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lib import frames
from lib.frames import agreement
from lib.frames.agreement import Kappa
from lib.model import OPINIONS, Analysis, Review, Signal, Verdict

NOW = datetime(2026, 11, 3, 9, 0, tzinfo=UTC)
SPANS = (
    Signal("stress", 0, 1, "low"),
    Signal("interest", 1, 2, "high"),
    Signal("stress", 2, 3, None),
    Signal("awe", 3, 4, "medium"),
)


def verdicts(*rows):
    """Verdicts from (signal, reviewer, opinion)."""
    written = tuple(Verdict(*values, "", NOW) for values in rows)
    return frames.verdicts(Review(verdicts=written))


def agreed(*rows, by="type", spans=SPANS):
    signals = frames.signals(Analysis("v1", "inter-1", spans, None, None), None)
    return agreement.agreement_table(signals, verdicts(*rows), by)


def both(*pairs):
    """Verdicts of Ada and Ben from (Ada's, Ben's, on how many spans)."""
    judged = [(first, second) for first, second, count in pairs for _ in range(count)]
    return verdicts(
        *((span, "Ada", first) for span, (first, _) in enumerate(judged)),
        *((span, "Ben", second) for span, (_, second) in reversed(list(enumerate(judged)))),
    )


MIXED = (
    (0, "Ada", "agree"),
    (0, "Ben", "disagree"),
    (2, "Ada", "agree"),
    (2, "Ben", "unsure"),
    (1, "Ada", "unsure"),
)


def test_all_verdicts_on_a_type_count_and_unsure_ones_apart():
    frame = agreed(*MIXED).set_index("value")
    assert frame.index.tolist() == ["interest", "stress"]  # on awe there is no verdict
    counts = frame[["agree", "disagree", "unsure", "n"]]
    assert counts.loc["stress"].tolist() == [2, 1, 1, 3]
    assert counts.loc["interest"].tolist() == [0, 0, 1, 0]
    assert frame.loc["stress", "share"] == pytest.approx(2 / 3)


def test_where_nobody_was_sure_there_is_no_share():
    assert agreed((1, "Ada", "unsure"))[["share", "low", "high"]].isna().all(axis=None)


def test_probabilities_stand_in_their_own_order():
    everyone = [(span, "Ada", "agree") for span in range(4)]
    frame = agreed(*everyone, by="probability")
    assert frame["value"].tolist() == ["high", "medium", "low", "not given"]
    assert frame.index.tolist() == [0, 1, 2, 3]


@pytest.mark.parametrize(
    ("agree", "n", "low", "high"),
    [
        # Newcombe 1998, table I, method 3
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_intervals_are_those_in_print(agree, n, low, high):
    opinions = ["agree"] * agree + ["disagree"] * (n - agree)
    frame = agreed(*((0, f"reviewer {number}", opinion) for number, opinion in enumerate(opinions)))
    assert frame.loc[0, "low"] == pytest.approx(low, abs=5e-5)
    assert frame.loc[0, "high"] == pytest.approx(high, abs=5e-5)


def test_a_verdict_given_anew_replaces_the_one_before():
    frame = agreed((0, "Ada", "agree"), (0, "Ada", "disagree"))
    assert frame[["agree", "disagree"]].to_numpy().tolist() == [[0, 1]]
    changed = verdicts((0, "Ada", "agree"), (0, "Ben", "agree"), (0, "Ada", "unsure"))
    assert agreement.cohens_kappa(changed, "Ada", "Ben") == Kappa(0.0, 1, agreed=0.0)


def test_a_verdict_on_a_span_that_is_not_there_counts_nowhere():
    assert agreed((9, "Ada", "agree")).empty


@pytest.mark.parametrize("by", ["type", "probability", "reviewer"])
@pytest.mark.parametrize("rows", [(), MIXED[-1:], MIXED])
def test_empty_or_full_a_table_of_agreement_has_its_columns(rows, by):
    frame = agreed(*rows, by=by)
    assert {name: str(kind) for name, kind in frame.dtypes.items()} == agreement.AGREEMENT
    assert frame.columns.name is None
    assert agreed(*rows, by=by, spans=()).empty


def test_kappa_is_the_one_in_print():
    # Fleiss, Levin, Paik: Statistical Methods for Rates and Proportions (2003), table 18.1:
    # 0.89 agree, 0.66 would by chance, and 0.23 / 0.34 is 0.676.
    pairs = [("agree", "agree", 75), ("agree", "disagree", 1), ("agree", "unsure", 4)]
    pairs += [("disagree", "agree", 5), ("disagree", "disagree", 4), ("disagree", "unsure", 1)]
    pairs += [("unsure", "unsure", 10)]
    kappa = agreement.cohens_kappa(both(*pairs), "Ada", "Ben")
    assert kappa.value == pytest.approx(0.23 / 0.34)
    assert (kappa.n, kappa.unit) == (100, "spans both judged")


@pytest.mark.parametrize(
    ("pairs", "value"),
    [
        ([("agree", "agree", 2), ("disagree", "disagree", 1)], 1.0),
        ([("agree", "disagree", 1), ("disagree", "agree", 1)], -1.0),
        ([("agree", "disagree", 3)], 0.0),  # none agree, and none would by chance
    ],
)
def test_kappa_at_its_ends(pairs, value):
    assert agreement.cohens_kappa(both(*pairs), "Ada", "Ben").value == pytest.approx(value)


def test_kappa_is_not_defined_without_spans_both_judged_or_two_opinions():
    apart = verdicts((0, "Ada", "agree"), (1, "Ben", "agree"))
    none = Kappa(None, 0, reason="there is no span that both judged")
    assert agreement.cohens_kappa(apart, "Ada", "Ben") == none
    assert agreement.cohens_kappa(verdicts(), "Ada", "\ud800") == none
    one = agreement.cohens_kappa(both(("unsure", "unsure", 4)), "Ada", "Ben")
    assert one == Kappa(None, 4, agreed=1.0, reason="both gave one and the same opinion on all")


def test_percent_agreement_stands_beside_kappa_and_counts_unsure_too():
    pairs = [("agree", "agree", 6), ("agree", "disagree", 1), ("unsure", "unsure", 1)]
    assert agreement.cohens_kappa(both(*pairs), "Ada", "Ben").agreed == 7 / 8
    (row,) = agreement.kappa_pairs(both(*pairs)).itertuples()
    assert (row.agreed, row.reason) == (7 / 8, "")


def in_modes(*rows):
    """Verdicts from (signal, reviewer, mode), all of one opinion."""
    written = tuple(Verdict(span, name, "agree", "", NOW, mode=mode) for span, name, mode in rows)
    return frames.verdicts(Review(verdicts=written))


BLINDLY = (
    (0, "Ada", "blind"),
    (0, "Ben", "blind, probability hidden"),
    (1, "Ada", "blind"),
    (1, "Ben", "open"),
    (2, "Ada", "open"),
)


@pytest.mark.parametrize(
    ("rows", "text"),
    [
        (BLINDLY, "3 of 5 verdicts made blind, 1 of them with the probability hidden."),
        (BLINDLY[:1], "1 of 1 verdict made blind."),
        (BLINDLY[3:], "0 of 2 verdicts made blind."),
        ((), ""),
        ((*BLINDLY[:1], (0, "Ada", "open")), "0 of 1 verdict made blind."),  # the latest counts
    ],
)
def test_it_is_said_how_many_verdicts_were_made_blind(rows, text):
    assert agreement.blind_text(in_modes(*rows)) == text


def test_verdicts_made_blind_can_be_counted_alone():
    alone = agreement.only_blind(in_modes(*BLINDLY))
    assert alone[["signal", "reviewer"]].to_numpy().tolist() == [[0, "Ada"], [0, "Ben"], [1, "Ada"]]


def test_a_pair_says_on_how_many_spans_neither_knew_what_others_said():
    kappa = agreement.cohens_kappa(in_modes(*BLINDLY), "Ada", "Ben")
    assert (kappa.n, kappa.blind) == (2, 1)
    (row,) = agreement.kappa_pairs(in_modes(*BLINDLY)).itertuples()
    assert (row.n, row.blind) == (2, 1)
    mixed = in_modes(*BLINDLY).assign(opinion=["agree", "disagree", "agree", "agree", "agree"])
    assert agreement.cohens_kappa(mixed, "Ada", "Ben").blind == 1


def test_each_reviewer_has_a_share_of_their_own():
    frame = agreed(*MIXED, (9, "Ben", "agree"), by="reviewer").set_index("value")
    assert frame.index.tolist() == ["Ada", "Ben"]
    assert frame[["agree", "disagree", "unsure", "n"]].to_numpy().tolist() == [
        [2, 0, 1, 2],
        [0, 1, 1, 1],
    ]
    assert frame.loc["Ada", "low"] < frame.loc["Ada", "share"] == 1


def test_an_interval_of_none_or_all_ends_there():
    for reviewers in range(1, 12):
        for opinion, bound, value in (("agree", "high", 1), ("disagree", "low", 0)):
            frame = agreed(*((0, str(reviewer), opinion) for reviewer in range(reviewers)))
            assert frame.loc[0, bound] == value


@given(
    st.lists(
        st.tuples(st.integers(0, 3), st.sampled_from(["Ada", "Ben"]), st.sampled_from(OPINIONS)),
        max_size=12,
    )
)
@settings(deadline=None)
def test_whatever_was_judged_the_numbers_stay_within_their_bounds(rows):
    frame = agreed(*rows)
    sure = frame[frame["n"] > 0]
    assert frame.loc[frame["n"] == 0, "share"].isna().all()
    assert (sure["low"] >= 0).all()
    assert (sure["low"] <= sure["share"]).all()
    assert (sure["share"] <= sure["high"]).all()
    value = agreement.cohens_kappa(verdicts(*rows), "Ada", "Ben").value
    assert value is None or (math.isfinite(value) and -1 - 1e-12 <= value <= 1)


def test_pairs_are_of_the_eight_reviewers_with_the_most_verdicts_and_stand_by_name():
    everyone = [f"reviewer {number}" for number in range(9)]
    first = [(0, name, "agree") for name in everyone]
    again = [(2, name, "unsure") for name in reversed(everyone[1:])]
    pairs = agreement.kappa_pairs(verdicts(*again, *first))
    expected = list(itertools.combinations(everyone[1:], 2))
    assert pairs[["one", "other"]].to_numpy().tolist() == list(map(list, expected))


def test_reviewers_stand_once_and_by_name():
    assert agreement.reviewers(verdicts(MIXED[1], *MIXED)) == ["Ada", "Ben"]
    assert agreement.reviewers(verdicts()) == []


def test_counting_agreement_changes_no_table():
    table = verdicts(*MIXED)
    before = table.copy(deep=True)
    agreement.cohens_kappa(table, "Ada", "Ben")
    pd.testing.assert_frame_equal(table, before)
