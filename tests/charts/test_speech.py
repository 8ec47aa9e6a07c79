import pytest

from lib import charts, frames
from lib.model import Line, Review

HOSTILE = "<b>x</b> %{x} <a href='http://x'>"


def speech(*lines):
    frame = frames.transcript(Review(transcript=lines), 60.0)
    return charts.speech(frame, duration=60.0, title="Speech", digits=1)


def test_speakers_stand_in_the_order_of_their_first_line():
    figure = speech(Line(1, 2, "Ben", "a"), Line(3, 4, "Ana", "b"), Line(5, 6, "Ben", "c"))
    assert list(figure.layout.yaxis.ticktext) == ["Ben", "Ana"]
    assert figure.data[0].y.tolist() == [0, 1, 0]


def test_a_line_is_drawn_at_its_true_length():
    figure = speech(Line(1.5, 4, "Ana", "a"))
    assert figure.data[0].base.tolist() == [1.5]
    assert figure.data[0].x.tolist() == [2.5]
    assert figure.data[0].customdata.tolist() == [0]


def test_a_line_without_a_speaker_says_so():
    assert list(speech(Line(1, 2, "", "a")).layout.yaxis.ticktext) == ["not named"]


def test_words_and_names_are_escaped_and_cut():
    figure = speech(Line(1, 2, HOSTILE, HOSTILE + "w " * 400))
    shown = figure.data[0].hovertext[0]
    assert "<b>" not in shown + figure.layout.yaxis.ticktext[0]
    assert "&lt;b&gt;x" in shown
    assert len(shown) < 700
    assert max(len(line) for line in shown.split("<br>")) < 130


@pytest.mark.parametrize("count", [1, 31, 200])
def test_many_speakers_do_not_make_an_endless_chart(count):
    figure = speech(*(Line(n, n + 1, f"Speaker {n}", "a") for n in range(count)))
    assert figure.layout.height < 700
