"""Tables as an analyst keeps them: one row a span, with what people said of it. Knows pandas."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Any

import pandas as pd

from lib.exports import times
from lib.model import OPINIONS

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
REVIEW_COLUMNS = (*OPINIONS, "corrected", "notes")
DRAW_TIME_COLUMNS = ["draw_start", "draw_end"]
TABLE_SCORE_DECIMALS, TEXT_SCORE_DECIMALS = (
    3,
    2,
)  # decimals of a moment's score: in a table of numbers, in a text


def signal_table(frame: pd.DataFrame) -> pd.DataFrame:
    """One row a signal, in the frame's order; columns SIGNAL.

    Times are seconds as sent and, for the eye, clock text padded to milliseconds. A rationale
    that was not given is empty.
    """
    table = frame.assign(
        # The noise of a subtraction was not sent. Python rounds what numpy would overflow on.
        length=[round(length, 9) for length in frame["length"].tolist()],
        rationale=frame["rationale"].fillna(""),
    )
    for name in ("start", "end"):
        table[f"{name}_clock (h:mm:ss.mmm)"] = [times.format_clock(time) for time in frame[name]]
    return table[list(SIGNAL_COLUMNS)]


def reviewed_table(
    frame: pd.DataFrame, verdicts: pd.DataFrame, notes: pd.DataFrame
) -> pd.DataFrame:
    """Return `signals` with the columns of `review`."""
    return signal_table(frame).assign(**review_columns(frame, verdicts, notes))


def review_columns(
    frame: pd.DataFrame, verdicts: pd.DataFrame, notes: pd.DataFrame
) -> dict[str, list[Any]]:
    """Return columns REVIEW: how many share each opinion, corrections, and notes, a row a signal.

    Corrections and notes stand as "reviewer: text", joined by " | ". A note on time alone belongs
    to no span and is not here.
    """
    ids = frame["id"].tolist()
    counts = Counter(zip(verdicts["signal"], verdicts["opinion"], strict=True))
    corrected, noted = _join_texts(verdicts, "corrected"), _join_texts(notes, "text")
    return {
        **{opinion: [counts[one, opinion] for one in ids] for opinion in OPINIONS},
        "corrected": [corrected.get(one, "") for one in ids],
        "notes": [noted.get(one, "") for one in ids],
    }


def drop_draw_times(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the table without the columns that are for drawing only."""
    return frame.drop(columns=DRAW_TIME_COLUMNS, errors="ignore")


def moment_table(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the table of moments with scores of at most KEPT decimals."""
    return frame.assign(score=frame["score"].astype("float64").round(TABLE_SCORE_DECIMALS))


def format_moment_score(value: float) -> str:
    """Return a moment's score as text of at most READ decimals; empty where there is none."""
    return "" if pd.isna(value) else f"{round(value, TEXT_SCORE_DECIMALS):g}"


def _join_texts(table: pd.DataFrame, column: str) -> dict[int, str]:
    """Return for each signal what was said of it in `column`; nothing for what is empty."""
    found: dict[int, list[str]] = defaultdict(list)
    known = table[table[column].ne("")]
    for signal, reviewer, text in zip(
        known["signal"].tolist(), known["reviewer"], known[column], strict=True
    ):
        found[signal].append(f"{reviewer}: {text}" if reviewer else text)
    return {signal: " | ".join(texts) for signal, texts in found.items()}
