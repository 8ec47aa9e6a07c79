import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.exports import times
from lib.model import Signal
from tests.exports import sessions


def draw_span(start, end, duration=None, *, names=("draw_start", "draw_end")):
    ((first,), (last,)) = times.draw_times(pd.DataFrame([(start, end)], columns=names), duration)
    return first, last


@pytest.mark.parametrize(
    ("span", "expected"),
    [
        ((1.5, 4.25), (1500, 4250)),
        ((0.0005, 0.0024), (1, 2)),
        ((2.0, 2.0), (2000, 2001)),
        ((1e300, math.inf), (times.MAX_TIME_MS - 1, times.MAX_TIME_MS)),
        ((math.nan, 1.0), (0, 1000)),
    ],
)
def test_a_span_is_whole_milliseconds_and_at_least_one(span, expected):
    assert draw_span(*span) == expected


def test_a_span_whose_times_are_odd_says_how_they_were_sent():
    signals = sessions.bare(Signal("stress", 9.5, 4.0), Signal("stress", 1.0, 2.0)).signals
    assert times.flag_texts(signals, ["high", "low"]) == [
        "high [ends before it starts: sent as 9.5 to 4 s]",
        "low",
    ]
    assert times.flag_texts(signals.drop(columns="flag"), ["high", "low"]) == ["high", "low"]


def test_a_table_without_drawn_times_has_its_own_put_in_order_and_clamped():
    assert draw_span(4.0, -1.0, names=("start", "end")) == (0, 4000)
    assert draw_span(8.0, 99.0, 10.0, names=("start", "end")) == (8000, 10_000)


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [
        (12.0, "0:00:12.000"),
        (3723.0625, "1:02:03.063"),
        (59.9996, "0:01:00.000"),
        (-2.5, "-0:00:02.500"),
        (-0.0001, "0:00:00.000"),
        (360_000, "100:00:00.000"),
        (1e308, "?"),
        (math.nan, "?"),
    ],
)
def test_a_time_as_sent_reads_as_a_clock(seconds, expected):
    assert times.format_clock(seconds) == expected


@given(st.integers(0, times.MAX_TIME_MS))
def test_reading_a_stamp_gives_the_time_back(milliseconds):
    hour, minute, second = times.format_stamp(milliseconds, hours=2).split(":")
    assert (len(hour), len(minute), len(second)) == (2, 2, 6)
    assert (int(hour) * 60 + int(minute)) * 60_000 + int(second.replace(".", "")) == milliseconds
