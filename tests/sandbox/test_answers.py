"""The generated answers, over many files that do not exist."""

import hashlib
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from lib.model import DIMENSIONS, PROBABILITIES, SCORES
from lib.sandbox import answers
from lib.sandbox.checks import Media
from lib.sandbox.rationales import CUES, MARK, TYPES, TYPES_HEARD, marked

EVERYTHING = ("signals", "conversation_quality_overall", "conversation_quality_timeline")
STRENGTH = {"high": 3, "medium": 2, "low": 1, None: 0}


def media(seed, seconds=60.0, *, audio=True):
    digest = hashlib.sha256(str(seed).encode()).hexdigest()
    return Media(digest=digest, container="mp4", seconds=seconds, video=True, audio=audio)


def answer(one, api, include=EVERYTHING):
    if api == "v1":
        return answers.v1_answer(one, include=include, goals=("clarity",))
    return answers.v2_answer(one, model=api, include=include)


files = st.builds(media, st.integers(0, 10_000), st.floats(3.0, 400.0), audio=st.just(True))
MANY = [media(seed) for seed in range(400)]
LONG = media("long", 1800.0)


@given(one=files)
@example(one=LONG)
@example(one=media(1, 3.0))
def test_v1_spans_lie_within_the_file(one):
    found = answer(one, "v1")
    quality = found["conversation_quality"]["timeline"]
    for span in (*found["signals"], *found["engagement_state"], *quality):
        assert 0.0 <= span["start"] < span["end"] <= one.seconds
        assert (span["start"], span["end"]) == (round(span["start"], 1), round(span["end"], 1))
    lengths = [span["end"] - span["start"] for span in found["signals"]]
    assert all(0.99 <= length <= 15.01 for length in lengths)


@given(one=files)
@example(one=LONG)
def test_v1_engagement_is_contiguous_and_covers_the_file(one):
    states = answer(one, "v1")["engagement_state"]
    assert states[0]["start"] == 0.0
    assert one.seconds - states[-1]["end"] < 0.1001
    for before, after in pairwise(states):
        assert before["end"] == after["start"]
        assert before["state"] != after["state"]


@given(one=files)
@example(one=LONG)
@example(one=media(1, 5.0))
@example(one=media(1, 10.001))
def test_v2_windows_cover_the_file_without_gaps(one):
    found = answer(one, "inter-2")
    windows = found["windows"]
    assert 0 <= one.seconds - found["duration_seconds"] < 0.0011
    assert [window["index"] for window in windows] == list(range(len(windows)))
    assert windows[0]["start_seconds"] == 0.0
    assert windows[-1]["end_seconds"] == found["duration_seconds"]
    for before, after in pairwise(windows):
        assert before["end_seconds"] == after["start_seconds"]
        assert before["end_seconds"] - before["start_seconds"] == found["window_seconds"]


@given(one=files)
@example(one=LONG)
def test_v2_signals_span_their_window_once_a_type(one):
    for window in answer(one, "inter-2")["windows"]:
        types = [signal["type"] for signal in window["signals"]]
        assert len(types) == len(set(types))
        assert window["engagement_status"] in {"engaged", "neutral", "disengaged"}
        for signal in window["signals"]:
            span = (window["start_seconds"], window["end_seconds"])
            assert (signal["start"], signal["end"]) == span
            assert "modality" not in signal


@given(one=files)
@example(one=LONG)
def test_v2_merges_adjacent_windows_of_a_type_and_keeps_the_surest(one):
    found = answer(one, "inter-2")
    starts = [span["start"] for span in found["signals"]]
    assert starts == sorted(starts)
    for name in TYPES:
        spans = [span for span in found["signals"] if span["type"] == name]
        runs = runs_of(name, found["windows"])
        assert [(span["start"], span["end"]) for span in spans] == [
            (run[0]["start"], run[-1]["end"]) for run in runs
        ]
        for span, run in zip(spans, runs, strict=True):
            best = max(STRENGTH[piece.get("probability")] for piece in run)
            surest = [one for one in run if STRENGTH[one.get("probability")] == best]
            assert STRENGTH[span.get("probability")] == best
            assert span.get("rationale") in [piece.get("rationale") for piece in surest]


