"""Times as people and programs write them, as seconds.

Each pattern looks at a text of bounded length: a file may be made to be slow.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Literal, NamedTuple

from lib.interchange.transcript.reading import Unit

Form = Literal["clock", "plain", "fraction", "frames", "unknown"]

MARKS = dict.fromkeys(
    [0x200B, 0x200E, 0x200F, 0x061C, 0xFEFF, *range(0x202A, 0x202F), *range(0x2066, 0x206A)]
)  # what steers the direction of text, and has no shape
LONGEST = 60  # characters of a time
DAY = 86_400  # seconds
_SPACED = re.compile(r"\s{0,5}([:.,;])\s{0,5}")
_USUAL = re.compile(r"(?:(\d{1,3}):)?(\d{1,2}):(\d{2})(?:[.,](\d{1,3}))?", re.ASCII)
_CLOCK = re.compile(r"(-?)(?:(?:(\d{1,5}):)?(\d{1,5}):)?(\d{1,9})(?:[.,](\d{1,9}))?", re.ASCII)
_DOTTED = re.compile(r"(\d{1,2})\.(\d{2})\.(\d{2})[.,](\d{1,3})", re.ASCII)
_ODD_POINT = re.compile(r"(-?\d{1,3}:\d{1,2}:\d{1,2})[:;](\d{3})", re.ASCII)
_FRAMES = re.compile(r"(-?)(\d{1,3})[:;](\d{1,2})[:;](\d{1,2})([:;])(\d{1,2})", re.ASCII)
_HALF_DAY = re.compile(
    r"(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:[.,](\d{1,9}))?)?\s?([ap])\.?\s?m\.?", re.ASCII
)
_FRACTION = re.compile(r"(\d{1,9})(?:[.,](\d{1,20}))?(?:[eE](-\d{1,2}))?", re.ASCII)
_FIRST_DAY = re.compile(  # of a spreadsheet, which has no time without a date
    r"(?:1899-12-3[01]|1900-01-0[01]|3[01]\.12\.1899|12/3[01]/1899|0?1/0?[01]/1900)[T\s]\s?"
)


class Time(NamedTuple):
    """A time [s], None where it cannot be read, and the form it is written in."""

    seconds: float | None
    form: Form


UNKNOWN = Time(None, "unknown")


def tidy(text: str) -> str:
    """The text with plain digits and points, without marks that only steer its direction."""
    if text.isascii():
        return text.strip()
    return unicodedata.normalize("NFKC", text.translate(MARKS)).replace("\u2212", "-").strip()


def read(written: str, *, unit: Unit = "s", frame_rate: float | None = None) -> Time:
    """The time in "75.5", "1:15,5", "0:01:15.500", "12:00:01 AM", "00:00:01:12" and their like.

    A plain number is in `unit`. A time that ends in frames needs the `frame_rate` [1/s].
    """
    usual = _USUAL.fullmatch(written)
    if usual:
        return Time(_of_clock("", *usual.groups()), "clock")
    if not written or len(written) > 4 * LONGEST:
        return UNKNOWN
    text = _SPACED.sub(r"\1", tidy(written).strip("[]()'\" "))
    text = _FIRST_DAY.sub("", text[: LONGEST + 1], count=1)
    return _unusual(text, unit, frame_rate) if len(text) <= LONGEST else UNKNOWN


def _unusual(text: str, unit: Unit, frame_rate: float | None) -> Time:
    if unit == "days" and ":" not in text:
        return Time(_of_day(text), "plain")
    clock = _CLOCK.fullmatch(text)
    if clock is None:
        return _rare(text, frame_rate)
    if ":" in text:
        return Time(_of_clock(*clock.groups()), "clock")
    return Time(in_unit(float(text.replace(",", ".")), unit, frame_rate), "plain")


def _rare(text: str, frame_rate: float | None) -> Time:
    match = _ODD_POINT.fullmatch(text)
    if match:
        return read(f"{match[1]}.{match[2]}")
    match = _FRAMES.fullmatch(text)
    if match:
        return Time(_of_frames(*match.groups(), rate=frame_rate) if frame_rate else None, "frames")
    match = _HALF_DAY.fullmatch(text.lower())
    if match:
        hours, minutes, seconds, fraction, half = match.groups()
        hour = int(hours) % 12 + (12 if half == "p" else 0)
        return Time(_of_clock("", str(hour), minutes, seconds or "0", fraction), "clock")
    match = _DOTTED.fullmatch(text)
    if match:
        return Time(_of_clock("", *match.groups()), "clock")
    match = _FRACTION.fullmatch(text)
    if match and (match[3] or len(match[2] or "") > 9):  # noqa: PLR2004  finer than any clock
        return Time(float(text.replace(",", ".")), "fraction")
    return UNKNOWN


def in_unit(number: float, unit: Unit, frame_rate: float | None) -> float | None:
    """The seconds of a plain number; None for frames whose rate [1/s] is not known."""
    if unit == "ms":
        return number / 1000
    if unit == "frames":
        return round(number / frame_rate, 6) if frame_rate else None
    return round(number * DAY, 3) if unit == "days" else number


def _of_clock(
    sign: str | None,
    hours: str | None,
    minutes: str | None,
    seconds: str | None,
    fraction: str | None,
) -> float:
    whole = int(hours or 0) * 3600 + int(minutes or 0) * 60 + int(seconds or 0)
    return float(f"{sign or ''}{whole}.{fraction or 0}")


def _of_frames(*parts: str, rate: float) -> float:
    """The seconds of a timecode; after a semicolon frame numbers are dropped as TV does."""
    sign, hours, minutes, seconds, mark, frames = parts
    base = round(rate)
    of_minutes = int(hours) * 60 + int(minutes)
    counted = (of_minutes * 60 + int(seconds)) * base + int(frames)
    if mark == ";" and base != rate and base % 30 == 0:
        counted -= (of_minutes - of_minutes // 10) * (base // 15)
    return float(f"{sign}1") * round(counted / rate, 6)


def _of_day(text: str) -> float | None:
    match = _FRACTION.fullmatch(text)
    return round(float(text.replace(",", ".")) * DAY, 3) if match else None
