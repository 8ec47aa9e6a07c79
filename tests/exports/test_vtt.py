import io

import pytest
import webvtt
from hypothesis import given, settings

from lib.exports import vtt
from lib.model import Line, Review, Signal
from tests.exports import sessions


def captions(text):
    return webvtt.from_buffer(io.StringIO(text)).captions


def cues(*signals, **more):
    return captions(vtt.write(sessions.bare(*signals, **more)).decode())


def lines(*found):
    return vtt.transcript_cues(sessions.material(review=Review(transcript=found)).transcript)


def test_a_cue_is_a_signal_and_cues_ascend():
    found = captions(vtt.write(sessions.material()).decode())
    assert [(one.identifier, one.start, one.end, one.raw_text) for one in found] == [
        ("sig-2", "00:00:03.250", "00:00:04.000", "interest (not given)"),
        ("sig-0", "00:00:12.000", "00:00:18.500", "stress (medium): A sigh, twice."),
        ("sig-1", "00:00:15.000", "00:00:20.000", "stress (high): Overlaps."),
    ]


def test_the_file_says_where_it_comes_from():
    head = vtt.write(sessions.material()).decode().partition("\n\nsig-")[0]
    assert head.startswith("WEBVTT\n\nNOTE\nsession: s1\n")
    assert all(said in head for said in sessions.MUST_SAY)


def test_a_session_without_signals_is_a_head():
    assert vtt.write(sessions.bare(about={})) == b"WEBVTT\n"
    assert vtt.signals_cues(sessions.bare().signals) == "WEBVTT\n"
    assert lines() == "WEBVTT\n"


@pytest.mark.parametrize(
    ("sent", "start", "end"),
    [
        ((5.0, 5.0), "00:00:05.000", "00:00:05.001"),
        ((9.0, 4.0), "00:00:04.000", "00:00:09.000"),
        ((-3.0, 99.0), "00:00:00.000", "00:01:00.000"),
    ],
)
def test_odd_times_are_drawn(sent, start, end):
    (cue,) = cues(Signal("stress", *sent))
    assert (cue.start, cue.end) == (start, end)


def test_a_cue_whose_times_were_put_in_order_says_so():
    (cue,) = cues(Signal("stress", 9.0, 4.0, "high", "A sigh."))
    assert cue.raw_text == "stress (high): A sigh. [ends before it starts: sent as 9 to 4 s]"


def test_text_is_one_line_and_opens_no_tag():
    (cue,) = cues(Signal("<b>", 0, 1, "high", "a --> b\n\nNOTE & <script>"))
    assert cue.raw_text == "&lt;b&gt; (high): a --&gt; b NOTE &amp; &lt;script&gt;"


@pytest.mark.parametrize("text", sessions.HOSTILE)
def test_hostile_text_breaks_no_file(text):
    material = sessions.hostile(text)
    data = vtt.write(material).decode()
    assert (data.count("-->"), len(captions(data))) == (1, 1)
    assert len(captions(vtt.signals_cues(material.signals))) == 1
    assert len(captions(vtt.transcript_cues(material.transcript))) == 1


def test_subtitles_of_signals_are_short():
    (cue,) = captions(vtt.signals_cues(sessions.bare(Signal("awe", 0, 1, "low", "Why.")).signals))
    assert cue.raw_text == "awe (low)"


def test_subtitles_of_a_transcript_name_who_speaks():
    found = captions(lines(Line(0, 1, "A > B", "Well & good."), Line(1, 2, "", "What?")))
    assert [one.raw_text for one in found] == ["<v A &gt; B>Well &amp; good.", "What?"]
    assert found[0].identifier == "line-0"


@given(sessions.sessions)
@settings(deadline=None)
def test_any_session_has_a_cue_a_span(material):
    found = captions(vtt.write(material).decode())
    assert {one.identifier for one in found} == {f"sig-{one}" for one in material.signals["id"]}
    assert [one.start for one in found] == sorted(one.start for one in found)
    assert all(one.start < one.end for one in found)
