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


def lines(*transcript):
    bundle = sessions.full_session(review=Review(transcript=transcript))
    return vtt.transcript_cues(bundle.transcript)


def test_a_cue_is_a_signal_and_cues_ascend():
    cues = captions(vtt.write(sessions.full_session()).decode())
    assert [(cue.identifier, cue.start, cue.end, cue.raw_text) for cue in cues] == [
        ("sig-2", "00:00:03.250", "00:00:04.000", "interest (not given)"),
        ("sig-0", "00:00:12.000", "00:00:18.500", "stress (medium): A sigh, twice."),
        ("sig-1", "00:00:15.000", "00:00:20.000", "stress (high): Overlaps."),
    ]


def test_the_file_says_where_it_comes_from():
    head = vtt.write(sessions.full_session()).decode().partition("\n\nsig-")[0]
    assert head.startswith("WEBVTT\n\nNOTE\nsession: s1\n")
    assert all(text in head for text in sessions.MUST_SAY)


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
    bundle = sessions.hostile(text)
    data = vtt.write(bundle).decode()
    assert (data.count("-->"), len(captions(data))) == (1, 1)
    assert len(captions(vtt.signals_cues(bundle.signals))) == 1
    assert len(captions(vtt.transcript_cues(bundle.transcript))) == 1


def test_subtitles_of_signals_are_short():
    (cue,) = captions(vtt.signals_cues(sessions.bare(Signal("awe", 0, 1, "low", "Why.")).signals))
    assert cue.raw_text == "awe (low)"


def test_subtitles_of_a_transcript_name_who_speaks():
    cues = captions(lines(Line(0, 1, "A > B", "Well & good."), Line(1, 2, "", "What?")))
    assert [cue.raw_text for cue in cues] == ["<v A &gt; B>Well &amp; good.", "What?"]
    assert cues[0].identifier == "line-0"


@given(sessions.sessions)
@settings(deadline=None)
def test_any_session_has_a_cue_a_span(bundle):
    cues = captions(vtt.write(bundle).decode())
    assert {cue.identifier for cue in cues} == {f"sig-{signal}" for signal in bundle.signals["id"]}
    assert [cue.start for cue in cues] == sorted(cue.start for cue in cues)
    assert all(cue.start < cue.end for cue in cues)


@pytest.mark.parametrize(
    ("reason", "text"),
    [("nothing found", "nothing found"), ("not asked for", "not asked for, or not sent")],
)
def test_a_file_without_cues_says_why(reason, text):
    data = vtt.write(sessions.bare(presence={"signals": reason})).decode()
    assert f"\nsignals: {text}\n" in data
