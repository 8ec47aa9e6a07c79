import io
from contextlib import suppress

import pytest
import webvtt
from hypothesis import given
from hypothesis import strategies as st

from lib.errors import TranscriptError
from lib.interchange import limits, transcript
from lib.interchange.transcript import Transcript
from lib.model import Line

SRT = """1
00:00:01,000 --> 00:00:04,250
Ana: Shall we <i>start</i>?
On time.

2
00:00:04,000 --> 00:01:09,500 X1:40 X2:600
{\\an8}Yes &amp; now.
"""
VTT = """WEBVTT - An interview

STYLE
::cue { color: red }

NOTE Not a word
of this.

opening
00:01.000 --> 00:04.250 align:start
<v Ana>Shall we <b>start</b>?

1:00:04.000 --> 1:00:09.500
<v.loud.first Bo Li>Yes.</v Bo> A bell. <v Ana>Hush &lt;now&gt;!
"""


def read(text, name="a.srt"):
    return transcript.read_transcript(text.encode(), name=name)


def lines(text, name="a.srt"):
    return list(read(text, name).lines)


def table(text):
    return lines(text, "a.csv")


def test_subrip_is_read_and_a_speaker_is_not_guessed():
    assert read(SRT) == Transcript(
        (
            Line(1.0, 4.25, "", "Ana: Shall we start? On time."),
            Line(4.0, 69.5, "", "Yes & now."),
        ),
        unread=0,
    )


def test_webvtt_is_read_with_its_voices():
    assert read(VTT, "a.vtt") == Transcript(
        (
            Line(1.0, 4.25, "Ana", "Shall we start?"),
            Line(3604.0, 3609.5, "Bo Li", "Yes."),
            Line(3604.0, 3609.5, "", "A bell."),
            Line(3604.0, 3609.5, "Ana", "Hush <now>!"),
        ),
        unread=0,
    )


@pytest.mark.parametrize(
    "text",
    [
        "start,end,speaker,text\n1,4.25,Ana,Shall we?\n",
        "Text;SPEAKER; End ;start;note\r\nShall we?;Ana;4,25;0:00:01;x\r\n",
        "\n\nspeaker\ttext\tstart\tend\nAna\tShall we?\t0:01.000\t00:00:04,250\n",
        '"start","end","speaker","text"\r"1.0","4.25"," Ana ","Shall\r\nwe?"\r',
    ],
    ids=["comma", "semicolon", "tab", "quoted"],
)
def test_a_table_is_read_whatever_its_delimiter_and_order(text):
    assert table(text) == [Line(1.0, 4.25, "Ana", "Shall we?")]


def test_a_table_needs_no_speakers():
    assert table("start,end,text\n1,2,x") == [Line(1.0, 2.0, "", "x")]


@pytest.mark.parametrize(
    ("written", "seconds"),
    [
        ("0", 0.0),
        ("75.5", 75.5),
        ("75,5", 75.5),
        ("1:15", 75.0),
        ("90:00", 5400.0),
        ("01:01:01.001", 3661.001),
        ("1:00:00,5", 3600.5),
        ("0:00:60.000", 60.0),
        ("-0:01.5", -1.5),
        (" 2 ", 2.0),
    ],
)
def test_a_time_is_read_as_it_is_written(written, seconds):
    assert table(f'start;end;text\n{written};"{written}";x') == [Line(seconds, seconds, "", "x")]


@pytest.mark.parametrize(
    "written", ["", "x", "1:2:3:4", "1e3", "nan", "inf", "1.2.3", "12s", "٣", "9" * 5000, "1:-2"]
)
def test_a_line_whose_times_cannot_be_read_is_left_out_and_counted(written):
    found = read(f"start;end;text\n{written};2;x\n1;2;kept\n1;{written};x", "a.csv")
    assert found == Transcript((Line(1.0, 2.0, "", "kept"),), unread=2)
    cues = f"1\n{written} --> 0:02\nx\n\n2\n0:01 --> 0:02\nkept\n\n3\n0:01 --> {written}\nx\n"
    assert read(cues) == Transcript((Line(1.0, 2.0, "", "kept"),), unread=2)


