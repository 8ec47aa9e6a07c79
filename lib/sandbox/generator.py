"""Generate signals, engagement and quality scores from a seed; nothing is measured.

Everything is a pure function of the seed and the length, so the same file always gets the same
answer. Times are seconds; every span lies within the length it is given.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

from lib.model import DIMENSIONS, ENGAGEMENT_STATES, NO_EVIDENCE, PROBABILITIES
from lib.sandbox.rationales import CUES, mark_generated

EMPTY_FILE_SHARE = 1 / 12  # of files have no signal at all
SECONDS_PER_SIGNAL = 5.0  # of recording
REPEAT_SHARE = 0.12  # of signals repeat the type before them, often overlapping it
SHIFTED_INDEX_SHARE = 0.15  # of windows have a quality_index that is not the mean of the five
NO_EVIDENCE_SHARE = 0.08  # of windows have no evidence

NOT_SENT = object()  # a member that the answer leaves out, as opposed to null


@dataclass(frozen=True, slots=True)
class GeneratedSignal:
    """One signal as generated; `probability` and `rationale` may be None or NOT_SENT."""

    type: str
    start: float
    end: float
    probability: object
    rationale: object
    modality: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EngagementSpan:
    """A stretch of one engagement state, in seconds."""

    state: str
    start: float
    end: float


def is_empty(seed: str) -> bool:
    """Whether the file with this seed has no signal at all."""
    return Random(f"{seed} empty").random() < EMPTY_FILE_SHARE


def generate_signals(
    seed: str, *, seconds: float, types: Sequence[str], tracks: Sequence[str]
) -> list[GeneratedSignal]:
    """The signals of a file, by start; `tracks` are those it has ("audio", "visual")."""
    if is_empty(seed):
        return []
    random = Random(f"{seed} signals")
    weights = [random.uniform(0.3, 2.0) for _ in types]  # files differ in which types are frequent
    signals: list[GeneratedSignal] = []
    for _ in range(max(1, round(seconds / SECONDS_PER_SIGNAL))):
        start, end = _random_span(random, tenths=math.floor(round(seconds * 10, 6)))
        name = random.choices(types, weights)[0]
        if signals and random.random() < REPEAT_SHARE:
            name, start = signals[-1].type, min(start, max(signals[-1].start, round(end - 15.0, 1)))
        signals.append(generate_signal(random, name, start=start, end=end, tracks=tracks))
    return sorted(signals, key=lambda signal: (signal.start, signal.end, signal.type))


def generate_engagement(seed: str, *, seconds: float) -> list[EngagementSpan]:
    """Contiguous states from 0 to `seconds`, no state twice in a row."""
    if is_empty(seed):
        return [EngagementSpan("neutral", 0.0, seconds)]
    random = Random(f"{seed} engagement")
    states: list[EngagementSpan] = []
    start, last = 0.0, ""
    while start < seconds:
        end = round(start + random.triangular(4.0, 45.0, 12.0), 1)
        end = seconds if end > seconds - 2.0 else end
        choices = [state for state in ENGAGEMENT_STATES if state != last]
        last = random.choices(choices, [3 if state == "engaged" else 1 for state in choices])[0]
        states.append(EngagementSpan(last, start, end))
        start = end
    return states


def generate_scores(seed: str, *, count: int) -> Iterator[dict[str, float]]:
    """The values of `count` windows in a row; all exactly 50 for an empty file."""
    random = Random(f"{seed} scores")
    empty = is_empty(seed)
    digits = random.choice((None, 1))  # integers, or one decimal
    level = {name: random.uniform(48.0, 70.0) for name in DIMENSIONS}
    for _ in range(count):
        for name in DIMENSIONS:
            drifted = level[name] + 0.15 * (60.0 - level[name])
            level[name] = min(95.0, max(15.0, drifted + random.gauss(0.0, 4.0)))
        no_evidence, shift = random.random() < NO_EVIDENCE_SHARE, _random_index_shift(random)
        if no_evidence or empty:
            yield dict.fromkeys(("quality_index", *DIMENSIONS), int(NO_EVIDENCE))
        else:
            yield _add_index({name: round(level[name], digits) for name in DIMENSIONS}, shift=shift)


def average_scores(seed: str, windows: Sequence[dict[str, float]]) -> dict[str, float]:
    """The values of the whole file: the mean of its windows in each dimension."""
    if is_empty(seed) or not windows:
        return dict.fromkeys(("quality_index", *DIMENSIONS), int(NO_EVIDENCE))
    means = {
        name: round(sum(values[name] for values in windows) / len(windows), 1)
        for name in DIMENSIONS
    }
    return _add_index(means, shift=_random_index_shift(Random(f"{seed} overall")))


def generate_signal(
    random: Random, name: str, *, start: float, end: float, tracks: Sequence[str]
) -> GeneratedSignal:
    """A signal of type `name`, with a cue that `tracks` can hold and a random probability."""
    cues = [cue for cue in CUES[name] if set(cue.modality) <= set(tracks)]
    cue = random.choice(cues)
    probability = random.choices((*PROBABILITIES, None, NOT_SENT), (30, 38, 24, 4, 4))[0]
    rationale = random.choices((mark_generated(cue.text), None, NOT_SENT), (90, 4, 6))[0]
    return GeneratedSignal(name, start, end, probability, rationale, cue.modality)


def _random_span(random: Random, *, tenths: int) -> tuple[float, float]:
    length = min(tenths, round(10 * random.triangular(1.0, 15.0, 4.0)))
    start = random.randint(0, tenths - length)
    return start / 10, (start + length) / 10


def _random_index_shift(random: Random) -> float:
    amount = random.uniform(1.5, 4.0) * random.choice((-1, 1))
    return amount if random.random() < SHIFTED_INDEX_SHARE else 0.0


def _add_index(values: dict[str, float], *, shift: float) -> dict[str, float]:
    mean = sum(values.values()) / len(values)
    return {"quality_index": round(min(100.0, max(0.0, mean + shift)), 1), **values}
