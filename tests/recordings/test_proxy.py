"""What a browser cannot play gets a copy that it can, in which each time is the recording's."""

import json
from fractions import Fraction

import av
import pytest

from lib.errors import PreparationCancelledError, PreparationError
from lib.model import Recording
from lib.recordings import preparation, proxy
from lib.recordings.companions import companion
from lib.recordings.probe import probe
from lib.recordings.proxy import find_proxy_steps, make_proxy, proxy_of
from tests.clips import clip, remux
from tests.clock_clips import clock_clip, shown_numbers
from tests.recordings.step_checks import assert_every_beep_is_there, assert_in_step

PLAYED = [
    ("mp4", "h264", "aac"),
    ("mov", "h264", "aac"),
    ("mov", "h264", "pcm_s16le"),
    ("mp4", "av1", "opus"),
    ("mp4", "h264", None),
    ("webm", "vp9", "opus"),
    ("webm", "vp8", "vorbis"),
    ("mp4", None, "aac"),
    ("mp3", None, "mp3"),
    ("wav", None, "pcm_s16le"),
    ("flac", None, "flac"),
    ("ogg", None, "opus"),
]
REMUXED = [
    ("mkv", "h264", "aac", "mp4"),
    ("mkv", "h264", "opus", "mp4"),
    ("mkv", "vp8", "vorbis", "webm"),
    ("mkv", "vp9", "aac", "mp4"),
    ("mkv", "av1", None, "webm"),
    ("mpeg-ts", "h264", "aac", "mp4"),
    ("flv", "h264", "mp3", "mp4"),
    ("3gp", "h264", "aac", "mp4"),
    ("aac", None, "aac", "mp4"),
    ("mkv", None, "opus", "webm"),
]
ENCODED = [
    ("mov", "hevc", "aac"),
    ("mp4", "mpeg4", "aac"),
    ("mov", "prores", "pcm_s16le"),
    ("mpeg-ts", "mpeg2video", "mp2"),
    ("avi", "h264", "mp3"),
    ("avi", "mjpeg", "pcm_s16le"),
    ("wmv", "wmv2", "wmav2"),
    ("flv", "flv1", "mp3"),
    ("3gp", "h263", "amrnb"),
    ("ogg", "theora", "vorbis"),
    ("mp4", "unknown", "aac"),
    ("amr", None, "amrnb"),
    ("mp4", None, "alac"),
    ("aiff", None, "pcm_s16be"),
    ("caf", None, "pcm_s16le"),
    ("wmv", None, "wmav2"),
]

SOUND_ENCODED = [
    ("mp4", "h264", "ac3", "mp4"),
    ("mov", "h264", "pcm_s16be", "mp4"),
    ("mpeg-ts", "h264", "eac3", "mp4"),
    ("mpeg-ts", "h264", "mp2", "mp4"),
    ("mkv", "h264", "pcm_s16le", "mp4"),
    ("mkv", "vp9", "ac3", "mp4"),
    ("mkv", "vp8", "aac", "webm"),
]


def recording(container, picture, sound, **more):
    return Recording("x", 1000, container, 60.0, picture, sound, **more)


@pytest.mark.parametrize(("container", "picture", "sound"), PLAYED)
def test_what_browsers_play_needs_no_proxy(container, picture, sound):
    assert find_proxy_steps(recording(container, picture, sound)) == ()


@pytest.mark.parametrize(("container", "picture", "sound", "target"), REMUXED)
def test_where_only_the_container_is_odd_another_is_enough(container, picture, sound, target):
    first, second = find_proxy_steps(recording(container, picture, sound))
    assert (first.work, first.container, first.picture) == ("copy", target, picture is not None)
    assert second.work == "encode"


@pytest.mark.parametrize(("container", "picture", "sound"), ENCODED)
def test_other_pictures_and_sounds_are_encoded(container, picture, sound):
    (step,) = find_proxy_steps(recording(container, picture, sound))
    assert (step.work, step.container, step.picture) == ("encode", "mp4", picture is not None)
    assert step.encoding.height == (480 if picture else 0)