def test_times_are_kept_as_sent_though_they_overlap_or_run_back():
    sent = [Line(9.0, 3.0, "", "a"), Line(1.0, 20.0, "", "b"), Line(1.0, 20.0, "", "b")]
    assert table("start,end,text\n9,3,a\n1,20,b\n1,20,b") == sent


def test_a_line_without_words_is_no_line_and_not_counted():
    assert read("start,end,text\n1,2, \n\n,,\n1,2,x", "a.csv") == Transcript(
        (Line(1.0, 2.0, "", "x"),), 0
    )
    assert read("1\n0:01 --> 0:02\n\n2\n0:01 --> 0:02\nx") == Transcript(
        (Line(1.0, 2.0, "", "x"),), 0
    )


def test_subrip_needs_neither_numbers_nor_gaps():
    assert lines("0:01 --> 0:02\n1999\n0:03 --> 0:04\n7") == [
        Line(1.0, 2.0, "", "1999"),
        Line(3.0, 4.0, "", "7"),
    ]
    assert lines("\n1\n0:01 --> 0:02\na\n2\n0:03 --> 0:04\nb\n\nc\n1984") == [
        Line(1.0, 2.0, "", "a"),
        Line(3.0, 4.0, "", "b c 1984"),
    ]


def test_a_comment_between_cues_is_not_spoken():
    assert lines("WEBVTT\n\n0:01 --> 0:02\na\n\nNOTE Psst\n\nb2\n0:03 --> 0:04\nb", "a.vtt") == [
        Line(1.0, 2.0, "", "a"),
        Line(3.0, 4.0, "", "b"),
    ]


def test_what_is_left_of_markup_is_text():
    words = (
        "&lt;script&gt;alert(1)&lt;/script&gt; 1 < 2 > 0 &copy; &copy &#65;&#x42; &#0;&nope; =1+1"
    )
    said = "<script>alert(1)</script> 1 < 2 > 0 © &copy AB \ufffd&nope; =1+1"
    assert lines(f"1\n0:01 --> 0:02\n{words}") == [Line(1.0, 2.0, "", said)]


def test_a_table_has_no_markup_to_take_away():
    assert table("start,end,text\n1,2,<b>=cmd &amp; {\\x}") == [
        Line(1.0, 2.0, "", "<b>=cmd &amp; {\\x}")
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("name", ["a.SRT", "a.vtt", "a.csv"])
def test_text_is_read_in_either_encoding(encoding, name):
    text = "start,end,text\n1,2,café …" if name == "a.csv" else "WEBVTT\n\n0:01 --> 0:02\ncafé …"
    assert transcript.read_transcript(text.encode(encoding), name=name).lines[0].text == "café …"


def test_only_the_ends_of_rows_end_a_row():
    odd = "a\u2028b\x0cc\x85d"
    assert lines(f"1\r0:01 --> 0:02\r{odd}") == [Line(1.0, 2.0, "", "a b c d")]
    assert lines("WEBVTT\n\n0:01 --> 0:02\na\u2028\u2028b") == [Line(1.0, 2.0, "", "a b")]
    assert table(f"start,end,text\r\n1,2,{odd}") == [Line(1.0, 2.0, "", "a b c d")]


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"", "a.srt"),
        (b" \r\n\t", "a.csv"),
        (b"\xef\xbb\xbf", "a.csv"),
        (b"\xef\xbb\xbf\n", "a.srt"),
        (SRT.encode(), "a.txt"),
        (SRT.encode(), "srt."),
        (SRT.encode("utf-16"), "a.srt"),
        (b"\x81\x8d\x8f", "a.srt"),
        (b"1\n0:01 --> 0:02\na\0b", "a.srt"),
        (b"no times", "a.vtt"),
        (b"WEBVTT\n", "a.vtt"),
        (b"1\nnow --> then\nx", "a.srt"),
        (b"a,b,c\n1,2,3", "a.csv"),
        (b"start,end,speaker\n1,2,3", "a.csv"),
        (b"start,end,text\n", "a.csv"),
        (b"start,end,text\nx,y,z", "a.csv"),
        (b"start,end,text\n1,2," + b"x" * 200_000, "a.csv"),
        (b'"' + b"x" * 200_000, "a.csv"),
        (SRT.encode() + b" " * transcript.MAX_BYTES, "a.srt"),
        (b"start,end,text\n" + b"1,2,x\n" * (limits.MAX_LINES + 1), "a.csv"),
        (b"0:01 --> 0:02\nx\n" * (limits.MAX_LINES + 1), "a.srt"),
    ],
    ids=range(21),
)
def test_another_file_is_refused_with_a_next_step(content, name):
    with pytest.raises(TranscriptError) as caught:
        transcript.read_transcript(content, name=name)
    assert caught.value.problem.what
    assert caught.value.problem.next_step


