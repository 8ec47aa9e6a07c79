import pytest

from lib.errors import TranscriptError
from lib.interchange.transcript import Columns, columns
from tests.interchange.transcript.lines import lines, read


def table(text, **more):
    return lines(text, "a.csv", **more)


ANA = [(1.0, 4.25, "Ana", "Shall we?")]


@pytest.mark.parametrize(
    "text",
    [
        "start,end,speaker,text\n1,4.25,Ana,Shall we?\n",
        "Text;SPEAKER; End ;start;note\r\nShall we?;Ana;4,25;0:00:01;x\r\n",
        "\n\nspeaker\ttext\tstart\tend\nAna\tShall we?\t0:01.000\t00:00:04,250\n",
        '"start","end","speaker","text"\r"1.0","4.25"," Ana ","Shall\r\nwe?"\r',
        "start|end|speaker|text\n1|4.25|Ana|Shall we?\n",
        "sep=;\nstart;end;speaker;text\n1;4,25;Ana;Shall we?",
        '"sep=|"\nstart|end|speaker|text\n1|4,25|Ana|Shall we?',
        "Beginn;Ende;Sprecher;Text\n1,0;4,25;Ana;Shall we?\n",
        "Start Time,End Time,Speaker,Transcript,,\n0:01,0:04.25,Ana,Shall we?,,\n",
        "start_ms,end_ms,speaker,text\n1000,4250,Ana,Shall we?\n",
        "Start (s);End (s);Who;Said\n1,0;4,25;Ana;Shall we?\n",
        "startTime,endTime,speakerName,body\n1,4.25,Ana,Shall we?\n",
        "In,Out,Name,Dialogue\n00:00:01.000,00:00:04.250,Ana,Shall we?",
        "Start,Duration,Speaker,Text\n1,3.25,Ana,Shall we?",
        "Line,Start,End,Speaker,Caption\n1,1,4.25,Ana,Shall we?",
        "start,end,speaker,text\n1,4,25,Ana,Shall we?".replace("1,4,25", "1,0,4,25"),
        "début;fin;locuteur;texte\n1;4,25;Ana;Shall we?",
        "start,end,speaker,text\n12:00:01 AM,12:00:04.25 AM,Ana,Shall we?",
        "\u200estart,\u200eend,speaker,text\n\u200e0:01,\u200e0:04.25,Ana,Shall we?",
        "Begin Time - msec|End Time - msec|Tier|Participant|Text\n1000|4250|K|Ana|Shall we?",
        "Timecode,Speaker,Text\n0:01 - 00:00:04.250,Ana,Shall we?",
        'Timecode,Speaker,Text\n"0:01,0 --> 0:04,250",Ana,Shall we?',
        "Speaker;Start time (h:m:s);Start time (s);End (s);Paragraph\nAna;0:01;1;4,25;Shall we?",
        "#,Record In,Record Out,Name,Notes\n1,0:01,0:04.25,Ana,Shall we?",
        "Tier|Participant|Begin Time - h:m:s.ms|End Time - ss.msec|Text\nAna||0:01|4.25|Shall we?",
    ],
    ids=range(25),
)
def test_a_table_is_read_as_the_programs_write_it(text):
    assert table(text) == ANA
    assert read(text, "a.csv").unread == 0
    assert read(text, "a.txt").format == "table"


def test_a_table_needs_no_speakers():
    assert table("start,end,text\n1,2,x") == [(1.0, 2.0, "", "x")]


def test_columns_that_were_not_used_are_named():
    reading = read("start,end,text,mood,id\n1,2,x,good,7", "a.csv")
    assert reading.notes == ("Columns that were not used: mood, id.",)


