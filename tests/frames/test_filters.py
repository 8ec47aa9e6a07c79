"""Which spans pass a filter, by what is known of each."""

import math
from datetime import UTC, datetime

import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from lib import frames
from lib.frames import Filter
from lib.frames.intervals import overlaps_any
from lib.model import Analysis, Engagement, Flag, Line, Note, Review, Signal, Verdict

NOW = datetime(2026, 11, 3, 9, 0, tzinfo=UTC)
LENGTH = 60.0
SPANS = (
    Signal("stress", 0, 10, "high", "A sigh, then a pause.", ("audio",)),
    Signal("interest", 10, 20, "low", "Leans in and smiles.", ("audio", "visual")),
    Signal("hesitation", 20, 20, None, None),
    Signal("stress", 30, 40, "medium", "Gaze lowered; PAUSES.", ("visual",)),
)
STATES = (Engagement("engaged", 0, 20), Engagement("disengaged", 20, 35))
REVIEW = Review(
    notes=(
        Note("n1", "Ada", "Ask about the Café.", 50.0, 51.0, 1, NOW),
        Note("n2", "Ben", "Too fast?", 32.0, 32.0, None, NOW),
    ),
    verdicts=(
        Verdict(0, "Ada", "agree", "", NOW),
        Verdict(0, "Ben", "disagree", "tension", NOW),
        Verdict(3, "Ben", "unsure", "", NOW),
    ),
    transcript=(
        Line(0.0, 5.0, "Ada", "Hello there."),
        Line(9.0, 12.0, "Ben", "One moment, please."),
        Line(20.0, 30.0, "Ada", "Hello again."),
    ),
)


def table(*spans):
    return frames.signals(Analysis("v1", "inter-1", spans, STATES, None), LENGTH)


def passing(review=REVIEW, **chosen):
    """The ids of SPANS that pass."""
    frame = frames.filter_signals(
        table(*SPANS),
        Filter(**chosen),
        engagement=frames.engagement(Analysis("v1", "inter-1", None, STATES, None), LENGTH),
        notes=frames.notes(review, LENGTH),
        verdicts=frames.verdicts(review),
        transcript=frames.transcript(review, LENGTH),
    )
    return frame["id"].tolist()


@pytest.mark.parametrize(
    ("speakers", "ids"),
    [
        (("Ada",), [0, 2]),
        (("Ben",), [0, 1]),
        (("Ada", "Ben"), [0, 1, 2]),
        (("ada",), []),
        (("",), []),
    ],
)
def test_who_speaks_is_who_has_a_line_that_overlaps(speakers, ids):
    assert passing(speakers=speakers) == ids


def test_without_a_transcript_nobody_speaks():
    assert passing(Review(), speakers=("Ada",)) == []
    assert frames.filter_signals(table(*SPANS), Filter(speakers=("Ada",))).empty


def test_a_line_without_a_name_is_nobodys():
    nameless = Review(transcript=(Line(0.0, 60.0, "", "Hello."), Line(0.0, 60.0, " ", "Hello.")))
    assert passing(nameless, speakers=("", " ")) == []


def test_an_empty_filter_keeps_every_row_as_it_is():
    sent = table(*SPANS)
    pd.testing.assert_frame_equal(frames.filter_signals(sent, Filter()), sent)


def test_what_passes_keeps_columns_and_kinds_even_when_nothing_does():
    none = frames.filter_signals(table(*SPANS), Filter(types=("awe",), text="x", cue="gaze"))
    assert none.empty
    assert {name: str(kind) for name, kind in none.dtypes.items()} == frames.SIGNALS


def test_all_that_is_set_must_be_met():
    assert passing(types=("stress",), modalities=("visual",)) == [3]
    assert passing(types=("stress",), text="sigh", cue="gaze") == []


@pytest.mark.parametrize(
    ("modalities", "ids"),
    [
        (("audio",), [0, 1]),
        (("visual",), [1, 3]),
        (("audio", "visual"), [0, 1, 3]),
        (("not given",), [2]),
        (("aud",), []),
    ],
)
def test_a_span_passes_by_any_modality_it_was_seen_in(modalities, ids):
    assert passing(modalities=modalities) == ids


