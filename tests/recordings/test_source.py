"""Packets of a recording as they are read: each names its track."""

from lib.recordings.damage import Damage
from lib.recordings.source import open_source, read_packets
from lib.recordings.step import Step
from tests.clips import clip


def test_a_packet_without_a_time_names_the_track_that_it_ends(tmp_path):
    with open_source(clip(tmp_path / "x.mp4"), Step("copy", "mp4")) as source:
        ends = [one for one in read_packets(source, Damage()) if source.ticks_of(one) is None]
        assert [one.stream_index for one in ends] == [0, 1]
        assert [one.stream.type for one in ends] == ["video", "audio"]
