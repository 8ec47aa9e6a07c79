"""Format seconds as clock text, no finer than they were measured, and parse such text.

Other measured numbers are written as they were sent.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable

MAX_DIGITS = 3  # decimals of a second; milliseconds are the finest the app ever shows
UNKNOWN = "?"
_CLOCK_PATTERN = re.compile(r"(?:(?:(\d{1,3}):)?(\d{1,4}):)?(\d{1,6}(?:\.\d{1,6})?)", re.ASCII)


def format_time(seconds: float, *, digits: int) -> str:
    """Time [s] as "0:07.5", "12:03" or "1:02:03"; rounded half up, UNKNOWN if it is not finite."""
    scale = 10**digits
    if not math.isfinite(seconds * scale):  # a time can be too large for its own ticks
        return UNKNOWN
    ticks = math.floor(abs(seconds) * scale + 0.5)
    minutes, rest = divmod(ticks, 60 * scale)
    sign = "-" if seconds < 0 and ticks else ""
    tail = f"{rest / scale:0{digits + 3}.{digits}f}" if digits else f"{rest:02}"
    if minutes < 60:  # noqa: PLR2004  of an hour
        return f"{sign}{minutes}:{tail}"
    return f"{sign}{minutes // 60}:{minutes % 60:02}:{tail}"


def format_range(start: float, end: float, *, digits: int, between: str = "–") -> str:
    """Two times [s] as "0:07.5–0:12.0"; one alone where they are the same moment."""
    ends = dict.fromkeys((start, end))
    return between.join(format_time(time, digits=digits) for time in ends)


def format_length(seconds: float, *, digits: int) -> str:
    """How long something lasts [s], as "18.1 s", "1 min 10 s" or "62 min 3 s"; never negative.

    UNKNOWN if it is not finite.
    """
    scale = 10**digits
    if not math.isfinite(seconds * scale):
        return UNKNOWN
    minutes, rest = divmod(math.floor(max(seconds, 0.0) * scale + 0.5), 60 * scale)
    seconds_text = f"{rest / scale:.{digits}f} s"
    return f"{minutes} min {seconds_text}" if minutes else seconds_text


def spell_duration(seconds: float) -> str:
    """A limit or term [s] as people say it: "2 hours", "1 minute", "90 minutes", "3 seconds"."""
    size, unit = next(
        (size, unit)
        for size, unit in ((3600, "hour"), (60, "minute"), (1, "second"))
        if seconds % size == 0 or size == 1
    )
    count = format_number(seconds / size)
    return f"{count} {unit}{'s' * (count != '1')}"


def format_number(value: float, *, sign: str = "") -> str:
    """Return a number with every digit it was sent with: "61.4", "60", "79.9999999".

    `sign` stands in front of one above zero: "+7".
    """
    plus = sign if value > 0 else ""
    return f"{plus}{float(value)!r}".removesuffix(".0")


def format_percent(share: float) -> str:
    """A share from 0 to 1 in per cent; neither nothing nor all is said where that is not so."""
    if 0 < share < 0.01:  # noqa: PLR2004  one in a hundred
        return "less than 1 %"
    if 0.99 < share < 1:  # noqa: PLR2004  see above
        return "more than 99 %"
    return f"{share * 100:.0f} %"


def parse_time(text: str) -> float | None:
    """The seconds of a clock text: "1:02:03", "0:07.5", "12"; None if it is no time."""
    match = _CLOCK_PATTERN.fullmatch(text.strip())
    if not match:
        return None
    hours, minutes, rest = match.groups()
    return int(hours or 0) * 3600 + int(minutes or 0) * 60 + float(rest)


def shown_digits(window: float | None, times: Iterable[float]) -> int:
    """How many decimals of a second may be shown for times of this resolution.

    With a known `window` [s] as many as the window's own length has; without one as many as the
    `times` [s] were sent with. At most MAX_DIGITS, 0 when there is nothing to go by.
    """
    measured = times if window is None else (window,)
    finite = [time for time in measured if math.isfinite(time)]
    for count in range(MAX_DIGITS):
        if all(round(time, count) == time for time in finite):
            return count
    return MAX_DIGITS
