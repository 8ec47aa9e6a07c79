"""Parts become one analysis that is the whole recording's, and nothing is lost in silence."""

import itertools
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib import frames
from lib.interhuman import stitch
from lib.model import Flag, Gap, LeftOut, Source
from tests import answers, parts
from tests.parts import CALM, KEEN, MILD, WINDOW, part, v2_answer

TYPES = ("hesitation", "interest", "stress")
LEVELS = st.sampled_from(["high", "medium", "low"])
STATES = st.sampled_from(["engaged", "neutral", "disengaged"])
WINDOWS = st.tuples(st.dictionaries(st.sampled_from(TYPES), LEVELS), STATES, st.integers(0, 100))
REFUSED = Gap("refused", "The API could not read this part.")


@st.composite
def cuts(draw, length):
    """Where cores begin and end, in windows, and how much context each of them has."""
    seams = draw(st.sets(st.integers(1, length - 1), max_size=4)) if length > 1 else set()
    edges = [0, *sorted(seams), length]
    return [
        (
            max(0, first - draw(st.integers(0, 2))),
            first,
            last,
            min(length, last + draw(st.integers(0, 2))),
        )
        for first, last in itertools.pairwise(edges)
    ]


@st.composite
def wholes(draw):
    windows = draw(st.lists(WINDOWS, min_size=1, max_size=12))
    return windows, draw(cuts(len(windows)))


def tables(analysis, length):
    """The frames of an analysis, without what a join adds to a rationale."""
    signals = frames.signals(analysis, length).drop(columns="rationale")
    return signals, frames.engagement(analysis, length), frames.quality(analysis, length)


def assert_same_frames(analysis, whole, length):
    for stitched, expected in zip(tables(analysis, length), tables(whole, length), strict=True):
        assert stitched.to_dict("list") == expected.to_dict("list")


@given(wholes(), st.booleans())
def test_parts_of_windows_are_the_whole(whole, merged):
    windows, found = whole
    length = len(windows) * WINDOW
    sent = [
        part(
            v2_answer(windows[start:end], merged=merged),
            start * WINDOW,
            end * WINDOW,
            (first * WINDOW, last * WINDOW),
        )
        for start, first, last, end in found
    ]
    (expected,) = [part(v2_answer(windows, merged=merged), 0, length).analysis]
    analysis, stitched = stitch.stitch_parts(sent)
    assert_same_frames(analysis, expected, length)
    assert (analysis.duration, analysis.window) == (length, WINDOW)
    assert analysis.per_window is not merged
    assert stitched.seams == tuple(first * WINDOW for _, first, _, _ in found[1:])
    for signal, sources in zip(analysis.signals, stitched.sources, strict=True):
        if len(sources) == 1:
            assert signal.rationale == f"{signal.type} {signal.probability}"
        else:
            assert f"{signal.type} {signal.probability}" in signal.rationale
            assert signal.rationale.count("Part ") == len(sources)
    kept = sum(map(len, stitched.sources)) if merged else len(analysis.signals)
    for section, items in (("engagement", analysis.engagement), ("timeline", windows)):
        left = sum(one.count for one in stitched.left_out if one.section == section)
        assert left + len(items) == sum(end - start for start, _, _, end in found)
    left = sum(one.count for one in stitched.left_out if one.section == "signals")
    assert left + kept == sum(len(one.analysis.signals) for one in sent)


TENTHS = st.integers(1, 80)


@st.composite
def v1_wholes(draw):
    """Spans of V1 that never touch one of their kind, states without a break, and cuts."""
    spans = []
    for name in TYPES:
        end = 0
        for before, length in draw(st.lists(st.tuples(TENTHS, TENTHS), max_size=4)):
            start, end = end + before, end + before + length
            spans.append({"type": name, "start": start / 8, "end": end / 8, "rationale": name})
    states, last = [], 0
    for state, length in draw(st.lists(st.tuples(STATES, TENTHS), min_size=1, max_size=6)):
        if states and states[-1]["state"] == state:
            states[-1]["end"] = (last + length) / 8
        else:
            states.append({"state": state, "start": last / 8, "end": (last + length) / 8})
        last += length
    spans.sort(key=lambda span: (span["start"], span["end"], span["type"]))
    length = max([last, *(int(span["end"] * 8) for span in spans)])
    return spans, states, length, draw(cuts(length))


