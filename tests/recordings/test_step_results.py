"""What a step does besides being in step: upright, 8 bits, one sound, decodable, no further."""

from fractions import Fraction
from itertools import pairwise

import av
import numpy as np
import pytest

from lib.model import V2Options
from lib.recordings import plan, preflight, preparation_process
from lib.recordings.damage import Damage
from lib.recordings.encoder import encode_stretch
from lib.recordings.plan import find_ways
from lib.recordings.probe import probe
from lib.recordings.remuxer import copy_stretch
from lib.recordings.sound_track import SoundTrack
from lib.recordings.step import Step
from lib.recordings.ways import choose_way, steps_of
from tests.clock_clips import beep_times, clock_clip, shown_numbers
from tests.recordings.step_checks import CLOSE, SMALL, assert_in_step, carry_out


@pytest.fixture(scope="module")
def source(tmp_path_factory):
    return clock_clip(tmp_path_factory.mktemp("source") / "x.mp4")


@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_a_turned_picture_is_upright_once_it_is_made_smaller(tmp_path, rotation):
    source = clock_clip(tmp_path / "x.mp4", rotation=rotation)
    small, copied = tmp_path / "small.mp4", tmp_path / "copied.mp4"
    assert "prepared" in carry_out(source, small, Step("encode", "mp4", encoding=SMALL))
    assert "prepared" in carry_out(source, copied, Step("copy", "mp4"))
    with av.open(str(small)) as container:
        frame = next(container.decode(video=0))
        upright = (frame.width, frame.height, frame.rotation)
    assert upright == ((160, 120, 0) if rotation == 180 else (120, 160, 0))
    numbers = [number for _, number in shown_numbers(small, turned=rotation != 180)]
    if rotation != 270:  # turned left or upside down, the highest bit is the last
        numbers = [int(f"{number:06b}"[::-1], 2) for number in numbers]
    assert numbers == sorted(numbers)
    assert numbers[-1] == 39
    with av.open(str(source)) as before, av.open(str(copied)) as after:
        frames = [next(one.decode(video=0)) for one in (before, after)]
    assert frames[0].rotation == frames[1].rotation != 0


def test_one_of_several_sound_tracks_is_chosen_or_all_are_mixed(tmp_path):
    source, target = clock_clip(tmp_path / "x.mkv", tracks=2), tmp_path / "x.mp4"
    beeps = {}
    for work, track in [("copy", 0), ("copy", 1), ("encode", 0), ("encode", 1), ("encode", None)]:
        encoding = SMALL if work == "encode" else None
        step = Step(work, "mp4", sound_track=track, encoding=encoding)
        assert "prepared" in carry_out(source, target, step)
        beeps[work, track] = beep_times(target)
    first, second = [0, 1, 2, 3], [0.5, 1.5, 2.5, 3.5]
    for work in ("copy", "encode"):
        assert beeps[work, 0] == pytest.approx(first, abs=CLOSE)
        assert beeps[work, 1] == pytest.approx(second, abs=CLOSE)
    assert beeps["encode", None] == pytest.approx(sorted(first + second), abs=CLOSE)


@pytest.mark.parametrize("preference", ["parts", "whole"])
def test_the_parts_of_a_plan_hold_the_whole_recording(source, tmp_path, monkeypatch, preference):
    limits = {"MAX_SECONDS": 2.5, "_KEYFRAME_SECONDS": 1.0, "_SHORTEST_COPY": 1.0, "MIN_SECONDS": 0}
    for name, value in limits.items():
        monkeypatch.setattr(plan, name, value)
    monkeypatch.setattr(preflight, "MAX_SECONDS", 2.5)
    recording = probe(source, name="x", size=source.stat().st_size)
    ways = find_ways(recording, options=V2Options(), window=0.25)
    way = choose_way(ways, preference)
    assert way.work == ("copy" if preference == "parts" else "encode")
    edges = []
    for number, step in enumerate(steps_of(way)):
        target = tmp_path / f"{number}.mp4"
        answer = carry_out(source, target, step)
        offset = assert_in_step(source, target, answer, picture=True, end=step.end)
        edges.append((offset, offset + answer["prepared"]["seconds"]))
    assert len(edges) == len(way.parts) > 1
    assert edges[0][0] == 0
    assert all(two[0] <= one[1] + CLOSE for one, two in pairwise(edges))
    assert edges[-1][1] == pytest.approx(4.0, abs=CLOSE)


