import math

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lib import frames
from lib.frames.tables import END_SLACK_SECONDS
from lib.model import (
    DIMENSIONS,
    SCORES,
    Engagement,
    Quality,
    QualityWindow,
    Scores,
    Signal,
)
from tests.frames.tables import EVEN, analysis, signals, spans_of


def dtypes(frame):
    return {name: str(kind) for name, kind in frame.dtypes.items()}


def test_signals_stand_one_a_row_in_the_order_sent():
    frame = signals(
        Signal("stress", 12.0, 18.5, "medium", "A sigh.", ("audio", "visual")),
        Signal("interest", 3.25, 4.0),
        Signal("awe", 5.0, 6.0, "high"),
    )
    assert frame["id"].tolist() == [0, 1, 2]
    assert frame["type"].tolist() == ["stress", "interest", "awe"]
    assert frame["group"].tolist() == ["friction", "supportive", "other"]
    assert frame["start"].tolist() == [12.0, 3.25, 5.0]
    assert frame["end"].tolist() == [18.5, 4.0, 6.0]
    assert frame["length"].tolist() == [6.5, 0.75, 1.0]
    assert frame["modality"].tolist() == ["audio, visual", "", ""]
    assert frame["flag"].tolist() == ["", "", ""]


def test_a_probability_or_rationale_that_was_not_given_stays_so():
    frame = signals(Signal("stress", 0, 1), Signal("stress", 0, 1, "low", ""))
    assert frame["probability"].tolist() == ["not given", "low"]
    assert frame["rationale"].isna().tolist() == [True, False]


@pytest.mark.parametrize(
    ("make", "schema"),
    [
        (lambda a: frames.signals(a, 60.0), frames.SIGNALS),
        (lambda a: frames.lanes(frames.signals(a, 60.0)), frames.LANES),
        (lambda a: frames.engagement(a, 60.0), frames.ENGAGEMENT),
        (lambda a: frames.quality(a, 60.0), frames.QUALITY),
        (frames.overall_scores, frames.OVERALL),
    ],
    ids=["signals", "lanes", "engagement", "quality", "overall"],
)
def test_an_empty_table_has_the_columns_and_kinds_of_a_full_one(make, schema):
    full = make(
        analysis(
            (Signal("stress", 0, 1),),
            (Engagement("engaged", 0, 1),),
            Quality(EVEN, (QualityWindow(0, 1, EVEN),)),
        )
    )
    assert len(full) >= 1
    for nothing in (analysis(), analysis((), (), Quality(None, ()))):
        empty = make(nothing)
        assert len(empty) == 0
        assert dtypes(empty) == dtypes(full) == schema


@pytest.mark.parametrize(
    ("start", "end", "draw_times", "flag"),
    [
        (1, 2, (1, 2), ""),
        (0, 60, (0, 60), ""),
        (5, 3, (3, 5), "ends before it starts"),
        (-2, 4, (0, 4), "starts before 0:00"),
        (-2, -1, (0, 0), "starts before 0:00; ends before 0:00"),
        (50, 70, (50, 60), "ends after the recording"),
        (60, 60.1, (60, 60), ""),
        (70, 80, (60, 60), "starts after the recording; ends after the recording"),
        (70, 50, (50, 60), "ends before it starts; starts after the recording"),
    ],
)
def test_odd_times_are_kept_flagged_and_clamped_for_drawing_only(start, end, draw_times, flag):
    for frame in (
        signals(Signal("stress", start, end)),
        frames.engagement(analysis(engagement=(Engagement("neutral", start, end),)), 60.0),
        frames.quality(analysis(quality=Quality(None, (QualityWindow(start, end, EVEN),))), 60.0),
    ):
        row = frame.iloc[0]
        assert (row["start"], row["end"]) == (start, end)
        assert (row["draw_start"], row["draw_end"]) == draw_times
        assert row["flag"] == flag


def test_without_a_known_length_nothing_is_past_the_end():
    frame = spans_of((3, 10_000))
    assert frame.loc[0, "draw_end"] == 10_000
    assert frame.loc[0, "flag"] == ""


TIMES = st.floats(-1e4, 1e4) | st.integers(-100, 100)


@given(st.lists(st.tuples(TIMES, TIMES), max_size=30), st.floats(0, 1e4))
@settings(deadline=None)
def test_what_is_drawn_lies_within_the_recording_and_in_order(times, duration):
    frame = spans_of(*times, duration=duration)
    assert frame["draw_start"].between(0, duration).all()
    assert frame["draw_end"].between(0, duration).all()
    assert (frame["draw_start"] <= frame["draw_end"]).all()
    right = (frame["start"] >= 0) & (frame["end"] <= duration + END_SLACK_SECONDS)
    right &= frame["start"] <= frame["end"]
    assert (frame["flag"] == "").tolist() == right.tolist()


def test_text_that_cannot_be_written_as_bytes_does_no_harm():
    frame = signals(Signal("str\ud800ess", 0, 1, "hi\udfffgh", "\ud83d alone", ("\udc00",)))
    assert frame.loc[0, "type"] == "str?ess"
    assert frame.loc[0, "rationale"] == "? alone"
    state = frames.engagement(analysis(engagement=(Engagement("\ud800", 0, 1),)), None)
    assert state.loc[0, "state"] == "?"


def test_times_that_are_no_numbers_do_no_harm():
    frame = frames.lanes(spans_of((math.nan, 1), (0, math.inf), (1, 2), duration=5.0))
    assert frame["draw_end"].tolist()[1:] == [5.0, 2.0]
    assert len(frame) == 3


