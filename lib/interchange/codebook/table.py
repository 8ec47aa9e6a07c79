"""Read a codebook from a table: a heading, then a row a code; commas, semicolons or tabs."""

from __future__ import annotations

import csv
import io

from lib.errors import CodebookError, TranscriptError
from lib.interchange.codebook import limits
from lib.interchange.codebook.draft import COLUMNS, Draft, column_name, make_code
from lib.interchange.transcript import decoder

_SEPARATORS = ",;\t"
# What a spreadsheet would run gets an apostrophe in `writer`, and so does what begins with one.
ESCAPED_STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠", "'")


def read_table(content: bytes) -> Draft:
    """The codes of a table.

    Raises:
        CodebookError: it is no table, has no column for names, or a row says what no code is.
    """
    text, remarks = _text(content)
    separator = max(_SEPARATORS, key=text.partition("\n")[0].count)
    try:
        rows = list(csv.reader(io.StringIO(text), delimiter=separator, strict=True))
    except csv.Error as error:
        raise CodebookError(
            "The table is damaged: a quotation mark is opened and not closed, or a cell is too "
            "long.",
            "Save the table as CSV again, then choose that.",
        ) from error
    columns = [column_name(cell) for cell in rows[0]]
    if "name" not in columns:
        raise CodebookError(
            "The table has no column “name” in its first row.",
            f"Begin it with a row of these names: {', '.join(COLUMNS)}. All but the first may be "
            "absent.",
        )
    if len([name for name in columns if name]) != len({name for name in columns if name}):
        raise CodebookError("The table has two columns of one name.", "Remove one of them.")
    unknown = sum(not name for name in columns)
    noun = "column has a name" if unknown == 1 else "columns have names"
    left = (f"{unknown} {noun} that no codebook has, and stayed out.",) if unknown else ()
    filled = [(number, row) for number, row in enumerate(rows[1:], 2) if any(map(str.strip, row))]
    if len(filled) > limits.MAX_CODES:
        raise CodebookError(
            f"It has {len(filled):,} codes; at most {limits.MAX_CODES} can be kept.",
            "Split it into several codebooks.",
        )
    codes = []
    for number, row in filled:
        if len(row) > len(columns):
            raise CodebookError(
                f"Row {number} has more cells than the first row has names.",
                "Put quotation marks around texts that hold the separator.",
            )
        fields = {name: _unescaped(cell) for name, cell in zip(columns, row, strict=False) if name}
        matches = fields.get("matches", "").split(limits.SEPARATOR)
        codes.append(make_code(fields, matches, f"Row {number}"))
    return Draft(tuple(codes), remarks=(*remarks, *left))


def _text(content: bytes) -> tuple[str, tuple[str, ...]]:
    try:
        text, encoding = decoder.decode(content)
    except TranscriptError as error:
        what = error.what.replace("transcript", "codebook")
        raise CodebookError(what, "Save it as UTF-8 text, then choose it again.") from error
    if encoding.spoiled:
        return text, (f"{encoding.spoiled} characters could not be read as {encoding.label}.",)
    guessed = f"Read as {encoding.label}, which is a guess: look at letters with accents."
    return text, (guessed,) if encoding.guessed else ()


def _unescaped(cell: str) -> str:
    """A cell as it was before an apostrophe kept spreadsheets from running it."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(ESCAPED_STARTS) else cell
