import pytest

from tests.interchange.transcript.lines import read

MS = "start,end,text\n0,2000,a\n2000,4500,b\n"


def asked(text, duration=None, **choices):
    question = read(text, "a.csv", duration, **choices).unit
    return question and (question.beyond, question.total, question.past, question.offers)


def test_lines_beyond_the_recording_are_counted_and_a_unit_is_offered():
    assert asked(MS, 30.0) == (2, 2, 4470.0, ("ms",))
    assert asked(MS, 30.0, unit="ms") is None
    assert asked(MS, 30.0, unit="s") == (2, 2, 4470.0, ())
    assert asked("start,end,text\n1,2,a\n40,41,b\n", 30.0) == (1, 2, 11.0, ("ms",))


def test_lines_that_last_minutes_are_asked_about_in_a_long_recording_and_in_an_unknown_one():
    assert asked(MS, 7200.0) == (0, 2, None, ("ms",))
    assert asked(MS) == (0, 2, None, ("ms",))
    assert asked("start,end,text\n0,2,a\n2000,2003,b\n0,1,c\n", 7200.0) is None


def test_clock_times_beyond_the_recording_are_counted_and_no_unit_is_offered():
    assert asked("start,end,text\n1:00:01,1:00:02,a\n", 30.0) == (1, 1, 3572.0, ())


def test_frames_are_offered_where_the_rate_is_known_the_best_fit_first():
    text = "start,end,text\n25,50,a\n100,125,b\n"
    assert asked(text, 6.0, frame_rate=25.0) == (2, 2, 119.0, ("frames", "ms"))
    assert asked(text, 6.0) == (2, 2, 119.0, ("ms",))
    assert asked(MS, 30.0, frame_rate=25.0) == (2, 2, 4470.0, ("ms",))


@pytest.mark.parametrize("last", ["30", "34", "29,36"])
def test_a_last_line_may_end_a_little_late(last):
    assert asked(f"start;end;text\n1;2;a\n29;{last.partition(',')[0]};b\n", 30.0) is None


@pytest.mark.parametrize("duration", [0.0, -1.0, float("nan"), float("inf")])
def test_a_length_that_is_none_is_not_known(duration):
    assert asked("start,end,text\n1,2,a", duration) is None
