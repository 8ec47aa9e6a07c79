import sqlite3

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from lib import plain_text

ANY_TEXT = st.text(st.characters(), max_size=30)  # lone surrogates as well


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ""),
        ("caf\u00e9 \U0001f600\0\n", "caf\u00e9 \U0001f600\0\n"),
        ("a\ud800b", "a?b"),
        ("\ude00\ud83d", "??"),
    ],
)
def test_half_characters_become_question_marks_and_nothing_else_changes(text, expected):
    assert plain_text.replace_surrogates(text) == expected


@given(ANY_TEXT)
@example("\ud800")
def test_any_text_fits_into_a_database_and_a_file_after_it(text):
    whole = plain_text.replace_surrogates(text)
    assert whole.encode("utf-8").decode("utf-8") == whole
    assert plain_text.replace_surrogates(whole) == whole
    assert len(whole) == len(text)
    with sqlite3.connect(":memory:") as connection:
        assert connection.execute("SELECT ?", (whole,)).fetchone() == (whole,)
    connection.close()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ""),
        (" \n\t ", ""),
        ("  A\nnew   title\t", "A new title"),
        ("a\u2028b\u00a0c\x0bd\x85e", "a b c d e"),
        ("Ana\ud800 Maria", "Ana? Maria"),
        ("<b>x</b>", "<b>x</b>"),
    ],
)
def test_white_space_of_any_kind_becomes_one_space(text, expected):
    assert plain_text.one_line(text) == expected


@given(ANY_TEXT)
def test_one_line_is_one_line_and_loses_no_other_sign(text):
    line = plain_text.one_line(text)
    assert len(line.splitlines()) <= 1
    assert line == line.strip()
    assert "  " not in line
    assert plain_text.one_line(line) == line
    assert line.replace(" ", "") == "".join(plain_text.replace_surrogates(text).split())


@pytest.mark.parametrize(
    ("name", "stem"),
    [
        ("talk.mp4", "talk"),
        ("talk.part.1.mp4", "talk.part.1"),
        ("talk", "talk"),
        (".hidden", ".hidden"),
        ("", ""),
        (" A\n talk .mp4", "A talk"),
        ("\ud800.mp4", "?"),
        ("../../etc/passwd.txt", "../../etc/passwd"),
    ],
)
def test_a_file_s_name_loses_its_suffix_alone(name, stem):
    assert plain_text.file_stem(name) == stem


@pytest.mark.parametrize(
    ("title", "session", "parts", "expected"),
    [
        ("Interview 7: Ana/Ben", "0123456789abcdef", (), "Interview-7-Ana-Ben-01234567"),
        ("müde 会議", "sandbox-0123456789ab", ("filtered",), "müde-会議-sandbox-01234567-filtered"),
        ("Sample", "sample", ("answer",), "Sample-sample-answer"),
        ("CON", "abc", (), "CON-abc"),
        ('..\\..//etc:*?"<>|\0\n', "abc", ("",), "etc-abc"),
        ("\u202egnp.exe", "abc", (), "gnp-exe-abc"),
        ("half \ud800 pair 🙂", "abc", (), "half-pair-abc"),
        ("", "", (), "session"),
        ("Zoe\u0308", "abc", (), "Zoë-abc"),
    ],
)
def test_a_download_has_a_name_that_every_system_takes(title, session, parts, expected):
    assert plain_text.file_name(title, session, *parts) == expected


def test_a_long_title_is_cut_between_characters():
    name = plain_text.file_name("会" * 500, "sandbox-" + "a" * 32, "verdicts", "filtered")
    assert len(name.encode()) < 200
    assert name.endswith("会-sandbox-aaaaaaaa-verdicts-filtered")


def test_long_names_that_begin_alike_are_cut_in_their_middle_and_then_numbered():
    names = {f"{'long ' * 9}{end}": f"{'long ' * 9}{end}" for end in ("left", "right", "x right")}
    labels = plain_text.short_labels(names, room=16)
    assert list(labels.values()) == ["long lo…ong left", "long lo…ng right", "long lo…x right"]
    names = {number: f"{'a' * 20}{number}{'b' * 20}" for number in "123"}
    labels = plain_text.short_labels(names, room=12)
    assert list(labels.values()) == ["aaaaa…bbbbbb", "aaaaaaaaa… 2", "aaaaaaaaa… 3"]
