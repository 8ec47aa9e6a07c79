import pytest

from lib.exports import sanitize


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("a\x00b\x1bc\x7fd\x9fe", "abcde"),
        ("a\r\nb\rc\td", "a\nb\nc\td"),
        ("half \ud800", "half ?"),
        ("\ufffe\uffff", ""),
        ("\u202e 🙂", "\u202e 🙂"),
    ],
)
def test_clean_text_has_no_control_characters(text, cleaned):
    assert sanitize.clean(text) == cleaned


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (" one\n\n two\u2028three\x85four\x0bfive ", "one two three four five"),
        ("a \x00 b", "a b"),
        ("\x00", ""),
    ],
)
def test_a_line_has_no_break_and_no_double_space(text, line):
    assert sanitize.one_line(text) == line


def test_what_had_to_go_is_an_ellipsis():
    assert sanitize.cut("abcd", 4) == "abcd"
    assert sanitize.cut("abcde", 4) == "abc…"
