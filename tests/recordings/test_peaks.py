"""The waveform of a sound has its peaks where the sound is loud."""

import pytest

from lib.errors import PreparationCancelledError, PreparationError
from lib.recordings import peaks, peaks_process
from lib.recordings.peaks import make_peaks, peaks_of
from tests.clock_clips import clock_clip


def make(path, *, cancelled=lambda: False):
    make_peaks(path, lambda _: None, cancelled)
    return peaks_of(path)


def loud(made):
    """The first second of each loud stretch."""
    step = made.seconds / len(made.levels)
    pairs = zip([0, *made.levels], made.levels, strict=False)
    return [place * step for place, (before, now) in enumerate(pairs) if before < 40 <= now]


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("a.m4a", {"form": "mp4", "rate": 44_100}),
        ("a.wav", {"audio": "pcm_s16le", "layout": "stereo"}),
        ("a.amr", {"audio": "libopencore_amrnb", "rate": 8000, "bit_rate": 12_200}),
        ("later.mka", {"form": "matroska", "start": 5}),
    ],
)
def test_each_beep_is_a_peak_at_its_time(tmp_path, name, options):
    made = make(clock_clip(tmp_path / name, video=None, **options))
    assert made.seconds == pytest.approx(4.0, abs=0.15)
    assert loud(made) == pytest.approx([0, 1, 2, 3], abs=0.1)
    assert 100 < max(made.levels) < 150  # half of full scale
    assert sorted(made.levels)[len(made.levels) // 2] < 5


def test_a_long_sound_has_no_more_peaks_than_a_player_is_wide(tmp_path, monkeypatch):
    monkeypatch.setattr(peaks_process, "_MOST_LEVELS", 20)
    path = clock_clip(tmp_path / "a.wav", video=None, audio="pcm_s16le")
    facts = peaks_process.measure(path, lambda _: None)
    assert facts["seconds"] == pytest.approx(4.0)
    assert len(facts["levels"]) == 20
    assert min(facts["levels"][::5]) > 100
    assert max(facts["levels"][2::5]) < 5


def test_they_are_made_once(tmp_path, monkeypatch):
    path = clock_clip(tmp_path / "a.wav", video=None, audio="pcm_s16le")
    made = make(path)
    monkeypatch.setattr(peaks, "run_job", None)
    assert make(path) == made
    assert len(list(tmp_path.iterdir())) == 2


def test_what_cannot_be_read_or_is_cancelled_leaves_nothing(tmp_path):
    path = tmp_path / "a.wav"
    path.write_bytes(b"no sound" * 100)
    with pytest.raises(PreparationError):
        make(path)
    with pytest.raises(PreparationCancelledError):
        make(clock_clip(path, video=None, audio="pcm_s16le"), cancelled=lambda: True)
    assert list(tmp_path.iterdir()) == [path]
    (tmp_path / "a.wav+peaks.json").write_text("{")
    assert peaks_of(path) is None