@pytest.mark.parametrize(("container", "picture", "sound", "target"), SOUND_ENCODED)
def test_a_picture_that_is_played_is_taken_over_with_other_sound(container, picture, sound, target):
    first, second = find_proxy_steps(recording(container, picture, sound))
    assert (first.work, first.container, first.picture) == ("encode sound", target, True)
    assert second.work == "encode"


@pytest.mark.parametrize("pixels", ["yuv420p10le", "yuv422p"])
def test_pixels_of_the_cutting_room_are_encoded(pixels):
    (step,) = find_proxy_steps(recording("mp4", "h264", "aac", pixel_format=pixels))
    assert step.work == "encode"
    assert find_proxy_steps(recording("mp4", "av1", "aac", pixel_format=pixels)) == ()


def test_what_states_no_length_gets_one_without_encoding(tmp_path):
    whole = clock_clip(tmp_path / "whole.webm", video="libvpx", audio="libopus")
    source = remux(whole, tmp_path / "x.webm", live="1")  # as a browser records it
    steps = steps_for(source)
    assert steps[0].work == "copy"
    made = make(source, steps)
    with av.open(str(made)) as container:
        assert container.duration / av.time_base == pytest.approx(4.0, abs=0.1)
    assert steps_for(made) == ()
    assert shown_numbers(made) == shown_numbers(whole)


CLIPS = {
    "a.mov": ({"video": "libx265"}, "encode"),
    "a.avi": ({"video": "mpeg4", "audio": "libmp3lame"}, "encode"),
    "b.avi": ({"video": "mjpeg", "audio": "pcm_s16le", "pixels": "yuvj420p"}, "encode"),
    "a.mkv": ({}, "copy"),
    "b.mkv": ({"audio": "ac3"}, "encode sound"),
    "d.mkv": ({"audio": "pcm_s16le", "layout": "stereo"}, "encode sound"),
    "e.mkv": ({"video": "libvpx", "audio": "aac"}, "encode sound"),
    "flac.mov": ({"audio": "alac"}, "encode sound"),
    "later_ac3.mkv": (
        {"audio": "ac3", "start": 5, "sound_start": Fraction(6, 10)},
        "encode sound",
    ),
    "mp2.ts": ({"audio": "mp2", "start": 5000}, "encode sound"),
    "c.mkv": ({"video": "libvpx", "audio": "libopus"}, "copy"),
    "later.mkv": ({"start": 5, "sound_start": Fraction(6, 10)}, "copy"),
    "a.ts": ({}, "copy"),
    "later.ts": ({"start": 5000}, "copy"),
    "a.wmv": ({"video": "wmv2", "audio": "wmav2", "layout": "stereo"}, "encode"),
    "a.flv": ({"video": "flv", "audio": "libmp3lame", "rate": 44_100}, "encode"),
    "b.flv": ({}, "copy"),
    "a.3gp": ({"video": "h263", "size": (176, 144)}, "encode"),
    "b.mov": ({"video": "prores_ks", "pixels": "yuv422p10le", "audio": "pcm_s16le"}, "encode"),
    "ten.mp4": ({"pixels": "yuv420p10le"}, "encode"),
    "a.amr": (
        {"video": None, "audio": "libopencore_amrnb", "rate": 8000, "bit_rate": 12_200},
        "encode",
    ),
    "a.aac": ({"video": None}, "copy"),
    "a.wma": ({"video": None, "audio": "wmav2", "layout": "stereo"}, "encode"),
}


def steps_for(path):
    return find_proxy_steps(probe(path, name=path.name, size=path.stat().st_size))


def make(path, steps, **options):
    given = {"progress": lambda _: None, "cancelled": lambda: False, **options}
    return make_proxy(path, steps, **given)


def test_a_proxy_that_is_there_is_left_as_it_is(tmp_path):
    there = companion(tmp_path / "x.mkv", "proxy.webm")
    there.write_bytes(b"made")
    assert make(tmp_path / "x.mkv", find_proxy_steps(recording("mkv", "h264", "aac"))) == there
    assert list(tmp_path.iterdir()) == [there]


