"""A text as rows of cells, whatever separates them. Nothing between quotes is lost."""

from __future__ import annotations

import csv
import re
from typing import NamedTuple

from lib.errors import TranscriptError
from lib.interchange.transcript import columns
from lib.interchange.transcript.limits import hold_rows

SEPARATORS = ",;\t|"
_NAMED = re.compile(r"\s{0,9}\"?sep=(.)\"?[ \t]{0,9}(?:\n|$)", re.IGNORECASE)
_LOOKED_AT = 20  # rows, in which the names of the columns are looked for


class Table(NamedTuple):
    """Rows of cells, each with the row of the file where it begins (from 1).

    `separator` parts the cells; `loose` says that quotes were never closed, so that each row of
    the file was taken for itself.
    """

    rows: list[tuple[int, list[str]]]
    separator: str
    loose: bool


def split(text: str) -> Table:
    """The cells of a text; a first row "sep=;" names what separates them.

    Raises:
        TranscriptError: a cell is longer than any line of a transcript.
    """
    named = _NAMED.match(text)
    first = 1
    if named:
        first += text[: named.end()].count("\n")
        text = text[named.end() :]
    separator = named[1] if named else _separator(text)
    try:
        return Table(_strict(text, separator, first), separator, loose=False)
    except csv.Error as error:
        if "field larger" in str(error):
            raise _too_long() from error
    rows = []
    for place, row in enumerate(text.split("\n"), first):
        rows += [(place, cells) for cells in [_loose(row, separator)] if any(cells)]
        hold_rows(len(rows))
    return Table(rows, separator, loose=True)


def _strict(text: str, separator: str, first: int) -> list[tuple[int, list[str]]]:
    reader = csv.reader((f"{row}\n" for row in text.split("\n")), delimiter=separator, strict=True)
    rows = []
    begins = first
    for cells in reader:
        if any(cells):
            rows.append((begins, cells))
            hold_rows(len(rows))
        begins = first + reader.line_num
    return rows


def _loose(row: str, separator: str) -> list[str]:
    try:
        return next(csv.reader([row], delimiter=separator, strict=True), [])
    except csv.Error as error:
        if "field larger" in str(error):
            raise _too_long() from error
        return row.split(separator)


def _separator(text: str) -> str:
    """What separates the cells: what makes names of columns known, or else is most frequent."""
    head = text[:20_000].lstrip("\n").split("\n")[:_LOOKED_AT]
    by_count = sorted(SEPARATORS, key=lambda mark: -max(row.count(mark) for row in head))
    for mark in by_count:
        for row in head:
            if mark in row and len(columns.header(_loose(row[:2000], mark)).columns) > 1:
                return mark
    return max(SEPARATORS, key=head[0].count) if head[0] else by_count[0]


def _too_long() -> Exception:
    return TranscriptError(
        "A cell of the table is longer than any line of a transcript.",
        "Check that its quotes are closed, then choose the file again.",
    )
