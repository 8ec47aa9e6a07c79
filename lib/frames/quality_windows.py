"""Scores, engagement and spans in chosen windows of the quality timeline: DataFrame -> DataFrame.

Windows are chosen by what they are, never by the stretch of time from the first to the last: of
several that overlap, only those that were chosen count. Times are as sent.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from lib.frames.intervals import covered_stretches, seconds_covered, sent_times
from lib.frames.schema import NO_EVIDENCE_BAND, OVERALL, SCORE_RANGES, SCORE_READINGS
from lib.frames.scores import score_band
from lib.model import ENGAGEMENT_STATES, SCORES


def windows_in_order(quality: pd.DataFrame) -> pd.DataFrame:
    """Return the windows by where they start, then by where they end, on their own index."""
    start, end = sent_times(quality)
    return quality.iloc[np.lexsort((end, start))]


def score_ranges(windows: pd.DataFrame, overall: pd.DataFrame) -> pd.DataFrame:
    """One row a score of the chosen `windows`, in the order of SCORES; columns SCORE_RANGES.

    `lowest` and `highest` are of the windows that hold evidence, `overall` is what they are
    compared with, as sent: the whole recording, a part of it, or another window (`window_scores`).
    `difference` is from `overall` to the score of the only such window; NaN when there are
    several, or when there is no evidence overall. NaN is what is not known.
    """
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


def window_scores(window: pd.DataFrame) -> pd.DataFrame:
    """One row a score of the one window of a table, in the order of SCORES; columns OVERALL."""
    (silent,) = window["no_evidence"].tolist()
    rows = []
    for name in SCORES:
        (value,) = window[name].tolist()
        band = NO_EVIDENCE_BAND if silent and not np.isnan(value) else score_band(value)
        rows.append((name, value, band, SCORE_READINGS[name]))
    return pd.DataFrame(rows, columns=list(OVERALL)).astype(OVERALL)


def seconds_by_state(engagement: pd.DataFrame, windows: pd.DataFrame) -> pd.Series:
    """Return the seconds of the chosen windows spent in each state, by name; empty without any.

    The known states first, then others as they appear. Time that two spans of one state share,
    or two windows, counts once; states that were not seen in the windows are left out.
    """
    seconds_of = {}
    for state in dict.fromkeys((*ENGAGEMENT_STATES, *engagement["state"])):
        stretches = covered_stretches(engagement[engagement["state"] == state])
        seconds_of[state] = float(seconds_covered(*stretches, windows).sum())
    present = {state: seconds for state, seconds in seconds_of.items() if seconds > 0}
    index = pd.Index(list(present), dtype="str", name="state")
    return pd.Series(list(present.values()), index=index, dtype="float64", name="seconds")
