"""Seconds as whole milliseconds and as h:mm:ss.mmm. Knows the columns of spans."""

from __future__ import annotations

import math
from collections.abc import Iterable

import numpy as np
import numpy.typing as npt
import pandas as pd

from lib import timecode

LONGEST = 100 * 3600 * 1000 - 1  # ms: two digits of hours are all that some readers know
HOUR, MINUTE, SECOND = 3_600_000, 60_000, 1000  # ms


def drawn(frame: pd.DataFrame, duration: float | None = None) -> tuple[list[int], list[int]]:
    """Return where each span starts and ends [ms], as it is drawn: in order, within 0 to LONGEST.

    Takes `draw_start` and `draw_end` [s], or where a table has none, `start` and `end` clamped
    into `duration` [s]. A span without length gets 1 ms: no annotation can be shorter.
    """
    names = ("draw_start", "draw_end") if "draw_start" in frame else ("start", "end")
    limit = whole(duration) if duration is not None and duration > 0 else LONGEST
    first, last = (np.minimum(_milliseconds(frame[name]), limit) for name in names)
    starts = np.minimum(np.minimum(first, last), LONGEST - 1)
    ends = np.maximum(np.maximum(first, last), starts + 1)
    return starts.tolist(), ends.tolist()


def flagged(frame: pd.DataFrame, texts: Iterable[str]) -> list[str]:
    """Return the texts of spans, with the times as sent [s] and what is odd about them, if it is.

    For files whose spans must be in order and within the recording, as `drawn` has them.
    """
    if "flag" not in frame:
        return [*texts]
    return [
        f"{text} [{flag}: sent as {first:.12g} to {last:.12g} s]" if flag else text
        for text, flag, first, last in zip(
            texts, frame["flag"].fillna(""), frame["start"], frame["end"], strict=True
        )
    ]


def whole(seconds: float) -> int:
    """Return a time [s] in ms, rounded half up, clamped into 0 to LONGEST; 0 if it is no number."""
    return int(_milliseconds(pd.Series([seconds]))[0])


def stamp(milliseconds: int, *, hours: int = 1) -> str:
    """Return ms as "1:02:03.500", with at least as many digits of `hours`."""
    hour, rest = divmod(milliseconds, HOUR)
    minute, rest = divmod(rest, MINUTE)
    return f"{hour:0{hours}}:{minute:02}:{rest // SECOND:02}.{rest % SECOND:03}"


def clock_text(seconds: float) -> str:
    """Return a time as sent as "-0:00:02.500"; clock.UNKNOWN where that cannot be said."""
    size = abs(seconds) * SECOND
    if not math.isfinite(size):
        return timecode.UNKNOWN
    milliseconds = math.floor(size + 0.5)
    return f"{'-' if seconds < 0 and milliseconds else ''}{stamp(milliseconds)}"


def _milliseconds(seconds: pd.Series[float]) -> npt.NDArray[np.int64]:
    times = np.nan_to_num(seconds.to_numpy("float64"), nan=0.0)
    clamped = np.clip(times, 0.0, LONGEST / SECOND)
    rounded: npt.NDArray[np.int64] = np.floor(clamped * SECOND + 0.5).astype("int64")
    return np.minimum(rounded, LONGEST)
