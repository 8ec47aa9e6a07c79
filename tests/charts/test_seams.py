"""Every chart of a session of parts shows where they meet, and what has no answer."""

import pytest

from lib import charts, frames
from lib.model import Gap, Line, Review
from tests import measurement, parts
from tests.charts import pictures

REFUSED = Gap("refused", "<b>No.</b>")


def figures(session):
    """Every chart of a session, without its seams and with them."""
    length, flags = session.duration, session.stitch.flags
    review = Review(transcript=(Line(0, 9, "Ana", "Yes."),))
    recording = frames.measurement(measurement.measured(), length)

    def drawn(table):
        options = {"duration": length, "digits": 0, "title": "A title", "parts": table}
        signals = frames.signals(session.analysis, length, flags)
        return (
            charts.lanes(frames.lanes(signals), **options),
            charts.engagement(frames.engagement(session.analysis, length), **options),
            charts.quality(frames.quality(session.analysis, length), **options),
            charts.speech(frames.transcript(review, length), **options),
            charts.measurement(recording, **options),
        )

    plain, seamed = drawn(None), drawn(frames.parts_table(session.parts))
    return [(one, len(one.layout.shapes), other) for one, other in zip(plain, seamed, strict=True)]


def lines(figure):
    return [
        (shape.x0, shape.x1, shape.y0, shape.y1)
        for shape in figure.layout.shapes
        if shape.type == "line" and shape.xref == "x"
    ]


def boxes(figure):
    return [(shape.x0, shape.x1) for shape in figure.layout.shapes if shape.type == "rect"]


def names(figure):
    return [(note.x, note.text) for note in figure.layout.annotations]


@pytest.mark.parametrize("chart", range(5))
def test_a_line_stands_at_each_seam_and_a_name_at_each_part(chart):
    _, own, figure = figures(parts.session(*parts.three()))[chart]
    assert lines(figure) == [(20, 20, 0, 1), (40, 40, 0, 1)]
    assert len(figure.layout.shapes) == own + 2
    assert boxes(figure) == []
    assert names(figure) == [(0, "part 1"), (20, "part 2"), (40, "part 3")]
    assert len(pictures.checked(figure).data) == len(figure.data)


@pytest.mark.parametrize("chart", range(5))
def test_a_gap_is_a_box_that_says_so(chart):
    _, _, figure = figures(parts.session(*parts.three(gap=REFUSED)))[chart]
    assert boxes(figure) == [(20, 40)]
    assert names(figure)[1] == (20, "part 2: no answer")


def test_a_name_takes_room_above_the_plot_and_none_of_its_width():
    plain = pictures.engagement()
    figure = pictures.engagement(parts=frames.parts_table(parts.three()))
    before, after = plain.layout.margin, figure.layout.margin
    assert figure.layout.height - plain.layout.height == after.t - before.t == 15
    assert (after.l, after.r) == (before.l, before.r)
    assert figure.layout.xaxis == plain.layout.xaxis


def test_lanes_tell_the_browser_what_to_keep_when_it_draws_them_anew():
    _, _, figure = figures(parts.session(*parts.three(gap=REFUSED)))[0]
    added = figure.layout.meta["of_parts"]
    assert len(added["shapes"]) == 3
    assert [note["text"] for note in added["annotations"]] == [text for _, text in names(figure)]


def test_many_parts_have_numbers_and_very_many_none_but_gaps():
    def table(count, gap):
        piece = [
            parts.part(REFUSED if number == gap else {"signals": []}, number, number + 1)
            for number in range(count)
        ]
        return frames.parts_table(piece)

    few = names(pictures.engagement(parts=table(7, gap=3)))
    assert few[:5] == [(0, "1"), (1, "2"), (2, "3"), (3, "4: no answer"), (4, "5")]
    many = pictures.engagement(parts=table(30, gap=3))
    assert names(many) == [(3, "4: no answer")]
    assert len(lines(many)) == 29


def test_a_chart_without_parts_stays_as_it_is():
    none = frames.parts_table(())
    for draw in (pictures.lanes, pictures.engagement, pictures.quality):
        assert draw(parts=none).to_json() == draw().to_json()
