import json
import math
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from lib import timecode

TIME_TEXTS = json.loads((Path(__file__).parent / "time_texts.json").read_text())
TIME_INPUTS = json.loads((Path(__file__).parent / "time_inputs.json").read_text())


@pytest.mark.parametrize(("seconds", "digits", "expected"), TIME_TEXTS)  # the browser's, too
def test_seconds_read_as_a_clock(seconds, digits, expected):
    assert timecode.format_time(seconds, digits=digits) == expected


@pytest.mark.parametrize(("text", "seconds"), TIME_INPUTS)  # the browser's, too
def test_a_clock_is_read_as_seconds(text, seconds):
    assert timecode.parse_time(text) == seconds


@pytest.mark.parametrize(
    ("value", "sign", "expected"),
    [
        (60, "", "60"),
        (79.9999999, "", "79.9999999"),
        (7.5, "+", "+7.5"),
        (-3, "+", "-3"),
        (0, "+", "0"),
    ],
)
def test_a_number_has_every_digit_it_was_sent_with(value, sign, expected):
    assert timecode.format_number(value, sign=sign) == expected


@pytest.mark.parametrize(
    ("seconds", "digits", "expected"),
    [
        (0, 0, "0 s"),
        (18.14, 1, "18.1 s"),
        (59.96, 1, "1 min 0.0 s"),
        (6.5, 0, "7 s"),
        (70.25, 2, "1 min 10.25 s"),
        (3723, 0, "62 min 3 s"),
        (-5, 0, "0 s"),
    ],
)
def test_how_long_something_lasts_is_no_time_of_a_clock(seconds, digits, expected):
    assert timecode.format_length(seconds, digits=digits) == expected


@pytest.mark.parametrize("seconds", [math.nan, math.inf, -math.inf])
def test_a_time_that_is_no_number_is_said_to_be_unknown(seconds):
    assert timecode.format_time(seconds, digits=1) == "?"


@given(st.integers(0, 10**8), st.integers(0, 3))
@example(29, 2)
@settings(deadline=None)
def test_reading_the_clock_gives_the_time_back(ticks, digits):
    text = timecode.format_time(ticks / 10**digits, digits=digits)
    *clocked, seconds = text.split(":")
    minutes = sum(int(part) * 60**power for power, part in enumerate(reversed(clocked)))
    assert round((minutes * 60 + float(seconds)) * 10**digits) == ticks
    assert len(seconds) == (3 + digits if digits else 2)


@pytest.mark.parametrize(
    ("window", "times", "expected"),
    [
        (5.0, [1.234], 0),
        (2.5, [1, 2], 1),
        (0.25, [], 2),
        (10 / 3, [1], 3),
        (None, [], 0),
        (None, [12.0, 18.5], 1),
        (None, [12.0, 18.25, 0.1], 2),
        (None, [0.1 + 0.2], 3),
        (None, [math.nan, math.inf, 4.0], 0),
    ],
)
def test_no_digit_is_finer_than_what_was_measured(window, times, expected):
    assert timecode.shown_digits(window, times) == expected


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("0:07.5", 7.5),
        ("1:02:03", 3723.0),
        ("12", 12.0),
        (" 90:00 ", 5400.0),
        ("0:00", 0.0),
        ("9999:59", 599_999.0),
        ("999:00:00", 3_596_400.0),
        ("999999.999999", 999_999.999999),
    ],
)
def test_clock_text_is_read_back(text, seconds):
    assert timecode.parse_time(text) == seconds


@pytest.mark.parametrize(
    "text", ["", "soon", "1:2:3:4", "-3", "1:", ":5", "1e9", "nan", "٣", "1000:00:00", "10000:00"]
)
def test_what_is_no_time_is_none(text):
    assert timecode.parse_time(text) is None


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (7200.0, "2 hours"),
        (3600, "1 hour"),
        (1800, "30 minutes"),
        (5400, "90 minutes"),
        (60, "1 minute"),
        (3.0, "3 seconds"),
        (1.5, "1.5 seconds"),
    ],
)
def test_a_limit_is_spelled_in_its_largest_whole_unit(seconds, text):
    assert timecode.spell_duration(seconds) == text


def test_a_time_too_large_to_count_is_unknown():
    assert timecode.format_time(1e308, digits=3) == "?"


@pytest.mark.parametrize("seconds", [math.nan, math.inf, -math.inf, 1.7e308])
def test_what_lasts_beyond_all_numbers_is_not_known(seconds):
    assert timecode.format_length(seconds, digits=1) == timecode.UNKNOWN


@pytest.mark.parametrize(
    ("share", "text"),
    [
        (0, "0 %"),
        (0.001, "less than 1 %"),
        (0.5, "50 %"),
        (0.9999, "more than 99 %"),
        (1, "100 %"),
    ],
)
def test_nothing_and_all_are_said_only_where_they_are_true(share, text):
    assert timecode.format_percent(share) == text


def test_a_range_of_one_moment_is_one_time():
    assert timecode.format_range(7.5, 12.0, digits=1) == "0:07.5–0:12.0"
    assert timecode.format_range(7.5, 7.5, digits=1) == "0:07.5"
    assert timecode.format_range(1.0, 2.0, digits=0, between=" – ") == "0:01 – 0:02"
