import io
from contextlib import suppress

import pytest
import webvtt
from hypothesis import given
from hypothesis import strategies as st

from lib.errors import TranscriptError
from lib.interchange import transcript
from lib.interchange.transcript import Choices, Columns, limits, reader
from lib.model import Line
from tests import budget
from tests.interchange.transcript.lines import lines, read

CUE = "1\n0:01 --> 0:02\nHi\n"


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"", "a.srt"),
        (CUE.encode(), "a.mp4"),
        (CUE.encode(), "srt."),
        (CUE.encode(), "srt"[:0]),
        (b"\x81\x8d\x8f", "a.srt"),
        (b"1\n0:01 --> 0:02\na\0b", "a.srt"),
        (b"no times", "a.vtt"),
        (b"WEBVTT\n", "a.vtt"),
        (b"1\nnow --> then\nx", "a.srt"),
        (CUE.encode() + b" " * transcript.MAX_BYTES, "a.srt"),
        (b"{\\rtf1 x}", "a.txt"),
        (b"%PDF-1.7", "a.txt"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a.docx"),
        (b"<html><p>0:01 Hi</p></html>", "a.xml"),
    ],
    ids=range(14),
)
def test_another_file_is_refused_with_a_next_step(content, name):
    with pytest.raises(TranscriptError) as caught:
        transcript.read(content, name=name)
    assert caught.value.what.endswith(".")
    assert caught.value.next_step.endswith(".")


@pytest.mark.parametrize("suffix", ["SRT", "vtt", "sbv", "csv", "tsv", "txt", "json", "ttml"])
def test_the_content_tells_the_format_and_the_suffix_only_that_it_may_be_one(suffix):
    assert read("WEBVTT\n\n0:01 --> 0:02\nHi", f"a.{suffix}").format == "WebVTT"


@pytest.mark.parametrize("suffix", ["srt", "csv", "txt", "tsv"])
def test_cues_are_read_under_another_suffix(suffix):
    assert lines(CUE, f"a.{suffix}") == [(1.0, 2.0, "", "Hi")]


def test_as_many_lines_are_read_as_may_be(monkeypatch):
    monkeypatch.setattr(reader, "MAX_LINES", 3)
    monkeypatch.setattr(limits, "MAX_LINES", 3)
    assert len(lines("start,end,text\n" + "1,2,x\n" * 3, "a.csv")) == 3
    with pytest.raises(TranscriptError, match="more than 3 lines"):
        lines("start,end,text\n" + "1,2,x\n" * 4, "a.csv")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("0:01 --> 0:02\nx\n" * 4, "a.srt"),
        ("WEBVTT\n\n" + "0:01 --> 0:02\nx\n\n" * 4, "a.vtt"),
        ("start,end,text\n" + "x,y,z\n" * 4, "a.csv"),
        ('start,end,text\n"a\n' + "x,y,z\n" * 4, "a.csv"),
        ("0:01\nx\n" * 4, "a.txt"),
    ],
)
def test_rows_that_may_be_lines_are_bounded(monkeypatch, text, name):
    monkeypatch.setattr(limits, "MAX_ROWS", 3)
    with pytest.raises(TranscriptError, match="more than 3 rows that may be lines"):
        read(text, name)


def test_rows_are_bounded(monkeypatch):
    monkeypatch.setattr(limits, "MAX_ALL_ROWS", 3)
    assert lines("\n\n0:01 --> 0:02\nHi")
    with pytest.raises(TranscriptError, match="more than 3 rows"):
        read("\n\n0:01 --> 0:02\nHi\n")


def test_100_000_lines_of_5_mib_are_within_the_bounds():
    assert (transcript.MAX_LINES, transcript.MAX_BYTES) == (100_000, 5 * 1024 * 1024)


def test_a_lone_surrogate_becomes_a_mark():
    text = "1\n0:01 --> 0:02\na\ud800b".encode("utf-16", "surrogatepass")
    assert lines(text)[0][3].encode()
    assert lines('[{"start": 1, "end": 2, "text": "a\\ud800b"}]', "a.json")[0][3] == "a?b"


MANY = 2_000 * budget.examples(100)  # characters: what takes their square never ends
SLOW = [
    *("<", "<v ", "<v.", "</", "<b ", "{\\", "&#1", "&a", "1:", "1 ", "-", "[", "(", "a: ", ">"),
    *("-->", "\n-->", "\r\n", "\r", '"', ",", " ", "\t", "\n1\n", "\nNOTE ", "\n\nNOTE\n", "<B>"),
    *("\n0:01", "\n1:1 1:1", "\u200e", "\ufeff", "é", "あ", "\na,", '\n"', "\n0:01 -->", "0:01 "),
]
STARTS = {
    "a.srt": "1\n0:01 --> 0:02\n",
    "a.vtt": "WEBVTT\n\n0:01 --> 0:02\n",
    "a.csv": "start,end,text\n1,2,",
    "a.tsv": "start\tend\ttext\n",
    "a.txt": "Ana 0:01\n",
    "a.json": '[{"start": 1, "end": 2, "text": "',
    "a.ttml": '<tt><body><p begin="1s" end="2s">',
}