SCORE = st.none() | st.sampled_from([50.0, 50.0, 0.0, 79.9999999])


@given(st.lists(st.builds(Scores, *[SCORE] * 6), max_size=5))
def test_a_window_has_each_score_as_sent_and_no_evidence_where_all_that_was_sent_is_50(sent):
    windows = tuple(QualityWindow(place, place + 1, one) for place, one in enumerate(sent))
    frame = frames.quality(analysis(quality=Quality(None, windows)), None)
    for row, scores in zip(frame.to_dict("records"), sent, strict=True):
        values = {name: getattr(scores, name) for name in SCORES}
        assert {name: None if math.isnan(row[name]) else row[name] for name in SCORES} == values
        dimensions = [values[name] for name in DIMENSIONS if values[name] is not None]
        index = [values["quality_index"]] if values["quality_index"] is not None else []
        assert row["no_evidence"] == (set(dimensions) == {50.0} and set(index) <= {50.0})


def test_quality_windows_keep_scores_as_sent():
    windows = (
        QualityWindow(0, 10, Scores(70, 60, 60.5, None, 80, 91)),
        QualityWindow(10, 20, EVEN),
        QualityWindow(20, 30, Scores(50, 50, 50, 50, 50, None)),
    )
    frame = frames.quality(analysis(quality=Quality(None, windows)), 60.0)
    assert frame["quality_index"].tolist() == [70, 50, 50]  # never recomputed from the five
    assert frame["energy"].isna().tolist() == [True, False, False]
    assert frame["no_evidence"].tolist() == [False, True, True]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (0, "Weak"),
        (29.99, "Weak"),
        (30, "Below average"),
        (49.9, "Below average"),
        (50, "Moderate"),
        (65, "Good"),
        (79.9, "Good"),
        (80, "Excellent"),
        (100, "Excellent"),
        (100.1, "Outside 0 to 100"),
        (-1, "Outside 0 to 100"),
        (None, "Not sent"),
    ],
)
def test_a_band_begins_at_its_lower_bound(value, expected):
    frame = frames.overall_scores(analysis(quality=Quality(Scores(clarity=value, energy=1))))
    assert frame.set_index("score").loc["clarity", "band"] == expected


def test_overall_has_a_row_a_score_with_its_reading():
    frame = frames.overall_scores(analysis(quality=Quality(Scores(70, 60, 60.5, None, 80, 91))))
    assert tuple(frame["score"]) == SCORES
    assert frame["value"].tolist()[:3] == [70, 60, 60.5]
    assert math.isnan(frame.loc[3, "value"])
    assert frame["reading"].str.len().min() > 0


def test_all_scores_at_fifty_are_no_evidence_and_not_moderate():
    even = frames.overall_scores(analysis(quality=Quality(EVEN)))
    assert set(even["band"]) == {"No evidence"}
    one_off = frames.overall_scores(analysis(quality=Quality(Scores(50, 50, 50, 50, 50, 51))))
    assert set(one_off["band"]) == {"Moderate"}


def test_fifty_in_all_that_was_sent_is_no_evidence_also_without_an_index():
    bands = frames.overall_scores(analysis(quality=Quality(Scores(None, 50, 50, 50, 50, 50))))[
        "band"
    ]
    assert bands.tolist() == ["Not sent", *["No evidence"] * 5]
    some = frames.overall_scores(analysis(quality=Quality(Scores(50, None, 50))))["band"]
    assert some.tolist() == ["No evidence", "Not sent", "No evidence", *["Not sent"] * 3]
    for other in (Scores(61, 50, 50, 50, 50, 50), Scores(50), Scores(None, 50, 50.1)):
        whole = frames.overall_scores(analysis(quality=Quality(other)))
        assert "No evidence" not in set(whole["band"])


def test_windows_of_fifty_without_an_index_are_no_evidence_and_no_swing():
    silent, spoken = Scores(None, 50, 50, 50, 50, 50), Scores(61, 62, 63, 64, 65, 66)
    windows = (QualityWindow(0, 7.5, silent), QualityWindow(7.5, 15, spoken))
    sent = analysis(quality=Quality(None, windows))
    table = frames.quality(sent, 60.0)
    assert table["no_evidence"].tolist() == [True, False]
    nothing = (frames.signals(sent, 60.0), frames.engagement(sent, 60.0))
    assert frames.moments(
        *nothing,
        table,
        duration=60.0,
        digits=dict.fromkeys(("signals", "engagement", "quality"), 0),
    ).empty


MANY = (
    Signal("stress", 0, 1, "high"),
    Signal("stress", 1, 2),
    Signal("interest", 2, 3, "low"),
    Signal("awe", 3, 4, "high"),
)


@pytest.mark.parametrize(
    ("types", "probabilities", "ids"),
    [
        ((), (), [0, 1, 2, 3]),
        (("stress",), (), [0, 1]),
        (["stress", "awe"], {"high"}, [0, 3]),
        ((), ("not given", "low"), [1, 2]),
        (("nothing like it",), (), []),
    ],
)
def test_a_filter_keeps_the_rows_and_their_ids(types, probabilities, ids):
    by = frames.Filter(types=types, probabilities=probabilities)
    frame = frames.filter_signals(signals(*MANY), by)
    assert frame["id"].tolist() == ids
    assert dtypes(frame) == frames.SIGNALS


def test_tables_are_read_and_never_changed():
    frame = signals(*MANY)
    before = frame.copy(deep=True)
    frames.lanes(frame)
    frames.filter_signals(frame, frames.Filter(types=("stress",)))
    pd.testing.assert_frame_equal(frame, before)
