import pytest

from lib.errors import TranscriptError
from lib.interchange.transcript import xml_events
from tests.interchange.transcript.lines import lines, read

HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?><tt xmlns="http://www.w3.org/ns/ttml" '
    'xmlns:ttm="a" xmlns:ttp="b" ttp:frameRate="25" ttp:tickRate="10000000"><head><metadata>'
    '<ttm:title>A talk</ttm:title><ttm:agent xml:id="a1"><ttm:name>Ana Ruiz</ttm:name></ttm:agent>'
    "</metadata></head>"
)


def ttml(body, name="a.ttml", head=HEAD):
    return lines(f"{head}<body>{body}</body></tt>", name)


@pytest.mark.parametrize(
    ("begin", "end"),
    [
        ("00:00:01.500", "00:00:03"),
        ("1.5s", "3s"),
        ("1500ms", "3000ms"),
        ("00:00:01:12.5".partition(".5")[0], "00:00:03:00"),
        ("15000000t", "30000000t"),
        ("0.025m", "0.05m"),
    ],
)
def test_times_are_read_in_every_form(begin, end):
    start = 1.48 if begin.endswith(":12") else 1.5
    assert ttml(f'<div><p begin="{begin}" end="{end}">a</p></div>') == [(start, 3.0, "", "a")]


def test_a_paragraph_is_a_line_with_its_speaker_and_its_breaks():
    said = 'Hi<br/>you &amp; <span tts:x="y">me</span>'
    body = f'<div><p begin="1s" dur="2s" ttm:agent="a1">{said}</p></div>'
    assert ttml(body) == [(1.0, 3.0, "Ana Ruiz", "Hi you & me")]


def test_times_add_up_inwards():
    inner = '<p begin="1s">a</p><p><span begin="2s" end="3s">b</span></p>'
    body = f'<div begin="10s" end="20s">{inner}</div>'
    assert ttml(body) == [(11.0, 20.0, "", "a"), (12.0, 13.0, "", "b")]


def test_times_of_words_make_no_lines_of_their_own():
    words = '<span begin="0s" end="1s">a</span> <span begin="1s" end="2s">b</span>'
    body = f'<p begin="1s" end="3s">{words}</p>'
    assert ttml(body) == [(1.0, 3.0, "", "a b")]


def test_words_without_times_are_counted():
    lost = '<p>lost</p><p begin="soon" end="3s">lost, too</p>loose'
    body = f'{lost}<p begin="1s" end="2s">a</p><p begin="1s"/>'
    reading = read(f"{HEAD}<body>{body}</body></tt>", "a.xml")
    assert [line.text for line in reading.lines] == ["a"]
    assert [place.text for place in reading.places] == ["lost", "lost, too", "loose"]
    assert (reading.format, reading.empty) == ("TTML", 1)


def test_names_with_a_prefix_are_the_same():
    text = (
        '<tt:tt xmlns:tt="a"><tt:body><tt:p begin="1s" end="2s">a<tt:br/>b</tt:p></tt:body></tt:tt>'
    )
    assert lines(text, "a.dfxp") == [(1.0, 2.0, "", "a b")]


def test_an_encoding_that_the_file_states_wrongly_does_no_harm():
    text = (
        '<?xml version="1.0" encoding="UTF-8"?><tt><body><p begin="1s" end="2s">é</p></body></tt>'
    )
    assert lines(text.encode("utf-16"), "a.ttml") == [(1.0, 2.0, "", "é")]


def test_elements_are_bounded(monkeypatch):
    monkeypatch.setattr(xml_events, "MAX_ELEMENTS", 3)
    body = '<body><p begin="1s" end="2s">a</p>{}</body>'
    assert lines(f"<tt>{body.format('')}</tt>", "a.ttml")
    with pytest.raises(TranscriptError, match="far more"):
        read(f"<tt>{body.format('<p/>')}</tt>", "a.ttml")


@pytest.mark.parametrize(
    "text",
    [
        '<!DOCTYPE tt [<!ENTITY a "aaaa">]><tt><body><p begin="1s" end="2s">&a;</p></body></tt>',
        '<!DOCTYPE tt SYSTEM "file:///etc/passwd"><tt><body/></tt>',
        "<tt><body><p begin='1s' end='2s'>a</body></tt>",
        "<tt>" + "<p>" * 1000,
        "<tt><body></body></tt>",
        "<html><p>a</p></html>",
    ],
    ids=range(6),
)
def test_a_hostile_or_damaged_file_is_refused(text):
    with pytest.raises(TranscriptError):
        read(text, "a.ttml")
