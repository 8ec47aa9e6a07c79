"""Levels of a sound over time, and where it is no louder than what is always there. Pure.

A room, a fan, a line: few recordings are silent where nobody speaks. What counts as a pause is told
by the quietest moments of the recording itself, as long as speech stands out against them.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

_BLOCKS_A_SECOND = 20  # of which each has a level
BLOCK_SECONDS = 1 / _BLOCKS_A_SECOND
SHORTEST_PAUSE = 0.4  # seconds
SILENCE = -50.0  # dB of full scale, below which nothing is heard whatever the rest is like
_UNHEARD = -90.0  # dB of a block of zeroes
_FLOOR_SHARE, _SPEECH_SHARE = 5, 95  # per cent of the blocks that are quieter
_STANDS_OUT = 12.0  # dB by which speech is louder than the floor; what is not may all be noise
_ABOVE_FLOOR = 6.0  # dB: noise is not quite steady

Levels = NDArray[np.float64]


class LevelMeter:
    """Levels of a sound as its samples come, at any time [s of the recording]."""

    def __init__(self) -> None:
        self._powers: dict[int, tuple[float, int]] = {}  # sum and count of each block

    def add(self, samples: NDArray[np.float32], rate: int, time: float) -> None:
        """Samples from -1 to 1 of all channels, a row each; the loudest channel counts."""
        powers = np.square(samples, dtype=np.float64).max(axis=0)
        first = round(time * rate)
        last_block = (first + len(powers) - 1) * _BLOCKS_A_SECOND // rate
        for block in range(first * _BLOCKS_A_SECOND // rate, last_block + 1):
            begin, end = (_first_sample(each, rate) - first for each in (block, block + 1))
            stretch = powers[max(0, begin) : end]
            power, count = self._powers.get(block, (0.0, 0))
            self._powers[block] = (power + float(stretch.sum()), count + len(stretch))

    def levels(self) -> tuple[float, Levels]:
        """When the first block begins [s], and the level of each [dB of full scale].

        Where there was no sound between two blocks, it is silent.
        """
        if not self._powers:
            return 0.0, np.empty(0)
        first, last = min(self._powers), max(self._powers)
        levels = np.full(last - first + 1, _UNHEARD)
        for block, (power, count) in self._powers.items():
            if power > 0:
                levels[block - first] = max(_UNHEARD, 10 * np.log10(power / count))
        return first * BLOCK_SECONDS, levels


def _first_sample(block: int, rate: int) -> int:
    return -(-block * rate // _BLOCKS_A_SECOND)


def find_pause_level(levels: Levels) -> float:
    """The level [dB] below which there is a pause of speech."""
    if not len(levels):
        return SILENCE
    floor, speech = np.percentile(levels, [_FLOOR_SHARE, _SPEECH_SHARE])
    if speech - floor < _STANDS_OUT:
        return SILENCE
    return max(SILENCE, float(floor) + _ABOVE_FLOOR)


def find_pauses_in(begin: float, levels: Levels) -> Sequence[tuple[float, float]]:
    """Where there is a pause long enough, in seconds; the levels begin at `begin` [s]."""
    quiet = np.concatenate([[False], levels < find_pause_level(levels), [False]])
    edges = np.flatnonzero(np.diff(quiet))
    pairs = zip(edges[::2], edges[1::2], strict=True)
    return [
        (begin + float(start) * BLOCK_SECONDS, begin + float(end) * BLOCK_SECONDS)
        for start, end in pairs
        if (end - start) * BLOCK_SECONDS >= SHORTEST_PAUSE
    ]
