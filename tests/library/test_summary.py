import json
from dataclasses import replace

import pytest

from lib.library import summary
from lib.model import Analysis, Engagement, Quality, QualityWindow, Scores, Signal
from tests import answers

NOTHING = Analysis(api="v1", model="inter-1", signals=None, engagement=None, quality=None)
EVEN = Scores(50.0, 50.0, 50.0, 50.0, 50.0, 50.0)


def columns_of(**changes):
    columns = summary.summary_columns(replace(NOTHING, **changes))
    return {
        name: json.loads(value) if name in ("types", "windows") and value else value
        for name, value in columns.items()
    }


def spans(*states):
    return tuple(Engagement(state, start, end) for state, start, end in states)


def windows(*indices):
    timeline = (QualityWindow(i, i + 1.0, Scores(quality_index=x)) for i, x in enumerate(indices))
    return Quality(timeline=tuple(timeline))


def test_a_digest_says_what_lists_show_of_an_analysis():
    assert summary.summary_columns(answers.session().analysis) == {
        "signals": 3,
        "types": '{"hesitation": 2, "interest": 1}',
        "engaged": pytest.approx(2 / 3),
        "quality": 61.4,
        "no_evidence": False,
        "windows": "[60.0, null, 55.0]",
    }


def test_what_was_not_asked_for_is_none_and_what_was_not_found_is_empty():
    columns = columns_of(signals=(), engagement=(), quality=Quality(overall=Scores(), timeline=()))
    assert columns == {
        "signals": 0,
        "types": {},
        "engaged": None,
        "quality": None,
        "no_evidence": False,
        "windows": [],
    }
    assert set(columns_of().values()) == {None, False}


def test_no_evidence_is_no_score():
    columns = columns_of(quality=Quality(overall=EVEN, timeline=(QualityWindow(0.0, 5.0, EVEN),)))
    assert (columns["quality"], columns["no_evidence"], columns["windows"]) == (50.0, True, [None])


def test_windows_stand_in_the_order_of_time():
    sent = [(20, 30, 60), (0, 10, 40), (16, 8, 10), (10, 20, 80)]
    timeline = tuple(QualityWindow(start, end, Scores(score)) for start, end, score in sent)
    assert columns_of(quality=Quality(timeline=timeline))["windows"] == [40, 10, 80, 60]


def test_fifty_without_an_index_is_no_evidence():
    columns = columns_of(quality=Quality(overall=Scores(None, 50.0, 50.0, 50.0, 50.0, 50.0)))
    assert (columns["quality"], columns["no_evidence"]) == (None, True)


def test_the_most_frequent_types_are_kept_with_short_names():
    many = [Signal(f"t{index}", 0, 1) for index in range(60)] + [Signal("x" * 100_000, 0, 1)] * 2
    columns = columns_of(signals=tuple(many))
    assert columns["signals"] == 62
    assert len(columns["types"]) == summary.MAX_TYPES
    assert next(iter(columns["types"].items())) == ("x" * 79 + "…", 2)


def test_types_that_begin_alike_keep_counts_of_their_own():
    names = ["x" * 90 + "mild", "x" * 90 + "strong", "x" * 99]
    columns = columns_of(signals=tuple(Signal(name, 0, 1) for name in (names[0], *names)))
    assert list(columns["types"].values()) == [2, 1, 1]
    assert all(len(name) <= summary.MAX_TYPE_CHARACTERS for name in columns["types"])


def test_engaged_is_a_share_of_the_time_that_has_a_state():
    assert columns_of(engagement=spans(("engaged", 0, 10), ("neutral", 20, 50)))["engaged"] == 0.25
    assert columns_of(engagement=spans(("bored", 0, 10)))["engaged"] == 0.0


def test_time_that_two_spans_share_counts_once():
    shared = spans(("engaged", 0, 10), ("engaged", 5, 8), ("engaged", 9, 20), ("neutral", 20, 40))
    assert columns_of(engagement=shared)["engaged"] == 0.5


@pytest.mark.parametrize(
    "odd", [("engaged", float("nan"), 1), ("engaged", 0, float("inf")), ("engaged", 7, 7)]
)
def test_spans_without_a_length_make_no_share(odd):
    assert columns_of(engagement=spans(odd))["engaged"] is None
    assert (
        columns_of(engagement=spans(odd, ("engaged", 10, 0), ("neutral", 10, 20)))["engaged"] == 0.5
    )


def test_of_many_windows_some_are_taken_evenly_and_as_sent():
    assert columns_of(quality=windows(*range(40)))["windows"] == list(range(40))
    assert columns_of(quality=windows(*range(400)))["windows"] == list(range(0, 400, 10))
    assert len(columns_of(quality=windows(*range(41)))["windows"]) == summary.MAX_WINDOWS
