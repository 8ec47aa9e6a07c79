import math

import numpy as np
import pytest

from lib.charts import palette
from lib.model import SCORES, QualityWindow, Scores
from tests.charts.pictures import EVEN, of_kind, points, quality


def window(start, end, value=60.0, **changes):
    return QualityWindow(start, end, Scores(**{**dict.fromkeys(SCORES, value), **changes}))


def path(figure, name="clarity"):
    """The line of a score as points, None where it breaks."""
    line = next(trace for trace in of_kind(figure, "scatter") if trace.name == name)
    ends = zip(line.x.tolist(), line.y.tolist(), strict=True)
    path = [None if math.isnan(x) else (x, y) for x, y in ends]
    return path[:-1] if path and path[-1] is None else path


def test_a_score_is_a_level_over_its_window_joined_where_windows_touch():
    figure = quality(window(0, 10, 40), window(10, 20, 70), window(30, 40, 55))
    assert path(figure) == [(0, 40), (10, 40), (10, 70), (20, 70), None, (30, 55), (40, 55)]


def test_windows_out_of_order_are_drawn_in_order():
    figure = quality(window(10, 20, 70), window(0, 10, 40))
    assert path(figure) == [(0, 40), (10, 40), (10, 70), (20, 70)]


def test_overlapping_windows_stand_apart():
    figure = quality(window(0, 8, 40), window(3, 11, 70))
    assert path(figure) == [(0, 40), (8, 40), None, (3, 70), (11, 70)]


def test_a_score_that_was_not_sent_breaks_its_line_only():
    figure = quality(window(0, 10), window(10, 20, clarity=None), window(20, 30))
    assert path(figure) == [(0, 60), (10, 60), None, (20, 60), (30, 60)]
    assert None not in path(figure, "energy")


def test_a_window_without_evidence_is_a_hatched_band_and_no_level():
    figure = quality(window(0, 10), QualityWindow(10, 20, EVEN), window(20, 30))
    assert path(figure) == [(0, 60), (10, 60), None, (20, 60), (30, 60)]
    band = next(trace for trace in figure.data if trace.name == "no evidence")
    assert points([band], "x", "width", "y") == [(15, 10, 100)]
    assert band.marker.pattern.shape == "/"
    assert band.showlegend is not False


def test_fifty_in_one_score_is_a_level_like_any_other():
    figure = quality(window(0, 10, 50, energy=51))
    assert path(figure) == [(0, 50), (10, 50)]
    assert "no evidence" not in {trace.name for trace in figure.data}


def test_scores_are_told_apart_by_colour_and_dash_and_the_index_is_thicker():
    lines = of_kind(quality(window(0, 10)), "scatter")
    assert [line.name for line in lines] == ["quality index", *SCORES[1:]]
    assert [line.line.color for line in lines] == list(palette.SCORE_COLORS.values())
    looks = {(line.line.dash, line.line.width) for line in lines}
    assert len(looks) == len(SCORES)
    assert lines[0].line.width > max(line.line.width for line in lines[1:])


def test_the_scale_runs_from_0_to_100_with_a_line_at_50():
    figure = quality(window(0, 10))
    low, high = figure.layout.yaxis.range
    assert -5 <= low <= 0
    assert 100 <= high <= 105
    assert [(shape.y0, shape.y1) for shape in figure.layout.shapes] == [(50, 50)]


def test_a_score_off_the_scale_is_drawn_at_its_edge_and_told_as_sent():
    figure = quality(window(0, 10, 120.5), window(10, 20, -4))
    assert path(figure) == [(0, 100), (10, 100), (10, 0), (20, 0)]
    assert "clarity 120.5" in figure.data[-1].hovertext[0]


def test_the_pointer_reads_the_window_and_its_scores_as_sent():
    scores = Scores(61.4, 58, 55.123456789, None, 64, 60)
    figure = quality(QualityWindow(60, 70.5, scores), QualityWindow(0, 10, EVEN), digits=1)
    areas = figure.data[-1]
    assert areas.hovertext[0].split("<br>") == [
        "1:00.0 – 1:10.5",
        "ends after the recording",
        "quality index 61.4",
        "clarity 58",
        "authority 55.123456789",
        "energy not sent",
        "rapport 64",
        "learning 60",
    ]
    assert areas.hovertext[1] == "0:00.0 – 0:10.0<br>no evidence"
    assert areas.customdata.tolist() == [0, 1]
    assert areas.marker.color == palette.CLEAR_COLOR
    assert {trace.hoverinfo for trace in figure.data[:-1]} == {"skip"}


@pytest.mark.parametrize(("length", "marked"), [(0.0, 1), (0.055, 1), (0.065, 0)])
def test_a_lone_level_too_short_to_see_gets_a_marker(length, marked):
    figure = quality(window(0, 10), window(20, 20 + length), duration=60.0)
    line = of_kind(figure, "scatter")[1]
    sizes = np.atleast_1d(0 if line.marker.size is None else line.marker.size)
    assert np.count_nonzero(sizes) == marked
    assert ("markers" in line.mode) == bool(marked)


def test_short_levels_that_touch_others_need_no_marker():
    figure = quality(*(window(at / 10, (at + 1) / 10) for at in range(40)))
    assert {line.mode for line in of_kind(figure, "scatter")} == {"lines"}
    assert None not in path(figure)


def test_a_page_can_name_the_lines_itself():
    assert quality(window(0, 10), legend=False).layout.showlegend is False


def test_there_is_a_legend_unless_there_is_nothing_to_tell():
    assert quality(window(0, 10)).layout.showlegend is True
    assert quality().layout.showlegend is False
