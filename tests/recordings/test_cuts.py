"""Where a stretch is cut: even parts, on multiples of the window, in a pause of speech."""

import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.recordings.cuts import (
    CutRule,
    Stretch,
    cut_by_rule,
    cut_stretch,
    find_surroundings,
    widen_parts,
)

times = st.floats(0, 10_000)
lengths = st.floats(0.5, 40_000)
longest = st.floats(30, 1800)
windows = st.none() | st.floats(0.5, 20)
pauses = st.lists(st.tuples(st.floats(0, 50_000), st.floats(0.01, 60)), max_size=30).map(
    lambda pairs: [Stretch(start, start + seconds) for start, seconds in pairs]
)


@given(times, lengths, longest, windows, pauses)
def test_parts_touch_cover_the_stretch_and_are_none_too_long(start, seconds, most, window, quiet):
    whole = Stretch(start, start + seconds)
    parts = cut_stretch(whole, max_seconds=most, window=window, pauses=quiet)
    assert (parts[0].start, parts[-1].end) == (whole.start, whole.end)
    assert all(one.end == two.start for one, two in pairwise(parts))
    assert all(part.seconds <= most + 1e-6 for part in parts)
    if len(parts) > 1:
        assert min(part.seconds for part in parts) >= most / 10


@given(times, lengths, longest, st.floats(0.5, 7), pauses)
def test_every_inner_cut_lies_on_a_multiple_of_the_window(start, seconds, most, window, quiet):
    whole = Stretch(start, start + seconds)
    for part in cut_stretch(whole, max_seconds=most, window=window, pauses=quiet)[1:]:
        assert math.isclose(part.start, round(part.start / window) * window)


@pytest.mark.parametrize(
    ("window", "quiet", "cut"),
    [
        (None, [], 50.0),
        (None, [Stretch(53.0, 54.0)], 53.5),
        (None, [Stretch(30.0, 31.0)], 50.0),  # too far away
        (5.0, [Stretch(53.0, 54.0)], 50.0),  # no multiple of the window lies in it
        (5.0, [Stretch(53.0, 56.0)], 55.0),
        (5.0, [Stretch(53.0, 56.0), Stretch(44.9, 45.1)], 45.0),
        (4.0, [Stretch(49.0, 51.0)], 48.0),
        (30.0, [], 50.0),  # a window as long as that decides nothing
    ],
)
def test_a_cut_moves_to_a_pause_that_is_near(window, quiet, cut):
    whole = Stretch(0.0, 100.0)
    parts = cut_stretch(whole, max_seconds=62.0, window=window, pauses=quiet)
    assert [part.start for part in parts] == [0.0, cut]


@pytest.mark.parametrize(
    ("quiet", "cut"),
    [
        (Stretch(1228.0, 1232.0), 1229.0),
        (Stretch(1229.0, 1259.0), 1230.0),
        (Stretch(1229.5, 1259.0), 1200.0),
        (Stretch(1199.0, 1299.0), 1200.0),
        (Stretch(1300.0, 1400.0), 1200.0),
    ],
)
def test_a_pause_that_is_half_a_minute_away_is_not_near(quiet, cut):
    first, _ = cut_stretch(Stretch(0.0, 2400.0), max_seconds=1800.0, pauses=[quiet])
    assert first.end == cut


@given(times, lengths, longest, windows, pauses, st.floats(0, 10))
def test_by_a_rule_parts_are_as_many_whatever_pauses_there_are(
    start, seconds, most, window, quiet, overlap
):
    whole, rule = Stretch(start, start + seconds), CutRule(most, window, overlap)
    plain, moved = cut_by_rule(whole, rule), cut_by_rule(whole, rule, quiet)
    assert len(plain) == len(moved)
    assert [core for core, _ in moved] == [
        *cut_stretch(whole, max_seconds=most, window=window, pauses=quiet)
    ]
    for core, sent in moved:
        assert sent.start == max(start, core.start - overlap)
        assert sent.end == min(whole.end, core.end + overlap)


@given(lengths, longest, windows, st.floats(-35, 35), st.floats(0.4, 9))
def test_what_lies_beyond_the_surroundings_moves_no_cut(seconds, most, window, away, length):
    whole, rule = Stretch(0.0, seconds), CutRule(most, window)
    near = find_surroundings(whole, rule)
    begins = [core.start + away for core, _ in cut_by_rule(whole, rule)]
    quiet = [Stretch(begin, begin + length) for begin in begins]
    heard = [
        Stretch(max(pause.start, one.start), min(pause.end, one.end))
        for pause in quiet
        for one in near
        if pause.start < one.end and one.start < pause.end
    ]
    parts, narrow = cut_by_rule(whole, rule, quiet), cut_by_rule(whole, rule, heard)
    assert len(near) == len(parts) - 1
    for (one, _), (other, _) in zip(parts, narrow, strict=True):
        assert math.isclose(one.start, other.start, abs_tol=1e-6)


def test_context_ends_where_the_stretch_ends():
    parts = (Stretch(10.0, 20.0), Stretch(20.0, 30.0))
    wide = widen_parts(parts, within=Stretch(10.0, 30.0), overlap=5.0)
    assert wide == (Stretch(10.0, 25.0), Stretch(15.0, 30.0))


def test_what_needs_no_cut_is_not_listened_to():
    assert find_surroundings(Stretch(0.0, 99.0), CutRule(100.0)) == ()
    assert find_surroundings(Stretch(0.0, 100.0), CutRule(100.0, 5.0)) == ()
