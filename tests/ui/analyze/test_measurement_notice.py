"""What will spoil a result is said before it is paid for."""

import pytest

from lib.model import Stretch, V1Options, V2Options
from lib.ui.analyze.measurement_notice import notices
from tests.measurement import measured

HALF = (Stretch(0.0, 30.0),)
BLACK = (Stretch(0.0, 40.0),)
SOUND = V2Options(model="inter-2-audio")


@pytest.mark.parametrize(
    ("changed", "options", "texts"),
    [
        ({}, V1Options(), []),
        ({"quiet": HALF}, V1Options(), ["The sound is silent for 50 %."]),
        ({"quiet": (Stretch(0.0, 29.0),)}, V1Options(), []),
        ({"quiet": HALF}, SOUND, ["The sound is silent for 50 %."]),
        ({"black": BLACK}, V2Options(), ["The picture is black for 63 %."]),
        ({"black": BLACK}, SOUND, []),  # the picture does not count
        ({"black": BLACK, "picture_seconds": 40.0}, V1Options(), []),  # one keyframe proves nothing
        ({"quiet": HALF, "has_sound": False}, V1Options(), []),  # said by the preflight
    ],
)
def test_what_spoils_the_result_is_said(changed, options, texts):
    assert notices(measured(**changed), options) == texts
