"""Moments worth a look: what each rule finds."""

import importlib
import itertools
import math
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lib import frames
from lib.model import Analysis, Scores, Signal
from tests.frames.moments import CALM, ENGAGEMENT, EVEN, SEVERAL, SWING, find_moments, rows, scored

moments = importlib.import_module("lib.frames.moments")  # `frames.moments` is its function


def test_three_types_at_once_are_a_moment_as_long_as_all_three_last():
    frame = find_moments([("interest", 0, 10), ("awe", 2, 8), ("agreement", 5, 20)])
    assert rows(frame) == [(5, 8, "3 types at once: agreement, awe, interest")]
    assert frame["rule"].tolist() == [SEVERAL]
    assert frame["score"].tolist() == [1]


@pytest.mark.parametrize(
    "spans",
    [
        [("awe", 0, 9), ("joy", 0, 9)],
        [("awe", 0, 9), ("joy", 0, 9), ("awe", 3, 7)],  # three spans of two types
        [("awe", 0, 9), ("joy", 0, 9), ("calm", 9, 12)],  # touches
        [("awe", 0, 9), ("joy", 0, 9), ("calm", 5, 5)],  # an instant
    ],
)
def test_fewer_types_or_no_time_together_are_no_moment(spans):
    assert find_moments(spans).empty


def test_the_most_types_at_once_stand_and_not_their_parts():
    spans = [("a", 0, 40), ("b", 0, 40), ("c", 5, 40), ("d", 10, 20), ("e", 30, 35)]
    frame = find_moments(spans)
    assert rows(frame) == [
        (10, 20, "4 types at once: a, b, c, d"),
        (30, 35, "4 types at once: a, b, c, e"),
    ]
    assert frame["score"].tolist() == [pytest.approx(4 / 3)] * 2


def test_spans_of_a_type_that_follow_each_other_do_not_part_a_moment():
    spans = [("a", 0, 10), ("a", 10, 20), ("b", 0, 20), ("b", 5, 9), ("c", 0, 20)]
    assert rows(find_moments(spans)) == [(0, 20, "3 types at once: a, b, c")]


def test_of_many_types_at_once_some_are_named_and_the_rest_counted():
    (reason,) = find_moments([(name, 0, 9) for name in "hgfedcba"])["reason"]
    assert reason == "8 types at once: a, b, c, d, e, f and 2 more"


def test_six_types_at_once_are_all_named():
    (reason,) = find_moments([(name, 0, 9) for name in "fedcba"])["reason"]
    assert reason == "6 types at once: a, b, c, d, e, f"


NAMES = st.sampled_from("abcde")
TIMES = st.integers(0, 20)


@given(st.lists(st.tuples(NAMES, TIMES, TIMES), max_size=12))
@settings(deadline=None)
def test_types_at_once_are_all_there_from_start_to_end_and_no_such_stretch_is_missed(spans):
    frame = find_moments(spans, duration=30.0)
    frame = frame[frame["rule"] == SEVERAL]
    at = [
        {name for name, *times in spans if min(times) <= second < max(times)}
        for second in range(20)
    ]
    listed = set()
    for start, end, reason in rows(frame):
        kinds = set(reason.partition(": ")[2].split(", "))
        assert all(kinds <= at[second] for second in range(int(start), int(end)))
        listed |= set(range(int(start), int(end)))
    several = [second for second in range(20) if len(at[second]) >= 3]
    assert listed <= set(several)
    begun = [second for second in several if second - 1 not in several]
    for first in begun:
        last = next(second for second in range(first, 21) if second not in several)
        assert listed & set(range(first, last))


def walk_types_at_once(spans):
    """The stretches (start, end, types) between a type that begins and the next that ends."""
    stretches, start = [], None
    for time in sorted({time for _, *times in spans for time in times}):
        before = {name for name, *times in spans if min(times) < time <= max(times)}
        after = {name for name, *times in spans if min(times) <= time < max(times)}
        if before - after:
            if start is not None and len(before) >= 3:
                stretches.append((start, time, before))
            start = None
        if after - before:
            start = time
    return sorted(stretches, key=lambda stretch: (-len(stretch[2]), stretch[0]))


def test_a_type_that_begins_as_another_ends_is_of_the_next_moment():
    spans = [("a", 0, 10), ("b", 0, 20), ("c", 0, 20), ("d", 10, 20)]
    assert rows(find_moments(spans)) == [
        (0, 10, "3 types at once: a, b, c"),
        (10, 20, "3 types at once: b, c, d"),
    ]


