"""No word is lost: whatever people make of a format, each is in a line or counted."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from lib.errors import TranscriptError
from lib.interchange import transcript
from lib.interchange.transcript import Choices, extract

TOKEN = re.compile(r"word[a-z]+q")
TIMES = st.integers(0, 50).map(lambda second: f"0:{second:02}.500")
ARROWS = st.sampled_from([" --> ", "-->", " -> ", " \u2013> ", " --&gt; ", " \u2192 ", "  ", ","])
TIMING = st.tuples(TIMES, ARROWS, TIMES).map("".join)
BROKEN = st.sampled_from(["0:01 --> ", "x --> 0:02.500", " --> ", "0:0x.0 -> 0:02.500"])
NUMBER = st.integers(1, 6).map(str)
WORDS = st.sampled_from(["{}", "Ana: {}", "- {}", "<i>{}</i>", "a --> {}", "<laughs> {}", "{} 7"])
ROW = st.one_of(TIMING, NUMBER, WORDS, WORDS, BROKEN, st.sampled_from(["", "", " ", "\u200e"]))
CUE = st.tuples(NUMBER | st.just(""), TIMING, WORDS, st.sampled_from(["", "\n"])).map("\n".join)
ROWS = st.lists(ROW | CUE, min_size=1, max_size=12).map(lambda rows: "\n".join(rows).split("\n"))


def word(place):
    return f"word{chr(97 + place // 26)}{chr(97 + place % 26)}q"


def with_tokens(rows):
    """The rows as a text, with a word of its own in each that has one."""
    return "\n".join(row.replace("{}", word(place)) for place, row in enumerate(rows))


def found(reading):
    """The words in the lines, in order, and those that were counted."""
    said = [word for line in reading.lines for word in TOKEN.findall(line.text)]
    shown = [word for place in reading.places for word in TOKEN.findall(place.text)]
    return said, shown


@pytest.fixture(autouse=True)
def _all_places_shown(monkeypatch):
    monkeypatch.setattr(extract, "MAX_SHOWN_PLACES", 1000)
    monkeypatch.setattr(extract, "MAX_SHOWN_CHARACTERS", 100_000)


def assert_each_word_once(text, name, expected, choices=Choices()):  # noqa: B008  frozen
    try:
        reading = transcript.read(text.encode(), name=name, choices=choices)
    except TranscriptError:
        return
    said, shown = found(reading)
    assert sorted(said + shown) == sorted(expected)
    assert said == sorted(said)
    assert reading.unread == len(reading.places)


@given(ROWS)
def test_no_word_of_a_subrip_file_is_lost_or_moved(rows):
    text = with_tokens(rows)
    assert_each_word_once(text, "a.srt", TOKEN.findall(text))


def is_name(rows, place):
    """Whether a row is a cue's name in WebVTT: after a gap, right above times."""
    after_gap = place == 0 or not rows[place - 1].strip("\u200e ")
    above_times = place + 1 < len(rows) and re.search(r"[>\u2192;,]|\d  \d", rows[place + 1])
    return after_gap and bool(above_times)


@given(ROWS)
def test_no_word_of_a_webvtt_file_is_lost_or_moved(rows):
    for place, row in enumerate(rows):
        if "{}" in row and is_name(rows, place):
            rows[place] = ""
    text = with_tokens(rows)
    assert_each_word_once(f"WEBVTT\n\n{text}", "a.vtt", TOKEN.findall(text))


CELL = st.sampled_from(["1", "2.5", "0:03", "x", "", "{}", '"{}"', '"{', "Ana", "a {}", '"a"" {}"'])
TABLE = st.lists(st.lists(CELL, min_size=1, max_size=6), min_size=1, max_size=6)
HEADS = st.sampled_from(
    ["start,end,text", "start,end,speaker,text", "text,start,end", "start,text"]
)


@given(HEADS, TABLE)
@example("start,end,text", [["1", "2", '"{'], ["3", "4", "{}"]])
def test_no_word_of_a_table_is_lost_or_moved(head, table):
    rows = with_tokens([",".join(row).replace('"{,', '"{},') for row in table])
    expected = TOKEN.findall(rows)
    try:
        reading = transcript.read(f"{head}\n{rows}".encode(), name="a.csv")
    except TranscriptError:
        return
    said, shown = found(reading)
    speakers = [word for line in reading.lines for word in TOKEN.findall(line.speaker)]
    accounted = sorted(said + shown + speakers)
    assert len(expected) - len(accounted) <= reading.empty  # a speaker who says nothing
    assert not set(accounted) - set(expected)
    assert len(accounted) == len(set(accounted)) or len(set(expected)) < len(expected)


@given(ROWS, st.booleans())
def test_names_that_become_speakers_take_no_word_along(rows, apply):
    text = with_tokens(rows)
    choices = Choices(speakers_from_text=apply, join_repeats=False)
    assert_each_word_once(text, "a.srt", TOKEN.findall(text), choices)
