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


def chosen(*places, timeline=TIMELINE):
    """The windows at these places of the order by time."""
    quality = frames.quality(Analysis("v1", "x", None, None, Quality(None, timeline)), LENGTH)
    return frames.windows_in_order(quality).iloc[list(places)]


def measured(*places, timeline=TIMELINE, overall=OVERALL):
    whole = frames.overall_scores(Analysis("v1", "x", None, None, Quality(overall)))
    return frames.score_ranges(chosen(*places, timeline=timeline), whole).set_index("score")


def stretches(*times):
    return chosen(*range(len(times)), timeline=tuple(QualityWindow(*span, EVEN) for span in times))


def spent(*spans, within):
    states = tuple(Engagement(*span) for span in spans)
    frame = frames.engagement(Analysis("v1", "inter-1", None, states, None), LENGTH)
    return frames.seconds_by_state(frame, stretches(*within))


def test_windows_stand_in_the_order_of_time_with_the_places_they_were_sent_at():
    timeline = [
        QualityWindow(*times, EVEN) for times in ((20, 30), (0, 10), (8, 5), (8, 16), (0, 5))
    ]
    quality = frames.quality(
        Analysis("v1", "x", None, None, Quality(None, tuple(timeline))), LENGTH
    )
    ordered = frames.windows_in_order(quality)
    assert ordered.index.tolist() == [4, 1, 2, 3, 0]
    assert frames.windows_in_order(quality.head(0)).empty


def test_one_window_gives_its_scores_as_sent_and_how_far_they_lie_from_overall():
    frame = measured(0)
    assert tuple(frame.index) == SCORES
    assert frame.loc["quality_index"].tolist() == [67.6, 67.6, 60, pytest.approx(7.6)]
    assert frame.loc["rapport"].tolist() == [72, 72, 63, 9]


def test_one_of_several_windows_that_overlap_gives_its_own_scores():
    timeline = tuple(
        QualityWindow(start, start + 8, Scores(*[10.0 + start] * 6)) for start in (6, 0, 3, 9, 3)
    )
    for place, value in enumerate([10, 13, 13, 16, 19]):
        frame = measured(place, timeline=timeline)
        assert frame["lowest"].tolist() == frame["highest"].tolist() == [value] * 6


def test_of_several_windows_the_lowest_and_the_highest_stand_and_no_difference():
    frame = measured(0, 1)
    assert frame.loc["clarity", ["lowest", "highest", "overall"]].tolist() == [38, 66, 60]
    assert frame["difference"].isna().all()


def test_windows_without_evidence_are_left_out():
    frame = measured(2, 3)
    assert frame.loc["clarity"].tolist() == [71, 71, 60, 11]
    assert measured(2)[["lowest", "highest", "difference"]].isna().all(axis=None)


def test_a_score_that_was_not_sent_is_not_known():
    frame = measured(1)
    assert frame.loc["learning"].isna().all()
    assert frame.loc["rapport", "difference"] == -16


def test_nothing_is_compared_with_an_overall_that_holds_no_evidence():
    frame = measured(0, overall=EVEN)
    assert frame["overall"].tolist() == [50] * 6
    assert frame["difference"].isna().all()


def test_a_window_is_compared_with_another_one():
    other = frames.window_scores(chosen(3))
    frame = frames.score_ranges(chosen(0), other).set_index("score")
    assert frame.loc["clarity"].tolist() == [66, 66, 71, -5]
    assert frame.loc["rapport", "difference"] == 22


def test_the_scores_of_a_window_are_told_as_those_of_a_recording():
    scores = Scores(80, 38, 34, 45, 50, None)
    other = frames.window_scores(chosen(0, timeline=(QualityWindow(0, 10, scores),)))
    whole = frames.overall_scores(Analysis("v1", "x", None, None, Quality(scores)))
    pd.testing.assert_frame_equal(other, whole)


def test_nothing_is_compared_with_a_window_that_holds_no_evidence():
    other = frames.window_scores(chosen(2))
    assert set(other["band"]) == {"No evidence"}
    assert frames.score_ranges(chosen(0), other)["difference"].isna().all()


@pytest.mark.parametrize("overall", [None, OVERALL])
@pytest.mark.parametrize("places", [(), (0, 1, 3)])
def test_whatever_is_known_the_table_has_a_row_a_score(places, overall):
    frame = measured(*places, overall=overall).reset_index()
    assert {name: str(kind) for name, kind in frame.dtypes.items()} == frames.SCORE_RANGES
    assert tuple(frame["score"]) == SCORES
    assert frame["lowest"].isna().all() == (not places)
    assert frame["overall"].isna().all() == (overall is None)


def test_seconds_of_a_state_are_those_inside_the_windows():
    states = [("odd", 0, 4), ("neutral", 4, 10), ("engaged", 10, 30), ("neutral", 30, 40)]
    seconds = spent(*states, within=[(2, 33)])
    assert seconds.to_dict() == {"engaged": 20, "neutral": 9, "odd": 2}
    assert list(seconds.index) == ["engaged", "neutral", "odd"]


def test_seconds_between_windows_and_those_two_windows_share_count_as_they_should():
    states = [("engaged", 0, 100), ("neutral", 12, 18)]
    seconds = spent(*states, within=[(20, 30), (0, 10), (5, 12), (90, 95)])
    assert seconds.to_dict() == {"engaged": 27}


def test_time_that_spans_of_one_state_share_counts_once():
    spans = [("engaged", 0, 20), ("engaged", 2, 5), ("engaged", 25, 15)]
    assert spent(*spans, within=[(1, 40)]).to_dict() == {"engaged": 24}


def test_a_state_that_is_not_in_the_windows_is_left_out():
    assert spent(("engaged", 0, 5), ("neutral", 3, 3), within=[(5, 9)]).empty
    assert spent(("engaged", 0, 5), within=[(2, 2)]).empty
    assert spent(("engaged", 0, 5), within=[]).empty


def test_no_states_are_an_empty_series_of_seconds():
    seconds = spent(within=[(0, 9)])
    expected = pd.Series([], pd.Index([], dtype="str", name="state"), "float64", "seconds")
    pd.testing.assert_series_equal(seconds, expected)


TIMES = st.integers(-5, 50)
PAIRS = st.lists(st.tuples(TIMES, TIMES), max_size=8)


@given(PAIRS, PAIRS)
@settings(deadline=None)
def test_seconds_of_a_state_are_the_seconds_in_which_it_was_seen(spans, within):
    def inside(second, pairs):
        return any(min(pair) <= second < max(pair) for pair in pairs)

    seen = [second for second in range(-5, 50) if inside(second, spans)]
    seconds = spent(*(("engaged", *span) for span in spans), within=within)
    assert seconds.sum() == sum(inside(second, within) for second in seen)


def test_times_that_are_no_numbers_do_no_harm():
    spans = [("engaged", math.nan, 5), ("engaged", 0, 2), ("engaged", 1e308, -1e308)]
    assert spent(*spans[:2], within=[(0, 9), (math.nan, 3)]).to_dict() == {"engaged": 2}
    assert spent(*spans, within=[(0, 9)]).to_dict() == {"engaged": 9}
