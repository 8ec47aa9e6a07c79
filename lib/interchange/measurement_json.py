"""Write and read what was measured of a recording, as JSON values."""

from __future__ import annotations

import itertools
import math
from typing import Any

from lib.model import RecordingMeasurement, Stretch

STRETCHES = ("quiet", "clipped", "black", "still")
FACTS = ("has_sound", "has_picture", "complete")
MAX_STRETCHES = 200_000  # of a kind: more than a day of pauses has


def dump_measurement(measurement: RecordingMeasurement) -> dict[str, Any]:
    """The measurement in seconds of the recording; a stretch is its start and its end."""
    return {
        "seconds": measurement.seconds,
        **{name: getattr(measurement, name) for name in FACTS},
        **{
            name: [[one.start, one.end] for one in getattr(measurement, name)] for name in STRETCHES
        },
        "loudness": measurement.loudness,
        "picture_seconds": measurement.picture_seconds,
    }


def load_measurement(value: Any) -> RecordingMeasurement:  # noqa: ANN401  any JSON value
    """The measurement in a JSON value.

    Raises:
        ValueError, TypeError, KeyError, OverflowError: it is none.
    """
    has_sound, has_picture, complete = (_read_fact(value[name]) for name in FACTS)
    quiet, clipped, black, still = (_read_stretches(value[name]) for name in STRETCHES)
    return RecordingMeasurement(
        seconds=_read_seconds(value["seconds"]),
        has_sound=has_sound,
        has_picture=has_picture,
        complete=complete,
        quiet=quiet,
        clipped=clipped,
        black=black,
        still=still,
        loudness=None if value["loudness"] is None else _read_number(value["loudness"]),
        picture_seconds=_read_seconds(value["picture_seconds"]),
    )


def _read_fact(value: object) -> bool:
    if not isinstance(value, bool):
        raise TypeError
    return value


def _read_stretches(value: object) -> tuple[Stretch, ...]:
    if not isinstance(value, list):
        raise TypeError
    if len(value) > MAX_STRETCHES:
        raise ValueError
    stretches = tuple(Stretch(_read_seconds(start), _read_seconds(end)) for start, end in value)
    follow = all(one.end <= after.start for one, after in itertools.pairwise(stretches))
    if not follow or not all(one.start < one.end for one in stretches):
        raise ValueError
    return stretches


def _read_seconds(value: object) -> float:
    seconds = _read_number(value)
    if seconds < 0:
        raise ValueError
    return seconds


def _read_number(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError
    number = float(value)
    if not math.isfinite(number):
        raise ValueError
    return number