def test_milliseconds_that_the_first_row_names_are_read_and_said():
    reading = read("start_ms,end_ms,text\n1000,2000,x", "a.csv")
    assert reading.notes == ("The times are in milliseconds, as the table's first row says.",)
    assert table("start_ms,end_ms,text\n1000,2000,x", unit="s") == [(1000.0, 2000.0, "", "x")]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("1,2,Ana,Well, it depends, yes", "Well, it depends, yes"),
        ('1,2,Ana,"Well, it depends",yes', "Well, it depends,yes"),
        ("1,2,Ana,Well,,", "Well"),
        ("1,2,Ana,Well,,yes", "Well,,yes"),
    ],
)
def test_extra_cells_belong_to_the_text_where_it_is_the_last_column(row, said):
    assert table(f"start,end,speaker,text\n{row}") == [(1.0, 2.0, "Ana", said)]


def test_a_row_with_extra_cells_is_counted_where_the_text_is_not_the_last_column():
    reading = read("text,start,end\nOne,1,2\nWell, no,3,4\n", "a.csv")
    assert [line.text for line in reading.lines] == ["One"]
    assert [(place.where, place.text) for place in reading.places] == [("row 3", "Well, no,3,4")]


def test_an_extra_cell_counts_its_row_though_all_else_can_be_read():
    reading = read("start,text,end\n1,One,2\n3,Two,4,more\n", "a.csv")
    assert [line.text for line in reading.lines] == ["One"]
    assert [place.text for place in reading.places] == ["3,Two,4,more"]


@pytest.mark.parametrize(
    "row", ["x,2,lost", "1,x,lost", "a -> b", ",,lost", "a remark", "1,2:3:4:5,lost"]
)
def test_a_row_that_cannot_be_read_is_counted(row):
    reading = read(f"start,end,text\n{row}\n1,2,kept", "a.csv")
    assert [line.text for line in reading.lines] == ["kept"]
    assert [(place.where, place.text) for place in reading.places] == [("row 2", row)]


def test_what_stands_above_the_names_of_the_columns_is_counted():
    reading = read("Meeting of May,,\n\nStart,End,Text\n1,2,x", "a.csv")
    assert [place.text for place in reading.places] == ["Meeting of May,,"]


def test_a_row_without_words_is_counted_apart():
    reading = read("start,end,text\n1,2, \n\n,,\n1,2,x", "a.csv")
    assert [line.text for line in reading.lines] == ["x"]
    assert (reading.unread, reading.empty) == (0, 1)


def test_a_quote_that_is_never_closed_takes_no_row_along():
    reading = read('start,end,text\n1,2,"He said\n3,4,Ok\n5,6,"a, b"\n7,8,a "b" c\n', "a.csv")
    assert [line.text for line in reading.lines] == ['"He said', "Ok", "a, b", 'a "b" c']
    assert reading.notes == ("The table's quotes are not closed, so each row was read on its own.",)


def test_a_table_has_no_markup_to_take_away():
    assert table("start,end,text\n1,2,<b>=cmd &amp; {\\x}") == [
        (1.0, 2.0, "", "<b>=cmd &amp; {\\x}")
    ]


def test_lines_without_an_end_last_until_the_next_and_that_is_said():
    reading = read("Speaker,Timestamp,Text\nAna,0:05,a\nBen,0:01,b\nAna,0:09,c", "a.csv", 30.0)
    assert [(line.start, line.end) for line in reading.lines] == [(5, 5), (1, 9), (9, 30)]
    assert reading.notes == ("3 lines have no end of their own; each lasts until the next begins.",)


@pytest.mark.parametrize("separator", [",", ";"])
def test_fractions_of_a_day_are_read_and_said(separator):
    point = "." if separator == "," else ","
    rows = [
        ["Start", "End", "Text"],
        [f"0{point}0000115740740740741", f"3{point}47222222E-05", "x"],
    ]
    text = "\n".join(separator.join(row) for row in rows)
    assert table(text) == [(1.0, 3.0, "", "x")]
    assert read(text, "a.csv").notes == (
        "The times are fractions of a day, as spreadsheets keep them.",
    )
    assert table(text, unit="s")[0][0] < 0.001


def test_seconds_finer_than_any_clock_are_no_fractions_of_a_day():
    assert table("start,end,text\n0.10000000000000001,12.340000000000001,x") == [
        (0.1, 12.340000000000001, "", "x")
    ]
    short = "start,end,text\n0.10000000000000001,0.90000000000000002,x"
    assert table(short, duration=1.0) == [(0.1, 0.9, "", "x")]


