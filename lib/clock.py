"""Seconds as clock text, no finer than they were measured. Knows only the standard library."""

from __future__ import annotations

import math
from collections.abc import Iterable

MAX_DIGITS = 3  # decimals of a second; milliseconds are the finest the app ever shows
UNKNOWN = "?"


def text(seconds: float, *, digits: int) -> str:
    """Time [s] as "0:07.5", "12:03" or "1:02:03"; rounded half up, UNKNOWN if it is not finite."""
    if not math.isfinite(seconds):
        return UNKNOWN
    scale = 10**digits
    ticks = math.floor(abs(seconds) * scale + 0.5)
    minutes, rest = divmod(ticks, 60 * scale)
    sign = "-" if seconds < 0 and ticks else ""
    tail = f"{rest / scale:0{digits + 3}.{digits}f}" if digits else f"{rest:02}"
    if minutes < 60:  # noqa: PLR2004  of an hour
        return f"{sign}{minutes}:{tail}"
    return f"{sign}{minutes // 60}:{minutes % 60:02}:{tail}"


def digits(window: float | None, times: Iterable[float]) -> int:
    """How many decimals of a second may be shown.

    With a known `window` [s] as many as the window's own length has; without one as many as the
    `times` [s] were sent with. At most MAX_DIGITS, 0 when there is nothing to go by.
    """
    seen = times if window is None else (window,)
    finite = [time for time in seen if math.isfinite(time)]
    for count in range(MAX_DIGITS):
        if all(round(time, count) == time for time in finite):
            return count
    return MAX_DIGITS