SHORT_SPANS = st.tuples(st.sampled_from("abcdef"), TIMES, st.integers(1, 6)).map(
    lambda span: (span[0], span[1], span[1] + span[2])
)


@given(st.lists(SHORT_SPANS, max_size=20), st.integers(1, 9))
def test_types_at_once_are_those_that_a_walk_through_time_meets(spans, most):
    with patch.object(moments, "MAX_MOMENTS", most):
        frame = find_moments(spans, duration=30.0)
    expected = [
        (start, end, f"{len(names)} types at once: {', '.join(sorted(names))}")
        for start, end, names in walk_types_at_once(spans)
    ]
    assert rows(frame) == expected[:most]


SCORE = st.none() | st.integers(0, 100).map(float)


@given(st.lists(st.builds(Scores, SCORE, SCORE), max_size=12), st.integers(1, 9))
def test_swings_are_listed_with_the_widest_first_and_then_in_time(scores, most):
    windows = [(place, place + 1, score) for place, score in enumerate(scores)]
    with patch.object(moments, "MAX_MOMENTS", most):
        frame = find_moments(windows=windows)
    expected = []
    for place, (one, other) in enumerate(itertools.pairwise(scores)):
        pairs = (one.quality_index, other.quality_index), (one.clarity, other.clarity)
        widest = max((abs(a - b) for a, b in pairs if None not in (a, b)), default=0)
        if widest >= 15 and not one.no_evidence and not other.no_evidence:
            expected.append((-min(widest / 15, 3), place))
    found = list(frame[["score", "start"]].itertuples(index=False, name=None))
    assert found == [(-score, start) for score, start in sorted(expected)[:most]]


def test_engagement_that_turns_is_a_moment_in_both_directions():
    states = [("engaged", 0, 20), ("disengaged", 20, 30), ("engaged", 30, 40)]
    frame = find_moments(engagement=states)
    assert rows(frame) == [
        (20, 20, "engaged to disengaged, directly"),
        (30, 30, "disengaged to engaged, directly"),
    ]
    assert frame["score"].tolist() == [2, 2]
    assert frame["rule"].tolist() == [ENGAGEMENT] * 2


@pytest.mark.parametrize(
    ("states", "expected"),
    [
        ([("engaged", 0, 9), ("neutral", 9, 14), ("disengaged", 14, 20)], [(9, 14, 1.5)]),
        ([("disengaged", 14, 20), ("engaged", 0, 9)], [(9, 14, 1.5)]),  # a gap, and any order
        ([("engaged", 0, 20.1), ("disengaged", 30.1, 40)], [(20.1, 30.1, 1)]),
        ([("engaged", 0, 9), ("neutral", 9, 19.5), ("disengaged", 19.5, 30)], []),
        ([("engaged", 0, 9), ("neutral", 9, 12), ("engaged", 12, 30)], []),
        ([("engaged", 0, 9), ("away", 9, 12), ("disengaged", 12, 30)], []),
        ([("engaged", 0, 20), ("disengaged", 15, 30)], [(15, 20, 2)]),
    ],
)
def test_a_turn_may_pass_through_a_short_neutral_and_nothing_else(states, expected):
    frame = find_moments(engagement=states)
    turns = list(frame[["start", "end", "score"]].itertuples(index=False, name=None))
    assert turns == expected


def test_a_turn_says_how_long_lay_between():
    states = [("engaged", 0, 9), ("neutral", 9, 14), ("disengaged", 14, 20)]
    assert find_moments(engagement=states)["reason"].tolist() == [
        "engaged to disengaged, 5 s between"
    ]


def test_a_score_that_swings_is_said_as_sent():
    windows = [(0, 10, scored()), (10, 20, scored(rapport=48.0))]
    frame = find_moments(windows=windows)
    assert rows(frame) == [(0, 20, "rapport 71 to 48 (-23)")]
    assert frame["rule"].tolist() == [SWING]
    assert frame["score"].tolist() == [pytest.approx(23 / 15)]
    windows[1] = (10, 20, scored(rapport=41.9999999))
    assert find_moments(windows=windows)["reason"].tolist() == ["rapport 71 to 41.9999999 (-29)"]


def test_scores_that_swing_together_are_one_moment_the_widest_first():
    after = scored(quality_index=81.5, clarity=45.0)
    (reason,) = find_moments(windows=[(0, 10, scored()), (10, 20, after)])["reason"]
    assert reason == "quality index 60 to 81.5 (+21.5), clarity 60 to 45 (-15)"


