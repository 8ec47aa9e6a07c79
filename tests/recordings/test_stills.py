"""Stills show what stands at their time, small, and end where their bounds are."""

import io

import numpy as np
import pytest
from PIL import Image

from lib.errors import PreparationError
from lib.recordings import stills, stills_process
from lib.recordings.stills import PIXELS, make_stills
from tests.clips import clip
from tests.clock_clips import clock_clip

BOUNDS = {"seconds": 10_000, "bytes": stills.MAX_BYTES, "pixels": PIXELS}


def draw(path, times, **bounds):
    return stills_process.draw_stills(path, times, {**BOUNDS, **bounds}, lambda _: None)


def number_in(jpeg):
    """The number that the stripes of a clock clip show."""
    with Image.open(io.BytesIO(jpeg)) as image:
        columns = np.asarray(image.convert("L"), dtype=float).mean(axis=0)
    bits = [columns[round((bit + 0.5) * len(columns) / 6)] > 128 for bit in range(6)]
    return int("".join(str(int(bit)) for bit in bits), 2)


def test_a_still_shows_what_stands_at_its_time(tmp_path):
    recording = clock_clip(tmp_path / "later.mkv", start=5)
    made = make_stills(recording, [0.0, 1.0, 2.5])
    first, second, third = (number_in(one.jpeg) for one in made.stills)
    assert first < second < third
    assert [one.time for one in made.stills] == [0.0, 1.0, 2.5]
    assert all(0 <= one.shown - one.time < 0.2 for one in made.stills)
    assert (made.has_picture, made.stopped) == (True, "")
    with Image.open(io.BytesIO(made.stills[0].jpeg)) as image:
        assert image.format == "JPEG"
        assert max(image.size) <= PIXELS


def test_sound_alone_has_none(tmp_path):
    made = make_stills(clip(tmp_path / "sound.mp4", video=None), [0.5])
    assert (made.stills, made.has_picture) == ((), False)


def test_what_is_no_recording_is_said_to_be_none(tmp_path):
    path = tmp_path / "x.mp4"
    path.write_bytes(b"nothing of the kind")
    with pytest.raises(PreparationError):
        make_stills(path, [0.0])


@pytest.mark.parametrize(
    ("bound", "count", "stopped"), [({"seconds": 0}, 0, "time"), ({"bytes": 0}, 1, "size")]
)
def test_beyond_a_bound_no_more_are_made_and_it_is_said(tmp_path, bound, count, stopped):
    answer = draw(clock_clip(tmp_path / "a.mp4"), [0.0, 0.5, 1.0], **bound)
    assert (len(answer["stills"]), answer["stopped"]) == (count, stopped)


def test_no_more_are_asked_for_than_may_stand_in_a_report(monkeypatch, tmp_path):
    jobs = []
    answer = {"stills": [], "has_picture": True, "stopped": ""}
    monkeypatch.setattr(stills, "run_job", lambda _, job, **__: jobs.append(job) or answer)
    make_stills(tmp_path / "a.mp4", range(100))
    assert jobs[0]["times"] == list(range(stills.MAX_STILLS))
