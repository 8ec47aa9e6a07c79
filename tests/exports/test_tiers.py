from dataclasses import replace

import pytest
from hypothesis import given, settings

from lib.exports import tiers
from lib.model import Line, Note, Review, Signal
from tests.exports import sessions


def names(bundle):
    return [tier.name for tier in tiers.make_tiers(bundle)]


def spans(bundle):
    return {tier.name: [span[:2] for span in tier.spans] for tier in tiers.make_tiers(bundle)}


def test_every_kind_has_its_tier():
    assert names(sessions.full_session()) == [
        "stress",
        "stress-2",
        "interest",
        "engagement states",
        "notes: Ben",
        "notes: Ada",
        "notes at a moment: Ada",
        "verdicts: Ada",
        "verdicts: Ben",
        "transcript: Ada",
        "transcript: unnamed",
        "moments",
    ]


def test_a_session_without_spans_has_no_tier():
    assert tiers.make_tiers(sessions.bare()) == []


def test_spans_that_touch_share_a_tier_and_spans_that_overlap_do_not():
    bundle = sessions.bare(*(Signal("awe", *span) for span in [(0, 2), (1, 3), (2, 4)]))
    assert spans(bundle) == {"awe": [(0, 2000), (2000, 4000)], "awe-2": [(1000, 3000)]}


def test_spans_that_overlap_once_they_have_a_length_do_not_share_a_tier():
    bundle = sessions.bare(Signal("awe", 1, 1), Signal("awe", 1.0002, 2))
    assert spans(bundle) == {"awe": [(1000, 2000)], "awe-2": [(1000, 1001)]}


def test_no_two_tiers_share_a_name():
    twice = (Signal("a", 0, 1), Signal("a", 0, 1), Signal("a-2", 0, 1), Signal("", 0, 1))
    assert names(sessions.bare(*twice, Signal(" ", 0, 1))) == [
        "a",
        "a-2",
        "a-2-2",
        "unnamed",
        "unnamed-2",
    ]


def test_a_name_is_short_and_on_one_line():
    (name,) = names(sessions.bare(Signal("a\nb" + "x" * 100_000, 0, 1)))
    assert name == "a b" + "x" * 56 + "…"


def test_an_annotation_whose_times_were_put_in_order_says_so():
    (tier,) = tiers.make_tiers(sessions.bare(Signal("stress", 9.0, 4.0, "high")))
    assert tier.spans == ((4000, 9000, "high [ends before it starts: sent as 9 to 4 s]"),)


def test_an_annotation_is_never_empty():
    bundle = sessions.full_session(review=Review(transcript=(Line(0, 1, "", "\x00"),)))
    spans_of_tier = {tier.name: tier.spans for tier in tiers.make_tiers(bundle)}
    assert spans_of_tier["transcript: unnamed"] == ((0, 1000, "…"),)


def test_tiers_say_whose_they_are_and_which_are_points():
    tier_of_name = {tier.name: tier for tier in tiers.make_tiers(sessions.full_session())}
    of_points = [name for name, tier in tier_of_name.items() if tier.points]
    assert of_points == ["notes at a moment: Ada"]
    assert tier_of_name["notes: Ben"].annotator == tier_of_name["verdicts: Ben"].annotator == "Ben"
    assert tier_of_name["transcript: Ada"].participant == "Ada"


def test_a_moment_says_its_rule_its_reason_and_its_score():
    (tier,) = [tier for tier in tiers.make_tiers(sessions.full_session()) if tier.name == "moments"]
    assert tier.spans == ((12_000, 20_000, "cluster: 2 of 3 (0.75)"),)


def test_a_verdict_is_a_span_with_the_words_of_the_page():
    opinions = [(0, "disagree", "tension"), (1, "agree", ""), (2, "unsure", "")]
    verdicts = [(signal, "Ada", *opinion) for signal, *opinion in opinions]
    tier_list = tiers.make_tiers(sessions.judged(*verdicts))
    assert [(tier.name, *tier.spans) for tier in tier_list[3:]] == [
        ("verdicts: Ada", (3250, 4000, "unsure"), (12_000, 18_500, "disagree, tension instead")),
        ("verdicts: Ada-2", (15_000, 20_000, "agree")),
    ]


def test_a_verdict_says_what_was_hidden_while_it_was_given():
    tier_list = tiers.make_tiers(sessions.judged_in("blind", "open", "blind, probability hidden"))
    texts = [span.text for tier in tier_list for span in tier.spans if "agree" in span.text]
    assert texts == ["agree (blind)", "agree", "agree (blind, probability hidden)"]


def test_a_verdict_on_a_span_that_is_not_handed_over_has_no_tier():
    verdicts = [(2, "Ada", "agree", ""), (99, "Ben", "agree", "")]
    bundle = sessions.judged(*verdicts)
    assert names(bundle)[3:] == ["verdicts: Ada"]
    some = replace(bundle, signals=bundle.signals[bundle.signals["id"] == 0])
    assert names(some) == ["stress"]


@pytest.mark.parametrize(
    ("score", "score_text"),
    [(1.0666666666666667, " (1.07)"), (2.0, " (2)"), (0.004, " (0)"), (None, "")],
)
def test_a_score_is_said_with_two_decimals_at_most(score, score_text):
    (tier,) = tiers.make_tiers(sessions.scored(score))
    assert tier.spans == ((1000, 2000, f"cluster: 2 of 3{score_text}"),)


def test_a_note_on_a_range_past_the_end_is_no_moment():
    note = Note("n", "Ada", "Late.", 100.0, 120.0, None, sessions.NOW)
    (tier,) = [
        tier
        for tier in tiers.make_tiers(sessions.full_session(review=Review((note,))))
        if "Ada" in tier.name
    ]
    why = "starts after the recording; ends after the recording: sent as 100 to 120 s"
    assert (tier.points, tier.spans) == (False, ((60_000, 60_001, f"Late. [{why}]"),))


@given(sessions.sessions)
@settings(deadline=None)
def test_no_spans_of_a_tier_overlap_and_none_is_lost(bundle):
    tier_list = tiers.make_tiers(bundle)
    for tier in tier_list:
        flat = [time for span in tier.spans for time in span[:2]]
        assert flat == sorted(flat)
        assert all(start < end for start, end, _ in tier.spans)
    assert sum(len(tier.spans) for tier in tier_list) == len(bundle.signals)
    assert len({tier.name for tier in tier_list}) == len(tier_list)
