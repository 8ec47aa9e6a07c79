"""The lanes of the signal chart: their order, and how overlapping spans are packed."""

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from lib import frames
from lib.model import Signal
from tests.frames.tables import signals, spans_of


def lane_names(frame):
    return frame.drop_duplicates("lane").sort_values("lane")["type"].tolist()


def test_lanes_stand_by_group_and_then_by_name():
    frame = signals(*(Signal(kind, 0, 1) for kind in ("zest", "stress", "awe", "interest")))
    more = signals(Signal("confusion", 0, 1), Signal("agreement", 0, 1), Signal("stress", 0, 1))
    assert lane_names(frames.lanes(frame)) == ["interest", "stress", "awe", "zest"]
    assert lane_names(frames.lanes(more)) == ["agreement", "confusion", "stress"]


def test_lanes_can_stand_by_first_appearance_or_by_total_time_within_their_group():
    frame = signals(
        Signal("confusion", 9, 10),
        Signal("tension", 2, 3),
        Signal("tension", 8, 9.9),
        Signal("stress", 1, 3),
        Signal("stress", 50, 50.5),
        Signal("interest", 30, 31),
    )
    first = frames.lanes(frame, order="first")
    time = frames.lanes(frame, order="time")
    assert lane_names(first) == ["interest", "stress", "tension", "confusion"]
    assert lane_names(time) == ["interest", "tension", "stress", "confusion"]


def test_overlapping_spans_are_packed_and_touching_ones_share():
    frame = frames.lanes(spans_of((0, 4), (2, 6), (4, 8), (5, 5), (6, 9)))
    assert frame["sub"].tolist() == [0, 1, 0, 2, 1]
    assert frame["id"].tolist() == [0, 1, 2, 3, 4]


def test_of_spans_that_begin_together_the_longest_stands_on_top():
    assert frames.lanes(spans_of((0, 2), (0, 9), (0, 4)))["sub"].tolist() == [2, 0, 1]


def test_spans_without_length_at_one_instant_do_not_hide_each_other():
    assert sorted(frames.lanes(spans_of((5, 5), (5, 5), (5, 7)))["sub"]) == [0, 1, 2]


SPANS = st.lists(
    st.tuples(st.sampled_from(["stress", "awe"]), st.integers(-3, 30), st.integers(-3, 30)),
    max_size=40,
)


@given(SPANS)
@settings(deadline=None)
def test_no_two_overlapping_spans_of_a_type_share_a_row_and_none_is_lost(spans):
    sent = signals(*(Signal(*span) for span in spans), duration=25.0)
    frame = frames.lanes(sent)
    assert frame["id"].tolist() == list(range(len(spans)))
    for _, row in frame.groupby(["lane", "sub"]):
        assert len(set(row["type"])) == 1
        ordered = row.sort_values(["draw_start", "draw_end"])
        seen = ordered["draw_end"].cummax().shift()
        assert not (ordered["draw_start"] < seen).any()
    for _, lane in frame.groupby("lane"):
        assert set(lane["sub"]) == set(range(lane["sub"].max() + 1))


@given(SPANS)
@settings(deadline=None)
def test_a_lane_is_no_deeper_than_its_busiest_moment(spans):
    frame = frames.lanes(signals(*(Signal(*span) for span in spans), duration=25.0))
    for _, lane in frame.groupby("lane"):
        busiest = max(
            ((lane["draw_start"] <= time) & (lane["draw_end"] >= time)).sum()
            for time in lane["draw_start"]
        )
        assert lane["sub"].max() < busiest


def crowd(types, most=1):
    """So many types, the later ones more often, up to `most` spans a type."""
    return signals(
        *(
            Signal(f"type {number:04}", start, start + 1)
            for number in range(types)
            for start in range(1 + number * (most - 1) // max(1, types - 1))
        ),
        duration=None,
    )


def test_of_many_types_the_most_frequent_are_drawn():
    frame = crowd(100, most=10)
    drawn = frames.drawn_spans(frame, kind="type")
    assert drawn["type"].nunique() == frames.MAX_LANES
    least = frame["type"].value_counts().iloc[frames.MAX_LANES]
    assert drawn["type"].value_counts().min() >= least
    assert drawn["id"].is_monotonic_increasing
    assert len(drawn) == sum(frame["type"].isin(drawn["type"]))


def test_as_many_types_as_there_are_lanes_are_all_drawn():
    frame = crowd(frames.MAX_LANES)
    assert frames.drawn_spans(frame, kind="type") is frame


def test_of_many_spans_the_first_are_drawn():
    frame = spans_of(*((float(start), start + 1.0) for start in range(5_002, 0, -1)))
    drawn = frames.drawn_spans(frame, kind="type")
    assert len(drawn) == 5_000
    assert drawn["start"].max() == 5_000.0


def test_types_are_counted_the_most_frequent_first_and_then_by_name():
    frame = signals(*(Signal(kind, 2.0, 3.0) for kind in ("b", "c", "a", "c")))
    assert frames.type_counts(frame).to_numpy().tolist() == [
        ["c", 2, 2.0],
        ["a", 1, 2.0],
        ["b", 1, 2.0],
    ]
    assert frames.type_counts(signals()).empty
    assert frames.drawn_spans(signals(), kind="type").empty


def test_the_first_spans_are_drawn_of_a_table_without_kinds():
    frame = pd.DataFrame({"draw_start": np.arange(6_000.0)[::-1], "state": "engaged"})
    drawn = frames.drawn_spans(frame)
    assert drawn["draw_start"].tolist() == list(np.arange(5_000.0)[::-1])
    assert drawn.index.tolist() == list(range(1_000, 6_000))
    many = frame.assign(state=[f"state {number // 2}" for number in range(6_000)])
    assert frames.drawn_spans(many, kind="state")["state"].nunique() == frames.MAX_LANES
