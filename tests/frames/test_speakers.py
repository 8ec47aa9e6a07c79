"""Who spoke during spans, by value and against a count of every second."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from lib import frames
from lib.frames import speakers
from lib.model import Line, Review
from tests.frames.tables import spans_of

HOSTILE = "<img src=x onerror=alert(1)> *Ann*, =1+1"


def lines_of(*lines):
    """A transcript of lines as (speaker, start, end)."""
    transcript = tuple(Line(start, end, name, "Words.") for name, start, end in lines)
    return frames.transcript(Review(transcript=transcript), None)


def shares(spans, *lines):
    """The rows of each span and speaker, as (id, speaker, share)."""
    table = frames.spoken_shares(spans_of(*spans), lines_of(*lines))
    return list(table[["signal", "speaker", "share"]].itertuples(index=False, name=None))


def test_a_speaker_has_the_share_that_their_lines_cover_the_longest_first():
    spoken = shares([(0, 10), (10, 20)], ("Ben", 8, 12), ("Anna", 0, 6), ("Anna", 30, 40))
    assert spoken == [(0, "Anna", 0.6), (0, "Ben", 0.2), (1, "Ben", 0.2)]


def test_lines_of_one_speaker_that_overlap_count_once_and_those_of_two_for_both():
    spoken = shares([(0, 10)], ("Anna", 0, 6), ("Anna", 2, 5), ("Anna", 4, 8), ("Ben", 0, 10))
    assert spoken == [(0, "Ben", 1.0), (0, "Anna", 0.8)]


def test_a_line_that_only_touches_a_span_is_not_of_it():
    assert shares([(10, 20)], ("Anna", 0, 10), ("Ben", 20, 30)) == []


@pytest.mark.parametrize("name", ["", " ", "\t"])
def test_a_line_without_a_speaker_is_nobodys(name):
    assert shares([(0, 10)], (name, 0, 10)) == []
    assert frames.speaker_names(lines_of((name, 0, 10), ("Anna", 0, 1))) == ["Anna"]


def test_names_stay_as_sent_and_none_is_merged_with_another():
    names = ["Anna", "anna", "Anna ", "An na", HOSTILE]
    spoken = shares([(0, 10)], *((name, 0, 5) for name in names))
    assert spoken == [(0, name, 0.5) for name in names]
    assert frames.speaker_names(lines_of(*((name, 0, 5) for name in names))) == names


@pytest.mark.parametrize(
    ("spans", "line"),
    [([(5, 5)], ("Anna", 0, 10)), ([(5, 5)], ("Anna", 5, 9)), ([(0, 9)], ("Anna", 5, 5))],
    ids=["a moment in a line", "a moment where a line begins", "a line without a length"],
)
def test_of_what_has_no_length_no_share_is_said(spans, line):
    ((span, speaker, share),) = shares(spans, line)
    assert (span, speaker) == (0, "Anna")
    assert math.isnan(share)


def test_a_line_without_a_length_takes_nothing_from_the_others_of_its_speaker():
    assert shares([(0, 10)], ("Anna", 5, 5), ("Anna", 0, 5)) == [(0, "Anna", 0.5)]


def test_times_count_as_they_were_sent_in_whichever_order():
    assert shares([(10, 0)], ("Anna", 5, 0)) == [(0, "Anna", 0.5)]
    assert shares([(90, 110)], ("Anna", 100, 200)) == [(0, "Anna", 0.5)]


def test_a_span_that_is_filled_to_its_ends_is_filled_whatever_the_floats_say():
    pieces = [("Anna", at / 10, (at + 1) / 10) for at in range(1, 7)]
    assert shares([(0.1, 0.7)], *pieces) == [(0, "Anna", 1.0)]
    assert shares([(0.1, 0.4)], ("Anna", 0, 9)) == [(0, "Anna", 1.0)]
    lines = (("Anna", 0, 0.1), ("Anna", 1, 1.2))
    assert shares([(1, 1.2)], *lines) == [(0, "Anna", 1.0)]
    assert frames.spoken_shares(spans_of((1, 1.2)), lines_of(*lines))["seconds"].tolist() == [0.2]


@pytest.mark.parametrize(
    ("spans", "lines"),
    [([], []), ([(0, 1)], []), ([], [("Anna", 0, 1)]), ([(0, 1)], [("Anna", 3, 4)])],
)
def test_where_nobody_is_known_to_speak_the_table_has_its_columns_and_no_rows(spans, lines):
    table = frames.spoken_shares(spans_of(*spans), lines_of(*lines))
    assert {name: str(kind) for name, kind in table.dtypes.items()} == frames.SPOKEN_SHARES
    assert table.empty


def test_the_columns_have_their_kinds_where_there_are_rows():
    table = frames.spoken_shares(spans_of((0, 1)), lines_of(("Anna", 0, 1)))
    assert {name: str(kind) for name, kind in table.dtypes.items()} == frames.SPOKEN_SHARES


def test_times_beyond_all_measure_do_no_harm():
    for times in ((-1e308, 1e308), (math.nan, 1), (0, math.inf)):
        for start, end in ((0, 5), (-1e308, 1e308), (math.nan, 2)):
            for _, _, share in shares([times], ("Anna", start, end)):
                assert math.isnan(share) or 0 <= share <= 1


def test_no_share_is_more_than_all():
    assert shares([(1, 1.2)], ("Anna", -1e15, 0), ("Anna", 1, 1.2)) == [(0, "Anna", 1.0)]


def test_of_very_many_speakers_the_rest_stand_together(monkeypatch):
    monkeypatch.setattr(speakers, "MAX_SPEAKERS", 2)
    lines = (("Short", 0, 1), ("Long", 0, 9), ("Middle", 3, 6), ("Brief", 0.5, 2), ("Far", 30, 31))
    told = [(0, "Long", 0.9), (0, "Middle", 0.3)]
    assert shares([(0, 10)], *lines) == [*told, (0, speakers.OTHERS, 0.2)]
    called_so = ((speakers.OTHERS, 0, 10), *lines)
    assert shares([(0, 10)], *called_so) == [(0, speakers.OTHERS, 1.0), *told]
    assert shares([(5, 15)], ("Short", 0, 1), *lines[1:3]) == [(0, "Long", 0.4), (0, "Middle", 0.1)]


def test_the_text_of_a_span_names_each_with_what_can_be_said_of_their_share():
    spans = spans_of((0, 1000), (5, 5), (2000, 2010), (3000, 3100))
    lines = lines_of(
        ("Müller, Anna", 0, 620), ("Ben", 0, 200), (HOSTILE, 3000, 3000.5), ("Ben", 3000, 3099.9)
    )
    assert frames.spoken_texts(spans, frames.spoken_shares(spans, lines)) == [
        "Müller, Anna 62 % | Ben 20 %",
        "Müller, Anna | Ben",
        "",
        f"Ben more than 99 % | {HOSTILE} less than 1 %",
    ]


def test_a_share_halfway_between_two_is_rounded_as_it_is_and_not_as_the_floats_have_it():
    spans = spans_of((0, 3.2))
    shares_of_span = frames.spoken_shares(spans, lines_of(("Anna", 0, 2.8)))
    assert frames.spoken_texts(spans, shares_of_span) == ["Anna 88 %"]


SECONDS = st.integers(-3, 20)
PAIRS = st.tuples(SECONDS, SECONDS)
NAMES = st.sampled_from(["Anna", "anna", "Ben", ""])
LINES = st.lists(st.tuples(NAMES, SECONDS, SECONDS), max_size=8)


def covered(name, span, lines):
    """The whole seconds of a span in which somebody has a line."""
    return sum(
        any(who == name and min(times) <= second < max(times) for who, *times in lines)
        for second in range(min(span), max(span))
    )


@given(st.lists(PAIRS, max_size=5), LINES)
@settings(deadline=None)
@example([(0, 0)], [("Anna", 0, 0)])
def test_the_seconds_of_a_speaker_are_those_in_which_they_have_a_line(spans, lines):
    table = frames.spoken_shares(spans_of(*spans), lines_of(*lines))
    seconds = {(row.signal, row.speaker): row.seconds for row in table.itertuples()}
    for place, span in enumerate(spans):
        for name in ("Anna", "anna", "Ben"):
            assert seconds.get((place, name), 0) == covered(name, span, lines)
    assert {speaker for _, speaker in seconds} <= {"Anna", "anna", "Ben"}
    assert table["share"].dropna().between(0, 1).all()


@given(st.lists(PAIRS, max_size=5), LINES, st.sampled_from(["Anna", "Ben"]))
@settings(deadline=None)
def test_whoever_is_filtered_by_is_whom_the_spans_name(spans, lines, name):
    signals, transcript = spans_of(*spans), lines_of(*lines)
    by = frames.Filter(speakers=(name,))
    passing = frames.filter_signals(signals, by, transcript=transcript)["id"].tolist()
    table = frames.spoken_shares(signals, transcript)
    assert passing == table.loc[table["speaker"] == name, "signal"].drop_duplicates().tolist()


@given(st.lists(PAIRS, max_size=5), LINES)
@settings(deadline=None)
def test_in_which_order_lines_stand_changes_no_share(spans, lines):
    def told(*given_lines):
        table = frames.spoken_shares(spans_of(*spans), lines_of(*given_lines))
        return {(row.signal, row.speaker): row.share for row in table.itertuples()}

    one, other = told(*lines), told(*reversed(lines))
    assert one.keys() == other.keys()
    assert all(np.isclose(one[key], other[key], equal_nan=True) for key in one)


def test_the_tables_are_read_and_not_changed():
    signals, transcript = spans_of((0, 10)), lines_of(("Anna", 0, 5))
    before = signals.copy(), transcript.copy()
    frames.spoken_shares(signals, transcript)
    pd.testing.assert_frame_equal(signals, before[0])
    pd.testing.assert_frame_equal(transcript, before[1])
