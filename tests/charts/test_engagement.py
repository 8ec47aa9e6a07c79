from lib.charts import palette
from lib.model import Engagement
from tests.charts.pictures import HOSTILE, engagement, of_kind, points


def test_a_bar_has_its_true_length_in_the_row_of_its_state():
    figure = engagement(
        Engagement("neutral", 0, 20),
        Engagement("disengaged", 20, 35),
        Engagement("neutral", 35, 60),
    )
    bars = points(of_kind(figure, "bar"), "customdata", "base", "x", "y")
    assert bars == [(0, 0, 20, 1), (1, 20, 15, 2), (2, 35, 25, 1)]


def test_states_are_told_apart_by_place_and_label_and_not_by_colour_alone():
    figure = engagement(Engagement("disengaged", 0, 20))
    axis = figure.layout.yaxis
    assert list(axis.ticktext) == ["engaged", "neutral", "disengaged"]
    assert list(axis.tickvals) == [0, 1, 2]
    assert figure.data[0].marker.color == palette.FRICTION_COLOR


def test_an_unknown_state_is_drawn_as_it_came_in_a_neutral_colour():
    figure = engagement(Engagement("asleep", 0, 20), Engagement(HOSTILE, 20, 30))
    assert list(figure.layout.yaxis.ticktext)[3:] == [
        "asleep",
        '&lt;b&gt;"&#37;{x}"&lt;/b&gt;&lt;…',
    ]
    assert {trace.marker.color for trace in figure.data} == {palette.NEUTRAL_COLOR}
    assert [row for _, row in points(figure.data, "customdata", "y")] == [3, 4]


def test_a_stretch_too_short_to_see_gets_a_marker_but_not_a_part_of_a_long_one():
    long = [Engagement("engaged", at / 10, at / 10 + 0.1) for at in range(20)]
    figure = engagement(*long, Engagement("neutral", 30, 30.05), Engagement("engaged", 40, 40))
    diamonds = points(of_kind(figure, "scatter"), "customdata", "x", "y")
    assert diamonds == [(20, 30.0, 1), (21, 40.0, 0)]
    assert len(points(of_kind(figure, "bar"), "customdata")) == 22


def test_spans_of_one_state_that_overlap_stand_below_each_other():
    figure = engagement(
        Engagement("engaged", 0, 12.5),
        Engagement("engaged", 10.5, 14),
        Engagement("engaged", 14, 20),
        Engagement("disengaged", 3, 5),
    )
    bars = points(of_kind(figure, "bar"), "customdata", "base", "x", "y")
    assert sorted(bars) == [(0, 0, 12.5, 0), (1, 10.5, 3.5, 1), (2, 14, 6, 0), (3, 3, 2, 3)]
    axis = figure.layout.yaxis
    assert list(axis.ticktext) == ["engaged", "neutral", "disengaged"]
    assert list(axis.tickvals) == [0.5, 2, 3]
    assert list(axis.range) == [3.5, -0.5]
    assert figure.layout.height > engagement(Engagement("engaged", 0, 12.5)).layout.height


def test_a_short_span_within_a_long_one_of_its_state_has_a_marker_in_its_own_row():
    spans = (Engagement("engaged", *times) for times in ((0, 50), (5, 6), (20, 20)))
    diamonds = points(of_kind(engagement(*spans), "scatter"), "customdata", "x", "y")
    assert diamonds == [(2, 20.0, 1)]


def test_the_pointer_reads_state_and_times_as_sent():
    figure = engagement(Engagement("engaged", 0, 70.5), digits=1)
    assert figure.data[0].hovertemplate.startswith("engaged<br>")
    assert points(figure.data, "hovertext") == [("0:00.0-1:10.5<br>ends after the recording",)]


def test_the_strip_is_low():
    assert engagement(Engagement("engaged", 0, 60)).layout.height <= 130
