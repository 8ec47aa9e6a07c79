from lib.interchange.transcript import (
    ColumnsQuestion,
    Encoding,
    Place,
    Reading,
    SpeakersQuestion,
    UnitQuestion,
)
from lib.model import Line
from lib.ui.review import transcript_text

LINES = (Line(1.0, 3.0, "Ana", "a"), Line(750.0, 70.0, "Ben", "b"))


def test_how_the_bytes_were_read():
    def said(codec, label, **more):
        return transcript_text.encoding_note(Reading((), "SubRip", Encoding(codec, label, **more)))

    assert said("utf-8", "UTF-8") == ""
    assert transcript_text.encoding_note(Reading((), "Word")) == ""
    assert said("utf-16", "UTF-16") == "Read as UTF-16."
    assert said("cp1251", "Windows-1251", guessed=True) == (
        "Read as Windows-1251, a guess. If the first lines look wrong, choose another encoding."
    )
    assert said("utf-8", "UTF-8", spoiled=1) == (
        "Read as UTF-8. 1 character could not be read and shows as \ufffd."
    )
    assert "2 characters could not be read and show as" in said("utf-8", "UTF-8", spoiled=2)


def test_what_the_file_holds():
    assert transcript_text.summary(Reading(LINES, "SubRip"), duration=765.0) == (
        "2 lines by 2 speakers, from 0:01 to 12:30. The recording lasts 12:45."
    )
    assert transcript_text.summary(Reading((Line(1.0, 2.0, "", "a"),), "SubRip")) == (
        "1 line, no speaker named, from 0:01 to 0:02."
    )
    assert transcript_text.summary(Reading((), "table")) == "No line can be read yet."


def test_what_was_left_out():
    assert transcript_text.unread(Reading(LINES, "SubRip")) == ""
    assert transcript_text.unread(Reading(LINES, "SubRip", unread=1)) == (
        "1 part of the file could not be read and is left out."
    )
    assert transcript_text.unread(Reading(LINES, "SubRip", unread=1200, empty=1)) == (
        "1,200 parts of the file could not be read and are left out. 1 line has times and no words."
    )
    assert (
        transcript_text.unread(Reading(LINES, "SubRip", empty=2))
        == "2 lines have times and no words."
    )
    assert transcript_text.place(Place("row 5", "2 lost")) == "Row 5: 2 lost"


def test_the_question_about_names():
    assert transcript_text.speakers(SpeakersQuestion(("Ana", "Ben"), 18, 20)) == (
        "18 of 20 lines begin with one of two names and a colon (Ana, Ben). Use them as speakers?"
    )
    assert transcript_text.speakers(SpeakersQuestion(("Ana",), 1, 1)) == (
        "The only line begins with a name and a colon (Ana). Use it as the speaker?"
    )
    many = tuple(f"S{number}" for number in range(12))
    assert transcript_text.speakers(SpeakersQuestion(many, 1, 20)) == (
        "1 of 20 lines begins with one of 12 names and a colon "
        "(S0, S1, S2, S3, S4, S5 and 6 more). Use them as speakers?"
    )


def test_the_question_about_times():
    assert transcript_text.unit(UnitQuestion(2, 2, 4470.0, ("ms",))) == (
        "2 of 2 lines lie beyond the end of the recording, the last by 1:14:30. "
        "Are the times in milliseconds?"
    )
    assert transcript_text.unit(UnitQuestion(1, 2, 119.0, ("frames", "ms"))) == (
        "1 of 2 lines lies beyond the end of the recording, the last by 1:59. "
        "Are the times in frames or in milliseconds?"
    )
    assert transcript_text.unit(UnitQuestion(1, 1, 3.0)) == (
        "1 of 1 line lies beyond the end of the recording, the last by 0:03. "
        "Is this the transcript of this recording?"
    )
    assert transcript_text.unit(UnitQuestion(0, 2, None, ("ms",))) == (
        "Read as seconds, lines last minutes each. Are the times in milliseconds?"
    )
    assert transcript_text.unit(UnitQuestion(0, 0, None, (), framed=12)) == (
        "12 lines have times that end in frames, like 00:00:01:12. "
        "Enter the frames per second to read them."
    )


def test_the_question_about_columns():
    assert transcript_text.columns(ColumnsQuestion((("a", "b"),))) == (
        "The table does not say which columns hold the start and the text. "
        "Choose what each column holds."
    )
    assert "holds the text." in transcript_text.columns(
        ColumnsQuestion((("start",),), (("start", 0),))
    )
