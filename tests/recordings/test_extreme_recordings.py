"""Recordings at the edge of what there is, prepared within the bounds that all have."""

import av
import pytest

from lib.errors import DamagedRecordingError
from lib.model import V2Options
from lib.recordings.encoding_ladder import choose_encoding
from lib.recordings.plan import find_ways
from lib.recordings.preparation import prepare
from lib.recordings.probe import probe
from lib.recordings.step import Step
from lib.recordings.ways import Wishes, choose_way, steps_of
from tests.clips import clip, state_length


def test_a_picture_of_8k_is_made_smaller(tmp_path):
    path = tmp_path / "x.mp4"
    with av.open(str(path), "w") as out:
        picture = out.add_stream("libx264", rate=1, options={"preset": "ultrafast"})
        picture.width, picture.height, picture.pix_fmt = 7680, 4320, "yuv420p"
        frame = av.VideoFrame(7680, 4320, "yuv420p")
        for place in range(3):
            frame.pts = place
            out.mux(picture.encode(frame))
        out.mux(picture.encode(None))
    encoding = choose_encoding(1800.0, height=4320, picture=True)
    made = prepare(path, tmp_path / "y.mp4", Step("encode", "mp4", encoding=encoding))
    assert made.seconds == pytest.approx(3.0, abs=0.1)
    with av.open(str(made.path)) as container:
        assert container.streams.video[0].height == 360


def test_of_twelve_hours_that_are_a_lie_the_seconds_that_are_there_can_be_sent(tmp_path):
    path = state_length(clip(tmp_path / "x.mkv", seconds=8.0), 12 * 3600.0)
    recording, wishes = probe(path, name="x", size=path.stat().st_size), Wishes(skip_damage=True)
    way = choose_way(find_ways(recording, options=V2Options(), wishes=wishes), "parts")
    first, *_, last = steps_of(way, wishes)
    with pytest.raises(DamagedRecordingError) as caught:
        prepare(path, tmp_path / "y.mp4", last)
    assert caught.value.stretches[-1][1] == pytest.approx(12 * 3600.0, abs=0.1)
    made = prepare(path, tmp_path / "y.mp4", first)
    assert made.seconds == pytest.approx(8.0, abs=0.1)
    assert made.damaged[0].start == pytest.approx(8.0, abs=0.1)
