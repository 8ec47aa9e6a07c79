"""Seconds as whole milliseconds and as h:mm:ss.mmm. Knows the columns of spans."""

from __future__ import annotations

import math
from collections.abc import Iterable

import numpy as np
import numpy.typing as npt
import pandas as pd

from lib import timecode

MAX_TIME_MS = 100 * 3600 * 1000 - 1  # ms: two digits of hours are all that some readers know
HOUR_MS, MINUTE_MS, SECOND_MS = 3_600_000, 60_000, 1000  # ms


def draw_times(frame: pd.DataFrame, duration: float | None = None) -> tuple[list[int], list[int]]:
    """Return where each drawn span starts and ends [ms]: in order, within 0 to MAX_TIME_MS.

    Takes `draw_start` and `draw_end` [s], or where a table has none, `start` and `end` clamped
    into `duration` [s]. A span without length gets 1 ms: no annotation can be shorter.
    """
    names = ("draw_start", "draw_end") if "draw_start" in frame else ("start", "end")
    limit = to_milliseconds(duration) if duration is not None and duration > 0 else MAX_TIME_MS
    first, last = (np.minimum(_to_milliseconds_array(frame[name]), limit) for name in names)
    starts = np.minimum(np.minimum(first, last), MAX_TIME_MS - 1)
    ends = np.maximum(np.maximum(first, last), starts + 1)
    return starts.tolist(), ends.tolist()


def flag_texts(frame: pd.DataFrame, texts: Iterable[str]) -> list[str]:
    """Return the texts of spans, with what is odd about them, if it is, and the times as sent [s].

    For files whose spans must be in order and within the recording, as `draw_times` has them; the
    times stand with those alone that have others there.
    """
    if "flag" not in frame:
        return [*texts]
    moved = frame["start"].ne(frame["draw_start"]) | frame["end"].ne(frame["draw_end"])
    sent = [
        f": sent as {first:.12g} to {last:.12g} s" if other else ""
        for first, last, other in zip(frame["start"], frame["end"], moved, strict=True)
    ]
    return [
        f"{text} [{flag}{times}]" if flag else text
        for text, flag, times in zip(texts, frame["flag"].fillna(""), sent, strict=True)
    ]


def to_milliseconds(seconds: float) -> int:
    """Return a time [s] in ms, rounded half up, within 0 to MAX_TIME_MS; 0 if it is no number."""
    return int(_to_milliseconds_array(pd.Series([seconds]))[0])


def format_stamp(milliseconds: int, *, hours: int = 1) -> str:
    """Return ms as "1:02:03.500", with at least as many digits of `hours`."""
    hour, rest = divmod(milliseconds, HOUR_MS)
    minute, rest = divmod(rest, MINUTE_MS)
    return f"{hour:0{hours}}:{minute:02}:{rest // SECOND_MS:02}.{rest % SECOND_MS:03}"


def format_clock(seconds: float) -> str:
    """Return a time as sent as "-0:00:02.500"; timecode.UNKNOWN where it is no number."""
    size = abs(seconds) * SECOND_MS
    if not math.isfinite(size):
        return timecode.UNKNOWN
    milliseconds = math.floor(size + 0.5)
    return f"{'-' if seconds < 0 and milliseconds else ''}{format_stamp(milliseconds)}"


def _to_milliseconds_array(seconds: pd.Series[float]) -> npt.NDArray[np.int64]:
    times = np.nan_to_num(seconds.to_numpy("float64"), nan=0.0)
    clamped = np.clip(times, 0.0, MAX_TIME_MS / SECOND_MS)
    rounded: npt.NDArray[np.int64] = np.floor(clamped * SECOND_MS + 0.5).astype("int64")
    return np.minimum(rounded, MAX_TIME_MS)
