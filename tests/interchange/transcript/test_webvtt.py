import pytest

from tests.interchange.transcript.lines import lines, read, words

VTT = """WEBVTT - An interview

STYLE
::cue(b) { content: "-->" }

NOTE Not a word
of this --> either.

opening
00:01.000 --> 00:04.250 align:start line:0 region:fred
<v Ana>Shall we <b>start</b>?

1:00:04.000 --> 1:00:09.500
<v.loud.first Bo Li>Yes.</v Bo> A bell. <v Ana>Hush &lt;now&gt;!
"""
ONE_TWO = [(1.0, 2.0, "", "One"), (3.0, 4.0, "", "Two")]


def test_webvtt_is_read_with_its_voices():
    reading = read(VTT, "a.vtt")
    assert [tuple(line) for line in reading.lines] == [
        (1.0, 4.25, "Ana", "Shall we start?"),
        (3604.0, 3609.5, "Bo Li", "Yes."),
        (3604.0, 3609.5, "", "A bell."),
        (3604.0, 3609.5, "Ana", "Hush <now>!"),
    ]
    assert (reading.format, reading.unread) == ("WebVTT", 0)
    assert reading.notes == ("One comment (NOTE) was left out.",)


@pytest.mark.parametrize(
    "text",
    [
        "WEBVTT\n\n1\n00:01.000 --> 00:02.000\nOne\n2\n00:03.000 --> 00:04.000\nTwo\n",
        "WEBVTT\n\nid-a/1-0\n0:01.000 --> 0:02.000\nOne\nid-a/2-0\n0:03.000 --> 0:04.000\nTwo",
        "WEBVTT\n1\n00:01,000 --> 00:02,000\nOne\n\n2\n00:03,000 --> 00:04,000\nTwo\n",
        "WEBVTT\n00:01.000 --> 00:02.000\nOne\n\nnamed so\n00:03.000 --> 00:04.000\nTwo\n",
        "WEBVTT\n\n00:01.000 --> 00:02.000\n\nOne\n\n00:03.000 --> 00:04.000\n\n\nTwo\n",
        "WEBVTT\n\n1\n\n00:01.000 --> 00:02.000\n\nOne\n\n2\n\n00:03.000 --> 00:04.000\n\nTwo\n",
        "\n\nwebvtt\n\n00:01.000 --> 00:02.000\n \nOne\n\n00:03.000 --> 00:04.000\nTwo\n \n\n",
        "00:01.000 --> 00:02.000\nOne\n\nnamed so\n00:03.000 --> 00:04.000\nTwo\n",
        "WEBVTT\n\n0:01.000 --> 0:02.000\nOne\n\nWEBVTT\nKind: x\n\n0:03.000 -> 0:04.000\nTwo\n",
        "WEBVTT\n\nREGION\nid:a\n\n0:01.0 --> 0:02.0\nOne\n\nSTYLE\nx\n\n0:03.0 --> 0:04.0\nTwo",
    ],
    ids=range(10),
)
def test_a_file_is_read_however_it_is_laid_out(text):
    reading = read(text, "a.vtt")
    assert [tuple(line) for line in reading.lines] == ONE_TWO
    assert reading.unread == 0


def test_a_file_is_webvtt_by_its_content_whatever_its_suffix():
    assert read("WEBVTT\n\n0:01 --> 0:02\na\n\nb\n0:03 --> 0:04\nc", "a.srt").format == "WebVTT"


def test_a_comment_between_cues_is_not_spoken():
    text = "WEBVTT\n\n0:01 --> 0:02\na\n\nNOTE Psst\n\nb2\n0:03 --> 0:04\nNOTE that"
    assert lines(text, "a.vtt") == [(1.0, 2.0, "", "a"), (3.0, 4.0, "", "NOTE that")]


def test_words_after_a_gap_belong_to_their_cue_and_that_is_said():
    reading = read("WEBVTT\n\n0:01 --> 0:02\na\n\nb\nc\n\n0:03 --> 0:04\nd", "a.vtt")
    assert [line.text for line in reading.lines] == ["a b c", "d"]
    assert reading.notes == (
        "In one line an empty row stands between times and words; it was read as one line.",
    )


def test_what_follows_a_comment_with_a_gap_is_counted():
    reading = read(
        "WEBVTT\n\n0:01 --> 0:02\na\n\nNOTE x\n\nmore of it\n\n0:03 --> 0:04\nb", "a.vtt"
    )
    assert [line.text for line in reading.lines] == ["a", "b"]
    assert [(place.where, place.text) for place in reading.places] == [("row 8", "more of it")]


def test_a_cue_in_a_comment_is_counted():
    reading = read("WEBVTT\n\nNOTE\n0:01 --> 0:02\nold\n\n0:03 --> 0:04\nb", "a.vtt")
    assert [line.text for line in reading.lines] == ["b"]
    assert reading.places[0].text == "NOTE 0:01 --> 0:02 old"


def test_what_stands_before_the_first_cue_is_counted():
    reading = read("WEBVTT\nKind: captions\n\nA talk\n\n0:01 --> 0:02\na", "a.vtt")
    assert [(place.where, place.text) for place in reading.places] == [("row 4", "A talk")]


def test_an_arrow_within_words_begins_no_cue():
    assert words(
        "WEBVTT\n\n00:01.000 --> 00:02.000\n10:00 --> 11:00\n\n00:03.000 --> 00:04.000\nx", "a.vtt"
    ) == [
        "10:00 --> 11:00",
        "x",
    ]


def test_times_that_a_map_would_move_are_kept_and_that_is_said():
    text = "WEBVTT\nX-TIMESTAMP-MAP=LOCAL:00:00:00.000,MPEGTS:900000\n\n0:01 --> 0:02\na"
    reading = read(text, "a.vtt")
    assert reading.lines[0].start == 1.0
    assert "X-TIMESTAMP-MAP" in reading.notes[0]
