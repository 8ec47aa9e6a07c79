"""What holds for every chart: one time axis, one look, no markup from outside."""

import html
import itertools
import json
import re

import plotly.io
import pytest

from lib.charts import axes, palette, words
from lib.model import Engagement, QualityWindow, Scores, Signal
from tests.charts import pictures
from tests.charts.pictures import HOSTILE

EVERY = [*pictures.some(), *pictures.nothing()]
NAMES = ["lanes", "engagement", "quality", "no lanes", "no engagement", "no quality"]
every = pytest.mark.parametrize("figure", EVERY, ids=NAMES)
drawn_by = pytest.mark.parametrize(
    "draw", [pictures.lanes, pictures.engagement, pictures.quality], ids=NAMES[:3]
)


@every
def test_the_time_axis_is_the_same_to_the_pixel_in_every_chart(figure):
    layout = figure.layout
    assert (layout.margin.l, layout.margin.r) == (116, 16)
    assert layout.xaxis.type == "linear"
    assert list(layout.xaxis.range) == [0, 60]
    assert layout.xaxis.automargin is False
    assert layout.yaxis.automargin is False
    assert layout.xaxis.to_plotly_json() == EVERY[0].layout.xaxis.to_plotly_json()


@every
def test_nothing_but_the_margins_can_move_the_axis_sideways(figure):
    legend = figure.layout.legend
    assert legend.xref in (None, "paper")
    assert legend.x in (None, 0)
    assert legend.orientation in (None, "h")


@every
def test_dragging_zooms_into_time_only(figure):
    assert figure.layout.dragmode == "zoom"
    assert figure.layout.yaxis.fixedrange is True
    assert not figure.layout.xaxis.fixedrange
    assert figure.layout.clickmode == "event"
    assert figure.layout.hovermode == "closest"


@every
def test_text_and_background_are_left_to_the_page(figure):
    assert figure.layout.paper_bgcolor == figure.layout.plot_bgcolor == palette.CLEAR_COLOR
    for font in re.findall(r'"(?:tick)?font":(\{[^}]*\})', figure.to_json()):
        assert "color" not in json.loads(font)


@every
def test_plotly_knows_every_property(figure):
    assert len(pictures.checked(figure).data) == len(figure.data)


def test_an_unknown_property_would_be_found():
    figure = pictures.lanes(Signal("stress", 0, 9))
    figure.layout["clickmod"] = "event"
    with pytest.raises(ValueError, match="clickmod"):
        pictures.checked(figure)


@pytest.mark.parametrize("figure", EVERY[3:], ids=NAMES[3:])
def test_an_empty_chart_keeps_its_title_and_says_why_it_is_empty(figure):
    assert len(figure.data) == 0
    assert figure.layout.title.text
    assert [note.text for note in figure.layout.annotations] == ["&lt;none&gt;"]
    assert len(figure.layout.xaxis.tickvals) > 1


@pytest.mark.parametrize("figure", EVERY[:3], ids=NAMES[:3])
def test_a_full_chart_has_no_note(figure):
    assert len(figure.layout.annotations) == 0


@drawn_by
def test_without_any_length_there_is_an_axis_without_times(draw):
    axis = draw(duration=None).layout.xaxis
    assert list(axis.range) == [0, 1]
    assert len(axis.tickvals) == 0


def test_without_a_known_length_the_axis_ends_with_the_last_time():
    assert list(pictures.lanes(Signal("a", 3, 44), duration=None).layout.xaxis.range) == [0, 44]


@drawn_by
def test_a_title_is_shown_whole_and_as_text(draw):
    label = "Sandbox: generated, not measured"
    text = draw(title=f"Conversation quality · {label} · {HOSTILE}").layout.title.text
    lines = [html.unescape(line) for line in text.split("<br>")]
    assert lines == ["Conversation quality", label, HOSTILE]


@drawn_by
def test_a_title_of_more_lines_gets_more_room(draw):
    one, three = (draw(title=" · ".join([40 * "x"] * count)) for count in (1, 3))
    assert three.layout.margin.t - one.layout.margin.t == 2 * axes.TITLE_LINE_HEIGHT


def test_no_markup_from_outside_reaches_a_figure():
    figures = [
        pictures.lanes(Signal(HOSTILE, 0, 9, HOSTILE), title=HOSTILE),
        pictures.lanes(title=HOSTILE, note=HOSTILE),
        pictures.engagement(Engagement(HOSTILE, 0, 9), title=HOSTILE),
        pictures.engagement(title=HOSTILE, note=HOSTILE),
        pictures.quality(QualityWindow(0, 9, Scores(1)), title=HOSTILE),
    ]
    for figure in figures:
        texts = list(pictures.texts(json.loads(figure.to_json())))
        assert any("&lt;b&gt;" in text for text in texts)
        for text in texts:
            own = text.replace("<br>", "").replace("<extra></extra>", "")
            own = re.sub(r"%\{(y|text|hovertext)\}", "", own)
            assert "<" not in own
            assert "%{" not in own


def test_a_figure_does_not_depend_on_the_default_template(monkeypatch):
    before = pictures.lanes(Signal("stress", 0, 9)).to_json()
    monkeypatch.setattr(plotly.io.templates, "default", "plotly_dark")
    assert pictures.lanes(Signal("stress", 0, 9)).to_json() == before


@pytest.mark.parametrize("digits", [0, 1, 2, 3])
@pytest.mark.parametrize("duration", [0.4, 3, 13.4, 60, 75, 312.4, 600, 1800, 5400, 86_400, 1e7])
def test_ticks_are_even_distinct_and_as_many_as_fit(duration, digits):
    values, texts = axes.ticks(duration, digits)
    assert values[0] == 0
    assert values[-1] <= duration
    assert len(values) == len(texts) == len(set(texts)) <= 12
    steps = {round(b - a, 3) for a, b in itertools.pairwise(values)}
    assert len(steps) <= 1
    assert all(len(text.partition(".")[2]) <= digits for text in texts)


@pytest.mark.parametrize("duration", [10, 40, 75, 130, 312.4, 600, 900, 1800])
def test_an_ordinary_recording_has_enough_ticks(duration):
    assert len(axes.ticks(duration, 0)[0]) >= 6


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("hesitation", "hesitation"),
        ("disengagement", "disengagement"),
        ("x" * 15, "x" * 15),
        ("x" * 16, "x" * 14 + "…"),
        ("会" * 8, "会" * 7 + "…"),
        ("a  b\tc\n", "a b c"),
        ("a\u202eb\u200bc", "a b c"),
        ("", ""),
    ],
)
def test_a_label_fits_its_margin(text, expected):
    assert words.cut_label(text) == expected