@pytest.mark.parametrize(
    ("text", "said"),
    [("\ufeff\n", "is empty"), ("begin,end,text\n1,2,x", "does not name the columns")],
)
def test_a_refusal_says_what_is_missing(text, said):
    with pytest.raises(TranscriptError) as caught:
        read(text, "a.csv")
    assert said in caught.value.problem.what


def test_as_many_lines_are_read_as_can_be_kept():
    found = read("start,end,text\n" + "1,2,x\n" * limits.MAX_LINES, "a.csv")
    assert limits.checked_lines(found.lines) == found.lines


SCRAPS = st.sampled_from(
    [
        *("WEBVTT", "\n", "\r", "-->", "0:01", "1", ",", ";", '"', "<v ", "<v.a ", "</v>", ">"),
        *("&#", "&lt;", "{\\", "}", "start", "end", "text", "speaker", " ", "é", "\0", "9" * 99),
        "\ud800",
    ]
).map(lambda scrap: scrap.encode("utf-8", "surrogatepass"))
START = st.sampled_from([b"", b"start,end,text\n", b"WEBVTT\n\n0:01 --> 0:02\n"])
CONTENT = st.tuples(START, st.lists(SCRAPS | st.binary(max_size=4), max_size=40).map(b"".join))


@given(CONTENT.map(b"".join), st.sampled_from(["a.srt", "a.vtt", "a.csv"]) | st.text(max_size=5))
def test_any_bytes_are_read_or_refused(content, name):
    try:
        found = transcript.read_transcript(content, name=name)
    except TranscriptError:
        return
    assert found.lines
    assert limits.checked_lines(found.lines) == found.lines
    assert all(line.text and "\n" not in line.text for line in found.lines)


MANY = 500_000  # characters: what takes their square never ends
SLOW = ["<", "<v ", "<v.", "</", "{\\", "&#1", "&a", "1:", "-->", "\n-->", "\r\n", '"', ",", " "]


@pytest.mark.parametrize("scrap", SLOW, ids=range(len(SLOW)))
@pytest.mark.parametrize("start", ["0:01 --> 0:02\n", "start,end,text\n1,2,", "start,end,text\n"])
def test_a_file_made_to_be_slow_is_read_whole_or_refused(scrap, start):
    name = "a.csv" if start.startswith("start") else "a.srt"
    said = scrap * (MANY // len(scrap))
    found = None
    with suppress(TranscriptError):
        found = transcript.read_transcript((start + said).encode(), name=name).lines
    refused = name == "a.csv" or not scrap.strip("-> \r\n")
    assert found == (None if refused else (Line(1.0, 2.0, "", said.strip()),))


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
    assert lines(text, f"a.{suffix}") == [
        Line(
            cue.start_time.in_milliseconds() / 1000,
            cue.end_time.in_milliseconds() / 1000,
            "",
            " ".join(cue.text.split()),
        )
        for cue in theirs
    ]
