import itertools
import json
import struct
from pathlib import Path

import av
import numpy as np
import pytest
from interhumanai import AnalysisResult

from lib.interchange import sample_session
from lib.interchange.measurement_json import dump_measurement
from lib.model import DIMENSIONS, ENGAGEMENT_STATES, FRICTION, NO_EVIDENCE, SCORES, SUPPORTIVE
from lib.recordings.measurement import measure_recording

SAMPLES = Path(__file__).parents[2] / "samples"
CLIP = SAMPLES / "sample.mp4"
LENGTH = 88.0


@pytest.fixture(scope="module")
def answer():
    return json.loads((SAMPLES / "sample.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def loudness():
    """The root mean square of each tenth of a second of the clip's sound."""
    with av.open(str(CLIP)) as clip:
        rate = clip.streams.audio[0].rate
        sound = np.concatenate([part.to_ndarray()[0] for part in clip.decode(audio=0)])
    step = rate // 10
    tenths = sound[: len(sound) // step * step].reshape(-1, step)
    return np.sqrt(np.mean(tenths**2, axis=1))


def spans(answer):
    return [(item["type"], item["start"], item["end"]) for item in answer["signals"]]


def mean(values):
    return sum(values[name] for name in DIMENSIONS) / len(DIMENSIONS)


def overlap(pair):
    (_, start, end), (_, other_start, other_end) = pair
    return start < other_end and other_start < end


def test_the_clip_is_small_enough_to_live_in_the_repository():
    assert 0 < CLIP.stat().st_size <= 2_000_000


def test_the_clip_plays_in_every_browser_and_has_the_stated_length():
    with av.open(str(CLIP)) as clip:
        assert "mp4" in clip.format.name
        assert clip.duration / av.time_base == pytest.approx(LENGTH, abs=0.1)
        picture, sound = clip.streams.video[0], clip.streams.audio[0]
        assert (picture.codec.canonical_name, picture.pix_fmt) == ("h264", "yuv420p")
        assert sound.codec.canonical_name == "aac"


def test_a_key_frame_comes_each_second_so_that_seeking_is_instant():
    with av.open(str(CLIP)) as clip:
        keys = [float(p.pts * p.time_base) for p in clip.demux(video=0) if p.size and p.is_keyframe]
    assert keys[0] == pytest.approx(0.0, abs=0.01)
    steps = [later - sooner for sooner, later in itertools.pairwise([*keys, LENGTH])]
    assert max(steps) <= 1.01


def test_the_index_of_the_clip_comes_before_its_media_so_that_play_can_start_early():
    boxes, data = [], CLIP.read_bytes()
    at = 0
    while at < len(data):
        size, name = struct.unpack_from(">I4s", data, at)
        assert size >= 8
        boxes.append(name)
        at += size
    assert boxes.index(b"moov") < boxes.index(b"mdat")


def test_the_vendor_sdk_reads_the_analysis(answer):
    result = AnalysisResult.model_validate(answer)
    assert len(result.signals) == len(answer["signals"])
    assert result.conversation_quality.overall.rapport == 63
    assert result.feedback.type == "feedback"


def test_the_analysis_says_that_nothing_was_measured(answer):
    assert "written by hand" in answer["note"].lower()
    assert "nothing here was measured" in answer["note"].lower()


def test_every_signal_lies_within_the_clip_in_order_and_is_of_a_known_type(answer):
    signals = spans(answer)
    assert 22 <= len(signals) <= 30
    for kind, start, end in signals:
        assert 0 <= start < end <= LENGTH
        assert kind in {*SUPPORTIVE, *FRICTION}
    starts = [start for _, start, _ in signals]
    assert starts == sorted(starts)


def test_signals_of_one_type_and_of_different_types_overlap(answer):
    pairs = [pair for pair in itertools.combinations(spans(answer), 2) if overlap(pair)]
    same = {first[0] for first, second in pairs if first[0] == second[0]}
    assert {"agreement", "frustration", "hesitation", "interest"} <= same
    assert any(first[0] != second[0] for first, second in pairs)


def test_every_probability_and_its_absence_occur(answer):
    probabilities = [item.get("probability") for item in answer["signals"]]
    assert set(probabilities) == {"high", "medium", "low", None}
    assert probabilities.count(None) >= 2
    assert any("probability" not in item for item in answer["signals"])
    assert any("probability" in item and item["probability"] is None for item in answer["signals"])


def test_one_signal_has_no_rationale_and_one_is_very_short(answer):
    assert sum(not item.get("rationale") for item in answer["signals"]) == 1
    shortest = min(end - start for _, start, end in spans(answer))
    assert shortest == pytest.approx(0.4)


def test_the_modalities_are_audio_visual_and_both(answer):
    named = {tuple(item["modality"]) for item in answer["signals"]}
    assert named == {("audio",), ("visual",), ("audio", "visual")}


def test_engagement_covers_the_clip_without_a_gap_in_all_three_states(answer):
    track = answer["engagement_state"]
    assert (track[0]["start"], track[-1]["end"]) == (0.0, LENGTH)
    for sooner, later in itertools.pairwise(track):
        assert sooner["end"] == later["start"]
        assert sooner["state"] != later["state"]
    assert {span["state"] for span in track} == set(ENGAGEMENT_STATES)


def test_the_quality_timeline_covers_the_clip_in_slices_of_ten_seconds(answer):
    slices = answer["conversation_quality"]["timeline"]
    edges = [0, 10, 20, 30, 40, 50, 60, 70, 80, LENGTH]
    assert [(item["start"], item["end"]) for item in slices] == list(itertools.pairwise(edges))
    for values in [answer["conversation_quality"]["overall"], *(s["values"] for s in slices)]:
        assert set(values) == set(SCORES)
        assert all(0 <= score <= 100 for score in values.values())


def test_the_index_is_mostly_but_not_always_the_mean(answer):
    scores = [item["values"] for item in answer["conversation_quality"]["timeline"]]
    off = [values for values in scores if abs(values["quality_index"] - mean(values)) > 0.1]
    assert 0 < len(off) < len(scores) / 2


def test_the_one_slice_without_evidence_is_silent_and_no_signal_touches_it(answer, loudness):
    slices = answer["conversation_quality"]["timeline"]
    bare = [s for s in slices if all(score == NO_EVIDENCE for score in s["values"].values())]
    assert [(item["start"], item["end"]) for item in bare] == [(40.0, 50.0)]
    assert not any(start < 50 and end > 40 for _, start, end in spans(answer))
    assert loudness[400:500].max() < 0.003


def test_every_signal_that_was_heard_has_sound_under_it(answer, loudness):
    heard = [s for s in answer["signals"] if "audio" in s["modality"]]
    assert len(heard) > 15
    for signal in heard:
        first, last = round(signal["start"] * 10), round(signal["end"] * 10)
        assert loudness[first:last].max() > 0.05, signal


def test_the_two_seconds_of_silence_that_a_rationale_names_are_in_the_clip(answer, loudness):
    pause = next(item for item in answer["signals"] if "two seconds" in item.get("rationale", ""))
    first = round(pause["start"] * 10) + 1
    assert loudness[first : first + 18].max() < 0.003
    assert loudness[first + 18 : first + 24].max() > 0.05


def test_the_feedback_names_dimensions_and_a_signal_of_the_clip(answer):
    feedback = answer["feedback"]
    assert feedback["message"]
    assert set(feedback["active_dimensions"]) <= set(DIMENSIONS)
    assert feedback["primary_signal"] in {kind for kind, _, _ in spans(answer)}


def test_what_ships_as_measured_is_what_is_measured_of_the_clip():
    shipped = dump_measurement(sample_session.sample_session().recording_measurement)
    measured = dump_measurement(measure_recording(CLIP))
    for name, value in measured.items():
        if isinstance(value, list):
            assert np.array(shipped[name]) == pytest.approx(np.array(value), abs=0.02), name
        else:
            assert shipped[name] == pytest.approx(value, abs=0.1), name


def test_the_slice_without_evidence_lies_in_a_stretch_that_was_measured_as_silent():
    silent = sample_session.sample_session().recording_measurement.silent
    assert any(one.start <= 40 and one.end >= 50 for one in silent)
