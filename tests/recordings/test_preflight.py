"""What the API would say to a file, before anything is sent."""

import pytest

from lib.api_limits import MAX_BYTES
from lib.errors import Problem
from lib.model import Recording, V1Options, V2Options
from lib.recordings.preflight import (
    Preflight,
    check_recording,
    has_sound_alone,
    probe_within_limit,
)

V1, V2, SOUND = V1Options(), V2Options(), V2Options(model="inter-2-audio")
GOOD = Recording("a.mp4", 1000, "mp4", 60.0, "h264", "aac")


def changed(**changes):
    fields = {name: getattr(GOOD, name) for name in Recording.__slots__}
    return Recording(**{**fields, **changes})


def check(recording, options):
    return check_recording(recording, options=options)


def test_a_file_too_large_is_refused_before_it_is_read(tmp_path):
    problem = probe_within_limit(tmp_path / "absent", name="x", size=64 * 1024 * 1024)
    assert "32 MiB" in problem.what
    assert check(problem, V1) == Preflight(refusals=(problem,))


@pytest.mark.parametrize(
    ("seconds", "options", "what"),
    [
        (1800.4, V2, "The recording is 30 min 0.4 s long; V2 takes at most 30 minutes."),
        (1829.0, V2, "The recording is 30 min 29 s long; V2 takes at most 30 minutes."),
        (2.998, V1, "The recording is 2.998 s long; the API needs at least 3 seconds."),
    ],
)
def test_a_refused_length_is_not_rounded_to_the_limit(seconds, options, what):
    (problem,) = check(changed(duration=seconds), options).refusals
    assert problem.what == what


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"", "empty"),
        (b"not a film", "not a recording"),
        (b"\0\0\0\x20ftypisom" + b"\0" * 99, "cut off"),
    ],
)
def test_an_unreadable_file_is_refused_with_a_next_step(tmp_path, content, what):
    path = tmp_path / "x.mp4"
    path.write_bytes(content)
    problem = probe_within_limit(path, name="x", size=len(content))
    assert what in problem.what
    assert problem.next_step
    assert problem.refuses_file
    assert check(problem, V2) == Preflight(refusals=(problem,))


@pytest.mark.parametrize(
    ("recording", "options", "text"),
    [
        (changed(size=MAX_BYTES + 1), V1, "at most"),
        (changed(duration=2.9), V1, "at least 3 seconds"),
        (changed(duration=1801.0), V2, "at most 30 minutes"),
        (changed(container="wmv"), V1, "does not take wmv"),
        (changed(container="mp3"), V2, "does not take mp3"),
        (changed(container="avi"), SOUND, "does not take avi"),
        (changed(container="mov"), SOUND, "does not take mov"),
        (changed(container="mkv"), SOUND, "does not take mkv"),
        (changed(video_codec=None), V1, "no picture"),
        (changed(audio_codec=None), V2, "no sound"),
        (changed(audio_codec=None), SOUND, "no sound"),
    ],
)
def test_what_the_api_would_refuse_is_refused_with_a_next_step(recording, options, text):
    preflight = check(recording, options)
    (problem,) = preflight.refusals
    assert text in problem.what
    assert problem.next_step
    assert problem.refuses_file
    assert preflight.warnings == ()


@pytest.mark.parametrize(
    ("recording", "options", "text"),
    [
        (changed(audio_codec=None), V1, "no sound"),
        (changed(duration=1801.0), V1, "longer than 30 minutes"),
        (changed(duration=None), V1, "length"),
    ],
)
def test_what_is_doubtful_is_only_a_warning(recording, options, text):
    preflight = check(recording, options)
    assert preflight.refusals == ()
    assert text in preflight.warnings[0].what


@pytest.mark.parametrize(
    ("recording", "options"),
    [
        (GOOD, V1),
        (GOOD, V2),
        (changed(size=MAX_BYTES, duration=3.0), V1),
        (changed(container="wav", video_codec=None), SOUND),
        (changed(container="webm", video_codec="vp9", audio_codec="opus"), SOUND),
        (changed(container="mov"), V2),
        (changed(container="avi", video_codec="mpeg4"), V2),  # the app makes a copy that plays
        (changed(video_codec="hevc", audio_codec="ac3"), V1),
    ],
)
def test_a_good_recording_passes_without_a_word(recording, options):
    assert check(recording, options) == Preflight()


@pytest.mark.parametrize("container", ["wav", "mp3", "mov", "aac"])
@pytest.mark.parametrize("options", [V1, V2])
def test_sound_alone_is_refused_in_one_sentence_that_names_the_model_for_it(container, options):
    recording = changed(container=container, video_codec=None)
    assert has_sound_alone(recording)
    (problem,) = check(recording, options).refusals
    assert "no picture" in problem.what
    assert "inter-2-audio" in problem.next_step


@pytest.mark.parametrize("recording", [GOOD, changed(audio_codec=None), Problem("Gone.", "Choose")])
def test_what_has_a_picture_or_no_sound_is_not_sound_alone(recording):
    assert not has_sound_alone(recording)
