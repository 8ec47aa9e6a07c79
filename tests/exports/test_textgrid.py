import tempfile
from pathlib import Path

import pytest
import textgrid as foreign
from hypothesis import given, settings
from praatio import textgrid as praat

from lib.exports import textgrid
from lib.model import Signal
from tests.exports import sessions


def opened(bundle, read):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "session.TextGrid")
        path.write_bytes(textgrid.write(bundle))
        return read(str(path))


def with_praatio(bundle):
    return opened(bundle, lambda path: praat.openTextgrid(path, includeEmptyIntervals=True))


def with_textgrid(bundle):
    return opened(bundle, foreign.TextGrid.fromFile)


def texts(tier):
    return [entry.mark for entry in tier if entry.mark]


def test_a_tier_covers_the_recording_without_a_gap():
    tier = with_praatio(sessions.full_session()).getTier("stress")
    assert [tuple(entry) for entry in tier.entries] == [
        (0, 12, ""),
        (12, 18.5, "medium: A sigh, twice."),
        (18.5, 60, ""),
    ]


def test_overlaps_and_moments_have_tiers_of_their_own():
    grid = with_praatio(sessions.full_session())
    assert grid.tierNames[:4] == ("about", "stress", "stress-2", "interest")
    points = grid.getTier("notes at a moment: Ada")
    assert isinstance(points, praat.PointTier)
    assert [tuple(entry) for entry in points.entries] == [(3, "Look here.")]


def test_the_first_tier_says_where_it_comes_from():
    about = with_textgrid(sessions.full_session())[0]
    assert (about.name, about[0].minTime, about[0].maxTime) == ("about", 0, 60)
    assert all(text in about[0].mark for text in sessions.MUST_SAY)


def test_a_signal_called_about_does_not_take_that_tier():
    grid = with_praatio(sessions.bare(Signal("about", 0, 1)))
    assert grid.tierNames == ("about", "about-2")


@pytest.mark.parametrize(
    ("duration", "signals", "end"),
    [
        (60.0, [Signal("awe", 1, 2)], 60),
        (None, [Signal("awe", 1, 2.5)], 2.5),
        (60.0, [Signal("awe", 60, 60)], 60.001),
        (None, [], 0.001),
    ],
)
def test_a_file_ends_with_the_recording_or_the_last_span(duration, signals, end):
    assert with_textgrid(sessions.bare(*signals, duration=duration)).maxTime == end


@pytest.mark.parametrize(("name", "corrected"), sessions.NAMED)
def test_a_verdict_comes_back_whole(name, corrected):
    bundle = sessions.judged((0, name, "disagree", corrected))
    text, tier = f"disagree, {corrected} instead", f"verdicts: {name}"
    assert tuple(with_praatio(bundle).getTier(tier).entries[1]) == (12, 18.5, text)
    assert texts(with_textgrid(bundle)[-1]) == [text]  # it leaves quotes in a name doubled


def test_text_comes_back_on_one_line():
    text = 'say "no",\n\ntwice \u202e<b> 🙂 ' + "x" * 100_000 + '""'
    grid = with_textgrid(sessions.bare(Signal("awe", 0, 1, "high", text)))
    assert texts(grid[1]) == ["high: " + " ".join(text.split())]
    praats = with_praatio(sessions.bare(Signal("awe", 0, 1, "high", text))).getTier("awe")
    assert praats.entries[0].label == "high: " + " ".join(text.split())


@pytest.mark.parametrize("text", sessions.HOSTILE)
@pytest.mark.parametrize("tiers", [lambda bundle: with_praatio(bundle).tiers, with_textgrid])
def test_hostile_text_breaks_no_file(text, tiers):
    assert len(tiers(sessions.hostile(text))) == 8


@given(sessions.sessions)
@settings(deadline=None)
def test_any_session_has_an_annotation_a_span(bundle):
    grid = with_textgrid(bundle)
    assert sum(len(texts(tier)) for tier in grid) == len(bundle.signals) + 1
    end = grid.maxTime
    for tier in with_praatio(bundle).tiers:
        assert (tier.entries[0].start, tier.entries[-1].end) == (0, end)
        for entry, following in zip(tier.entries, tier.entries[1:], strict=False):
            assert entry.end == following.start
