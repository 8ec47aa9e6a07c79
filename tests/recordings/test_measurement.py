"""What of a recording is silent, black, still or clipped, and how loud it is."""

from fractions import Fraction

import av
import numpy as np
import pytest

from lib.errors import PreparationCancelledError, PreparationError, PreparationLimitError
from lib.model import RecordingMeasurement, Stretch
from lib.recordings import measurement_process
from lib.recordings.bounded_process import Bounds
from lib.recordings.measurement import measure_recording
from tests.clips import clip
from tests.clock_clips import clock_clip

RATE, FPS = 48_000, 4
WHITE_NOISE = np.random.default_rng(1)


def recording(path, *, seconds=12, level=None, picture=None, audio="pcm_s16le", start=0):
    """A recording whose sound has the `level` at each time, and whose pictures `picture` gives.

    Either takes a time [s]; without one there is no such track.
    """
    with av.open(str(path), "w") as out:
        tracks = []
        if picture:
            stream = out.add_stream("mpeg4", rate=FPS)
            stream.width, stream.height, stream.pix_fmt = 160, 120, "yuv420p"
            stream.codec_context.gop_size = 1
            frames = []
            for number in range(seconds * FPS):
                frame = av.VideoFrame.from_ndarray(picture(number / FPS), format="rgb24")
                frame.pts, frame.time_base = number + start * FPS, Fraction(1, FPS)
                frames.append(frame)
            tracks.append((stream, frames))
        if level:
            stream = out.add_stream(audio, rate=RATE)
            stream.layout = "mono"
            frames = []
            for first in range(0, seconds * RATE, 4800):
                place = np.arange(first, first + 4800) / RATE
                wave = np.clip(level(first / RATE) * np.sin(2 * np.pi * 500 * place), -1, 1)
                samples = (wave * 32767).astype(np.int16)
                frame = av.AudioFrame.from_ndarray(samples[None, :], format="s16", layout="mono")
                frame.sample_rate, frame.pts = RATE, first + start * RATE
                frames.append(frame)
            tracks.append((stream, frames))
        packets = [
            p for stream, frames in tracks for f in [*frames, None] for p in stream.encode(f)
        ]
        out.mux(sorted(packets, key=lambda one: one.dts * one.time_base))
    return path


def grey(value):
    return np.full((120, 160, 3), value, dtype=np.uint8)


def noise(_):
    return WHITE_NOISE.integers(0, 255, (120, 160, 3), dtype=np.uint8)


def edges(stretches):
    return [edge for one in stretches for edge in (one.start, one.end)]


@pytest.mark.parametrize("start", [0, 5])
def test_what_is_silent_or_clipped_is_measured_in_seconds(tmp_path, start):
    def level(time):
        return 0 if 2 <= time < 7 or time >= 11 else (3 if 8 <= time < 9 else 0.2)

    path = recording(tmp_path / "x.mkv", level=level, picture=noise, start=start)
    check = measure_recording(path)
    assert edges(check.quiet) == pytest.approx([2, 7, 11, 12], abs=0.11)
    assert edges(check.silent) == pytest.approx([2, 7], abs=0.11)
    assert edges(check.clipped) == pytest.approx([8, 9], abs=0.11)
    assert check.share(check.silent) == pytest.approx(5 / 12, abs=0.02)
    assert check.loudness == pytest.approx(-10, abs=8)
    assert (check.has_sound, check.has_picture, check.complete) == (True, True, True)
    assert check.black == check.still == ()


def test_what_is_silent_to_the_end_is_one_stretch(tmp_path):
    path = recording(tmp_path / "x.wav", level=lambda _: 0)
    check = measure_recording(path)
    assert check.share(check.silent) == pytest.approx(1.0, abs=0.01)
    assert check.loudness is None
    assert not check.has_picture


def test_what_is_black_or_still_is_measured_in_seconds(tmp_path):
    def picture(time):
        if 3 <= time < 5:
            return grey(0)
        return grey(128) if time >= 6 else noise(time)

    check = measure_recording(recording(tmp_path / "x.mkv", seconds=14, picture=picture))
    assert edges(check.black) == pytest.approx([3, 5], abs=0.51)
    assert edges(check.still) == pytest.approx([6, 14], abs=0.51)
    assert check.picture_seconds == pytest.approx(0.5)
    assert (check.has_sound, check.loudness, check.quiet) == (False, None, ())
    assert check.seconds == pytest.approx(14, abs=0.3)


def test_full_scale_alone_is_not_clipped(tmp_path):
    path = recording(tmp_path / "x.wav", seconds=3, level=lambda _: 0.98)
    assert measure_recording(path).clipped == ()


def test_only_keyframes_are_looked_at(tmp_path, monkeypatch):
    path = clock_clip(tmp_path / "x.mp4")
    looked, scale = [], measurement_process._PictureViewer._scale

    def look(self, frame):
        looked.append(frame.key_frame)
        return scale(self, frame)

    monkeypatch.setattr(measurement_process._PictureViewer, "_scale", look)
    measurement_process.measure(path, lambda _: None)
    assert looked == [True] * 4


def test_what_comes_after_the_last_keyframe_was_not_looked_at(tmp_path):
    path = clip(tmp_path / "x.mp4", seconds=3.0)  # one keyframe, its first picture
    assert measure_recording(path).picture_seconds == pytest.approx(3, abs=0.2)


def test_damage_is_no_obstacle_and_is_said(tmp_path):
    path = clock_clip(tmp_path / "x.mp4")
    content = bytearray(path.read_bytes())
    middle = len(content) // 2
    content[middle : middle + 2000] = bytes(2000)
    path.write_bytes(content)
    assert not measure_recording(path).complete


def test_it_is_bounded_and_can_be_cancelled(tmp_path):
    path = recording(tmp_path / "x.wav", level=lambda _: 0.2)
    with pytest.raises(PreparationCancelledError):
        measure_recording(path, cancelled=lambda: True)
    with pytest.raises((PreparationLimitError, PreparationError)):
        measure_recording(path, bounds=Bounds(memory_bytes=1 << 20))


def test_what_cannot_be_measured_says_so(tmp_path):
    (tmp_path / "x.mp4").write_bytes(bytes(5000))
    with pytest.raises(PreparationError) as caught:
        measure_recording(tmp_path / "x.mp4")
    assert "could not be measured" in caught.value.what


def test_a_share_of_nothing_is_none():
    assert RecordingMeasurement(0.0, has_sound=True, has_picture=False).share([Stretch(0, 1)]) == 0
