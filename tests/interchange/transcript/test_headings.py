import pytest

from lib.errors import TranscriptError
from tests.interchange.transcript.lines import lines, read


@pytest.mark.parametrize(
    "text",
    [
        "Ana Ruiz  0:03\nThanks.\nReally.\n\nBen  0:07\nWe meet at 10:30",
        "Ana Ruiz (00:03):\nThanks.\nReally.\nBen (00:07):\nWe meet at 10:30",
        "[Ana Ruiz] 00:00:03\nThanks. Really.\n[Ben] 00:00:07\nWe meet at 10:30",
        "0:03 Ana Ruiz\nThanks. Really.\n\n0:07 Ben\nWe meet at 10:30",
        "[0:03] Ana Ruiz\nThanks. Really.\n[0:07] Ben\nWe meet at 10:30",
        "Ana Ruiz - 0:03\nThanks. Really.\nBen | 0:07\nWe meet at 10:30",
    ],
    ids=range(6),
)
def test_headings_with_times_begin_lines(text):
    assert lines(text, "a.txt") == [
        (3.0, 7.0, "Ana Ruiz", "Thanks. Really."),
        (7.0, 7.0, "Ben", "We meet at 10:30"),
    ]
    assert read(text, "a.txt").notes[0] == "Each line begins where a time stands in the text."


@pytest.mark.parametrize(
    "text",
    [
        "[00:03] Hi there.\n[00:07] Yes",
        "0:03 - 0:05 Hi there.\n0:07 - 0:09 Yes",
        "0:03\nHi there.\n0:07\nYes",
    ],
)
def test_times_before_words_begin_lines(text):
    assert [(line[0], line[3]) for line in lines(text, "a.txt")] == [
        (3.0, "Hi there."),
        (7.0, "Yes"),
    ]


def test_an_end_that_stands_there_is_read():
    assert lines("0:03 - 0:05 Hi.\n", "a.txt") == [(3.0, 5.0, "", "Hi.")]


def test_what_stands_before_the_first_time_is_counted():
    reading = read("A talk\n\n0:03\nHi\nAna started transcription\n0:09\n", "a.txt")
    assert [place.text for place in reading.places] == ["A talk", "Ana started transcription"]
    assert reading.empty == 1


def test_a_text_may_hold_cues_or_a_table():
    assert read("1\n0:01 --> 0:02\nHi", "a.txt").format == "SubRip"
    assert read("start\tend\ttext\n1\t2\tHi", "a.txt").format == "table"
    assert read("WEBVTT\n\n0:01 --> 0:02\nHi", "a.txt").format == "WebVTT"


def test_a_text_without_times_is_refused():
    with pytest.raises(TranscriptError):
        read("Ana\nHi there\n", "a.txt")
