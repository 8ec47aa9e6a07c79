"""Notes, verdicts and the transcript as tables: model -> DataFrame."""

from __future__ import annotations

from datetime import datetime

import numpy as np
import pandas as pd

from lib.frames.schema import NOTES, TRANSCRIPT, VERDICTS
from lib.frames.tables import make_table, text_column
from lib.model import Review


def notes(review: Review, duration: float | None) -> pd.DataFrame:
    """One row a note, in the order written; columns NOTES."""
    return make_table(
        {
            "id": text_column([note.id for note in review.notes]),
            "reviewer": text_column([note.byline for note in review.notes]),
            "text": text_column([note.text for note in review.notes]),
            "start": np.array([note.start for note in review.notes], dtype="float64"),
            "end": np.array([note.end for note in review.notes], dtype="float64"),
            "signal": pd.array([note.signal for note in review.notes], dtype="Int64"),
            "written_at": timestamp_column([note.written_at for note in review.notes]),
        },
        NOTES,
        duration,
    )


def verdicts(review: Review) -> pd.DataFrame:
    """One row a verdict, in the order written; columns VERDICTS."""
    return pd.DataFrame(
        {
            "signal": np.array([verdict.signal for verdict in review.verdicts], dtype="int64"),
            "reviewer": text_column([verdict.byline for verdict in review.verdicts]),
            "opinion": text_column([verdict.opinion for verdict in review.verdicts]),
            "corrected": text_column([verdict.corrected for verdict in review.verdicts]),
            "written_at": timestamp_column([verdict.written_at for verdict in review.verdicts]),
            "mode": text_column([verdict.mode for verdict in review.verdicts]),
        },
        columns=list(VERDICTS),
    )


def transcript(review: Review, duration: float | None) -> pd.DataFrame:
    """One row a line, in the order attached; columns TRANSCRIPT."""
    return make_table(
        {
            "speaker": text_column([line.speaker for line in review.transcript]),
            "text": text_column([line.text for line in review.transcript]),
            "start": np.array([line.start for line in review.transcript], dtype="float64"),
            "end": np.array([line.end for line in review.transcript], dtype="float64"),
        },
        TRANSCRIPT,
        duration,
    )


def timestamp_column(values: list[datetime]) -> pd.api.extensions.ExtensionArray:
    """A column of moments."""
    return pd.DatetimeIndex(values, dtype=NOTES["written_at"]).array