def runs_of(name, windows):
    """The signals of a type, in lists of those that stand in adjacent windows."""
    runs, adjacent = [], False
    for window in windows:
        pieces = [signal for signal in window["signals"] if signal["type"] == name]
        if pieces and adjacent:
            runs[-1] += pieces
        elif pieces:
            runs.append(pieces)
        adjacent = bool(pieces)
    return runs


def test_the_merge_has_something_to_choose_from():
    changed = 0
    for one in MANY:
        found = answer(one, "inter-2")
        first = {}
        for window in found["windows"]:
            for signal in window["signals"]:
                first.setdefault((signal["type"], signal["start"]), signal)
        for span in found["signals"]:
            begun = first[span["type"], span["start"]]
            changed += begun.get("probability") != span.get("probability")
    assert changed > 50


@pytest.mark.parametrize("api", ["v1", "inter-2", "inter-2-audio"])
def test_the_same_file_gets_the_same_answer_and_another_file_another(api):
    answers = [answer(media(seed), api) for seed in (1, 1, 2)]
    assert answers[0] == answers[1]
    assert answers[0] != answers[2]


@pytest.mark.parametrize("api", ["v1", "inter-2", "inter-2-audio"])
def test_every_answer_says_that_it_is_generated(api):
    for one in MANY:
        found = answer(one, api)
        assert found["sandbox"] == "Generated by the Signal Review sandbox; nothing was measured."
        windows = [signal for window in found.get("windows", ()) for signal in window["signals"]]
        rationales = [signal.get("rationale") for signal in [*found["signals"], *windows]]
        assert all(text is None or text.endswith(MARK) for text in rationales)


@pytest.mark.parametrize("api", ["v1", "inter-2"])
def test_all_documented_shapes_of_a_signal_occur(api):
    signals = [signal for one in MANY for signal in answer(one, api)["signals"]]
    assert {signal["type"] for signal in signals} == set(TYPES)
    given = [signal for signal in signals if "probability" in signal]
    assert {signal["probability"] for signal in given} == {*PROBABILITIES, None}
    assert 0 < len(signals) - len(given) < 0.2 * len(signals)
    reasoned = [signal for signal in signals if "rationale" in signal]
    assert 0 < len(signals) - len(reasoned) < 0.2 * len(signals)
    assert None in {signal["rationale"] for signal in reasoned}


def test_spans_of_one_type_and_of_two_overlap():
    alike, different = 0, 0
    for one in MANY:
        for before, after in pairwise(answer(one, "v1")["signals"]):
            if after["start"] < before["end"]:
                alike += before["type"] == after["type"]
                different += before["type"] != after["type"]
    assert alike > 0.15 * different
    assert different > 1000


def test_there_is_about_one_signal_every_five_seconds():
    counts = [len(answer(one, "v1")["signals"]) for one in MANY]
    assert {count for count in counts if count} == {12}


@pytest.mark.parametrize("api", ["v1", "inter-2"])
def test_nothing_is_found_in_about_one_file_of_twelve(api):
    empty = [found for found in (answer(one, api) for one in MANY) if not found["signals"]]
    assert len(MANY) / 20 < len(empty) < len(MANY) / 8
    for found in empty:
        quality = found["conversation_quality"]
        for values in (quality["overall"], *(slot["values"] for slot in quality["timeline"])):
            assert values == dict.fromkeys(SCORES, 50)


def test_v1_names_one_or_both_tracks():
    signals = [signal for one in MANY for signal in answer(one, "v1")["signals"]]
    assert {tuple(signal["modality"]) for signal in signals} == {
        ("audio",),
        ("visual",),
        ("audio", "visual"),
    }


