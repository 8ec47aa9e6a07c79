"""The colours of a picture that is made smaller."""

import av
import numpy as np
import pytest

from lib.recordings.picture_track import upright_graph

COLOUR = (110, 90, 190)  # of luma and both chromas
BT709, BT601 = 1, 5


def shrunk(width, height, *, matrix=None):
    """What becomes of a picture of one colour, half as large."""
    planes = np.full((height * 3 // 2, width), COLOUR[0], dtype=np.uint8)
    chroma = planes[height:].reshape(2, -1)
    chroma[0], chroma[1] = COLOUR[1:]
    frame = av.VideoFrame.from_ndarray(planes, format="yuv420p")
    if matrix is not None:
        frame.colorspace = matrix
    frame.pts = 0
    graph = upright_graph(frame, width // 2, height // 2)
    graph.vpush(frame)
    made = graph.vpull()
    return made.colorspace, [
        float(np.median(np.frombuffer(plane, np.uint8))) for plane in made.planes
    ]


@pytest.mark.parametrize(("size", "matrix"), [((1280, 720), None), ((320, 240), BT709)])
def test_colours_of_bt709_stay_as_they_are(size, matrix):
    told, colour = shrunk(*size, matrix=matrix)
    assert told == BT709
    assert colour == pytest.approx(COLOUR, abs=1)


@pytest.mark.parametrize(("size", "matrix"), [((320, 240), None), ((1280, 720), BT601)])
def test_colours_of_bt601_become_those_of_bt709(size, matrix):
    told, colour = shrunk(*size, matrix=matrix)
    assert told == BT709
    assert abs(colour[0] - COLOUR[0]) > 5
