"""The exported table of signals: one row a signal, with its verdicts and notes."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Any

import pandas as pd

from lib import frames
from lib.exports import times
from lib.exports.bundle import ExportBundle
from lib.model import JUDGING_MODES, OPINIONS

SIGNAL_COLUMNS = (
    "id",
    "type",
    "group",
    "start",
    "end",
    "length",
    "start_clock (h:mm:ss.mmm)",
    "end_clock (h:mm:ss.mmm)",
    "probability",
    "modality",
    "flag",
    "rationale",
)
SPOKEN_COLUMN = "spoken_by"  # not in a session without a transcript that names speakers
BLIND_COLUMNS = ("blind", "blind_probability_hidden")
REVIEW_COLUMNS = (*OPINIONS, *BLIND_COLUMNS, "corrected", "notes")
DRAW_TIME_COLUMNS = ["draw_start", "draw_end"]
TABLE_SCORE_DECIMALS = 3  # of a moment's score in a table of numbers
TEXT_SCORE_DECIMALS = 2  # of a moment's score in a text


def signal_table(frame: pd.DataFrame, transcript: pd.DataFrame) -> pd.DataFrame:
    """One row a signal, in the frame's order; columns SIGNAL_COLUMNS.

    Where the transcript names speakers, SPOKEN_COLUMN says who spoke meanwhile, for what share of
    the span. Times are seconds as sent and, for the eye, clock text padded to milliseconds. A
    rationale that was not given is empty.
    """
    table = frame.assign(
        # The noise of a subtraction was not sent. Python rounds what numpy would overflow on.
        length=[round(length, 9) for length in frame["length"].tolist()],
        rationale=frame["rationale"].fillna(""),
    )
    for name in ("start", "end"):
        table[f"{name}_clock (h:mm:ss.mmm)"] = [times.format_clock(time) for time in frame[name]]
    columns = list(SIGNAL_COLUMNS)
    if frames.speaker_names(transcript):
        shares = frames.spoken_shares(frame, transcript)
        table[SPOKEN_COLUMN] = frames.spoken_texts(frame, shares)
        columns.insert(columns.index("modality") + 1, SPOKEN_COLUMN)
    return table[columns]


def reviewed_table(bundle: ExportBundle) -> pd.DataFrame:
    """Return `signal_table` with the columns of `review_columns`."""
    table = signal_table(bundle.signals, bundle.transcript)
    return table.assign(**review_columns(bundle.signals, bundle.verdicts, bundle.notes))


def review_columns(
    frame: pd.DataFrame, verdicts: pd.DataFrame, notes: pd.DataFrame
) -> dict[str, list[Any]]:
    """Return REVIEW_COLUMNS, a row a signal: how many share each opinion, corrections, notes.

    Of the verdicts `blind` were made without knowing those of others, and of these
    `blind_probability_hidden` without knowing the probability too.
    Corrections and notes stand as "reviewer: text", joined by " | ". A note on time alone belongs
    to no span and is not here.
    """
    ids = frame["id"].tolist()
    counts = Counter(zip(verdicts["signal"], verdicts["opinion"], strict=True))
    modes = Counter(zip(verdicts["signal"], verdicts["mode"], strict=True))
    corrected, noted = _join_texts(verdicts, "corrected"), _join_texts(notes, "text")
    return {
        **{opinion: [counts[signal, opinion] for signal in ids] for opinion in OPINIONS},
        "blind": [sum(modes[signal, mode] for mode in JUDGING_MODES[1:]) for signal in ids],
        "blind_probability_hidden": [modes[signal, JUDGING_MODES[-1]] for signal in ids],
        "corrected": [corrected.get(signal, "") for signal in ids],
        "notes": [noted.get(signal, "") for signal in ids],
    }


def drop_draw_times(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the table without the columns that are for drawing only."""
    return frame.drop(columns=DRAW_TIME_COLUMNS, errors="ignore")


def moment_table(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the table of moments with scores rounded to TABLE_SCORE_DECIMALS."""
    return frame.assign(score=frame["score"].astype("float64").round(TABLE_SCORE_DECIMALS))


def format_moment_score(value: float) -> str:
    """Return a moment's score as text, rounded to TEXT_SCORE_DECIMALS; "" where there is none."""
    return "" if pd.isna(value) else f"{round(value, TEXT_SCORE_DECIMALS):g}"


def _join_texts(table: pd.DataFrame, column: str) -> dict[int, str]:
    """Return the texts in `column` that reviewers wrote of each signal, but for empty ones."""
    texts_of_signal: dict[int, list[str]] = defaultdict(list)
    filled = table[table[column].ne("")]
    for signal, reviewer, text in zip(
        filled["signal"].tolist(), filled["reviewer"], filled[column], strict=True
    ):
        texts_of_signal[signal].append(f"{reviewer}: {text}" if reviewer else text)
    return {signal: " | ".join(texts) for signal, texts in texts_of_signal.items()}
