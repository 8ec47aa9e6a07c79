"""What was measured of a recording, in words."""

from lib.model import Stretch
from lib.ui.review.measurement_texts import explanations, statistics
from tests.measurement import measured


def test_shares_and_loudness_stand_in_one_line():
    assert statistics(measured()) == "silent for 17 %, black for 33 %, loudness -23 LUFS"
    measurement = measured(
        clipped=(Stretch(0.0, 0.1),), still=(Stretch(0.0, 60.0),), complete=False
    )
    assert statistics(measurement) == (
        "silent for 17 %, clipped for less than 1 %, black for 33 %, still for 100 %, "
        "loudness -23 LUFS, not all of it could be read"
    )


def test_what_a_recording_does_not_have_is_said():
    bare = measured(has_sound=False, quiet=(), loudness=None, has_picture=False, black=())
    assert statistics(bare) == "no sound, no picture"


def test_the_fineness_of_pictures_is_said():
    assert "up to 2 s apart" in explanations(measured())["black"]
