import pytest

from tests.interchange.transcript.lines import lines, read, words

SRT = """1
00:00:01,000 --> 00:00:04,250
Ana: Shall we <i>start</i>?
On time.

2
00:00:04,000 --> 00:01:09,500 X1:40 X2:600
{\\an8}Yes &amp; now.
"""
ONE_TWO = [(1.0, 2.0, "", "One"), (3.0, 4.0, "", "Two")]


def numbered(*arrows):
    return "\n".join(
        f"{n}\n0:0{n}.000{arrow}0:0{n}.500\nw{n}\n" for n, arrow in enumerate(arrows, 1)
    )


def test_subrip_is_read_and_a_speaker_is_not_guessed():
    reading = read(SRT)
    assert [tuple(line) for line in reading.lines] == [
        (1.0, 4.25, "", "Ana: Shall we start? On time."),
        (4.0, 69.5, "", "Yes & now."),
    ]
    assert (reading.format, reading.unread, reading.notes) == ("SubRip", 0, ())


def test_subrip_needs_neither_numbers_nor_gaps():
    assert lines("0:01 --> 0:02\n1999\n0:03 --> 0:04\n7") == [
        (1.0, 2.0, "", "1999"),
        (3.0, 4.0, "", "7"),
    ]
    assert lines("\n1\n0:01 --> 0:02\na\n2\n0:03 --> 0:04\nb\n\nc\n1984") == [
        (1.0, 2.0, "", "a"),
        (3.0, 4.0, "", "b c 1984"),
    ]
    assert lines("0:01 --> 0:02\na\n\n2\n0:03 --> 0:04\nb\n\n3\n0:05 --> 0:06\nc") == [
        (1.0, 2.0, "", "a"),
        (3.0, 4.0, "", "b"),
        (5.0, 6.0, "", "c"),
    ]


def test_a_number_that_is_said_is_no_number_of_a_cue():
    assert words("1\n0:01 --> 0:02\n42\n\n2\n0:03 --> 0:04\n1999\n0:05 --> 0:06\nx") == [
        "42",
        "1999",
        "x",
    ]


@pytest.mark.parametrize(
    "arrow",
    [
        " -> ",
        "->",
        " \u2013> ",
        " \u2014> ",
        "-->",
        " --&gt; ",
        " -- > ",
        " --->",
        " => ",
        " \u2192 ",
        "  ",
    ],
)
def test_any_arrow_begins_a_cue(arrow):
    assert words(numbered(" --> ", arrow, " --> ")) == ["w1", "w2", "w3"]


def test_a_dash_or_a_comma_begins_a_cue_after_its_number():
    assert words(numbered(" --> ", " - ", ",")) == ["w1", "w2", "w3"]


@pytest.mark.parametrize(
    "broken", ["0:0x.0 -> 0:04", "0:03 --> soon", " --> 0:04", "soon --> later"]
)
def test_a_cue_whose_times_cannot_be_read_is_counted_with_its_words(broken):
    reading = read(f"1\n0:01 --> 0:02\nOne\n\n2\n{broken}\nlost\n\n3\n0:05 --> 0:06\nThree\n")
    assert [line.text for line in reading.lines] == ["One", "Three"]
    assert reading.unread == 1
    assert reading.places[0].where in ("row 5", "row 6")
    assert reading.places[0].text.endswith("lost")


@pytest.mark.parametrize(
    "written", ["", "x", "1:2:3:4", "1e3", "1.2.3", "12s", "٣", "9" * 5000, "1:-2"]
)
def test_each_time_that_cannot_be_read_is_counted(written):
    cues = f"1\n{written} --> 0:02\nx\n\n2\n0:01 --> 0:02\nkept\n\n3\n0:01 --> {written}\nx\n"
    assert lines(cues) == [(1.0, 2.0, "", "kept")]
    assert read(cues).unread == 2


def test_a_cue_that_has_lost_its_times_is_counted():
    reading = read("1\n0:01 --> 0:02\nOne\n\n2\nlost\n\n3\n0:05 --> 0:06\nThree\n\n4\n")
    assert [line.text for line in reading.lines] == ["One", "Three"]
    assert [(place.where, place.text) for place in reading.places] == [("row 5", "2 lost")]


def test_what_stands_before_the_first_cue_is_counted():
    reading = read("A talk\nSeason 2\n\n1\n0:01 --> 0:02\nOne\n")
    assert [(place.where, place.text) for place in reading.places] == [("row 1", "A talk Season 2")]
    assert read("Part 1\n0:01 --> 0:02\nOne\n").unread == 1


def test_an_arrow_in_words_begins_no_cue():
    assert words(
        "1\n0:01.0 --> 0:02.0\ngo A --> B\n-->\n10:00 --> 11:00\n\n2\n0:05.0 --> 0:06.0\na -> b"
    ) == [
        "go A --> B --> 10:00 --> 11:00",
        "a -> b",
    ]


