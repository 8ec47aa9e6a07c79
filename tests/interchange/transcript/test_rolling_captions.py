import pytest

from tests.interchange.transcript.lines import lines, read, words


def cues(*texts, rows="\n"):
    return "WEBVTT\n\n" + "\n\n".join(
        f"00:0{place}.000 --> 00:0{place + 1}.000\n{text}" for place, text in enumerate(texts)
    )


def test_rolling_captions_become_one_line_each():
    text = cues("one two three", "one two three\nfour five", "four five\nsix", "six")
    assert lines(text, "a.vtt") == [
        (0.0, 1.0, "", "one two three"),
        (1.0, 2.0, "", "four five"),
        (2.0, 4.0, "", "six"),
    ]
    assert read(text, "a.vtt").notes == (
        "3 rolling captions repeat the one before; they were joined into one line each.",
    )


def test_captions_that_grow_become_one_line_each():
    text = cues("one", "one two", "one two three", "four", "four five")
    assert lines(text, "a.vtt") == [(0.0, 3.0, "", "one two three"), (3.0, 5.0, "", "four five")]


def test_a_caption_shown_again_for_each_of_its_words_becomes_one_line():
    text = cues("<u>So</u> it is then", "So <u>it</u> is then", "So it <u>is</u> then", "Yes")
    assert words(text, "a.vtt") == ["So it is then", "Yes"]


def test_captions_of_a_converter_roll_without_times_of_words():
    text = "\n\n".join(
        f"{number}\n00:00:{start} --> 00:00:{end}\n{said}"
        for number, (start, end, said) in enumerate(
            [
                ("01,000", "03,000", "\nhello there friend"),
                ("03,000", "03,010", "hello there friend\n "),
                ("03,010", "05,000", "hello there friend\nhow are you"),
                ("05,000", "05,010", "how are you\n "),
            ],
            1,
        )
    )
    assert lines(text) == [(1.0, 3.01, "", "hello there friend"), (3.01, 5.01, "", "how are you")]


def test_a_person_may_have_them_as_they_stand():
    text = cues("one two three", "one two three\nfour five", "four five\nsix", "six")
    assert len(lines(text, "a.vtt", join_repeats=False)) == 4
    assert words(cues("Yes.", "Yes."), "a.vtt", join_repeats=True) == ["Yes."]


@pytest.mark.parametrize(
    "text",
    [
        cues("Yes.", "Yes.", "Yes."),
        cues("No.", "No. Never."),
        cues("one two three", "four", "five", "five six", "seven", "eight"),
        "WEBVTT\n\n0:00 --> 0:01\nso it is\n\n0:05 --> 0:06\nso it is\n\n0:09 --> 0:10\nso it is",
        "WEBVTT\n\n" + "0:01 --> 0:01\nso it is\n\n" * 3,
        cues("<v A>so it is", "<v B>so it is", "<v A>so it is"),
    ],
    ids=range(6),
)
def test_what_people_say_twice_is_said_twice(text):
    assert len(lines(text, "a.vtt")) == text.count("-->")
    assert read(text, "a.vtt").notes == ()


def test_words_with_times_of_their_own_tell_that_captions_roll():
    assert words(cues("so<00:00:00.500><c> it is</c>", "so it is\nthen"), "a.vtt") == [
        "so it is",
        "then",
    ]
    assert words(cues("so it is", "so it is\nthen"), "a.vtt") == ["so it is", "so it is then"]
