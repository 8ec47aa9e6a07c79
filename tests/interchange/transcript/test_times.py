import pytest

from lib.interchange.transcript import times


@pytest.mark.parametrize(
    ("written", "seconds"),
    [
        ("0", 0.0),
        ("75.5", 75.5),
        ("75,5", 75.5),
        ("1:15", 75.0),
        ("90:00", 5400.0),
        ("01:01:01.001", 3661.001),
        ("1:00:00,5", 3600.5),
        ("0:00:60.000", 60.0),
        ("-0:01.5", -1.5),
        ("\u22121.5", -1.5),
        (" 2 ", 2.0),
        ("00: 00: 01, 000", 1.0),
        ("[00:00:01]", 1.0),
        ("(0:01)", 1.0),
        ("'0:01", 1.0),
        ("\u200e00:00:01,000", 1.0),
        ("\uff10\uff10：00：01，500", 1.5),
        ("00.00.01,500", 1.5),
        ("00:00:01:500", 1.5),
        ("12:00:01 AM", 1.0),
        ("12:00:01 a.m.", 1.0),
        ("1:00:03.5 am", 3603.5),
        ("12:01 PM", 43260.0),
        ("1899-12-30 00:00:01", 1.0),
        ("30.12.1899 00:00:01", 1.0),
        ("1/0/1900 12:00:01 AM", 1.0),
        ("12.340000000000001", 12.340000000000001),
    ],
)
def test_a_time_is_read_as_people_and_programs_write_it(written, seconds):
    assert times.read(written).seconds == seconds


@pytest.mark.parametrize(
    "written",
    [
        "",
        "x",
        "1:2:3:4",
        "1e3",
        "nan",
        "inf",
        "1.2.3",
        "12s",
        "٣",
        "9" * 5000,
        "1:-2",
        "13 AM",
        ":1",
    ],
)
def test_what_is_no_time_is_unknown(written):
    assert times.read(written).seconds is None


@pytest.mark.parametrize(
    ("unit", "seconds"), [("s", 1500.0), ("ms", 1.5), ("frames", 60.0), ("days", 129_600_000.0)]
)
def test_a_plain_number_is_in_the_unit_that_was_chosen_and_a_clock_is_not(unit, seconds):
    assert times.read("1500", unit=unit, frame_rate=25).seconds == seconds
    assert times.read("0:15", unit=unit, frame_rate=25).seconds == 15.0


def test_frames_without_their_rate_are_no_time():
    assert times.read("1500", unit="frames").seconds is None
    assert times.read("00:00:01:12") == times.Time(None, "frames")


@pytest.mark.parametrize(
    ("written", "rate", "seconds"),
    [
        ("00:00:01:12", 25, 1.48),
        ("-00:00:01:12", 25, -1.48),
        ("00:01:00:00", 29.97, 60.06006),
        ("00:01:00;02", 29.97, 60.06006),
        ("00:10:00;00", 29.97, 600.0),
        ("01:00:00;00", 59.94, 3600.0),
        ("00:00:10;12", 24, 10.5),
    ],
)
def test_a_timecode_is_read_at_its_rate(written, rate, seconds):
    assert times.read(written, frame_rate=rate).seconds == seconds


@pytest.mark.parametrize(
    ("written", "seconds"),
    [("0.0000115740740740741", 1.0), ("1,15740740740741E-05", 1.0), ("0", 0.0), ("0.5", 43200.0)],
)
def test_a_fraction_of_a_day_is_read_as_one(written, seconds):
    assert times.read(written, unit="days").seconds == seconds


def test_a_number_finer_than_any_clock_may_be_a_fraction_of_a_day():
    assert times.read("0.0000115740740740741").form == "fraction"
    assert times.read("1.15740740740741E-05").form == "fraction"
    assert times.read("0.5").form == "plain"