def test_v1_hears_nothing_in_a_silent_file():
    silent = [media(seed, audio=False) for seed in range(50)]
    signals = [signal for one in silent for signal in answer(one, "v1")["signals"]]
    assert {tuple(signal["modality"]) for signal in signals} == {("visual",)}


def test_the_audio_model_names_only_what_can_be_heard():
    found = [answer(one, "inter-2-audio")["signals"] for one in MANY]
    heard = {
        marked(cue.text) for cues in CUES.values() for cue in cues if cue.modality == ("audio",)
    }
    assert {signal["type"] for signals in found for signal in signals} == set(TYPES_HEARD)
    texts = {signal.get("rationale") for signals in found for signal in signals}
    assert texts - {None} <= heard


@pytest.mark.parametrize("api", ["v1", "inter-2"])
def test_scores_stay_in_range_and_the_index_is_mostly_but_not_always_the_mean(api):
    windows = [
        slot["values"]
        for one in MANY
        for slot in answer(one, api)["conversation_quality"]["timeline"]
    ]
    assert all(0 <= values[name] <= 100 for values in windows for name in SCORES)
    means = [sum(values[name] for name in DIMENSIONS) / 5 for values in windows]
    off = sum(
        abs(values["quality_index"] - mean) > 1 for values, mean in zip(windows, means, strict=True)
    )
    assert 0.05 * len(windows) < off < 0.3 * len(windows)


def test_some_windows_hold_no_evidence_though_the_file_does():
    found = [one for one in (answer(one, "v1") for one in MANY) if one["signals"]]
    windows = [
        set(slot["values"].values())
        for one in found
        for slot in one["conversation_quality"]["timeline"]
    ]
    blank = windows.count({50})
    assert 0.04 * len(windows) < blank < 0.16 * len(windows)


def test_scores_move_by_small_steps():
    slots = answer(LONG, "v1")["conversation_quality"]["timeline"]
    told = [slot["values"] for slot in slots if slot["values"]["clarity"] != 50]
    steps = [abs(after["clarity"] - before["clarity"]) for before, after in pairwise(told)]
    assert len(slots) == 180
    assert 0 < sum(steps) / len(steps) < 8


@pytest.mark.parametrize("api", ["v1", "inter-2"])
@pytest.mark.parametrize(
    ("include", "sections"),
    [
        ((), set()),
        (EVERYTHING[1:2], {"overall"}),
        (EVERYTHING[2:3], {"timeline"}),
        (EVERYTHING[1:3], {"overall", "timeline"}),
    ],
)
def test_quality_holds_the_sections_asked_for(api, include, sections):
    found = answer(media(1), api, include)
    expected = sections | {"overall"} if api == "v1" and "timeline" in sections else sections
    assert set(found.get("conversation_quality", {})) == expected
    assert ("conversation_quality" in found) == bool(sections)


def test_v2_lists_signals_only_when_asked():
    assert "signals" not in answer(media(1), "inter-2", EVERYTHING[1:])
    assert "signals" in answer(media(1), "inter-2", EVERYTHING[:1])


def test_feedback_comes_only_when_asked_and_not_always():
    found = [answers.v1_answer(one, goals=("energy", "clarity"))["feedback"] for one in MANY]
    assert {one["type"] for one in found} == {"feedback", "no_feedback"}
    told = [one for one in found if one["type"] == "feedback"]
    assert all(one["active_dimensions"] == ["energy", "clarity"] for one in told)
    assert all(one["message"].endswith(MARK) for one in told)
    assert {one["primary_signal"] for one in told} == {*TYPES, None}
    assert "feedback" not in answers.v1_answer(media(1))


def test_goals_are_ignored_when_the_context_is_given():
    found = [
        answers.v1_answer(one, goals=("energy",), context="A sale.")["feedback"] for one in MANY
    ]
    dimensions = {tuple(one["active_dimensions"]) for one in found if one["type"] == "feedback"}
    assert len(dimensions) > 5
