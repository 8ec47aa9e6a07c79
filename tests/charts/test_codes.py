"""The lanes of codes: a row for each coder and code, true lengths, and points as diamonds."""

import plotly.graph_objects as go

from lib import charts, frames
from lib.model import Review
from tests.codebooks import book, coded

SPANS = (
    coded("a", start=2.0, end=6.0),
    coded("b", start=4.0, end=8.0),  # overlaps: a row of its own
    coded("c", "Bo", start=5.0, end=7.0),
    coded("d", "Bo", "nod", start=9.0, end=9.0),
    coded("e", "Bo", "<b>x</b> %{y}", start=1.0, end=2.0),  # of a codebook that is not here
)


def draw(*spans, books=(book(),)):  # noqa: B008  frozen
    table = frames.coded(Review(coded=spans, codebooks=books), 60.0)
    return charts.codes(table, duration=60.0, title="Codes", digits=1)


def bars(figure):
    return {
        (int(identity), float(base), float(length), int(row))
        for trace in figure.data
        if trace.type == "bar"
        for identity, base, length, row in zip(
            trace.customdata, trace.base, trace.x, trace.y, strict=True
        )
    }


def test_each_coder_and_code_has_a_row_and_spans_that_overlap_one_more():
    figure = draw(*SPANS)
    assert list(figure.layout.yaxis.tickvals) == [0.5, 2.0, 3.0, 4.0]
    assert figure.layout.yaxis.range == (4.5, -0.5)
    assert bars(figure) == {
        (0, 2.0, 4.0, 0),
        (1, 4.0, 4.0, 1),
        (4, 1.0, 1.0, 2),
        (3, 9.0, 0.0, 3),
        (2, 5.0, 2.0, 4),
    }


def test_a_point_has_a_diamond_in_the_color_of_its_code():
    (point,) = [trace for trace in draw(*SPANS).data if trace.type == "scatter"]
    assert (list(point.x), point.marker.color, point.marker.symbol) == ([9.0], "#e69f00", "diamond")


def test_names_are_text_and_plotly_takes_the_whole_figure():
    figure = draw(*SPANS)
    go.Figure(figure.to_dict())
    assert "<b>x" not in figure.to_json()
    assert "%{y}" not in figure.to_json().replace("%{y}<br>", "")


def test_one_coder_alone_is_not_named_in_each_row():
    assert list(draw(SPANS[0]).layout.yaxis.ticktext) == ["pause-filler"]
    assert draw().layout.yaxis.ticktext in ((), None)
