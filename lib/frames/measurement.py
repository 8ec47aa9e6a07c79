"""What was measured of a recording as a table: its silent, clipped, black and still stretches."""

from __future__ import annotations

import numpy as np
import pandas as pd

from lib.frames.schema import MEASUREMENT
from lib.frames.tables import make_table, text_column
from lib.model import RecordingMeasurement, Stretch


def measurement(measured: RecordingMeasurement | None, duration: float | None) -> pd.DataFrame:
    """One row a stretch, kind by kind in the order of time; columns MEASUREMENT.

    Empty where nothing was measured, and where nothing of it is silent, clipped, black or still.
    """
    rows = [(kind, one) for kind, stretches in _kinds(measured) for one in stretches]
    return make_table(
        {
            "kind": text_column([kind for kind, _ in rows]),
            "start": np.array([one.start for _, one in rows], dtype="float64"),
            "end": np.array([one.end for _, one in rows], dtype="float64"),
        },
        MEASUREMENT,
        duration,
    )


def _kinds(measured: RecordingMeasurement | None) -> list[tuple[str, tuple[Stretch, ...]]]:
    if measured is None:
        return []
    return [
        ("silent", measured.silent),
        ("clipped", measured.clipped),
        ("black", measured.black),
        ("still", measured.still),
    ]