@pytest.mark.parametrize("scrap", SLOW, ids=range(len(SLOW)))
@pytest.mark.parametrize("name", STARTS)
def test_a_file_made_to_be_slow_is_read_or_refused(scrap, name):
    content = STARTS[name] + scrap * (MANY // len(scrap))
    with suppress(TranscriptError):
        reading = read(content, name, 30.0, speakers_from_text=True)
        # No more comes out of it than is in it.
        assert sum(len(line.text) for line in reading.lines) <= len(content)


@pytest.mark.parametrize("scrap", ["<", "<v.", "&#1", "{\\", "1:", "-->", ","])
def test_words_made_to_be_slow_are_read_whole(scrap):
    said = scrap * (MANY // len(scrap))
    assert lines(f"0:01 --> 0:02\n{said}") == [(1.0, 2.0, "", said)]


SCRAPS = st.sampled_from(
    [
        *("WEBVTT", "\n", "\r", "-->", "0:01", "1", ",", ";", '"', "<v ", "<v.a ", "</v>", ">"),
        *("&#", "&lt;", "{\\", "}", "start", "end", "text", "speaker", " ", "é", "\0", "9" * 99),
        *("->", "Ana: ", "[", "]", "{", ":", "NOTE", "sep=;", "0:00:01:12", "12:00 AM", "1e-5"),
        *("<tt>", "<p begin='1s'>", "</p>", "\ufeff", "\u200e", "null", "\ud800", "PK\x03\x04"),
    ]
).map(lambda scrap: scrap.encode("utf-8", "surrogatepass"))
START = st.sampled_from(
    [
        *(
            b"",
            b"start,end,text\n",
            b"WEBVTT\n\n0:01 --> 0:02\n",
            b"\xff\xfe",
            b"<tt><body>",
            b"PK\x03\x04",
        ),
        *(b'[{"start": 1, "end": 2, "text": "a"},', b"Ana 0:01\n", b"sep=|\n", b"\x82\xb1"),
    ]
)
CONTENT = st.tuples(START, st.lists(SCRAPS | st.binary(max_size=4), max_size=40).map(b"".join))
NAMES = st.sampled_from([f"a.{suffix}" for suffix in transcript.SUFFIXES]) | st.text(max_size=5)
CHOICES = st.builds(
    Choices,
    encoding=st.sampled_from([None, "utf-16", "cp932", "nonsense"]),
    unit=st.sampled_from([None, "s", "ms", "frames", "days"]),
    frame_rate=st.none() | st.floats(),
    columns=st.none() | st.builds(Columns, start=st.integers(-2, 4), text=st.integers(-2, 4)),
    speakers_from_text=st.sampled_from([None, True, False]),
    join_repeats=st.sampled_from([None, True, False]),
)


@given(CONTENT.map(b"".join), NAMES, CHOICES, st.none() | st.floats())
def test_any_bytes_are_read_or_refused(content, name, choices, duration):
    try:
        reading = transcript.read(content, name=name, choices=choices, duration=duration)
    except TranscriptError:
        return
    assert reading.lines or reading.questions
    for line in reading.lines:
        assert line.text
        assert line.text == " ".join(line.text.split())
        assert line.text.encode()
        assert abs(line.start) < float("inf")
        assert abs(line.end) < float("inf")
    assert len(reading.places) == min(reading.unread, 5)


TIMES = st.integers(0, 360_000_000).map(lambda milliseconds: milliseconds / 1000)
WORDS = st.lists(st.text("abc éß.,!?'-", min_size=1).filter(str.strip), min_size=1, max_size=3)
CUES = st.lists(st.tuples(TIMES, TIMES, WORDS), min_size=1, max_size=5)


def written(seconds, point):
    milliseconds = round(seconds * 1000)
    minutes, rest = divmod(milliseconds, 60_000)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{rest // 1000:02}{point}{rest % 1000:03}"


@given(CUES, st.sampled_from(["srt", "vtt"]))
def test_a_sound_file_reads_as_another_reader_reads_it(cues, suffix):
    point = "," if suffix == "srt" else "."
    blocks = [
        f"{number}\n{written(start, point)} --> {written(end, point)}\n" + "\n".join(words)
        for number, (start, end, words) in enumerate(cues, 1)
    ]
    text = "\n\n".join([*(["WEBVTT"] if suffix == "vtt" else []), *blocks]) + "\n"
    theirs = webvtt.from_buffer(io.StringIO(text), format=suffix)
    ours = transcript.read(text.encode(), name=f"a.{suffix}", choices=Choices(join_repeats=False))
    assert list(ours.lines) == [
        Line(
            cue.start_time.in_milliseconds() / 1000,
            cue.end_time.in_milliseconds() / 1000,
            "",
            " ".join(cue.text.split()),
        )
        for cue in theirs
    ]
