"""The strip of what was measured of a recording."""

from lib import charts, frames
from lib.model import Stretch
from tests.charts import pictures
from tests.measurement import measured


def strip(measurement, duration=60.0):
    table = frames.measurement(measurement, duration)
    return charts.measurement(table, duration=duration, title="A <b>title</b>", digits=0)


def test_each_kind_that_occurs_has_a_row_and_a_pattern_of_its_own():
    measurement = measured(
        clipped=(Stretch(1.0, 3.0),), still=(Stretch(30.0, 50.0), Stretch(52.0, 60.0))
    )
    figure = strip(measurement)
    assert list(figure.layout.yaxis.ticktext) == ["silent", "clipped", "black", "still"]
    bars = {trace.name: trace for trace in figure.data}
    assert bars["still"].base.tolist() == [30, 52]
    assert bars["still"].x.tolist() == [20, 8]
    patterns = {name: trace.marker.pattern.shape for name, trace in bars.items()}
    assert len(set(patterns.values())) == 4
    assert [trace.y.tolist() for trace in bars.values()] == [[2], [1], [0], [3, 3]]
    assert len(pictures.checked(figure).data) == 4


def test_it_has_the_axis_and_the_look_of_the_other_charts():
    figure = strip(measured())
    lanes = pictures.some()[0]
    assert figure.layout.xaxis.to_plotly_json() == lanes.layout.xaxis.to_plotly_json()
    assert figure.layout.margin.l == lanes.layout.margin.l
    assert list(figure.layout.yaxis.ticktext) == ["silent", "black"]
    assert "<b>" not in figure.layout.title.text


def test_a_stretch_too_short_to_see_has_a_diamond():
    figure = strip(measured(quiet=(), black=(), clipped=(Stretch(5.0, 5.1),)), duration=600.0)
    bar, diamond = figure.data
    assert bar.x.tolist() == [0.10000000149011612]
    assert (diamond.mode, diamond.x.tolist()) == ("markers", [5])
