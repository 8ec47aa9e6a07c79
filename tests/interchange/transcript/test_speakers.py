import pytest

from tests.interchange.transcript.lines import lines, read


def cues(*texts):
    return "\n\n".join(f"{n}\n0:0{n} --> 0:0{n + 1}\n{text}" for n, text in enumerate(texts, 1))


@pytest.mark.parametrize(
    ("text", "name", "said"),
    [
        ("Ana Ruiz: Hi", "Ana Ruiz", "Hi"),
        ("[SPEAKER_00]: Hi", "SPEAKER_00", "Hi"),
        ("[SPEAKER_00] Hi", "SPEAKER_00", "Hi"),
        ("(Ben): Hi", "Ben", "Hi"),
        ("- Ben: Hi", "Ben", "Hi"),
        (">> BEN: Hi", "BEN", "Hi"),
        ("Dr. Müller: Hi", "Dr. Müller", "Hi"),
        ("O'Hara, Ben: Hi", "O'Hara, Ben", "Hi"),
        ("Speaker 1: Hi", "Speaker 1", "Hi"),
        ("speaker 1: Hi", "speaker 1", "Hi"),
        ("田中：こんにちは", "田中", "こんにちは"),
        ("Ana (Host) : Hi: you", "Ana (Host)", "Hi: you"),
        ("Ana:\nHi", "Ana", "Hi"),
    ],
)
def test_a_name_before_a_colon_is_asked_about_and_used_when_chosen(text, name, said):
    question = read(cues(text)).speakers
    assert (question.names, question.lines, question.total) == ((name,), 1, 1)
    assert lines(cues(text), speakers_from_text=True) == [(1.0, 2.0, name, said)]
    assert lines(cues(text), speakers_from_text=False)[0][2] == ""


@pytest.mark.parametrize(
    "text",
    [
        "Hi",
        "10:30 is fine",
        "http://a.b",
        "Note: this",
        "it goes like this: so",
        "Is it? Yes: it is",
        "one two three four five Six: x",
        "<Ana> Hi",
        "[laughs] Hi",
        ": Hi",
    ],
)
def test_what_is_no_name_is_not_asked_about(text):
    assert read(cues(text)).speakers is None
    assert lines(cues(text), speakers_from_text=True) == [(1.0, 2.0, "", text)]


def test_the_question_counts_lines_and_names():
    question = read(cues("Ana: a", "b", "Ben: c", "Ana: d")).speakers
    assert (question.names, question.lines, question.total) == (("Ana", "Ben"), 3, 4)


def test_a_colon_now_and_then_is_not_asked_about():
    assert read(cues("a", "b", "Rule: c", "d", "e")).speakers is None
    many = [f"Item {n}: x" for n in range(8)]
    text = "\n\n".join(f"{n}\n0:01 --> 0:02\n{said}" for n, said in enumerate(many, 1))
    assert read(text).speakers is None


def test_two_who_speak_in_one_cue_become_two_lines():
    text = cues("- Ana: a\nb\n- Ben: c", "Ana: d", "Ben:")
    assert lines(text, speakers_from_text=True) == [
        (1.0, 2.0, "Ana", "a b"),
        (1.0, 2.0, "Ben", "c"),
        (2.0, 3.0, "Ana", "d"),
        (3.0, 4.0, "", "Ben:"),
    ]
    assert read(text, speakers_from_text=True).notes == (
        "Names before a colon were read as speakers.",
    )


def test_a_speaker_that_the_file_names_stays():
    text = "start,end,speaker,text\n1,2,Ana,Ben: said so\n3,4,,Ben: Hi"
    assert lines(text, "a.csv", speakers_from_text=True) == [
        (1.0, 2.0, "Ana", "Ben: said so"),
        (3.0, 4.0, "Ben", "Hi"),
    ]
