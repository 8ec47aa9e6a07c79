"""What was measured of a recording as a table."""

from lib import frames
from lib.model import Stretch
from tests.measurement import measured


def test_one_row_a_stretch_and_a_pause_of_speech_is_none():
    table = frames.measurement(measured(clipped=(Stretch(1.0, 1.2),)), 60.0)
    assert list(table) == list(frames.MEASUREMENT)
    assert table[["kind", "start", "end"]].to_numpy().tolist() == [
        ["silent", 10.0, 20.0],
        ["clipped", 1.0, 1.2],
        ["black", 30.0, 50.0],
    ]


def test_nothing_measured_and_nothing_odd_are_tables_of_the_same_columns():
    for measurement in (None, measured(quiet=(), black=())):
        table = frames.measurement(measurement, 60.0)
        assert table.empty
        assert table.dtypes.astype(str).to_dict() == frames.MEASUREMENT


def test_what_lies_past_the_end_is_drawn_up_to_it():
    table = frames.measurement(measured(quiet=(), black=(Stretch(30.0, 61.0),)), 60.0)
    assert table["draw_end"].tolist() == [60.0]
    assert table["end"].tolist() == [61.0]
