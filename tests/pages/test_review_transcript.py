"""The Transcript section: what a file holds is shown, and asked about, before it is attached."""

import pytest

from lib.interchange import transcript
from lib.model import Line
from tests import answers
from tests.pages.conftest import open_page, words

ATTACH = "transcript_attach"
SRT = "1\n00:00:01,000 --> 00:00:02,500\n{}\n\n2\n00:00:03,000 --> 00:00:04,000\n{}\n"


@pytest.fixture
def section(app, library):
    """The Transcript section of a session of 30 s."""
    library.save(answers.session())
    open_page(app, "review", session="abc", section="Transcript")
    return app


def choose(app, content, name="talk.srt"):
    app.get("file_uploader")[-1].set_value((name, content, "text/plain")).run()
    assert not app.exception


def answer(app, label, value):
    (radio,) = [radio for radio in app.radio if radio.label == label]
    radio.set_value(value).run()


def chosen(app, label):
    (box,) = [box for box in app.selectbox if box.label == label]
    return box


def attached(app, library):
    app.button(key=ATTACH).click().run()
    assert not app.exception
    return list(library.review("abc").transcript)


def test_a_transcript_is_shown_then_attached_and_can_be_removed(section, library):
    choose(section, b"start,end,speaker,text\n0,2.5,Ana,Hello there\n", "talk.csv")
    assert "1 line by 1 speaker, from 0:00 to 0:03. The recording lasts 0:30." in words(section)
    assert "<td>0:02.5</td><td>Ana</td><td>Hello there</td>" in words(section)
    assert library.review("abc").transcript == ()
    assert attached(section, library) == [Line(0.0, 2.5, "Ana", "Hello there")]
    next(button for button in section.button if "Remove the" in button.label).click().run()
    assert library.review("abc").transcript == ()


def test_only_the_first_lines_are_shown(section):
    rows = "".join(f"{second},{second + 1},word{second}\n" for second in range(9))
    choose(section, f"start,end,text\n{rows}".encode(), "talk.csv")
    assert "word4" in words(section)
    assert "word5" not in words(section)


def test_what_could_not_be_read_is_counted_and_shown(section):
    choose(section, b"start,end,text\n0,2,Hello\nsoon,later,What?\n", "talk.csv")
    text = words(section)
    assert "1 part of the file could not be read and is left out." in text
    assert "soon later What?" in text.replace(",", " ")
    assert not section.button(key=ATTACH).disabled


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"", "talk.srt"),
        (b"hello", "talk.srt"),
        (b"\x00\xff" * 50, "talk.srt"),
        (b"hello", "talk.mp3"),
        (b" " * (transcript.MAX_BYTES + 1), "talk.srt"),
    ],
    ids=["empty", "words", "bytes", "suffix", "size"],
)
def test_what_is_no_transcript_is_refused_with_a_remedy(section, content, name):
    choose(section, content, name)
    assert len(section.error) == 1
    assert "hoose " in section.error[0].value  # what to choose instead
    assert ATTACH not in [button.key for button in section.button]


def test_a_guessed_encoding_is_said_and_can_be_changed(section, library):
    choose(section, SRT.format("Привет, как дела сегодня", "Хорошо, спасибо").encode("cp1251"))
    assert "Read as Windows-1251, a guess." in words(section)
    assert "Привет" in words(section)
    chosen(section, "Encoding").set_value("cp1252").run()
    assert "Read as Windows-1252" in words(section)
    assert "Ïðèâåò" in words(section)
    chosen(section, "Encoding").set_value("cp1251").run()
    assert attached(section, library)[1].text == "Хорошо, спасибо"


def test_an_encoding_that_is_sure_is_no_question(section):
    choose(section, SRT.format("Grüße", "ja").encode())
    assert "Encoding" not in [box.label for box in section.selectbox]


def test_times_that_fit_no_recording_are_asked_about(section, library):
    choose(section, b"start,end,text\n1000,2000,Hi\n3000,29000,There\n", "talk.csv")
    (warning,) = section.warning
    assert warning.value.startswith("2 of 2 lines lie beyond the end of the recording")
    assert section.button(key=ATTACH).disabled
    answer(section, "The times are", "In milliseconds")
    assert [(line.start, line.end) for line in attached(section, library)] == [(1, 2), (3, 29)]


def test_times_are_kept_as_they_are_where_a_person_says_so(section, library):
    choose(section, b"start,end,text\n1000,2000,Hi\n", "talk.csv")
    answer(section, "The times are", "As they are, in seconds")
    assert [(line.start, line.end) for line in attached(section, library)] == [(1000, 2000)]


def test_times_in_frames_are_read_with_the_rate(section, library):
    choose(section, b"start,end,text\n00:00:01:12,00:00:02:00,Hi\n", "talk.csv")
    assert "times that end in frames" in section.warning[0].value
    (rate,) = section.number_input
    rate.set_value(25.0).run()
    assert [(line.start, line.end) for line in attached(section, library)] == [(1.48, 2.0)]


def test_plain_times_in_frames_are_read_with_the_rate(section, library):
    choose(section, b"start,end,text\n50,100,Hi\n150,700,There\n", "talk.csv")
    (rate,) = section.number_input
    rate.set_value(25.0).run()
    answer(section, "The times are", "In frames")
    assert [(line.start, line.end) for line in attached(section, library)] == [(2, 4), (6, 28)]


@pytest.mark.parametrize(
    ("label", "lines"),
    [
        ("Yes, as speakers", [("Ana", "Hi"), ("Bo", "Hello")]),
        ("No, they are words", [("", "Ana: Hi"), ("", "Bo: Hello")]),
    ],
)
def test_names_before_a_colon_are_asked_about(section, library, label, lines):
    choose(section, SRT.format("Ana: Hi", "Bo: Hello").encode())
    assert "one of two names and a colon (Ana, Bo). Use them as speakers?" in words(section)
    assert section.button(key=ATTACH).disabled
    answer(section, "Use the names as speakers?", label)
    assert [(line.speaker, line.text) for line in attached(section, library)] == lines


def test_columns_that_are_not_known_are_asked_about(section, library):
    choose(section, b"Alpha,Beta,Gamma\n0:01,Ana,Hi there\n0:03,Bo,Hello you\n", "talk.csv")
    assert "Choose what each column holds." in words(section)
    assert "<td>Alpha</td><td>Beta</td><td>Gamma</td>" in words(section)
    for label, column in {"Start of each line": 0, "Speaker": 1, "Words": 2}.items():
        chosen(section, label).set_value(column).run()
    assert attached(section, library) == [
        Line(1, 3, "Ana", "Hi there"),
        Line(3, 30, "Bo", "Hello you"),
    ]


def test_hostile_text_of_a_file_stays_text(section):
    hostile = "<img src=x onerror=alert(1)>"
    content = f"start,end,text\n0,2,{hostile}: **hi**\nsoon,later,{hostile}\n"
    choose(section, content.encode(), "talk.csv")
    assert "<img" not in words(section)
    assert "&lt;img" in words(section)
