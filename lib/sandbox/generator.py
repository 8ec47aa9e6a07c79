"""What the sandbox pretends to have seen: signals, engagement and scores from a seed.

Everything is a pure function of the seed and the length, so the same file always gets the same
answer. Times are seconds; every span lies within the length it is given.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

from lib.model import DIMENSIONS, ENGAGEMENT_STATES, NO_EVIDENCE, PROBABILITIES
from lib.sandbox.rationales import CUES, marked

EMPTY_FILES = 1 / 12  # the share of files in which nothing is found
SPACING = 5.0  # seconds of recording for each signal
SAME_AGAIN = 0.12  # the share of signals that repeat the type before them, often overlapping it
UNEVEN = 0.15  # the share of windows whose quality_index is not the mean of the five
BLANK = 0.08  # the share of windows without evidence

NOT_SENT = object()  # a member that the answer leaves out, as opposed to null


@dataclass(frozen=True, slots=True)
class GeneratedSpan:
    """One signal as generated; `probability` and `rationale` may be None or NOT_SENT."""

    type: str
    start: float
    end: float
    probability: object
    rationale: object
    modality: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GeneratedState:
    """A span of one engagement state."""

    state: str
    start: float
    end: float


def is_empty(seed: str) -> bool:
    """Whether nothing at all is found in the file with this seed."""
    return Random(f"{seed} empty").random() < EMPTY_FILES


def signals(
    seed: str, *, seconds: float, types: Sequence[str], tracks: Sequence[str]
) -> list[GeneratedSpan]:
    """The signals of a file, by start; `tracks` are those it has ("audio", "visual")."""
    if is_empty(seed):
        return []
    random = Random(f"{seed} signals")
    weights = [random.uniform(0.3, 2.0) for _ in types]  # files differ in mood
    found: list[GeneratedSpan] = []
    for _ in range(max(1, round(seconds / SPACING))):
        start, end = _span(random, tenths=math.floor(round(seconds * 10, 6)))
        name = random.choices(types, weights)[0]
        if found and random.random() < SAME_AGAIN:
            name, start = found[-1].type, min(start, max(found[-1].start, round(end - 15.0, 1)))
        found.append(moment(random, name, start=start, end=end, tracks=tracks))
    return sorted(found, key=lambda one: (one.start, one.end, one.type))


def engagement(seed: str, *, seconds: float) -> list[GeneratedState]:
    """Contiguous states from 0 to `seconds`, no state twice in a row."""
    if is_empty(seed):
        return [GeneratedState("neutral", 0.0, seconds)]
    random = Random(f"{seed} engagement")
    states: list[GeneratedState] = []
    start, last = 0.0, ""
    while start < seconds:
        end = round(start + random.triangular(4.0, 45.0, 12.0), 1)
        end = seconds if end > seconds - 2.0 else end
        choices = [state for state in ENGAGEMENT_STATES if state != last]
        last = random.choices(choices, [3 if one == "engaged" else 1 for one in choices])[0]
        states.append(GeneratedState(last, start, end))
        start = end
    return states


def scores(seed: str, *, count: int) -> Iterator[dict[str, float]]:
    """The values of `count` windows in a row; all exactly 50 when nothing was found."""
    random = Random(f"{seed} scores")
    empty = is_empty(seed)
    digits = random.choice((None, 1))  # integers, or one decimal
    level = {name: random.uniform(48.0, 70.0) for name in DIMENSIONS}
    for _ in range(count):
        for name in DIMENSIONS:
            pulled = level[name] + 0.15 * (60.0 - level[name])
            level[name] = min(95.0, max(15.0, pulled + random.gauss(0.0, 4.0)))
        blank, shift = random.random() < BLANK, _shift(random)
        if blank or empty:
            yield dict.fromkeys(("quality_index", *DIMENSIONS), int(NO_EVIDENCE))
        else:
            yield _indexed({name: round(level[name], digits) for name in DIMENSIONS}, shift=shift)


def overall(seed: str, windows: Sequence[dict[str, float]]) -> dict[str, float]:
    """The values of the whole file: the mean of its windows in each dimension."""
    if is_empty(seed) or not windows:
        return dict.fromkeys(("quality_index", *DIMENSIONS), int(NO_EVIDENCE))
    means = {
        name: round(sum(values[name] for values in windows) / len(windows), 1)
        for name in DIMENSIONS
    }
    return _indexed(means, shift=_shift(Random(f"{seed} overall")))


def moment(
    random: Random, name: str, *, start: float, end: float, tracks: Sequence[str]
) -> GeneratedSpan:
    """A moment of type `name`, with a cue that `tracks` can hold and a rolled probability."""
    cues = [cue for cue in CUES[name] if set(cue.modality) <= set(tracks)]
    cue = random.choice(cues)
    probability = random.choices((*PROBABILITIES, None, NOT_SENT), (30, 38, 24, 4, 4))[0]
    rationale = random.choices((marked(cue.text), None, NOT_SENT), (90, 4, 6))[0]
    return GeneratedSpan(name, start, end, probability, rationale, cue.modality)


def _span(random: Random, *, tenths: int) -> tuple[float, float]:
    length = min(tenths, round(10 * random.triangular(1.0, 15.0, 4.0)))
    start = random.randint(0, tenths - length)
    return start / 10, (start + length) / 10


def _shift(random: Random) -> float:
    amount = random.uniform(1.5, 4.0) * random.choice((-1, 1))
    return amount if random.random() < UNEVEN else 0.0


def _indexed(values: dict[str, float], *, shift: float) -> dict[str, float]:
    mean = sum(values.values()) / len(values)
    return {"quality_index": round(min(100.0, max(0.0, mean + shift)), 1), **values}