def test_a_copy_begins_with_a_picture_that_can_be_decoded(source, tmp_path):
    late, target = tmp_path / "late.ts", tmp_path / "x.mp4"
    with av.open(str(source)) as whole, av.open(str(late), "w") as out:
        tracks = {
            one.index: out.add_stream_from_template(one, opaque=True) for one in whole.streams
        }
        for packet in whole.demux():
            if packet.dts is not None and packet.pts * packet.time_base > 0.5:
                packet.stream = tracks[packet.stream.index]
                out.mux(packet)
    answer = carry_out(late, target, Step("copy", "mp4"))
    with av.open(str(target)) as container:
        assert next(container.demux(video=0)).is_keyframe
    assert_in_step(late, target, answer, picture=True)


def test_picture_and_sound_that_drift_apart_are_not_sent(source, tmp_path, monkeypatch):
    monkeypatch.setattr(preparation_process, "_MOST_APART", -1)
    answer = carry_out(source, tmp_path / "x.mp4", Step("copy", "mp4"))
    assert answer["failure"] == "apart"


def test_a_mix_goes_on_where_one_of_its_tracks_is_silent_for_long(tmp_path):
    source = clock_clip(tmp_path / "x.mkv", video=None, tracks=2)
    with av.open(str(source)) as container, av.open(str(tmp_path / "x.mp4"), "w") as out:
        mix = SoundTrack(container.streams.audio, out, codec="aac", bit_rate=24_000, end=None)
        written = []
        for second in range(20):
            frame = av.AudioFrame(format="fltp", layout="mono", samples=48_000)
            frame.planes[0].update(bytes(frame.planes[0].buffer_size))
            frame.sample_rate = 48_000
            written += mix.add(0, frame, Fraction(second))
        assert float(written[-1].pts * written[-1].time_base) > 10
        written += mix.finish()
    assert float(written[-1].pts * written[-1].time_base) == pytest.approx(20, abs=0.1)


def test_a_stretch_is_read_no_further_than_its_end(source, tmp_path):
    shares = []
    for step in (
        Step("encode", "mp4", 0.0, 1.0, encoding=SMALL),
        Step("copy", "mp4", 0.0, 1.0),
    ):
        work = encode_stretch if step.work == "encode" else copy_stretch
        reads = Damage()
        work(source, tmp_path / "x.mp4", step, progress=shares.append, damage=reads)
    assert max(shares) < 2  # of 4


def test_a_picture_of_high_dynamic_range_is_not_left_dark(tmp_path):
    source, target = tmp_path / "x.mp4", tmp_path / "y.mp4"
    colours = "colorprim=bt2020:transfer=smpte2084:colormatrix=bt2020nc"
    with av.open(str(source), "w") as out:
        picture = out.add_stream("libx264", rate=10, options={"x264-params": colours})
        picture.width, picture.height, picture.pix_fmt = 160, 120, "yuv420p10le"
        for _ in range(10):
            grey = av.VideoFrame.from_ndarray(np.full((120, 160, 3), 130, np.uint8), "rgb24")
            out.mux(picture.encode(grey.reformat(format="yuv420p10le")))
        out.mux(picture.encode(None))
    assert "prepared" in carry_out(source, target, Step("encode", "mp4", encoding=SMALL))
    with av.open(str(target)) as container:
        assert next(container.decode(video=0)).to_ndarray(format="rgb24").mean() > 160


def test_a_picture_may_change_its_size_midway(tmp_path):
    first = clock_clip(tmp_path / "first.ts", seconds=2.0)
    second = clock_clip(tmp_path / "second.ts", seconds=2.0, start=3, size=(320, 240))
    source, target = tmp_path / "x.ts", tmp_path / "x.mp4"
    source.write_bytes(first.read_bytes() + second.read_bytes())
    answer = carry_out(source, target, Step("encode", "mp4", encoding=SMALL))
    numbers = [number for _, number in shown_numbers(target)]
    assert answer["prepared"]["seconds"] > 4
    assert numbers[0] == 0
    assert numbers.count(19) >= 2
    assert numbers[-1] == 19


def test_what_has_ten_bits_gets_eight(tmp_path):
    deep = clock_clip(tmp_path / "x.mkv", pixels="yuv420p10le")
    carry_out(deep, tmp_path / "x.mp4", Step("encode", "mp4", encoding=SMALL))
    with av.open(str(tmp_path / "x.mp4")) as container:
        assert next(container.decode(video=0)).format.name == "yuv420p"


def test_a_stretch_that_begins_at_the_last_picture_has_it(tmp_path):
    clip = clock_clip(tmp_path / "a.mp4", audio=None)
    target = tmp_path / "b.mp4"
    answer = carry_out(clip, target, Step("encode", "mp4", start=3.95, encoding=SMALL))
    assert "prepared" in answer
    assert {number for _, number in shown_numbers(target)} == {39}
