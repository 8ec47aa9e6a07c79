"""Time in what was written plus its offset is time in the recording, to 50 ms, whatever it is."""

from fractions import Fraction

import pytest

from lib.recordings.container_choice import copy_container
from lib.recordings.encoding_ladder import choose_encoding
from lib.recordings.probe import probe
from lib.recordings.step import Step
from tests.clock_clips import beep_times, clock_clip, shown_numbers
from tests.recordings.step_checks import (
    CLOSE,
    SMALL,
    assert_every_beep_is_there,
    assert_in_step,
    carry_out,
)

STRETCH = (1.33, 3.5)
FORMATS = {
    "a.mp4": {},
    "a.m4v": {},
    "a.mkv": {},
    "a.mov": {"video": "mpeg4", "audio": "pcm_s16le"},
    "a.webm": {"video": "libvpx", "audio": "libopus"},
    "a.avi": {"video": "mpeg4", "audio": "libmp3lame"},
    "b.avi": {"audio": "libmp3lame"},
    "a.flv": {"video": "flv", "audio": "libmp3lame", "rate": 44_100},
    "a.wmv": {"video": "wmv2", "audio": "wmav2", "layout": "stereo"},
    "a.mpg": {"video": "mpeg1video", "audio": "mp2"},
    "a.mts": {"audio": "ac3"},
    "a.ts": {},
    "a.3gp": {"video": "h263", "size": (176, 144)},
}
SOUNDS = {
    "a.ogg": {"audio": "libopus"},
    "a.opus": {"audio": "libopus", "layout": "stereo"},
    "a.aac": {},
    "a.m4a": {"form": "mp4", "rate": 44_100},
    "a.amr": {"audio": "libopencore_amrnb", "rate": 8000, "bit_rate": 12_200},
    "a.wav": {"audio": "pcm_s16le"},
    "a.flac": {"audio": "flac"},
    "a.mp3": {"audio": "libmp3lame"},
    "a.wma": {"audio": "wmav2", "layout": "stereo"},
}
UNEVEN = [
    Fraction(tick, 1000)
    for tick in (0, 40, 80, 500, 540, 1300, 1333, 1366, 1399, 2500, 2540, 2580, 3300, 3340, 3800)
]
ODD = {
    "uneven.mp4": {"times": UNEVEN},
    "uneven.webm": {"times": UNEVEN, "video": "libvpx", "audio": "libopus"},
    "later.mkv": {"start": 5},
    "later.mp4": {"start": 5},
    "later.ts": {"start": 5000},
    "sound_first.mp4": {"times": [Fraction(7, 10) + Fraction(n, 10) for n in range(33)]},
    "picture_first.mp4": {"sound_start": Fraction(6, 10)},
    "picture_first.mkv": {"sound_start": Fraction(6, 10)},
    "six.mp4": {"layout": "5.1"},
    "slow.mp4": {"times": [Fraction(0), Fraction(1), Fraction(2), Fraction(3)]},
    "fast.mp4": {"times": [Fraction(n, 240) for n in range(60)], "seconds": 2.0},
    "ten_bits.mkv": {"pixels": "yuv420p10le", "audio": "flac"},
}


@pytest.fixture(scope="module")
def clips(tmp_path_factory):
    """The clip of a name, made once."""
    folder, made = tmp_path_factory.mktemp("clips"), {}

    def get(name):
        if name not in made:
            options = {**FORMATS, **ODD}.get(name) or SOUNDS.get(name, {})
            video = {"video": None} if name in SOUNDS else {}
            made[name] = clock_clip(folder / name, **{**video, **options})
        return made[name]

    return get


def copying(source, **options):
    recording = probe(source, name="x", size=source.stat().st_size)
    return Step(
        work="copy",
        container=copy_container(recording.container, recording.video_codec, recording.audio_codec),
        picture=recording.video_codec is not None,
        **options,
    )


