"""The generated answers, over many files that do not exist."""

import hashlib
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from lib.model import DIMENSIONS, PROBABILITIES, SCORES
from lib.sandbox import answers
from lib.sandbox.checks import Media
from lib.sandbox.rationales import AUDIBLE_TYPES, CUES, GENERATED_MARK, SIGNAL_TYPES, mark_generated

EVERYTHING = ("signals", "conversation_quality_overall", "conversation_quality_timeline")
STRENGTH = {"high": 3, "medium": 2, "low": 1, None: 0}


def make_media(seed, seconds=60.0, *, audio=True):
    digest = hashlib.sha256(str(seed).encode()).hexdigest()
    return Media(digest=digest, container="mp4", seconds=seconds, video=True, audio=audio)


def make_answer(media, api, include=EVERYTHING):
    if api == "v1":
        return answers.build_v1_answer(media, include=include, goals=("clarity",))
    return answers.build_v2_result(media, model=api, include=include)


files = st.builds(make_media, st.integers(0, 10_000), st.floats(3.0, 400.0), audio=st.just(True))
MANY = [make_media(seed) for seed in range(400)]
LONG = make_media("long", 1800.0)


@given(media=files)
@example(media=LONG)
@example(media=make_media(1, 3.0))
def test_v1_spans_lie_within_the_file(media):
    answer = make_answer(media, "v1")
    quality = answer["conversation_quality"]["timeline"]
    for span in (*answer["signals"], *answer["engagement_state"], *quality):
        assert 0.0 <= span["start"] < span["end"] <= media.seconds
        assert (span["start"], span["end"]) == (round(span["start"], 1), round(span["end"], 1))
    lengths = [span["end"] - span["start"] for span in answer["signals"]]
    assert all(0.99 <= length <= 15.01 for length in lengths)


@given(media=files)
@example(media=LONG)
def test_v1_engagement_is_contiguous_and_covers_the_file(media):
    states = make_answer(media, "v1")["engagement_state"]
    assert states[0]["start"] == 0.0
    assert media.seconds - states[-1]["end"] < 0.1001
    for before, after in pairwise(states):
        assert before["end"] == after["start"]
        assert before["state"] != after["state"]


@given(media=files)
@example(media=LONG)
@example(media=make_media(1, 5.0))
@example(media=make_media(1, 10.001))
def test_v2_windows_cover_the_file_without_gaps(media):
    answer = make_answer(media, "inter-2")
    windows = answer["windows"]
    assert 0 <= media.seconds - answer["duration_seconds"] < 0.0011
    assert [window["index"] for window in windows] == list(range(len(windows)))
    assert windows[0]["start_seconds"] == 0.0
    assert windows[-1]["end_seconds"] == answer["duration_seconds"]
    for before, after in pairwise(windows):
        assert before["end_seconds"] == after["start_seconds"]
        assert before["end_seconds"] - before["start_seconds"] == answer["window_seconds"]


@given(media=files)
@example(media=LONG)
def test_v2_signals_span_their_window_once_a_type(media):
    for window in make_answer(media, "inter-2")["windows"]:
        types = [signal["type"] for signal in window["signals"]]
        assert len(types) == len(set(types))
        assert window["engagement_status"] in {"engaged", "neutral", "disengaged"}
        for signal in window["signals"]:
            span = (window["start_seconds"], window["end_seconds"])
            assert (signal["start"], signal["end"]) == span
            assert "modality" not in signal


@given(media=files)
@example(media=LONG)
def test_v2_merges_adjacent_windows_of_a_type_and_keeps_the_surest(media):
    answer = make_answer(media, "inter-2")
    starts = [span["start"] for span in answer["signals"]]
    assert starts == sorted(starts)
    for name in SIGNAL_TYPES:
        spans = [span for span in answer["signals"] if span["type"] == name]
        runs = runs_of(name, answer["windows"])
        assert [(span["start"], span["end"]) for span in spans] == [
            (run[0]["start"], run[-1]["end"]) for run in runs
        ]
        for span, run in zip(spans, runs, strict=True):
            best = max(STRENGTH[piece.get("probability")] for piece in run)
            surest = [piece for piece in run if STRENGTH[piece.get("probability")] == best]
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
    for media in MANY:
        answer = make_answer(media, "inter-2")
        first = {}
        for window in answer["windows"]:
            for signal in window["signals"]:
                first.setdefault((signal["type"], signal["start"]), signal)
        for span in answer["signals"]:
            begun = first[span["type"], span["start"]]
            changed += begun.get("probability") != span.get("probability")
    assert changed > 50


@pytest.mark.parametrize("api", ["v1", "inter-2", "inter-2-audio"])
def test_the_same_file_gets_the_same_answer_and_another_file_another(api):
    answers = [make_answer(make_media(seed), api) for seed in (1, 1, 2)]
    assert answers[0] == answers[1]
    assert answers[0] != answers[2]


@pytest.mark.parametrize("api", ["v1", "inter-2", "inter-2-audio"])
def test_every_answer_says_that_it_is_generated(api):
    for media in MANY:
        answer = make_answer(media, api)
        assert answer["sandbox"] == "Generated by the Signal Review sandbox; nothing was measured."
        windows = [signal for window in answer.get("windows", ()) for signal in window["signals"]]
        rationales = [signal.get("rationale") for signal in [*answer["signals"], *windows]]
        assert all(text is None or text.endswith(GENERATED_MARK) for text in rationales)


