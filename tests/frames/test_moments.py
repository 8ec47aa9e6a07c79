"""Moments worth a look: their rank, their number and their table."""

import math

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lib import frames, timecode
from lib.frames.moments import MAX_MOMENTS, Measured, _find_several_at_once
from lib.model import Scores
from tests.frames.moments import (
    CALM,
    ENGAGEMENT,
    SEVERAL,
    SWING,
    analysis_of,
    find_moments,
    rows,
    scored,
)


def test_moments_stand_with_the_highest_score_first_and_then_in_time():
    frame = find_moments(
        signals=[("a", 0, 5), ("b", 0, 5), ("c", 0, 5), ("stress", 400, 401)],
        engagement=[("engaged", 30, 50), ("disengaged", 50, 60), ("engaged", 60, 61)],
        windows=[(0, 10, scored()), (10, 20, scored(rapport=48.0))],
    )
    assert frame["rule"].tolist() == [CALM, ENGAGEMENT, ENGAGEMENT, SWING, SEVERAL]
    assert frame["start"].tolist() == [400, 50, 60, 0, 0]
    assert frame["score"].tolist() == [3, 2, 2, pytest.approx(23 / 15), 1]
    assert frame.index.tolist() == [0, 1, 2, 3, 4]


def test_moments_of_one_score_stand_in_time_whatever_their_rule():
    frame = find_moments(
        signals=[(name, 300, 305) for name in "abc"],
        windows=[(0, 10, scored()), (10, 20, scored(clarity=45.0))],
    )
    assert frame["rule"].tolist() == [SWING, SEVERAL]
    assert frame["score"].tolist() == [1, 1]


def test_of_very_many_moments_the_first_stand():
    states = [("engaged" if n % 2 else "disengaged", n, n + 1) for n in range(200)]
    frame = find_moments(engagement=states)
    assert frame["start"].tolist() == list(range(1, 51))


class Name(str):
    """A type that counts how often any is looked at: compared, or looked up."""

    __slots__ = ()
    looks = 0

    def __lt__(self, other):
        Name.looks += 1
        return str.__lt__(self, other)

    def __hash__(self):
        Name.looks += 1
        return str.__hash__(self)


def test_thousands_of_types_at_once_cost_a_few_looks_each():
    count = 2_000
    spans = {
        "type": [Name(f"type {number}") for number in range(count)],
        "start": [number / 9 for number in range(count)],
        "end": [number / 9 + 500 for number in range(count)],
    }
    signals = pd.DataFrame(spans, dtype="object").assign(start=spans["start"], end=spans["end"])
    empty = pd.DataFrame()
    Name.looks = 0
    found = list(_find_several_at_once(Measured(signals, empty, empty, 600.0, {"signals": 1}, ())))
    assert len(found) == 1
    assert found[0].explain().startswith("2000 types at once: type 0, type 1, type 10")
    assert Name.looks < 100 * count


def test_only_the_moments_that_are_listed_are_put_into_words(monkeypatch):
    worded = []
    monkeypatch.setattr(timecode, "format_number", lambda *_, **__: worded.append(1) or "1")
    monkeypatch.setattr(timecode, "format_length", lambda *_, **__: worded.append(1) or "1 s")
    find_moments(
        [("stress", number * 100, number * 100 + 1) for number in range(500)],
        [("engaged" if n % 2 else "disengaged", 5 * n, 5 * n + 1) for n in range(500)],
        [(n, n + 1, scored(clarity=90.0 * (n % 2))) for n in range(500)],
    )
    assert 0 < len(worded) <= 3 * MAX_MOMENTS


def test_probability_changes_no_moment():
    spans = [("a", 0, 9), ("b", 0, 9), ("stress", 0, 9), ("tension", 100, 101)]
    all_high = find_moments([(*span, "high") for span in spans])
    all_low = find_moments([(*span, "low") for span in spans])
    assert rows(all_high) == rows(all_low) == rows(find_moments(spans))


FULL = {
    "signals": [("a", 0, 9), ("b", 0, 9), ("c", 0, 9)],
    "engagement": [("engaged", 0, 5), ("disengaged", 5, 9)],
    "windows": [(0, 10, scored()), (10, 20, scored(rapport=1.0))],
}


@pytest.mark.parametrize("measured", [{}, {"signals": FULL["signals"]}, FULL])
def test_empty_or_full_a_table_of_moments_has_its_columns(measured):
    frame = find_moments(**measured)
    assert {name: str(kind) for name, kind in frame.dtypes.items()} == frames.MOMENTS


ODD = st.floats(-1e3, 1e3) | st.sampled_from([math.nan, math.inf, -math.inf])
TIME = st.floats(-1e3, 1e3) | st.just(math.nan)
TEXTS = st.text(st.characters(exclude_categories=()), max_size=5)


@given(
    st.lists(st.tuples(st.sampled_from(["stress", "awe"]) | TEXTS, TIME, ODD), max_size=9),
    st.lists(st.tuples(st.sampled_from(["engaged", "disengaged"]) | TEXTS, ODD, ODD), max_size=5),
    st.lists(st.tuples(ODD, ODD, st.builds(Scores, *[st.none() | ODD] * 6)), max_size=5),
    st.none() | ODD,
)
@settings(deadline=None)
def test_whatever_was_sent_does_no_harm(signals, engagement, windows, duration):
    analysis = analysis_of(signals, engagement, windows)
    frame = frames.moments(
        frames.signals(analysis, None),
        frames.engagement(analysis, None),
        frames.quality(analysis, None),
        duration=duration,
        digits={"signals": 1, "engagement": 1, "quality": 1},
    )
    assert (frame["start"] <= frame["end"]).all()
    assert frame["score"].between(1, 3).all()


def test_every_rule_explains_itself_in_one_sentence():
    assert len({rule.name for rule in frames.RULES}) == len(frames.RULES)
    for rule in frames.RULES:
        assert rule.explanation.endswith(".")
        assert rule.explanation.count(".") == 1
