"""Scores, engagement and spans in chosen windows of the quality timeline: DataFrame -> DataFrame.

Windows are chosen by what they are, never by the stretch of time from the first to the last: of
several that overlap, only those that were chosen count. Times are as sent.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from lib.frames.intervals import sent_times
from lib.frames.schema import NO_EVIDENCE_BAND, SCORE_RANGES
from lib.model import ENGAGEMENT_STATES, SCORES


def windows_in_order(quality: pd.DataFrame) -> pd.DataFrame:
    """Return the windows by where they start, then by where they end, on their own index."""
    start, end = sent_times(quality)
    return quality.iloc[np.lexsort((end, start))]


def score_ranges(windows: pd.DataFrame, overall: pd.DataFrame) -> pd.DataFrame:
    """One row a score of the chosen `windows`, in the order of SCORES; columns SCORE_RANGES.

    `lowest` and `highest` are of the windows that hold evidence, `overall` is the whole
    recording's as sent. `difference` is from `overall` to the score of the only such window; NaN
    when there are several, or when there is no evidence overall. NaN is what is not known.
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


def seconds_by_state(engagement: pd.DataFrame, windows: pd.DataFrame) -> pd.Series:
    """Return the seconds of the chosen windows spent in each state, by name; empty without any.

    The known states first, then others as they appear. Time that two spans of one state share,
    or two windows, counts once; states that were not seen in the windows are left out.
    """
    edges, passed = _seconds_passed(windows)
    seconds_of = {}
    for state in dict.fromkeys((*ENGAGEMENT_STATES, *engagement["state"])):
        first, last = _stretches(engagement[engagement["state"] == state])
        inside = np.interp(last, edges, passed) - np.interp(first, edges, passed)
        seconds_of[state] = float(inside.sum())
    present = {state: seconds for state, seconds in seconds_of.items() if seconds > 0}
    index = pd.Index(list(present), dtype="str", name="state")
    return pd.Series(list(present.values()), index=index, dtype="float64", name="seconds")


def _seconds_passed(windows: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """Return the edges of the windows' stretches [s], and how many of their seconds lie before."""
    first, last = _stretches(windows)
    edges = np.column_stack([first, last]).ravel()
    with np.errstate(over="ignore"):  # times may be anything a float can hold
        until = np.cumsum(last - first)
    passed = np.column_stack([np.append(0.0, until[:-1])[: len(until)], until]).ravel()
    return (edges, passed) if len(edges) else (np.zeros(1), np.zeros(1))


def _stretches(frame: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """Return where the stretches that spans cover begin and end [s]; they lie apart, in order."""
    start, end = sent_times(frame)
    lasting = start < end  # not so for a time that is no number
    order = np.argsort(start[lasting], kind="stable")
    first, reach = start[lasting][order], np.maximum.accumulate(end[lasting][order])
    begins = np.ones(len(first), dtype="bool")
    begins[1:] = first[1:] > reach[:-1]
    return first[begins], reach[np.append(begins[1:], True)[: len(first)]]