@pytest.mark.parametrize(
    ("start", "end", "ids"),
    [
        (10, 20, [1, 2]),  # of the first it shares an instant only
        (9.9, 10.1, [0, 1]),
        (20, None, [2, 3]),
        (None, 10, [0]),
        (5, 5, [0]),
        (40, 30, [3]),
        (41, 50, []),
        (math.nan, 5, []),
        (5, math.nan, []),
        (0, None, [0, 1, 2, 3]),
        (None, 0, []),
    ],
)
def test_a_range_keeps_what_overlaps_it(start, end, ids):
    assert passing(start=start, end=end) == ids


@pytest.mark.parametrize(
    ("span", "start", "end"),
    [
        ((70, 80), 72, 75),  # wholly past the end of the recording
        ((50, 80), 65, 70),  # past it in part
        ((80, 70), 72, 75),  # and sent in the wrong order
        ((-9, -3), -5, -4),
        ((-9, 3), None, -4),
    ],
)
def test_times_past_the_recording_count_as_sent(span, start, end):
    frame = table(Signal("agreement", *span), Signal("stress", 0, 10), Signal("stress", 60, 60))
    kept = frames.filter_signals(frame, Filter(start=start, end=end))
    assert kept["id"].tolist() == [0]


def test_what_else_lies_past_the_recording_counts_as_sent():
    frame = table(Signal("agreement", 70, 80), Signal("stress", 55, 60))
    states = Analysis("v1", "x", None, (Engagement("odd", 75, 90),), None)
    kept = frames.filter_signals(
        frame, Filter(states=("odd",)), engagement=frames.engagement(states, LENGTH)
    )
    assert kept["id"].tolist() == [0]


def test_a_state_keeps_what_shares_more_than_an_instant_and_points_inside():
    assert passing(states=("engaged",)) == [0, 1, 2]
    assert passing(states=("disengaged",)) == [2, 3]
    assert passing(states=("engaged", "disengaged")) == [0, 1, 2, 3]
    assert passing(states=("neutral",)) == []


def test_a_state_keeps_nothing_where_engagement_is_not_known():
    assert frames.filter_signals(table(*SPANS), Filter(states=("engaged",))).empty


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("PAUSE", [0, 3]),
        ("pause sigh", [0]),
        ("sigh hello", [0]),  # one in the rationale, one in a line
        ("hello", [0, 2]),
        ("moment", [0, 1]),
        ("café", [1]),  # the note is on the span, at another time
        ("FAST gaze", [3]),
        ("   ", [0, 1, 2, 3]),
        ("ada", []),
        (".*", []),
        ("\0", []),
        ("\ud800", []),
    ],
)
def test_every_word_stands_in_the_rationale_a_note_or_a_line(text, ids):
    assert passing(text=text) == ids


def test_words_are_the_same_in_any_case_of_any_alphabet():
    sent = table(Signal("stress", 0, 9, None, "Weiß nicht."))
    for text in ("weiß", "WEISS", "weiss NICHT"):
        assert len(frames.filter_signals(sent, Filter(text=text))) == 1


def test_text_is_found_in_rationales_where_nothing_else_is_known():
    assert frames.filter_signals(table(*SPANS), Filter(text="pause"))["id"].tolist() == [0, 3]


def test_text_is_looked_for_where_nothing_was_added():
    assert passing(Review(), text="hello") == []
    assert passing(Review(), text="sigh") == [0]


def test_a_cue_keeps_the_spans_that_mention_it():
    assert passing(cue="pause") == [0, 3]
    assert passing(cue="no such cue") == []


def test_a_note_counts_on_its_span_and_during_others():
    assert passing(noted="noted") == [1, 3]
    assert passing(noted="unnoted") == [0, 2]


@pytest.mark.parametrize(
    ("verdicts", "ids"),
    [
        (("agree",), [0]),
        (("disagree",), [0]),
        (("unsure",), [3]),
        (("none",), [1, 2]),
        (("none", "unsure"), [1, 2, 3]),
    ],
)
def test_a_verdict_counts_whoever_gave_it(verdicts, ids):
    assert passing(verdicts=verdicts) == ids