def test_frames_are_read_at_the_recordings_rate():
    text = "Speaker Name,Start Time,End Time,Text\nAna,00:00:01:12,00:00:02:00,Hi"
    assert table(text, frame_rate=25) == [(1.48, 2.0, "Ana", "Hi")]
    assert table(text.replace(":", ";"), frame_rate=25) == [(1.48, 2.0, "Ana", "Hi")]
    assert read(text, "a.csv", frame_rate=25).notes == (
        "The times end in frames; they were read at 25 frames per second.",
    )
    reading = read(text, "a.csv")
    assert (reading.lines, reading.unread, reading.unit.framed) == ((), 1, 1)
    assert table("start,end,text\n25,50,x", unit="frames", frame_rate=25) == [(1.0, 2.0, "", "x")]


UNKNOWN = "a,b,c,d\n1,2,Ana,Hi\n3,4,Ben,Yo\n"


def test_unknown_columns_are_asked_about_with_the_first_rows():
    reading = read(UNKNOWN, "a.csv")
    assert (reading.lines, reading.unread) == ((), 3)
    assert reading.columns.rows == (
        ("a", "b", "c", "d"),
        ("1", "2", "Ana", "Hi"),
        ("3", "4", "Ben", "Yo"),
    )
    assert read("start,end,speaker\n1,2,x", "a.csv").columns.seems == (
        ("start", 0),
        ("end", 1),
        ("speaker", 2),
    )


@pytest.mark.parametrize("text", [UNKNOWN, UNKNOWN.partition("\n")[2]])
def test_columns_are_what_a_person_says(text):
    chosen = Columns(start=0, end=1, speaker=2, text=3)
    assert table(text, columns=chosen) == [(1.0, 2.0, "Ana", "Hi"), (3.0, 4.0, "Ben", "Yo")]
    assert read(text, "a.csv", columns=chosen).unread == 0
    assert table(text, columns=Columns(start=0, text=2))[0] == (1.0, 3.0, "", "Ana")


@pytest.mark.parametrize("place", [7, -1, 10**9])
def test_a_column_that_is_not_there_is_empty(place):
    with pytest.raises(TranscriptError):
        read(UNKNOWN, "a.csv", columns=Columns(start=0, text=place))


@pytest.mark.parametrize("text", [b"a\nb\nc", b"start,end,text\n", b"start,end,text\nx,y,z"])
def test_what_is_no_table_is_refused(text):
    with pytest.raises(TranscriptError, match="No line of the file"):
        read(text, "a.csv")


@pytest.mark.parametrize(
    "text",
    [
        b"start,end,text\n1,2," + b"x" * 200_000,
        b'"' + b"x" * 200_000,
        b'start,end,text\n"' + b"x" * 200_000,
    ],
    ids=range(3),
)
def test_a_cell_without_end_is_refused(text):
    with pytest.raises(TranscriptError, match="longer than any line"):
        read(text, "a.csv")


@pytest.mark.parametrize(
    ("name", "part", "unit"),
    [
        ("Begin Time - ss.msec", "start", "s"),
        ("Begin Time - hh:mm:ss.ms", "start", None),
        ("End Time - msec", "end", "ms"),
        ("start (ms)", "start", "ms"),
        ("startMs", "start", "ms"),
        ("END_TIME [s]", "end", "s"),
        ("Start frame", "start", "frames"),
        ("Timecode In", "start", None),
        ("Sprecher*in", "speaker", None),
        ("Transcript text", "text", None),
    ],
)
def test_a_columns_name_says_what_it_holds(name, part, unit):
    title = columns.title(name)
    assert (title.part, title.unit) == (part, unit)


@pytest.mark.parametrize("name", ["", "a", "mood", "Begin Time - words", "start" * 100, "id"])
def test_another_name_says_nothing(name):
    assert columns.title(name) is None
