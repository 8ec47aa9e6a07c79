"""What the API would say to a file, before anything is sent."""

import pytest

from lib.model import Recording, V1Options, V2Options
from lib.recordings.preflight import MAX_BYTES, Preflight, check_recording, probe_within_limit

V1, V2, SOUND = V1Options(), V2Options(), V2Options(model="inter-2-audio")
GOOD = Recording("a.mp4", 1000, "mp4/mov", 60.0, "h264", "aac")


def changed(**changes):
    fields = {name: getattr(GOOD, name) for name in Recording.__slots__}
    return Recording(**{**fields, **changes})


def check(recording, options):
    return check_recording(recording, size=recording.size, options=options)


def test_a_file_too_large_is_refused_before_it_is_read(tmp_path):
    size = 64 * 1024 * 1024
    assert probe_within_limit(tmp_path / "absent", name="x", size=size) is None
    preflight = check_recording(None, size=size, options=V1)
    assert "32 MiB" in preflight.refusals[0].what


def test_an_unreadable_file_is_refused_with_a_next_step(tmp_path):
    path = tmp_path / "x.mp4"
    path.write_bytes(b"not a film")
    assert probe_within_limit(path, name="x", size=10) is None
    preflight = check_recording(None, size=10, options=V2)
    assert "export it again" in preflight.refusals[0].next_step


@pytest.mark.parametrize(
    ("recording", "options", "text"),
    [
        (changed(size=MAX_BYTES + 1), V1, "at most"),
        (changed(duration=2.9), V1, "3 s at least"),
        (changed(duration=1801.0), V2, "30 minutes at most"),
        (changed(container="gif"), V1, "does not take this kind"),
        (changed(container="wav"), V2, "does not take this kind"),
        (changed(container="avi"), SOUND, "does not take this kind"),
        (changed(video_codec=None), V1, "no picture"),
        (changed(audio_codec=None), V2, "no sound"),
        (changed(audio_codec=None), SOUND, "no sound"),
    ],
)
def test_what_the_api_would_refuse_is_refused_with_a_next_step(recording, options, text):
    preflight = check(recording, options)
    assert [problem for problem in preflight.refusals if text in problem.what]
    assert all(problem.next_step for problem in preflight.refusals)
    assert preflight.warnings == ()


@pytest.mark.parametrize(
    ("recording", "options", "text"),
    [
        (changed(audio_codec=None), V1, "no sound"),
        (changed(duration=1801.0), V1, "longer than 30 minutes"),
        (changed(duration=None), V1, "length"),
        (changed(video_codec="hevc"), V1, "will not show"),
        (changed(container="avi", video_codec="mpeg4"), V2, "will not show"),
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
    ],
)
def test_a_good_recording_passes_without_a_word(recording, options):
    assert check(recording, options) == Preflight()
