"""Scores, windows and engagement in a range of time: DataFrame -> DataFrame.

A range is [start, end) in seconds. One without length is a moment, and belongs to the window that
begins there, or to the one that ends there when none begins.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from lib.frames.intervals import drawn_times, within
from lib.frames.schema import NO_EVIDENCE_BAND, SCORE_RANGES
from lib.model import ENGAGEMENT_STATES, SCORES


def score_ranges(
    quality: pd.DataFrame, overall: pd.DataFrame, *, start: float, end: float
) -> pd.DataFrame:
    """One row a score, in the order of SCORES; columns SCORE_RANGES.

    `lowest` and `highest` are of the windows that overlap the range and hold evidence, `overall`
    is the whole recording's as sent. `difference` is from `overall` to the score of the only such
    window; NaN when there are several, or when there is no evidence overall. NaN is what is not
    known.
    """
    windows = _windows_in_range(quality, start, end)
    windows = windows[~windows["no_evidence"]]
    whole = overall.set_index("score").reindex(list(SCORES))
    frame = pd.DataFrame(
        {
            "score": SCORES,
            "lowest": [windows[name].min() for name in SCORES],
            "highest": [windows[name].max() for name in SCORES],
            "overall": whole["value"].to_numpy(),
        }
    )
    comparable = len(windows) == 1 and not whole["band"].eq(NO_EVIDENCE_BAND).any()
    difference = frame["lowest"] - frame["overall"] if comparable else np.nan
    return frame.assign(difference=difference).astype(SCORE_RANGES)


def count_windows(quality: pd.DataFrame, *, start: float, end: float) -> tuple[int, int]:
    """Return how many windows overlap the range, and how many of these hold no evidence."""
    windows = _windows_in_range(quality, start, end)
    return len(windows), int(windows["no_evidence"].sum())


def seconds_by_state(engagement: pd.DataFrame, *, start: float, end: float) -> pd.Series:
    """Return the seconds of the range spent in each state, by name; empty without any.

    The known states first, then others as they appear. Time that two spans of one state share
    counts once; states that were not seen in the range are left out.
    """
    spans = within(engagement, start=start, end=end)
    seconds_of = {
        state: _covered_seconds(spans[spans["state"] == state], min(start, end), max(start, end))
        for state in (*ENGAGEMENT_STATES, *spans["state"].unique())
    }
    present = {state: seconds for state, seconds in seconds_of.items() if seconds > 0}
    index = pd.Index(list(present), dtype="str", name="state")
    return pd.Series(list(present.values()), index=index, dtype="float64", name="seconds")


def _windows_in_range(quality: pd.DataFrame, start: float, end: float) -> pd.DataFrame:
    """Return the windows that overlap the range; of a moment, those it belongs to."""
    windows = within(quality, start=start, end=end)
    if start == end:
        beginning = windows[windows["draw_end"] > start]
        return windows if beginning.empty else beginning
    return windows


def _covered_seconds(spans: pd.DataFrame, start: float, end: float) -> float:
    """Return how many seconds of the range any of the spans covers."""
    first, last = (
        np.clip(times, start, end) for times in drawn_times(spans.sort_values("draw_start"))
    )
    before = np.maximum.accumulate(np.concatenate([[start], last[:-1]])) if len(last) else start
    return float(np.maximum(last - np.maximum(first, before), 0).sum())