def test_words_in_the_row_of_the_times_are_kept():
    assert words("1\n0:01 --> 0:02 One here\n\n2\n0:03 --> 0:04\nTwo") == ["One here", "Two"]


@pytest.mark.parametrize(
    "text",
    [
        "1\n\n0:01 --> 0:02\n\nOne\n\n\n\n2\n\n0:03 --> 0:04\n\nTwo\n",
        "1\r0:01 --> 0:02\rOne\r\r2\r0:03 --> 0:04\rTwo\r",
        "\ufeff1\n0:01 --> 0:02\nOne\n\n\ufeff2\n0:03 --> 0:04\nTwo",
        "\u200e1\n\u202b0:01 --> 0:02\u202c\nOne\n\n\u200f2\n\u200e0:03 --> 0:04\nTwo",
        "1\n00:00:01,000-->00:00:02,000\nOne\n2\n00:00:03,000-->00:00:04,000\nTwo",
        "1\n0\uff1a01 --> 0\uff1a02\nOne\n\n2\n0\uff1a03 --\uff1e 0\uff1a04\nTwo",
        "7\n0:01 --> 0:02\nOne\n\n3\n0:03 --> 0:04\nTwo",
        "0:01.000,0:02.000\nOne\n\n0:03.000,0:04.000\nTwo\n",
        "cue-1\n0:01 --> 0:02\nOne\n\ncue-2\n0:03 --> 0:04\nTwo",
    ],
    ids=range(9),
)
def test_a_file_is_read_however_it_is_laid_out(text):
    assert lines(text) == ONE_TWO


def test_times_are_kept_as_sent_though_they_overlap_or_run_back():
    assert lines("0:09 --> 0:03\na\n\n0:01 --> 0:20\nb\n\n-0:01 --> 0:20\nb") == [
        (9.0, 3.0, "", "a"),
        (1.0, 20.0, "", "b"),
        (-1.0, 20.0, "", "b"),
    ]


def test_a_cue_without_words_is_no_line_and_is_counted_apart():
    reading = read("1\n0:01 --> 0:02\n\n2\n0:01 --> 0:02\nx\n\n3\n0:03 --> 0:04\n<i></i>\n")
    assert [line.text for line in reading.lines] == ["x"]
    assert (reading.unread, reading.empty) == (0, 2)


def test_marks_of_direction_in_words_are_kept():
    assert words("1\n0:01 --> 0:02\n\u202bשלום\u202c\n") == ["\u202bשלום\u202c"]


def test_what_is_left_of_markup_is_text():
    written = "&lt;script&gt;alert(1)&lt;/script&gt; 1 < 2 > 0 &copy; &copy =1+1"
    assert words(f"1\n0:01 --> 0:02\n{written}") == [
        "<script>alert(1)</script> 1 < 2 > 0 © &copy =1+1"
    ]


def test_a_broken_cue_is_told_by_its_number_where_no_gap_comes_first():
    reading = read("1\n0:01 --> 0:02\nOne\n2\n0:0x --> 0:04\nlost\n3\n0:05 --> 0:06\nThree")
    assert [line.text for line in reading.lines] == ["One", "Three"]
    assert [place.text for place in reading.places] == ["0:0x --> 0:04 lost"]


def test_a_pair_of_clock_times_in_words_begins_no_cue():
    assert words("1\n0:01.0 --> 0:02.0\nopen\n\n10:00 - 11:00\n\n2\n0:05.0 --> 0:06.0\nx") == [
        "open 10:00 - 11:00",
        "x",
    ]


def test_a_sentence_with_an_arrow_begins_no_cue():
    assert words("1\n0:01.0 --> 0:02.0\na\n\nhe went from A --> B\n\n2\n0:05.0 --> 0:06.0\nb") == [
        "a he went from A --> B",
        "b",
    ]


def test_the_first_number_may_be_any_where_gaps_stand_everywhere():
    text = "5\n\n0:01 --> 0:02\n\nOne\n\n6\n\n0:03 --> 0:04\n\nTwo"
    assert lines(text) == ONE_TWO
    assert read(text).unread == 0


@pytest.mark.parametrize(
    ("text", "unread", "said"),
    [
        ("Season2\n0:01 --> 0:02\nOne\n\n0:03 --> 0:04\nTwo", 1, ["One", "Two"]),
        ("Part 1\n0:01 --> 0:02\nOne\n\nPart 2\n0:03 --> 0:04\nTwo", 1, ["One Part 2", "Two"]),
    ],
)
def test_a_title_above_times_is_no_name_of_a_cue(text, unread, said):
    assert read(text).unread == unread
    assert words(text) == said
