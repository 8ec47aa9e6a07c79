"""What was measured in a range of time: scores, windows and engagement. DataFrame -> DataFrame.

A range is [start, end) in seconds. One without length is a moment, and belongs to the window that
begins there, or to the one that ends there when none begins.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from lib.frames.intervals import drawn_times, within
from lib.frames.schema import EVIDENCE, NO_EVIDENCE
from lib.model import ENGAGEMENT_STATES, SCORES


def score_ranges(
    quality: pd.DataFrame, overall: pd.DataFrame, *, start: float, end: float
) -> pd.DataFrame:
    """One row a score, in the order of SCORES; columns EVIDENCE.

    `lowest` and `highest` are of the windows that overlap the range and hold evidence, `overall`
    is the whole recording's as sent. `difference` is from `overall` to the score of the only such
    window; NaN when there are several, or when there is no evidence overall. NaN is what is not
    known.
    """
    seen = _windows(quality, start, end)
    seen = seen[~seen["no_evidence"]]
    whole = overall.set_index("score").reindex(list(SCORES))
    frame = pd.DataFrame(
        {
            "score": SCORES,
            "lowest": [seen[name].min() for name in SCORES],
            "highest": [seen[name].max() for name in SCORES],
            "overall": whole["value"].to_numpy(),
        }
    )
    comparable = len(seen) == 1 and not whole["band"].eq(NO_EVIDENCE).any()
    difference = frame["lowest"] - frame["overall"] if comparable else np.nan
    return frame.assign(difference=difference).astype(EVIDENCE)


def count_windows(quality: pd.DataFrame, *, start: float, end: float) -> tuple[int, int]:
    """Return how many windows overlap the range, and how many of these hold no evidence."""
    seen = _windows(quality, start, end)
    return len(seen), int(seen["no_evidence"].sum())


def seconds_by_state(engagement: pd.DataFrame, *, start: float, end: float) -> pd.Series:
    """Return the seconds of the range spent in each state, by name; empty without any.

    The known states first, then others as they appear. Time that two spans of one state share
    counts once; states that were not seen in the range are left out.
    """
    seen = within(engagement, start=start, end=end)
    spent = {
        state: _covered(seen[seen["state"] == state], min(start, end), max(start, end))
        for state in (*ENGAGEMENT_STATES, *seen["state"].unique())
    }
    found = {state: seconds for state, seconds in spent.items() if seconds > 0}
    index = pd.Index(list(found), dtype="str", name="state")
    return pd.Series(list(found.values()), index=index, dtype="float64", name="seconds")


def _windows(quality: pd.DataFrame, start: float, end: float) -> pd.DataFrame:
    """Return the windows that overlap the range; of a moment, those it belongs to."""
    seen = within(quality, start=start, end=end)
    if start == end:
        begun = seen[seen["draw_end"] > start]
        return seen if begun.empty else begun
    return seen


def _covered(spans: pd.DataFrame, start: float, end: float) -> float:
    """Return how many seconds of the range any of the spans covers."""
    first, last = (
        np.clip(times, start, end) for times in drawn_times(spans.sort_values("draw_start"))
    )
    before = np.maximum.accumulate(np.concatenate([[start], last[:-1]])) if len(last) else start
    return float(np.maximum(last - np.maximum(first, before), 0).sum())