@pytest.mark.parametrize("name", [*FORMATS, *ODD])
@pytest.mark.parametrize(("start", "end"), [(0.0, None), STRETCH])
def test_a_picture_made_smaller_is_in_step(clips, tmp_path, name, start, end):
    source, target = clips(name), tmp_path / "x.mp4"
    step = Step("encode", "mp4", start, end, encoding=SMALL)
    if name == "fast.mp4" and start:
        step = Step("encode", "mp4", 0.13, 1.5, encoding=SMALL)
    answer = carry_out(source, target, step)
    offset = assert_in_step(source, target, answer, picture=True)
    assert offset == pytest.approx(step.start, abs=0.001)
    assert_every_beep_is_there(source, target, offset, step.start, step.end or 99)
    assert answer["prepared"]["damaged"] == []


@pytest.mark.parametrize("name", [*SOUNDS, "a.mp4", "six.mp4", "a.wmv"])
@pytest.mark.parametrize(("start", "end"), [(0.0, None), STRETCH])
def test_sound_alone_is_in_step(clips, tmp_path, name, start, end):
    source, target = clips(name), tmp_path / "x.webm"
    sound = choose_encoding(1800.0, height=None, picture=False)
    step = Step("encode", "webm", start, end, picture=False, encoding=sound)
    answer = carry_out(source, target, step)
    offset = assert_in_step(source, target, answer, picture=False)
    assert offset == pytest.approx(start, abs=0.002)
    assert_every_beep_is_there(source, target, offset, start, end or 99)
    assert answer["prepared"]["seconds"] == pytest.approx((end or 4.0) - start, abs=0.1)


@pytest.mark.parametrize(
    "name",
    ["a.mp4", "a.mkv", "a.mov", "a.webm", "a.mts", "a.ts"]
    + [name for name in ODD if name not in {"slow.mp4", "fast.mp4"}]
    + [name for name in SOUNDS if name not in {"a.amr", "a.wma"}],
)
@pytest.mark.parametrize(("start", "end"), [(0.0, None), STRETCH])
def test_what_is_copied_is_in_step(clips, tmp_path, name, start, end):
    source = clips(name)
    step = copying(source, start=start, end=end)
    target = tmp_path / f"x.{step.container}"
    answer = carry_out(source, target, step)
    offset = assert_in_step(source, target, answer, picture=step.picture, end=end)
    assert offset <= start + 0.03
    if step.picture and end is None:
        assert len(shown_numbers(target)) == len(shown_numbers(source))
    assert_every_beep_is_there(source, target, offset, start, end or 99)


def test_a_stretch_of_a_picture_that_is_copied_with_other_sound_is_in_step(clips, tmp_path):
    source, target = clips("a.mts"), tmp_path / "x.mp4"
    step = Step("encode sound", "mp4", *STRETCH, encoding=SMALL)
    answer = carry_out(source, target, step)
    offset = assert_in_step(source, target, answer, picture=True, end=step.end)
    assert offset == pytest.approx(1.0, abs=0.03)
    assert beep_times(target) == pytest.approx([0.0, 1.0, 2.0], abs=CLOSE)
    assert answer["prepared"]["seconds"] == pytest.approx(step.end - offset, abs=0.25)


@pytest.mark.parametrize("name", ["a.mp4", "a.mkv", "a.mov", "a.webm", "a.ts", "six.mp4"])
@pytest.mark.parametrize(("start", "end"), [(0.0, None), STRETCH])
def test_the_sound_of_a_picture_is_copied_alone_in_step(clips, tmp_path, name, start, end):
    source = clips(name)
    sound = probe(source, name="x", size=source.stat().st_size).audio_codec
    step = Step("copy", copy_container("", None, sound), start, end, picture=False)
    target = tmp_path / f"x.{step.container}"
    offset = assert_in_step(source, target, carry_out(source, target, step), picture=False)
    assert offset <= start + 0.03
    assert_every_beep_is_there(source, target, offset, start, end or 99)


def test_a_copied_stretch_begins_at_the_keyframe_before_it(clips, tmp_path):
    step = Step("copy", "mp4", *STRETCH)
    answer = carry_out(clips("a.mp4"), tmp_path / "x.mp4", step)
    assert answer["prepared"]["offset"] == pytest.approx(1.0)
    assert shown_numbers(tmp_path / "x.mp4")[0] == (0.0, 10)
