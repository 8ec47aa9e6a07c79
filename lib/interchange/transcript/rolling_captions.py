"""Rolling captions: each shows again what the one before showed. Joined into one line each.

They are told by the file, not by a pair: two people may well say "Yes." one after the other.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from lib.interchange.transcript.extract import DraftLine

_GAP = 0.5  # seconds between captions that roll
_LEAST = 2  # telling repeats, below which nothing rolls
_MOST_ROWS = 4  # of one caption that are compared
_LONG = 3  # words that nobody says again and again by chance


class Repeat(NamedTuple):
    """How many of its first rows a caption repeats, and whether the last of them has grown."""

    rows: int = 0
    grown: bool = False


class Joined(NamedTuple):
    """The lines without what they repeat, and how many captions repeated something."""

    lines: list[DraftLine]
    repeats: int


def join(drafts: Sequence[DraftLine], *, stamped: bool, choice: bool | None) -> Joined | None:
    """The lines without what they repeat; None where the captions do not roll.

    `stamped` says that words carry times of their own, which is how captions are made that roll.
    What a person wants (`choice`) goes before what the file looks like.
    """
    rows_of_each = [_rows(draft.text) for draft in drafts]
    repeats = [
        _repeat(*pair, *rows)
        for pair, rows in zip(pairwise(drafts), pairwise(rows_of_each), strict=True)
    ]
    count = sum(repeat.rows > 0 for repeat in repeats)
    rolls = choice or (stamped if choice is None else False) or _rolls(repeats, rows_of_each)
    if choice is False or not count or not rolls:
        return None
    lines: list[DraftLine] = []
    for draft, rows, repeat in zip(drafts, rows_of_each, [Repeat(), *repeats], strict=True):
        new = rows[repeat.rows :]
        if repeat.grown:
            lines[-1] = _with_last_row(lines[-1], rows[repeat.rows - 1])
        if repeat.rows and (repeat.grown or not new):
            lines[-1] = lines[-1]._replace(end=_later(lines[-1].end, draft.end))
        if new or not repeat.rows:
            lines.append(draft._replace(text="\n".join(new)) if repeat.rows else draft)
    return Joined(lines, count)


def _rows(text: str) -> list[str]:
    return [text for row in text.split("\n") for text in [" ".join(row.split())] if text]


def _repeat(before: DraftLine, after: DraftLine, rows: list[str], next_rows: list[str]) -> Repeat:
    """What the caption after repeats of how the one before ended."""
    follows = before.end is not None and abs(after.start - before.end) <= _GAP
    if not follows or after.start <= before.start or before.speaker != after.speaker:
        return Repeat()
    for count in range(min(len(rows), len(next_rows), _MOST_ROWS), 0, -1):
        if rows[-count:] == next_rows[:count]:
            return Repeat(count)
        alike = rows[-count:-1] == next_rows[: count - 1]
        if alike and next_rows[count - 1].startswith(f"{rows[-1]} "):
            return Repeat(count, grown=True)
    return Repeat()


def _rolls(repeats: list[Repeat], rows_of_each: list[list[str]]) -> bool:
    often = sum(repeat.rows > 0 for repeat in repeats)
    telling = sum(
        repeat.grown
        or 0 < repeat.rows < len(rows)
        or (repeat.rows > 0 and len(rows[0].split()) >= _LONG)
        for repeat, rows in zip(repeats, rows_of_each[1:], strict=True)
    )
    return telling >= _LEAST and 2 * often >= len(repeats) and 3 * telling >= often


def _with_last_row(draft: DraftLine, row: str) -> DraftLine:
    return draft._replace(text="\n".join([*_rows(draft.text)[:-1], row]))


def _later(one: float | None, other: float | None) -> float | None:
    if one is None or other is None:
        return other if one is None else one
    return max(one, other)