@pytest.mark.parametrize(
    ("before", "after", "swings"),
    [
        (65.3, 50.3, True),  # a trace below fifteen, as the machine counts
        (60.0, 45.5, False),
        (60.0, None, False),
        (None, 20.0, False),
    ],
)
def test_a_swing_is_fifteen_points_of_scores_that_were_sent(before, after, swings):
    windows = [(0, 10, scored(clarity=before)), (10, 20, scored(clarity=after))]
    assert len(find_moments(windows=windows)) == swings


@pytest.mark.parametrize(
    "windows",
    [
        [(0, 10, scored(clarity=80.0)), (10, 20, EVEN), (20, 30, scored())],
        [(0, 10, scored(clarity=80.0)), (20, 30, scored())],  # one is missing
    ],
)
def test_only_neighbours_that_hold_evidence_are_compared(windows):
    assert find_moments(windows=windows).empty


def test_a_swing_between_overlapping_windows_lasts_as_long_as_the_longer():
    windows = [(0, 30, scored()), (10, 20, scored(clarity=80.0))]
    assert find_moments(windows=windows)[["start", "end"]].to_numpy().tolist() == [[0, 30]]


def test_windows_are_compared_in_time_whatever_the_order_sent():
    windows = [(10, 20, scored(rapport=48.0)), (0, 10, scored())]
    assert find_moments(windows=windows)["reason"].tolist() == ["rapport 71 to 48 (-23)"]


def test_friction_after_a_minute_without_is_a_moment():
    spans = [("stress", 1, 40.1), ("interest", 50, 60), ("hesitation", 100.1, 104)]
    frame = find_moments(spans)
    assert rows(frame) == [(100.1, 104, "hesitation after 1 min 0 s without friction")]
    assert frame["rule"].tolist() == [CALM]
    assert frame["score"].tolist() == [1]


def test_calm_begins_with_the_recording_and_ends_with_the_longest_friction():
    spans = [("hesitation", 102, 104), ("stress", 103, 300), ("tension", 170, 175)]
    spans.append(("confusion", 340, 345))  # 40 seconds after the longest, not after the last
    assert find_moments(spans)["reason"].tolist() == [
        "hesitation after 1 min 42 s without friction"
    ]


def test_the_first_friction_after_calm_is_the_moment():
    spans = [("stress", 70, 71), ("tension", 72, 73), ("tension", 120, 125)]
    assert find_moments(spans)["start"].tolist() == [70]


@pytest.mark.parametrize(
    ("duration", "start", "count"),
    [
        (100.0, 20.0, 1),
        (100.0, 19.5, 0),
        (299.0, 59.9, 1),
        (301.0, 59.9, 0),
        (None, 59.9, 0),
        (None, 60.0, 1),
        (math.nan, 5.0, 0),
        (0.0, 5.0, 0),
    ],
)
def test_in_a_short_recording_a_fifth_of_it_is_a_long_calm(duration, start, count):
    signals = frames.signals(
        Analysis("v1", "inter-1", (Signal("stress", start, start + 1),), None, None), 600.0
    )
    nothing = Analysis("v1", "inter-1", None, None, None)
    frame = frames.moments(
        signals,
        frames.engagement(nothing, duration),
        frames.quality(nothing, duration),
        duration=duration,
        digits={"signals": 0, "engagement": 0, "quality": 0},
    )
    assert len(frame) == count


def test_what_lies_past_the_recording_is_a_moment_as_sent():
    spans = [("interest", 28, 40), ("awe", 30, 45), ("agreement", 35, 38), ("stress", 90, 95)]
    windows = [(30, 35, scored(clarity=20.0)), (35, 40, scored(clarity=60.0))]
    states = [("engaged", 30, 36), ("disengaged", 37, 39)]
    found = rows(find_moments(spans, states, windows, duration=33.4))
    assert [(start, end) for start, end, _ in found] == [(90, 95), (30, 40), (36, 37), (35, 38)]


def test_times_in_a_reason_have_the_digits_that_were_measured():
    frame = find_moments([("stress", 70.25, 71)], digits=2)
    assert frame["reason"].tolist() == ["stress after 1 min 10.25 s without friction"]


def test_a_span_that_never_ends_is_no_moment():
    assert find_moments([("stress", 70, math.inf)], duration=None).empty


def test_a_calm_beyond_all_numbers_does_not_stop_the_page():
    frame = find_moments([("stress", 1.7e308, 1.75e308)], duration=1.75e308, digits=1)
    assert frame["reason"].tolist() == ["stress after ? without friction"]