def piece_of(items, start, end):
    """What an answer to a stretch would hold of these spans."""
    return [
        {**item, "start": max(item["start"], start) - start, "end": min(item["end"], end) - start}
        for item in items
        if item["start"] < end and item["end"] > start
    ]


@given(v1_wholes())
def test_parts_of_spans_are_the_whole(whole):
    spans, states, length, found = whole
    sent = [
        part(
            {
                "signals": piece_of(spans, start / 8, end / 8),
                "engagement_state": piece_of(states, start / 8, end / 8),
            },
            start / 8,
            end / 8,
            (first / 8, last / 8),
        )
        for start, first, last, end in found
    ]
    expected = part({"signals": spans, "engagement_state": states}, 0, length / 8).analysis
    analysis, _ = stitch.stitch_parts(sent)
    ordered = replace(
        analysis,
        signals=tuple(sorted(analysis.signals, key=lambda one: (one.start, one.end, one.type))),
    )
    assert_same_frames(ordered, expected, length / 8)


def test_a_span_over_a_seam_is_one_with_both_rationales_and_says_so():
    analysis, stitched = stitch.stitch_parts(parts.three())
    assert [(one.start, one.end, one.probability) for one in analysis.signals] == [
        (5, 10, "low"),
        (15, 25, "high"),
        (45, 50, "high"),
    ]
    assert analysis.signals[1].rationale == "Part 1: interest high\nPart 2: interest low"
    assert stitched.sources[1] == (Source(0, 1), Source(1, 0))
    over = "over the seam at 0:20, joined from parts 1 and 2"
    assert stitched.flags == (Flag("signals", 1, over),)
    assert stitched.seams == (20, 40)


def test_a_span_over_two_seams_has_three_rationales():
    sent = [
        part(v2_answer([one, one]), start, start + 10)
        for start, one in enumerate_parts(KEEN, MILD, KEEN)
    ]
    analysis, stitched = stitch.stitch_parts(sent)
    (signal,) = analysis.signals
    assert (signal.start, signal.end, signal.probability) == (0, 30, "high")
    assert signal.rationale.splitlines() == [
        "Part 1: interest high",
        "Part 2: interest low",
        "Part 3: interest high",
    ]
    assert len(stitched.sources[0]) == 3


def enumerate_parts(*windows):
    return [(10 * number, window) for number, window in enumerate(windows)]


def test_every_answer_is_kept_as_received_and_none_stands_for_the_whole():
    sent = parts.three()
    analysis, stitched = stitch.stitch_parts(sent)
    assert stitched.parts == sent
    assert (analysis.raw, analysis.job_id, analysis.correlation_id) == ("", None, None)
    assert analysis.quality.overall is None
    assert [one.analysis.quality.overall.clarity for one in stitched.parts] == [4, 4, 4]


def test_nothing_goes_over_a_gap():
    sent = parts.three(gap=REFUSED)
    analysis, stitched = stitch.stitch_parts(sent)
    assert [(one.start, one.end) for one in analysis.signals] == [(5, 10), (15, 20), (45, 50)]
    assert [one.start for one in analysis.engagement] == [0, 5, 10, 15, 40, 45, 50, 55]
    assert (stitched.flags, stitched.parts[1].outcome) == ((), REFUSED)
    at_end = stitch.stitch_parts((*sent[:1], part(REFUSED, 20, 40)))
    assert at_end[0].duration == 40


