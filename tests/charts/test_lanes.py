import math
import unicodedata

import pandas as pd
import pytest

from lib import charts, frames
from lib.charts import palette
from lib.model import Signal
from tests.charts.pictures import HOSTILE, analysis, lanes, of_kind, points

PROBABLE = ("high", "medium", "low", None)


def test_a_bar_has_its_true_start_and_length_in_its_row():
    figure = lanes(
        Signal("stress", 12.0, 18.5, "high"),
        Signal("interest", 3.25, 9.0, "low"),
        Signal("stress", 16.0, 20.0),
    )
    bars = points(of_kind(figure, "bar"), "customdata", "base", "x", "y")
    assert bars == [(0, 12.0, 6.5, 1), (1, 3.25, 5.75, 0), (2, 16.0, 4.0, 2)]


def test_bars_of_many_traces_lie_on_their_rows_and_not_beside_each_other():
    figure = lanes(Signal("stress", 0, 9, "high"), Signal("interest", 0, 9, "low"))
    assert figure.layout.barmode == "overlay"
    assert all(trace.orientation == "h" for trace in figure.data)
    assert all(trace.width < 1 for trace in figure.data)


def test_group_and_probability_are_told_apart_by_more_than_colour():
    figure = lanes(*(Signal("stress", i * 6, i * 6 + 5, p) for i, p in enumerate(PROBABLE)))
    looks = {trace.name: trace.marker for trace in figure.data}
    fills = [looks[name].color for name in ("high", "medium", "low", "not given")]
    color = palette.FRICTION_COLOR
    assert fills == [palette.tint(color, opacity) for opacity in (1, 0.6, 0.2, 0)]
    assert [looks[name].line.width for name in ("high", "medium", "low")] == [1, 1, 1]
    assert [name for name, look in looks.items() if look.pattern.shape] == ["not given"]
    assert looks["not given"].line.color == color


@pytest.mark.parametrize(("count", "corner"), [(1000, 2), (1001, 0)])
def test_bars_too_many_to_see_their_corners_are_drawn_without(count, corner):
    figure = lanes(*(Signal("stress", i, i + 0.5, "high") for i in range(count)))
    assert {bar.marker.cornerradius for bar in of_kind(figure, "bar")} == {corner}


def test_there_is_one_trace_a_group_and_probability():
    kinds = ("stress", "tension", "interest", "agreement", "awe")
    figure = lanes(*(Signal(kind, 0, 9, p) for kind in kinds for p in PROBABLE))
    assert len(figure.data) == 3 * 4


@pytest.mark.parametrize(
    ("length", "marked"), [(0.0, True), (0.055, True), (0.065, False), (5, False)]
)
def test_a_span_too_short_to_see_gets_a_marker_and_keeps_its_length(length, marked):
    figure = lanes(Signal("stress", 0, 9), Signal("stress", 20, 20 + length), duration=60.0)
    bars = points(of_kind(figure, "bar"), "customdata", "base", "x")
    assert bars[1] == (1, 20.0, pytest.approx(length, abs=1e-5))
    diamonds = points(of_kind(figure, "scatter"), "customdata", "x", "y")
    assert diamonds == ([(1, 20.0, 0)] if marked else [])


def test_a_marker_at_the_beginning_is_not_cut():
    figure = lanes(Signal("stress", 0, 9), Signal("stress", 0, 0.01), duration=100.0)
    assert of_kind(figure, "scatter")[0].cliponaxis is False


def test_lanes_are_labelled_once_with_their_group_in_text_too():
    figure = lanes(
        Signal("awe", 0, 9),
        Signal("stress", 0, 9),
        Signal("stress", 5, 9),
        Signal("interest", 0, 1),
    )
    axis = figure.layout.yaxis
    assert list(axis.ticktext) == ["▲ interest", "▽ stress", "awe"]
    assert list(axis.tickvals) == [0, 1.5, 3]
    assert list(axis.range) == [3.5, -0.5]
    assert [shape.path for shape in figure.layout.shapes] == ["M0,0.5H1M0,2.5H1"]