def test_a_flag_is_a_filter():
    flags = (Flag("signals", 2, "over the seam at 0:12"), Flag("timeline", 0, "another table's"))
    sent = frames.signals(Analysis("v1", "inter-1", SPANS, None, None), LENGTH, flags)
    for name, ids in (("flagged", [2]), ("unflagged", [0, 1, 3]), ("", [0, 1, 2, 3])):
        assert frames.filter_signals(sent, Filter(flagged=name))["id"].tolist() == ids


def test_a_note_on_another_span_that_overlaps_is_no_note_of_this_one():
    spans = (Signal("stress", 0, 10), Signal("awe", 2, 8), Signal("joy", 4, 9))
    review = Review(notes=(Note("n", "Ada", "Sighs.", 0.0, 10.0, 0, NOW),))
    frame, notes = table(*spans), frames.notes(review, LENGTH)
    for by in (Filter(noted="noted"), Filter(text="sighs")):
        assert frames.filter_signals(frame, by, notes=notes)["id"].tolist() == [0]
    unnoted = frames.filter_signals(frame, Filter(noted="unnoted"), notes=notes)
    assert unnoted["id"].tolist() == [1, 2]


def test_where_no_review_is_known_nothing_is_noted_or_judged():
    sent = table(*SPANS)
    for by in (Filter(noted="unnoted"), Filter(verdicts=("none",))):
        assert len(frames.filter_signals(sent, by)) == len(sent)
    for by in (Filter(noted="noted"), Filter(verdicts=("agree",))):
        assert frames.filter_signals(sent, by).empty


def test_spans_already_filtered_can_be_filtered_again():
    some = table(*SPANS).iloc[[3, 1]]
    by = Filter(cue="pause", start=0, text="gaze", verdicts=("unsure",))
    passing = frames.filter_signals(some, by, verdicts=frames.verdicts(REVIEW))
    assert passing["id"].tolist() == [3]


ANYTHING = st.text(st.characters(exclude_categories=()), max_size=8)  # surrogates too


@given(st.lists(ANYTHING, max_size=4), ANYTHING)
@example(["stress"], "\ud800")
@settings(deadline=None)
def test_whatever_is_chosen_or_written_does_no_harm(chosen, text):
    spans = [Signal(word, 0, 9, None, word, (word,)) for word in chosen]
    names = (*chosen, text)
    by = Filter(types=names, probabilities=("not given", *names), modalities=names, text=text)
    assert len(frames.filter_signals(table(*spans), by)) <= len(spans)


TIMES = st.floats(-5, 15).map(round) | st.just(math.nan)
PAIRS = st.lists(st.tuples(TIMES, TIMES), max_size=12)


def draw_spans(pairs):
    ends = np.array(pairs, dtype="float64").reshape(-1, 2)
    return pd.DataFrame({"start": ends.min(axis=1), "end": ends.max(axis=1)})


def share_time(first, second):
    if first.start == first.end or second.start == second.end:
        return first.start <= second.end and second.start <= first.end
    return first.start < second.end and second.start < first.end


@given(PAIRS, PAIRS)
@example([(0, 4), (4, 4), (4, 9)], [(4, 4)])  # an instant at the end of a span
@example([(0, 4), (4, 4), (4, 9)], [(0, 4)])
@settings(deadline=None)
def test_spans_overlap_when_one_by_one_they_do(some, others):
    some, others = draw_spans(some), draw_spans(others)
    expected = [
        any(share_time(first, second) for second in others.itertuples())
        for first in some.itertuples()
    ]
    assert overlaps_any(some, others).tolist() == expected


def test_rows_within_others_are_those_that_overlap_any_of_them():
    others = pd.DataFrame({"start": [9.0, 40.0], "end": [20.0, 45.0]})
    assert frames.within(table(*SPANS), others)["id"].tolist() == [0, 1, 2]
    assert frames.within(table(), others).empty