def test_a_window_belongs_to_the_core_that_holds_its_middle():
    first = part(v2_answer([CALM, CALM, CALM, KEEN]), 0, 20, (0, 15))
    second = part(v2_answer([KEEN, CALM, MILD]), 10, 25, (15, 25))
    analysis, stitched = stitch.stitch_parts((first, second))
    assert [(one.start, one.probability) for one in analysis.signals] == [(20, "low")]
    assert [one.start for one in analysis.engagement] == [0, 5, 10, 15, 20]
    assert stitched.left_out == (
        LeftOut(0, "signals", 1),
        LeftOut(1, "signals", 1),
        LeftOut(0, "engagement", 1),
        LeftOut(1, "engagement", 1),
        LeftOut(0, "timeline", 1),
        LeftOut(1, "timeline", 1),
    )


def test_a_merged_span_keeps_of_its_windows_those_of_its_core():
    first = part(v2_answer([MILD, MILD, KEEN]), 0, 15, (0, 10))
    second = part(v2_answer([CALM, CALM]), 10, 20)
    analysis, stitched = stitch.stitch_parts((first, second))
    (signal,) = analysis.signals
    assert signal == ("interest", 0, 10, "low", "interest low", ())
    assert stitched.flags == (Flag("signals", 0, stitch.CUT_TEXT),)


def test_without_its_windows_a_merged_span_stays_whole_and_is_flagged():
    answer = v2_answer([MILD, MILD, KEEN])
    del answer["result"]["windows"]
    analysis, stitched = stitch.stitch_parts(
        (part(answer, 0, 15, (0, 10)), part(v2_answer([CALM, CALM]), 10, 20))
    )
    assert [(one.start, one.end) for one in analysis.signals] == [(0, 15)]
    assert stitch.NO_WINDOWS_TEXT in stitched.flags[0].text


def test_windows_that_leave_less_than_one_between_them_are_flagged_and_not_joined():
    first = part(v2_answer([CALM, KEEN]), 0, 12, (0, 12))
    second = part(v2_answer([KEEN, CALM]), 12, 22)
    analysis, stitched = stitch.stitch_parts((first, second))
    assert [(one.start, one.end) for one in analysis.signals] == [(5, 10), (12, 17)]
    assert [flag.item for flag in stitched.flags] == [0, 1]
    assert all("may be one span" in flag.text for flag in stitched.flags)


def test_an_offset_between_the_ticks_joins_as_well():
    first = part(v2_answer([CALM, KEEN]), 0.1, 10.1)
    second = part(v2_answer([KEEN, CALM]), 10.1, 20.1)
    analysis, _ = stitch.stitch_parts((first, second))
    assert [(one.start, one.end) for one in analysis.signals] == [(5.1, 15.1)]


def v1_part(*spans, start, end, core, states=()):
    signals = [{"type": name, "start": first, "end": last} for name, first, last in spans]
    return part({"signals": signals, "engagement_state": list(states)}, start, end, core)


def stitch_v1(lefts, rights):
    """Two parts with a seam at 20 s, each with 5 s of context beyond it."""
    left = v1_part(*lefts, start=0, end=25, core=(0, 20))
    right = v1_part(*rights, start=15, end=40, core=(20, 40))
    analysis, stitched = stitch.stitch_parts((left, right))
    flags = {flag.item: flag.text for flag in stitched.flags}
    spans = [(one.type, one.start, one.end) for one in analysis.signals]
    return spans, [flags.get(index, "") for index in range(len(spans))], stitched


def test_spans_of_v1_are_joined_where_they_touch_and_only_there():
    spans, flags, _ = stitch_v1(
        [("stress", 10, 20), ("awe", 1, 19)], [("stress", 5, 9), ("awe", 6, 9)]
    )
    assert spans == [("stress", 10, 24), ("awe", 1, 19), ("awe", 21, 24)]
    assert flags == ["over the seam at 0:20, joined from parts 1 and 2", "", ""]


