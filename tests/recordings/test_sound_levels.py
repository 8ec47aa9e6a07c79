"""Levels of a sound, and where they tell of a pause of speech."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.recordings.sound_levels import (
    BLOCK_SECONDS,
    SILENCE,
    LevelMeter,
    find_pause_level,
    find_pauses_in,
)

RATE = 8000


def levels_of(*texts):
    """Levels that stay for so many blocks each: (level, blocks)."""
    return np.concatenate([np.full(blocks, level, dtype=float) for level, blocks in texts])


def tone(seconds, loudness, channels=1):
    place = np.arange(round(seconds * RATE)) / RATE
    return np.tile(loudness * np.sin(2 * np.pi * 400 * place), (channels, 1)).astype(np.float32)


@given(st.lists(st.integers(1, 700), min_size=1, max_size=20), st.integers(0, 9000))
def test_levels_are_the_same_however_the_samples_come(sizes, begin):
    wave = np.random.default_rng(1).standard_normal((2, sum(sizes))).astype(np.float32)
    whole, pieces, place = LevelMeter(), LevelMeter(), 0
    whole.add(wave, RATE, begin / RATE)
    for size in sizes:
        pieces.add(wave[:, place : place + size], RATE, (begin + place) / RATE)
        place += size
    (start, one), (other_start, other) = whole.levels(), pieces.levels()
    assert start == other_start
    assert one == pytest.approx(other)


def test_a_level_is_that_of_the_loudest_channel_at_its_time():
    meter = LevelMeter()
    meter.add(np.concatenate([tone(0.2, 0.1), tone(0.2, 0.0)]), RATE, 1.0)
    meter.add(tone(0.1, 0.01), RATE, 1.4)
    begin, levels = meter.levels()
    assert begin == pytest.approx(1.0)
    assert levels == pytest.approx([-23.0] * 4 + [-90.0] * 4 + [-43.0] * 2, abs=0.1)


def test_without_a_sample_there_is_no_level_and_no_pause():
    begin, levels = LevelMeter().levels()
    assert len(levels) == 0
    assert find_pauses_in(begin, levels) == []


@pytest.mark.parametrize(
    ("levels", "limit"),
    [
        (levels_of((-90, 20), (-20, 180)), SILENCE),  # nothing is heard in between
        (levels_of((-60, 20), (-20, 180)), SILENCE),
        (levels_of((-30, 20), (-12, 180)), -24.0),  # speech stands out against the noise
        (levels_of((-30, 200)), SILENCE),  # noise, or speech without a pause: nobody can tell
        (levels_of((-30, 20), (-19, 180)), SILENCE),
        (levels_of((-30, 4), (-12, 196)), SILENCE),  # a moment is no floor
        (levels_of((-30, 195), (-12, 5)), SILENCE),  # nor is a click speech
    ],
)
def test_the_floor_of_a_recording_tells_what_a_pause_is(levels, limit):
    assert find_pause_level(levels) == pytest.approx(limit)


def test_a_pause_is_long_enough():
    levels = levels_of((-12, 40), (-30, 7), (-12, 40), (-30, 8), (-12, 40), (-30, 20))
    pauses = find_pauses_in(10.0, levels)
    edges = np.array([87, 95, 135, 155]) * BLOCK_SECONDS + 10
    assert np.ravel(pauses) == pytest.approx(edges)
