"""Pauses of speech near the cuts: heard where they are, in a process of its own."""

import itertools

import av
import pytest

from lib.errors import PreparationCancelledError, PreparationError
from lib.recordings.cuts import Stretch
from lib.recordings.pauses import find_pauses
from tests.clips import clip
from tests.speech import speech


def edges(stretches):
    return [edge for one in stretches for edge in (one.start, one.end)]


@pytest.mark.parametrize("name", ["x.wav", "x.mp4", "x.mp3", "x.mkv", "x.ogg"])
def test_a_pause_is_where_nothing_is_heard(tmp_path, name):
    path = speech(tmp_path / name, (20.0, 21.0), (44.0, 46.0), (50.0, 50.2), seconds=60.0)
    pauses = find_pauses(path, [Stretch(15.0, 25.0), Stretch(40.0, 55.0)])
    assert edges(pauses) == pytest.approx([20.0, 21.0, 44.0, 46.0], abs=0.15)


@pytest.mark.parametrize("noise", [-60.0, -40.0, -30.0])
def test_a_pause_is_heard_in_noise_that_is_always_there(tmp_path, noise):
    path = speech(tmp_path / "x.mp4", (4.0, 5.0), (9.0, 9.2), seconds=12.0, noise=noise)
    assert edges(find_pauses(path, [Stretch(0.0, 12.0)])) == pytest.approx([4.0, 5.0], abs=0.1)


def test_noise_alone_has_no_pause(tmp_path):
    path = speech(tmp_path / "x.wav", (0.0, 12.0), seconds=12.0, noise=-30.0)
    assert find_pauses(path, [Stretch(0.0, 12.0)]) == ()


def test_what_is_silent_at_an_edge_is_as_long_as_it_was_listened_to(tmp_path):
    path = speech(tmp_path / "x.wav", (0.0, 12.0), (28.0, 40.0), seconds=40.0)
    pauses = find_pauses(path, [Stretch(10.0, 30.0), Stretch(35.0, 99.0), Stretch(80.0, 90.0)])
    assert edges(pauses) == pytest.approx([10.0, 12.0, 28.0, 30.0, 35.0, 40.0], abs=0.1)


def test_a_pause_of_several_sounds_is_one_of_each(tmp_path):
    first = speech(tmp_path / "1.wav", (4.0, 8.0), seconds=12.0)
    second = speech(tmp_path / "2.wav", (6.0, 10.0), seconds=12.0)
    both = join(first, second, tmp_path / "x.mkv")
    whole = [Stretch(0.0, 12.0)]
    for track, heard in [(0, [4.0, 8.0]), (1, [6.0, 10.0]), (None, [6.0, 8.0])]:
        assert edges(find_pauses(both, whole, sound_track=track)) == pytest.approx(heard, abs=0.1)


def test_without_sound_there_are_none(tmp_path):
    assert find_pauses(clip(tmp_path / "x.mp4", audio=None), [Stretch(0.0, 4.0)]) == ()


def test_it_says_how_far_it_is_and_ends_when_it_is_asked_to(tmp_path):
    path = speech(tmp_path / "x.wav", seconds=120.0)
    stretches, shares = [Stretch(0.0, 50.0), Stretch(60.0, 120.0)], []
    assert find_pauses(path, stretches, progress=shares.append) == ()
    assert shares
    assert all(0 <= share <= 1 for share in shares)
    with pytest.raises(PreparationCancelledError):
        find_pauses(path, stretches, cancelled=lambda: True)


def test_what_is_no_recording_has_none_to_be_found(tmp_path):
    (tmp_path / "x").write_bytes(b"\0" * 5000)
    with pytest.raises(PreparationError):
        find_pauses(tmp_path / "x", [Stretch(0.0, 4.0)])


def join(first, second, target):
    """The sounds of two files as two tracks of one."""
    with av.open(str(first)) as one, av.open(str(second)) as two, av.open(str(target), "w") as out:
        packets = []
        for source in (one, two):
            stream = out.add_stream_from_template(source.streams.audio[0])
            packets += [(packet, stream) for packet in source.demux() if packet.dts is not None]
        packets.sort(key=lambda pair: pair[0].dts * pair[0].time_base)
        for packet, stream in itertools.chain(packets):
            packet.stream = stream
            out.mux(packet)
    return target