def test_what_one_part_alone_has_over_the_seam_stays_and_is_flagged():
    spans, flags, _ = stitch_v1([("stress", 10, 23)], [("awe", 3, 9)])
    assert spans == [("stress", 10, 23), ("awe", 18, 24)]
    assert flags == [
        "over the seam at 0:20, in part 1 alone",
        "over the seam at 0:20, in part 2 alone",
    ]


def test_a_span_in_the_context_alone_is_left_out_and_counted():
    spans, _, stitched = stitch_v1([("stress", 21, 24)], [("awe", 1, 4)])
    assert spans == []
    assert stitched.left_out == (LeftOut(0, "signals", 1), LeftOut(1, "signals", 1))


def test_of_several_that_may_be_the_same_all_stay_and_are_flagged():
    spans, flags, _ = stitch_v1([("stress", 10, 22), ("stress", 18, 24)], [("stress", 0, 7)])
    assert spans == [("stress", 10, 22), ("stress", 18, 24), ("stress", 15, 22)]
    assert all("several spans of two parts may be the same" in flag for flag in flags)


def test_what_lies_outside_of_its_part_stays_and_is_flagged():
    spans, flags, stitched = stitch_v1([("stress", 30, 35), ("awe", -3, 2)], [])
    assert spans == [("stress", 30, 35), ("awe", -3, 2)]
    assert all(flag.startswith("outside of its part") for flag in flags)
    assert stitched.left_out == ()


def test_states_of_v1_are_joined_and_those_that_differ_stay_and_are_flagged():
    same = {"state": "engaged", "start": 0, "end": 25}
    other = {"state": "neutral", "start": 0, "end": 25}
    left = v1_part(start=0, end=25, core=(0, 20), states=[same])
    right = v1_part(start=15, end=40, core=(20, 40), states=[same])
    analysis, stitched = stitch.stitch_parts((left, right))
    assert [(one.state, one.start, one.end) for one in analysis.engagement] == [("engaged", 0, 40)]
    assert [flag.section for flag in stitched.flags] == ["engagement"]
    differing = v1_part(start=15, end=40, core=(20, 40), states=[other])
    analysis, stitched = stitch.stitch_parts((left, differing))
    assert [one.state for one in analysis.engagement] == ["engaged", "neutral"]
    assert len(stitched.flags) == 2


def test_the_highest_probability_wins_and_none_that_was_not_given():
    answer = {"type": "stress", "start": 10, "end": 20}
    for left, right, expected in (
        ("low", "high", "high"),
        (None, "low", "low"),
        (None, None, None),
    ):
        first = part({"signals": [{**answer, "probability": left}]}, 0, 20)
        then = {**answer, "start": 0, "end": 5, "probability": right}
        analysis, _ = stitch.stitch_parts((first, part({"signals": [then]}, 20, 40)))
        assert [one.probability for one in analysis.signals] == [expected]


def test_a_section_that_no_part_has_is_not_there_and_one_that_one_has_is():
    bare = part({"signals": []}, 0, 20)
    analysis, _ = stitch.stitch_parts((bare, part({"signals": []}, 20, 40)))
    assert (analysis.signals, analysis.engagement, analysis.quality) == ((), None, None)
    analysis, _ = stitch.stitch_parts((bare, part(answers.v1(), 20, 40)))
    assert len(analysis.engagement) == 2


def test_windows_of_two_lengths_have_no_common_one():
    other = v2_answer([CALM])
    other["result"]["window_seconds"] = 2.5
    analysis, _ = stitch.stitch_parts((part(v2_answer([CALM]), 0, 5), part(other, 5, 10)))
    assert analysis.window is None


def test_what_was_generated_in_a_part_is_generated():
    generated = part(answers.v1(sandbox="Generated by the sandbox"), 20, 50)
    assert stitch.stitch_parts((part(answers.v1(), 0, 20), generated))[0].generated