def test_every_row_answers_with_the_label_of_its_lane():
    figure = lanes(Signal("stress", 0, 9), Signal("stress", 5, 9), Signal("interest", 0, 1))
    assert figure.layout.yaxis.labelalias == {"0": "▲ interest", "1": "▽ stress", "2": "▽ stress"}


def test_the_pointer_reads_times_as_sent_and_what_is_odd_about_them():
    figure = lanes(Signal("stress", 70.5, 50.25, "high"), Signal("stress", 1, 2, "low"), digits=2)
    read = points(figure.data, "customdata", "hovertext")
    odd = "ends before it starts; starts after the recording"
    assert read == [(0, f"1:10.50-0:50.25<br>{odd}"), (1, "0:01.00-0:02.00")]
    by_name = {trace.name: trace.hovertemplate for trace in figure.data}
    assert "probability: high" in by_name["high"]


def test_the_rationale_is_nowhere_in_the_picture():
    figure = lanes(Signal("stress", 0, 9, "high", "A long sigh."))
    assert "sigh" not in figure.to_json()


def test_the_picture_grows_with_its_rows_within_bounds():
    heights = [
        lanes(*(Signal("stress", 0, 9) for _ in range(count))).layout.height
        for count in (0, 1, 10, 11, 5000)
    ]
    assert heights[0] == 160  # room for the note that nothing was found
    assert heights[1] == 18 + 27 + 26  # a row, and margins: no bar is stretched
    assert heights[3] - heights[2] == 18
    assert heights[4] < 3000
    taller = [lanes(*(Signal("stress", 0, 9) for _ in range(11)), row=row) for row in (18, 22)]
    assert taller[1].layout.height - taller[0].layout.height == 11 * 4


def test_two_long_types_never_share_a_label():
    long = ["passive_aggression_mild", "passive_aggression_strong", "passive_aggression_strange"]
    figure = lanes(
        *(Signal(name, 0, 9) for name in (*long, "müde", "mu\u0308de", "x" * 500, "x" * 501))
    )
    labels = list(figure.layout.yaxis.ticktext)
    looks = {unicodedata.normalize("NFC", label) for label in labels}
    assert len(looks) == len(labels) == 7


def test_the_colours_of_the_groups_can_be_chosen():
    figure = lanes(Signal("stress", 0, 9, "high"), groups=palette.group_colors("Teal and red"))
    assert figure.data[0].marker.line.color == "#F5424B"


def test_a_browser_learns_which_row_belongs_to_which_lane():
    figure = lanes(Signal("stress", 0, 9), Signal("stress", 1, 9), Signal("interest", 0, 1))
    assert figure.layout.meta["labels"] == ["▲ interest", "▽ stress"]
    assert figure.layout.meta["lane_of_row"] == [0, 1, 1]


def test_a_long_or_hostile_type_is_cut_and_then_escaped():
    figure = lanes(Signal(HOSTILE, 0, 9), Signal("a\n\u202eb" + "c" * 40, 0, 9))
    cut, hostile = sorted(figure.layout.yaxis.ticktext, key=len)
    assert hostile == '&lt;b&gt;"&#37;{x}"&lt;/b&gt;&lt;…'
    assert cut == "a bccccccccccc…"


def test_filtered_lanes_close_ranks():
    sent = frames.signals(analysis([Signal("interest", 0, 9), Signal("stress", 0, 9)]), 60.0)
    rest = frames.lanes(sent).query("type == 'stress'")
    figure = charts.lanes(rest, duration=60.0, title="Signals", digits=0)
    assert points(figure.data, "customdata", "y") == [(1, 0)]
    assert list(figure.layout.yaxis.ticktext) == ["▽ stress"]


def test_times_that_are_no_numbers_do_not_stop_the_picture():
    figure = lanes(Signal("stress", math.nan, 5), Signal("stress", 1, math.inf))
    assert points(figure.data, "customdata", "hovertext")[0] == (0, "?-0:05")


def test_drawing_changes_no_table_and_draws_the_same_again():
    sent = frames.lanes(frames.signals(analysis([Signal("stress", 0, 0.01)]), 60.0))
    before = sent.copy(deep=True)
    first, second = (
        charts.lanes(sent, duration=60.0, title="Signals", digits=0).to_json() for _ in range(2)
    )
    pd.testing.assert_frame_equal(sent, before)
    assert first == second
