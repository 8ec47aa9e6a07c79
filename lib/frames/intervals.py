"""Which spans overlap in time: those of two tables, or of a table and a range.

Two spans overlap when they share more than an instant, or when one of them is an instant that
lies in the other, its ends included. A time that is no number overlaps nothing. Times are as
sent, so what lies past the recording's end overlaps there; a span sent in the wrong order lies
between its two times.
"""

from __future__ import annotations

import numpy as np
import pandas as pd


def within(frame: pd.DataFrame, others: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of a table of spans that overlap any row of `others`, in their order."""
    return frame[overlaps_any(frame, others)]


def overlaps_range(frame: pd.DataFrame, *, start: float, end: float) -> np.ndarray:
    """Return for each row of `frame` whether it overlaps the range [s], in whichever order."""
    ends = np.sort(np.array([start, end], dtype="float64"))
    return _overlaps(*sent_times(frame), ends[:1], ends[1:])


def overlaps_any(frame: pd.DataFrame, others: pd.DataFrame) -> np.ndarray:
    """Return for each row of `frame` whether it overlaps any row of `others`."""
    return _overlaps(*sent_times(frame), *sent_times(others))


def sent_times(frame: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """Return where the spans of a table begin and end [s], as sent but for their order."""
    start, end = frame["start"].to_numpy("float64"), frame["end"].to_numpy("float64")
    return np.minimum(start, end), np.maximum(start, end)


def seconds_covered(start: np.ndarray, end: np.ndarray, others: pd.DataFrame) -> np.ndarray:
    """Return for each span from `start` to `end` [s] how many of its seconds `others` cover.

    What several of them cover counts once. No span ends before it starts.
    """
    first, last = covered_stretches(others)
    if not len(first):
        return np.zeros(len(start))
    edges = np.column_stack([first, last]).ravel()
    with np.errstate(over="ignore"):  # times may be anything a float can hold
        until = np.cumsum(last - first)
    passed = np.column_stack([np.append(0.0, until[:-1]), until]).ravel()  # covered before an edge
    seconds: np.ndarray = np.interp(end, edges, passed) - np.interp(start, edges, passed)
    return seconds


def covered_stretches(frame: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """Return where the stretches that spans cover begin and end [s]; they lie apart, in order."""
    start, end = sent_times(frame)
    lasting = start < end  # not so for a time that is no number
    order = np.argsort(start[lasting], kind="stable")
    first, reach = start[lasting][order], np.maximum.accumulate(end[lasting][order])
    begins = np.ones(len(first), dtype="bool")
    begins[1:] = first[1:] > reach[:-1]
    return first[begins], reach[np.append(begins[1:], True)[: len(first)]]


def number_stretches(
    start: np.ndarray, end: np.ndarray, kind: np.ndarray, *, touch: float = 0.0
) -> np.ndarray:
    """Return for each span the number, from 0, of the unbroken stretch of its kind it is part of.

    Spans of one kind that overlap are of one stretch, and so are those that touch: between them
    lie at most `touch` [s]. No span ends before it starts.
    """
    order = np.lexsort((start, kind))
    kinds, begins = kind[order], start[order]
    reach = pd.Series(end[order]).groupby(kinds).cummax().to_numpy()
    apart = (kinds[1:] != kinds[:-1]) | (begins[1:] > reach[:-1] + touch)
    numbers = np.empty(len(order), dtype="int64")
    numbers[order] = np.append(0, np.cumsum(apart))[: len(order)]
    return numbers


def _overlaps(
    start: np.ndarray, end: np.ndarray, other_start: np.ndarray, other_end: np.ndarray
) -> np.ndarray:
    """Return for each span whether any other one overlaps it; in n log n, by counting.

    Of the others, those that begin before a span ends, less those that end before it starts,
    are the ones that overlap it.
    """
    instants = np.sort(other_start[other_start == other_end])
    begins = np.sort(other_start[other_start < other_end])
    ends = np.sort(other_end[other_start < other_end])
    shared = np.searchsorted(begins, end, "left") - np.searchsorted(ends, start, "right")
    around = np.searchsorted(begins, end, "right") - np.searchsorted(ends, start, "left")
    inside = np.searchsorted(instants, end, "right") - np.searchsorted(instants, start, "left")
    overlaps: np.ndarray = np.where(start == end, around, shared) + inside > 0
    return overlaps