@pytest.mark.parametrize(
    "sent",
    [
        (),
        (part(REFUSED, 0, 20),),
        (part(answers.v1(), 0, 20), part(answers.v2(), 20, 30)),
        (part(answers.v1(), 0, 20), part(answers.v1(), 25, 40)),
        (part(answers.v1(), 0, 20), part(answers.v1(), 15, 40)),
        (part(answers.v1(), 20, 40), part(answers.v1(), 0, 20)),
        (part(answers.v1(), 0, 20, (0, 21)),),
        (part(answers.v1(), 0, 0),),
        (part(answers.v1(), -5, 20),),
        (part(answers.v1(), 0, float("inf")),),
        (part(answers.v1(), 0, float("nan")),),
    ],
    ids=range(11),
)
def test_what_is_no_row_of_parts_is_refused(sent):
    with pytest.raises(ValueError, match=r"part|answers"):
        stitch.stitch_parts(sent)


HOSTILE_TIMES = st.floats(allow_nan=False, allow_infinity=False) | st.integers(-9, 60)


@given(
    st.lists(
        st.lists(st.tuples(st.sampled_from(TYPES), HOSTILE_TIMES, HOSTILE_TIMES), max_size=6),
        min_size=2,
        max_size=3,
    )
)
def test_every_span_is_shown_or_counted_whatever_its_times(groups):
    sent = [
        v1_part(
            *spans,
            start=max(0, 20 * number - 5),
            end=20 * number + 25,
            core=(20 * number, 20 * number + 20),
        )
        for number, spans in enumerate(groups)
    ]
    analysis, stitched = stitch.stitch_parts(sent)
    shown = {source for sources in stitched.sources for source in sources}
    assert len(shown) == sum(map(len, stitched.sources))
    left = sum(one.count for one in stitched.left_out)
    assert len(shown) + left == sum(map(len, groups))
    assert len(analysis.signals) == len(stitched.sources)


def test_a_window_whose_middle_is_the_seam_belongs_to_the_later_part_alone():
    first = part(v2_answer([CALM, KEEN]), 0, 10, (0, 7.5))
    second = part(v2_answer([MILD, CALM]), 5, 15, (7.5, 15))
    analysis, _ = stitch.stitch_parts((first, second))
    assert [(one.start, one.probability) for one in analysis.signals] == [(5, "low")]
    assert [one.start for one in analysis.engagement] == [0, 5, 10]


def test_a_window_over_the_seam_whose_middle_is_in_the_core_stays_as_it_is():
    first = part(v2_answer([CALM, KEEN]), 0, 10, (0, 8))
    second = part(v2_answer([CALM, CALM]), 8, 18)
    analysis, stitched = stitch.stitch_parts((first, second))
    assert [(one.start, one.end) for one in analysis.signals] == [(5, 10)]
    assert [flag.text for flag in stitched.flags] == ["over the seam at 0:08, in part 1 alone"]


def test_what_surrounds_the_first_and_the_last_core_is_nobody_else_s():
    analysis, stitched = stitch.stitch_parts(
        (part(v2_answer([KEEN, CALM, KEEN]), 5, 20, (11, 14)),)
    )
    assert [one.start for one in analysis.signals] == [5, 15]
    assert (len(analysis.engagement), stitched.left_out) == (3, ())


def test_the_noise_of_an_addition_is_not_shown():
    answer = {"signals": [{"type": "stress", "start": 0.1, "end": 1.3}]}
    analysis, _ = stitch.stitch_parts((part(answer, 0.7, 20),))
    assert [(one.start, one.end) for one in analysis.signals] == [(0.8, 2.0)]


def test_a_span_that_ends_before_it_starts_is_joined_with_none():
    spans, _, _ = stitch_v1([("stress", 22, 12)], [("stress", 0, 9)])
    assert spans == [("stress", 22, 12), ("stress", 15, 24)]
    spans, _, _ = stitch_v1([("stress", 12, 22)], [("stress", 9, 0)])
    assert spans == [("stress", 12, 22), ("stress", 24, 15)]
