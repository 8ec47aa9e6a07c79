"""What might be measured of a recording, for tests."""

from lib.model import RecordingMeasurement, Stretch


def measured(**changed):
    """Of a minute: silent from 10 s to 20 s, black from 30 s to 50 s."""
    facts = {
        "seconds": 60.0,
        "has_sound": True,
        "has_picture": True,
        "quiet": (Stretch(3.0, 3.5), Stretch(10.0, 20.0)),
        "black": (Stretch(30.0, 50.0),),
        "loudness": -23.4,
        "picture_seconds": 2.0,
    }
    return RecordingMeasurement(**{**facts, **changed})
