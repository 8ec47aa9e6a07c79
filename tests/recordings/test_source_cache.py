"""The parts of a recording that is held open are those of one that is opened for each."""

import shutil
from dataclasses import replace
from pathlib import Path

import av
import pytest

from lib.recordings import source, source_cache
from lib.recordings.container_choice import copy_container
from lib.recordings.probe import probe
from lib.recordings.source import open_source
from lib.recordings.source_cache import SourceCache
from lib.recordings.step import Step
from tests.clock_clips import clock_clip
from tests.recordings.step_checks import carry_out

STRETCHES = [(0.0, 1.5), (1.33, 3.5), (2.5, None), (1.0, 2.0), (0.0, None), (9.0, 10.0), (1.2, 1.4)]
FORMATS = {
    "a.mp4": {},
    "a.mkv": {},
    "a.mov": {"video": "mpeg4", "audio": "pcm_s16le"},
    "a.webm": {"video": "libvpx", "audio": "libopus"},
    "a.ts": {},
    "later.mp4": {"start": 5},
    "late_sound.mkv": {"sound_start": 1},
    "a.m4a": {"form": "mp4", "video": None},
    "a.aac": {"video": None},
    "a.opus": {"video": None, "audio": "libopus"},
}
INDEXED = [name for name in FORMATS if name.endswith(("mp4", "mkv", "mov", "webm", "m4a"))]
COPY = Step("copy", "mp4", 2.0)


@pytest.fixture(autouse=True)
def opened(monkeypatch):
    """The steps for which a source was opened; a seek goes to a keyframe near a stretch."""
    steps = []

    def opening(path, step):
        steps.append(step)
        return open_source(path, step)

    monkeypatch.setattr(source, "SEEK_MARGIN", 0.5)
    monkeypatch.setattr(source_cache, "open_source", opening)
    return steps


def count_readers(path):
    """How often this process has a file open."""
    return sum(link.resolve() == path for link in Path("/proc/self/fd").iterdir())


def packets_of(path):
    with av.open(str(path)) as container:
        return [
            (one.stream_index, one.pts, one.dts, one.duration, one.is_keyframe, bytes(one))
            for one in container.demux()
        ]


@pytest.mark.parametrize("name", FORMATS)
def test_each_part_is_the_same(tmp_path, opened, name):
    clip, sources = clock_clip(tmp_path / name, **FORMATS[name]), SourceCache()
    recording = probe(clip, name="x", size=clip.stat().st_size)
    container = copy_container(recording.container, recording.video_codec, recording.audio_codec)
    one, other = tmp_path / f"one.{container}", tmp_path / f"other.{container}"
    picture, reopened = recording.video_codec is not None, 0
    for start, end in STRETCHES:
        step = Step("copy", container, start, end, picture=picture)
        alone = carry_out(clip, one, step)
        opened.clear()
        answer = carry_out(clip, other, step, sources)
        reopened += len(opened)
        if "prepared" in alone:
            assert packets_of(one) == packets_of(other)
            answer["prepared"].pop("size"), alone["prepared"].pop("size")  # an id may differ
        assert answer == alone
    assert reopened < len(STRETCHES) if name in INDEXED else reopened == len(STRETCHES)


def test_it_is_opened_once_for_the_parts_that_follow_each_other(tmp_path, opened):
    clip, sources = clock_clip(tmp_path / "x.mp4"), SourceCache()
    for start in (1.0, 2.0, 3.0):
        assert "prepared" in carry_out(clip, tmp_path / "y", Step("copy", "mp4", start), sources)
    assert len(opened) == 1


def test_other_tracks_are_opened_anew(tmp_path, opened):
    clip, sources = clock_clip(tmp_path / "x.mkv", tracks=2), SourceCache()
    for step in (COPY, replace(COPY, sound_track=1), COPY, replace(COPY, picture=False)):
        assert "prepared" in carry_out(clip, tmp_path / "y", step, sources)
    assert len(opened) == 4


def test_no_more_than_the_last_is_held_open(tmp_path):
    clip, sources = clock_clip(tmp_path / "x.mkv", tracks=2), SourceCache()
    for step in (COPY, replace(COPY, sound_track=1)):
        carry_out(clip, tmp_path / "y", step, sources)
        assert count_readers(clip) == 1
    sources.close()
    assert count_readers(clip) == 0


def test_another_file_at_the_path_is_another_recording(tmp_path, opened):
    clip, sources = clock_clip(tmp_path / "x.mp4"), SourceCache()
    assert carry_out(clip, tmp_path / "y", COPY, sources)["prepared"]["seconds"] < 2.5
    longer = clock_clip(tmp_path / "longer.mp4", seconds=6.0)
    shutil.move(longer, clip)
    assert carry_out(clip, tmp_path / "y", COPY, sources)["prepared"]["seconds"] > 3.5
    clip.unlink()
    assert carry_out(clip, tmp_path / "y", COPY, sources)["failure"] == "disk"
    assert len(opened) == 2


def test_after_damage_it_is_opened_anew(tmp_path, opened):
    clip, sources = clock_clip(tmp_path / "x.mkv", seconds=8.0), SourceCache()
    clip.write_bytes(clip.read_bytes()[: clip.stat().st_size // 2])
    for _ in range(2):
        assert carry_out(clip, tmp_path / "y", COPY, sources)["failure"] == "damaged"
    assert len(opened) == 2
