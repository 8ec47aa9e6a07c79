"""What was measured in a range of time."""

import math

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lib import frames
from lib.model import SCORES, Analysis, Engagement, Quality, QualityWindow, Scores

EVEN = Scores(*[50.0] * 6)
LENGTH = 40.0
TIMELINE = (
    QualityWindow(0, 10, Scores(67.6, 66, 68, 70, 72, 62)),
    QualityWindow(10, 20, Scores(41, 38, 34, 45, 47, None)),
    QualityWindow(20, 30, EVEN),
    QualityWindow(30, 40, Scores(80, 71, 74, 67, 50, 64)),
)
OVERALL = Scores(60, 60, 59, 61, 63, None)


def measured(start, end, *, timeline=TIMELINE, overall=OVERALL):
    analysis = Analysis("v1", "inter-1", None, None, Quality(overall, timeline))
    quality = frames.quality(analysis, LENGTH)
    frame = frames.score_ranges(quality, frames.overall_scores(analysis), start=start, end=end)
    return frame.set_index("score")


def windows(start, end):
    quality = frames.quality(Analysis("v1", "x", None, None, Quality(None, TIMELINE)), LENGTH)
    return frames.count_windows(quality, start=start, end=end)


def spent(*spans, start, end):
    states = tuple(Engagement(*span) for span in spans)
    frame = frames.engagement(Analysis("v1", "inter-1", None, states, None), LENGTH)
    return frames.seconds_by_state(frame, start=start, end=end)


def test_one_window_gives_its_scores_as_sent_and_how_far_they_lie_from_overall():
    frame = measured(2, 9)
    assert tuple(frame.index) == SCORES
    assert frame.loc["quality_index"].tolist() == [67.6, 67.6, 60, pytest.approx(7.6)]
    assert frame.loc["rapport"].tolist() == [72, 72, 63, 9]


def test_of_several_windows_the_lowest_and_the_highest_stand_and_no_difference():
    frame = measured(5, 15)
    assert frame.loc["clarity", ["lowest", "highest", "overall"]].tolist() == [38, 66, 60]
    assert frame["difference"].isna().all()


def test_windows_without_evidence_are_left_out_and_counted():
    frame = measured(25, 35)
    assert frame.loc["clarity"].tolist() == [71, 71, 60, 11]
    assert measured(22, 28)[["lowest", "highest", "difference"]].isna().all(axis=None)
    assert windows(25, 35) == (2, 1)
    assert windows(0, 40) == (4, 1)
    assert windows(50, 60) == (0, 0)


def test_a_score_that_was_not_sent_is_not_known():
    frame = measured(12, 18)
    assert frame.loc["learning"].isna().all()
    assert frame.loc["rapport", "difference"] == -16


def test_nothing_is_compared_with_an_overall_that_holds_no_evidence():
    frame = measured(2, 9, overall=EVEN)
    assert frame["overall"].tolist() == [50] * 6
    assert frame["difference"].isna().all()


@pytest.mark.parametrize(
    ("start", "end", "clarity"),
    [
        (10, 10, 38),  # the window that begins there
        (40, 40, 71),  # none begins at the end
        (5, 5, 66),
        (10, 20, 38),  # touched windows are not in the range
        (20, 10, 38),
    ],
)
def test_a_moment_and_a_range_know_their_window(start, end, clarity):
    assert measured(start, end).loc["clarity", ["lowest", "highest"]].tolist() == [clarity] * 2


@pytest.mark.parametrize("overall", [None, OVERALL])
@pytest.mark.parametrize("timeline", [None, (), TIMELINE])
def test_whatever_is_known_the_table_has_a_row_a_score(timeline, overall):
    frame = measured(0, 5, timeline=timeline, overall=overall).reset_index()
    assert {name: str(kind) for name, kind in frame.dtypes.items()} == frames.SCORE_RANGES
    assert tuple(frame["score"]) == SCORES
    assert frame["lowest"].isna().all() == (not timeline)
    assert frame["overall"].isna().all() == (overall is None)


def test_seconds_of_a_state_are_those_inside_the_range():
    seconds = spent(
        ("odd", 0, 4), ("neutral", 4, 10), ("engaged", 10, 30), ("neutral", 30, 40), start=2, end=33
    )
    assert seconds.to_dict() == {"engaged": 20, "neutral": 9, "odd": 2}
    assert list(seconds.index) == ["engaged", "neutral", "odd"]


def test_time_that_spans_of_one_state_share_counts_once():
    seconds = spent(("engaged", 0, 20), ("engaged", 2, 5), ("engaged", 15, 25), start=1, end=40)
    assert seconds.to_dict() == {"engaged": 24}


def test_a_state_that_is_not_in_the_range_is_left_out():
    assert spent(("engaged", 0, 5), ("neutral", 3, 3), start=5, end=9).empty
    assert spent(("engaged", 0, 5), start=2, end=2).empty


def test_no_states_are_an_empty_series_of_seconds():
    seconds = spent(start=0, end=9)
    expected = pd.Series([], pd.Index([], dtype="str", name="state"), "float64", "seconds")
    pd.testing.assert_series_equal(seconds, expected)


TIMES = st.integers(-5, 50)


@given(st.lists(st.tuples(st.just("engaged"), TIMES, TIMES), max_size=8), TIMES, TIMES)
@settings(deadline=None)
def test_seconds_of_a_state_are_the_seconds_in_which_it_was_seen(spans, start, end):
    seconds = spent(*spans, start=start, end=end)
    draw_times = [[min(max(time, 0), LENGTH) for time in sorted(times)] for _, *times in spans]
    seen = sum(
        any(first <= second < last for first, last in draw_times)
        for second in range(min(start, end), max(start, end))
    )
    assert seconds.sum() == seen


def test_times_that_are_no_numbers_do_no_harm():
    assert spent(("engaged", math.nan, 5), ("engaged", 0, 2), start=0, end=9).to_dict() == {
        "engaged": 2
    }
    assert windows(math.nan, 5) == (0, 0)
    assert measured(math.nan, math.nan)["lowest"].isna().all()
