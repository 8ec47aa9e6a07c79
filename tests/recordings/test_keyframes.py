"""Where a stretch begins: at the keyframe before it, wherever a seek goes."""

from fractions import Fraction
from itertools import pairwise

import av
import pytest

from lib.recordings import keyframes
from lib.recordings.damage import Damage
from lib.recordings.keyframes import read_from_keyframe
from lib.recordings.source import Source, open_source, read_packets
from lib.recordings.step import Step
from tests.clock_clips import clock_clip

START = Fraction(3, 2)  # between the keyframes at 1 and 2 s


@pytest.mark.parametrize("second", [0.0, 1.0, 3.0, 99.0])
def test_a_seek_that_goes_past_the_stretch_is_not_followed(tmp_path, monkeypatch, second):
    def seek(source, _):
        source.container.seek(int(second * av.time_base))
        return True

    monkeypatch.setattr(Source, "seek", seek)
    with open_source(clock_clip(tmp_path / "x.mkv"), Step("copy", "mkv")) as source:
        begin, packets = read_from_keyframe(source, START, Damage())
        packets = [one for one in packets if one.pts is not None]
        assert begin == 1
        assert min(source.time_of(one) for one in packets if not one.stream_index) == 1
        assert {one.stream_index for one in packets} == {0, 1}
        assert max(source.time_of(one) for one in packets) > 3.8


@pytest.mark.parametrize(("start", "keyframe"), [(Fraction(199, 100), 1), (2, 2), (9, 3)])
def test_a_stretch_begins_at_the_keyframe_before_it_or_at_its_own(tmp_path, start, keyframe):
    with open_source(clock_clip(tmp_path / "x.mp4"), Step("copy", "mp4")) as source:
        assert read_from_keyframe(source, Fraction(start), Damage())[0] == keyframe


@pytest.mark.parametrize("ahead", [Fraction(0), Fraction(1, 2)])
def test_no_sound_from_the_keyframe_on_is_missing(tmp_path, monkeypatch, ahead):
    def read_ahead(source, damage):
        """Packets as they lie in a file whose sound comes so many seconds before its picture."""
        packets = [one for one in read_packets(source, damage) if one.pts is not None]
        place = [source.time_of(one) - ahead * one.stream_index for one in packets]
        for _, one in sorted(zip(place, packets, strict=True), key=lambda pair: pair[0]):
            yield one

    monkeypatch.setattr(keyframes, "read_packets", read_ahead)
    with open_source(clock_clip(tmp_path / "x.mp4"), Step("copy", "mp4")) as source:
        begin, packets = read_from_keyframe(source, START, Damage())
        sounds = [one for one in packets if one.stream_index]
        heard = [time for one in sounds if (time := source.time_of(one)) >= begin]
        assert heard[0] < begin + Fraction(3, 100)
        assert all(0 < after - before < 0.03 for before, after in pairwise(heard))
