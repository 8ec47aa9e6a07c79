"""A thumbnail is small, upright, and no black picture where there is another."""

from fractions import Fraction

import av
import numpy as np
import pytest
from PIL import Image

from lib.errors import PreparationCancelledError, PreparationError
from lib.recordings import thumbnail
from lib.recordings.companions import companions_of
from lib.recordings.thumbnail import has_no_picture, make_thumbnail, thumbnail_of
from tests.clips import remux
from tests.clock_clips import WIDTH, clock_clip

RED, BLACK = (230, 20, 20), (0, 0, 0)


def make(path, *, cancelled=lambda: False):
    make_thumbnail(path, lambda _: None, cancelled)
    return thumbnail_of(path)


def film(path, colours, *, size=(320, 180), shape=None):
    """A film of one picture a second in these colours, each a keyframe."""
    with av.open(str(path), "w") as out:
        stream = out.add_stream("libx264", rate=1, options={"g": "1", "bf": "0"})
        stream.width, stream.height = size
        stream.pix_fmt = "yuv420p"
        if shape:
            stream.codec_context.sample_aspect_ratio = shape
        for colour in colours:
            pixels = np.full((size[1], size[0], 3), colour, dtype=np.uint8)
            out.mux(stream.encode(av.VideoFrame.from_ndarray(pixels, format="rgb24")))
        out.mux(stream.encode(None))
    return path


def middle(file):
    with Image.open(file) as image:
        return image.convert("RGB").getpixel((image.width // 2, image.height // 2))


def number_in(file):
    """The number that the stripes of a clock clip show."""
    with Image.open(file) as image:
        columns = np.asarray(image.convert("L"), dtype=float).mean(axis=0)
    bits = [columns[round((bit + 0.5) * len(columns) / 6)] > 128 for bit in range(6)]
    return int("".join(str(int(bit)) for bit in bits), 2)


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("a.mp4", {}),
        ("a.mov", {"video": "libx265"}),
        ("a.avi", {"video": "mpeg4", "audio": "libmp3lame"}),
        ("later.mkv", {"start": 5}),
        ("a.ts", {"start": 5000}),
        ("ten.mp4", {"pixels": "yuv420p10le"}),
    ],
)
def test_it_shows_what_is_shown_a_tenth_into_the_recording(tmp_path, name, options):
    made = make(clock_clip(tmp_path / name, **options))
    assert number_in(made) in (3, 4, 5)
    assert made.stat().st_size < 10_000


def test_a_beginning_that_is_black_is_passed_over(tmp_path):
    colours = [BLACK] * 5 + [RED] * 5
    assert middle(make(film(tmp_path / "a.mp4", colours))) == pytest.approx(RED, abs=12)
    ends = [BLACK] * 9 + [RED]  # in its last tenth alone
    assert middle(make(film(tmp_path / "b.mp4", ends))) == pytest.approx(RED, abs=12)
    first = [RED] + [BLACK] * 29
    assert middle(make(film(tmp_path / "c.mp4", first))) == pytest.approx(RED, abs=12)


def test_of_a_recording_that_is_all_black_the_brightest_is_shown(tmp_path):
    colours = [BLACK] * 6 + [(15, 15, 15)] * 2 + [BLACK] * 2
    assert middle(make(film(tmp_path / "a.mp4", colours)))[0] > 5


@pytest.mark.parametrize(
    ("size", "shape", "shown"),
    [
        ((320, 180), None, (160, 90)),
        ((320, 240), None, (120, 90)),
        ((240, 240), Fraction(16, 9), (160, 90)),  # pixels that are no squares
        ((64, 64), None, (64, 64)),  # never larger
        ((640, 40), None, (160, 10)),
    ],
)
def test_it_has_the_shape_of_what_is_shown(tmp_path, size, shape, shown):
    with Image.open(make(film(tmp_path / "a.mp4", [RED], size=size, shape=shape))) as image:
        assert image.size == shown
        assert image.format == "JPEG"


def test_it_is_upright(tmp_path):
    turned = clock_clip(tmp_path / "a.mp4", size=(WIDTH, 120), rotation=90)
    with Image.open(make(turned)) as image:
        assert image.size == (68, 90)
        pixels = np.asarray(image.convert("L"), dtype=float)
    assert pixels.std(axis=1).mean() < 10 < pixels.std(axis=0).mean()  # the stripes lie


def test_what_states_no_length_has_one_too(tmp_path):
    whole = clock_clip(tmp_path / "whole.webm", video="libvpx", audio="libopus")
    lit = make(remux(whole, tmp_path / "x.webm", live="1"))
    assert lit is not None


def test_sound_alone_has_none_and_that_is_seen_once(tmp_path, monkeypatch):
    path = clock_clip(tmp_path / "a.m4a", video=None, form="mp4")
    assert not has_no_picture(path)
    assert make(path) is None
    assert has_no_picture(path)
    monkeypatch.setattr(thumbnail, "run_job", None)
    assert make(path) is None
    assert len(companions_of(path)) == 1


def test_it_is_made_once(tmp_path, monkeypatch):
    path = clock_clip(tmp_path / "a.mp4")
    made = make(path)
    assert not has_no_picture(path)
    monkeypatch.setattr(thumbnail, "run_job", None)
    assert make(path) == made
    assert companions_of(path) == [made]


def test_what_cannot_be_read_or_is_cancelled_leaves_nothing(tmp_path):
    path = tmp_path / "a.mp4"
    path.write_bytes(b"no film" * 100)
    with pytest.raises(PreparationError):
        make(path)
    with pytest.raises(PreparationCancelledError):
        make(clock_clip(path), cancelled=lambda: True)
    assert list(tmp_path.iterdir()) == [path]
    assert not has_no_picture(path)
