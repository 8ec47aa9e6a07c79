"""Which rows are the numbers or names of cues, and so no words of the cue before."""

from __future__ import annotations

import re
from collections.abc import Sequence

from lib.interchange.transcript.cue_timings import Timing, blank, number

LONGEST = 120  # characters of a name
_DIGITS = re.compile(r"\d+")


def find(
    rows: Sequence[str], marks: Sequence[Timing], *, floor: int, webvtt: bool
) -> list[int | None]:
    """The row that names each cue, None where it has no name.

    A name stands right above its times. After a gap it is one in WebVTT, whatever it says; in
    SubRip, and where no gap comes first, it is one where it goes on from the names before.
    """
    named: list[int | None] = []
    numbered = _numbered(rows, marks, floor)
    shape = _shape(rows, marks, floor)
    last = 0
    low = floor
    for count, mark in enumerate(marks):
        index = _above(rows, mark.row, low)
        own = None if index is None else number(rows[index])
        goes_on = own is not None and (own == last + 1 or count == 0)
        is_name = False
        if index is not None:
            right_above = index == mark.row - 1
            after_gap = (index == low and count == 0) or (index > low and blank(rows[index - 1]))
            if own is not None:
                fits = goes_on or (after_gap and right_above)
                is_name = (numbered and fits) or (webvtt and after_gap and right_above)
            else:
                alike = shape is not None and _shape_of(rows[index]) == shape
                is_name = right_above and ((webvtt and after_gap) or alike)
        last = own if is_name and own is not None else last + 1
        named.append(index if is_name else None)
        low = mark.row + 1
    return named


def _above(rows: Sequence[str], row: int, low: int) -> int | None:
    """The nearest row above that shows something, from `low` on."""
    index = row - 1
    while index >= low and blank(rows[index]):
        index -= 1
    return index if index >= low else None


def _numbered(rows: Sequence[str], marks: Sequence[Timing], floor: int) -> bool:
    """Whether the file numbers its cues: the first one, or half of all."""
    first = _above(rows, marks[0].row, floor) if marks else None
    if first is not None and number(rows[first]) is not None:
        return True
    above = [mark.row - 1 for mark in marks if mark.row > floor + 1]
    with_number = [
        index for index in above if number(rows[index]) is not None and blank(rows[index - 1])
    ]
    return 2 * len(with_number) >= len(marks) > 0


def _shape(rows: Sequence[str], marks: Sequence[Timing], floor: int) -> str | None:
    """What the first cue's name looks like ("id-aa/0-0"), where another cue's looks the same."""
    if len(marks) < 2 or marks[0].row <= floor:  # noqa: PLR2004  cues
        return None
    first = _shape_of(rows[marks[0].row - 1])
    others = (_shape_of(rows[mark.row - 1]) for mark in marks[1:])
    return first if first is not None and first in others else None


def _shape_of(row: str) -> str | None:
    shape = _DIGITS.sub("0", row.strip()) if len(row) < LONGEST else ""
    one_word = len(shape.split()) == 1
    return shape if one_word and "0" in shape and not shape.isdecimal() else None