@pytest.mark.parametrize("api", ["v1", "inter-2"])
def test_all_documented_shapes_of_a_signal_occur(api):
    signals = [signal for media in MANY for signal in make_answer(media, api)["signals"]]
    assert {signal["type"] for signal in signals} == set(SIGNAL_TYPES)
    with_probability = [signal for signal in signals if "probability" in signal]
    assert {signal["probability"] for signal in with_probability} == {*PROBABILITIES, None}
    assert 0 < len(signals) - len(with_probability) < 0.2 * len(signals)
    reasoned = [signal for signal in signals if "rationale" in signal]
    assert 0 < len(signals) - len(reasoned) < 0.2 * len(signals)
    assert None in {signal["rationale"] for signal in reasoned}


def test_spans_of_one_type_and_of_two_overlap():
    alike, different = 0, 0
    for media in MANY:
        for before, after in pairwise(make_answer(media, "v1")["signals"]):
            if after["start"] < before["end"]:
                alike += before["type"] == after["type"]
                different += before["type"] != after["type"]
    assert alike > 0.15 * different
    assert different > 1000


def test_there_is_about_one_signal_every_five_seconds():
    counts = [len(make_answer(media, "v1")["signals"]) for media in MANY]
    assert {count for count in counts if count} == {12}


@pytest.mark.parametrize("api", ["v1", "inter-2"])
def test_nothing_is_found_in_about_one_file_of_twelve(api):
    all_answers = [make_answer(media, api) for media in MANY]
    empty = [answer for answer in all_answers if not answer["signals"]]
    assert len(MANY) / 20 < len(empty) < len(MANY) / 8
    for answer in empty:
        quality = answer["conversation_quality"]
        for values in (quality["overall"], *(slot["values"] for slot in quality["timeline"])):
            assert values == dict.fromkeys(SCORES, 50)


def test_v1_names_one_or_both_tracks():
    signals = [signal for media in MANY for signal in make_answer(media, "v1")["signals"]]
    assert {tuple(signal["modality"]) for signal in signals} == {
        ("audio",),
        ("visual",),
        ("audio", "visual"),
    }


def test_v1_hears_nothing_in_a_silent_file():
    silent = [make_media(seed, audio=False) for seed in range(50)]
    signals = [signal for media in silent for signal in make_answer(media, "v1")["signals"]]
    assert {tuple(signal["modality"]) for signal in signals} == {("visual",)}


def test_the_audio_model_names_only_what_can_be_heard():
    signal_lists = [make_answer(media, "inter-2-audio")["signals"] for media in MANY]
    heard = {
        mark_generated(cue.text)
        for cues in CUES.values()
        for cue in cues
        if cue.modality == ("audio",)
    }
    assert {signal["type"] for signals in signal_lists for signal in signals} == set(AUDIBLE_TYPES)
    texts = {signal.get("rationale") for signals in signal_lists for signal in signals}
    assert texts - {None} <= heard


@pytest.mark.parametrize("api", ["v1", "inter-2"])
def test_scores_stay_in_range_and_the_index_is_mostly_but_not_always_the_mean(api):
    windows = [
        slot["values"]
        for media in MANY
        for slot in make_answer(media, api)["conversation_quality"]["timeline"]
    ]
    assert all(0 <= values[name] <= 100 for values in windows for name in SCORES)
    means = [sum(values[name] for name in DIMENSIONS) / 5 for values in windows]
    off = sum(
        abs(values["quality_index"] - mean) > 1 for values, mean in zip(windows, means, strict=True)
    )
    assert 0.05 * len(windows) < off < 0.3 * len(windows)


def test_some_windows_hold_no_evidence_though_the_file_does():
    all_answers = [make_answer(media, "v1") for media in MANY]
    with_signals = [answer for answer in all_answers if answer["signals"]]
    windows = [
        set(slot["values"].values())
        for answer in with_signals
        for slot in answer["conversation_quality"]["timeline"]
    ]
    blank = windows.count({50})
    assert 0.04 * len(windows) < blank < 0.16 * len(windows)


def test_scores_move_by_small_steps():
    slots = make_answer(LONG, "v1")["conversation_quality"]["timeline"]
    with_evidence = [slot["values"] for slot in slots if slot["values"]["clarity"] != 50]
    steps = [abs(after["clarity"] - before["clarity"]) for before, after in pairwise(with_evidence)]
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
    answer = make_answer(make_media(1), api, include)
    expected = sections | {"overall"} if api == "v1" and "timeline" in sections else sections
    assert set(answer.get("conversation_quality", {})) == expected
    assert ("conversation_quality" in answer) == bool(sections)


def test_v2_lists_signals_only_when_asked():
    assert "signals" not in make_answer(make_media(1), "inter-2", EVERYTHING[1:])
    assert "signals" in make_answer(make_media(1), "inter-2", EVERYTHING[:1])


def test_feedback_comes_only_when_asked_and_not_always():
    blocks = [
        answers.build_v1_answer(media, goals=("energy", "clarity"))["feedback"] for media in MANY
    ]
    assert {block["type"] for block in blocks} == {"feedback", "no_feedback"}
    messages = [block for block in blocks if block["type"] == "feedback"]
    assert all(block["active_dimensions"] == ["energy", "clarity"] for block in messages)
    assert all(block["message"].endswith(GENERATED_MARK) for block in messages)
    assert {block["primary_signal"] for block in messages} == {*SIGNAL_TYPES, None}
    assert "feedback" not in answers.build_v1_answer(make_media(1))


def test_goals_are_ignored_when_the_context_is_given():
    blocks = [
        answers.build_v1_answer(media, goals=("energy",), context="A sale.")["feedback"]
        for media in MANY
    ]
    dimensions = {
        tuple(block["active_dimensions"]) for block in blocks if block["type"] == "feedback"
    }
    assert len(dimensions) > 5
