"""What people added to a session as tables: notes, verdicts and the transcript."""

from __future__ import annotations

from datetime import datetime

import numpy as np
import pandas as pd

from lib.frames.schema import NOTES, TRANSCRIPT, VERDICTS
from lib.frames.tables import table, texts
from lib.model import Review


def notes(review: Review, duration: float | None) -> pd.DataFrame:
    """One row a note, in the order written; columns NOTES."""
    found = review.notes
    return table(
        {
            "id": texts([one.id for one in found]),
            "reviewer": texts([one.reviewer for one in found]),
            "text": texts([one.text for one in found]),
            "start": np.array([one.start for one in found], dtype="float64"),
            "end": np.array([one.end for one in found], dtype="float64"),
            "signal": pd.array([one.signal for one in found], dtype="Int64"),
            "written_at": _moments([one.written_at for one in found]),
        },
        NOTES,
        duration,
    )


def verdicts(review: Review) -> pd.DataFrame:
    """One row a verdict, in the order written; columns VERDICTS."""
    found = review.verdicts
    return pd.DataFrame(
        {
            "signal": np.array([one.signal for one in found], dtype="int64"),
            "reviewer": texts([one.reviewer for one in found]),
            "opinion": texts([one.opinion for one in found]),
            "corrected": texts([one.corrected for one in found]),
            "written_at": _moments([one.written_at for one in found]),
        },
        columns=list(VERDICTS),
    )


def transcript(review: Review, duration: float | None) -> pd.DataFrame:
    """One row a line, in the order attached; columns TRANSCRIPT."""
    found = review.transcript
    return table(
        {
            "speaker": texts([one.speaker for one in found]),
            "text": texts([one.text for one in found]),
            "start": np.array([one.start for one in found], dtype="float64"),
            "end": np.array([one.end for one in found], dtype="float64"),
        },
        TRANSCRIPT,
        duration,
    )


def _moments(values: list[datetime]) -> pd.api.extensions.ExtensionArray:
    return pd.DatetimeIndex(values, dtype=NOTES["written_at"]).array