@pytest.mark.parametrize("name", CLIPS)
def test_a_time_in_the_proxy_is_that_time_in_the_recording(tmp_path, name):
    options, work = CLIPS[name]
    source = clock_clip(tmp_path / name, **options)
    steps = steps_for(source)
    assert steps[0].work == work
    made = make(source, steps[:1])  # and by no other
    assert proxy_of(source) == made
    answer = {"prepared": {"offset": 0.0}}
    assert_in_step(source, made, answer, picture=steps[0].picture)
    assert_every_beep_is_there(source, made, 0.0, 0.0, 99.0)
    assert find_proxy_steps(probe(made, name="x", size=made.stat().st_size)) == ()
    if made.suffix == ".mp4":
        content = made.read_bytes()
        assert content.index(b"moov") < content.index(b"mdat")


def test_what_cannot_be_taken_over_in_step_is_encoded(tmp_path, monkeypatch):
    source = clock_clip(tmp_path / "x.mkv")
    steps, prepared = steps_for(source), []

    def late(*arguments, **options):
        made = preparation.prepare(*arguments, **options)
        prepared.append(arguments[2].work)
        off = 0.4 if prepared[-1] == "copy" else 0.0
        return preparation.Prepared(made.path, off, made.seconds, made.size)

    monkeypatch.setattr(proxy, "prepare", late)
    make(source, steps)
    assert prepared == ["copy", "encode"]
    assert len(shown_numbers(proxy_of(source))) > 0
    monkeypatch.setattr(proxy, "_MOST_OFF", -1.0)
    companion(source, "proxy.mp4").unlink()
    with pytest.raises(PreparationError) as caught:
        make(source, steps)
    assert "every browser plays" in caught.value.what
    assert proxy_of(source) is None


def test_a_proxy_may_be_longer_and_larger_than_the_api_takes(tmp_path, monkeypatch):
    monkeypatch.setattr(preparation, "MAX_BYTES", 1000)
    monkeypatch.setattr(preparation, "MAX_SECONDS", 1)
    source = clip(tmp_path / "x.mkv")
    assert make(source, steps_for(source)).stat().st_size > 1000


def test_the_readable_rest_of_a_damaged_recording_is_shown(tmp_path):
    source = clock_clip(tmp_path / "x.ts", audio="mp2")
    content = bytearray(source.read_bytes())
    middle = len(content) // 2
    content[middle : middle + 4000] = bytes(4000)
    source.write_bytes(content)
    made = make(source, steps_for(source))
    with av.open(str(made)) as container:
        assert container.duration / av.time_base == pytest.approx(4.0, abs=0.3)


def test_a_cancelled_proxy_leaves_nothing(tmp_path):
    source = clip(tmp_path / "x.mkv")
    with pytest.raises(PreparationCancelledError):
        make(source, steps_for(source), cancelled=lambda: True)
    assert list(tmp_path.iterdir()) == [source]


def test_what_is_no_recording_has_none(tmp_path):
    (tmp_path / "x.avi").write_bytes(json.dumps({}).encode() * 5000)
    with pytest.raises(PreparationError):
        make(tmp_path / "x.avi", find_proxy_steps(recording("avi", "mpeg4", None)))
    assert proxy_of(tmp_path / "x.avi") is None


def test_a_picture_that_is_taken_over_is_not_changed(tmp_path):
    source = clock_clip(tmp_path / "x.mkv", audio="ac3")
    made = make(source, steps_for(source))
    pictures = []
    for path in (source, made):
        with av.open(str(path)) as container:
            assert container.streams.video[0].codec.canonical_name == "h264"
            pictures.append([frame.to_ndarray() for frame in container.decode(video=0)])
    assert len(pictures[0]) == len(pictures[1]) == 40
    assert all((one == other).all() for one, other in zip(*pictures, strict=True))
    with av.open(str(made)) as container:
        assert container.streams.audio[0].codec.canonical_name == "aac"
