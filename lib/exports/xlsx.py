"""Tables as one XLSX workbook, a sheet a table. Knows pandas and XlsxWriter.

Text is only ever written as text: no cell becomes a formula, a link or a number.
"""

from __future__ import annotations

import io
import math
from collections.abc import Iterator
from typing import Any

import pandas as pd
import xlsxwriter

from lib import frames
from lib.exports import claim_table, sanitize, span_table
from lib.exports.bundle import ExportBundle, about_lines, code_agreement, created_at

WORKBOOK_OPTIONS = {
    "in_memory": True,  # no file, and the same bytes each time
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
MAX_CELL_UNITS = 32_767  # UTF-16 units: all that a cell can hold
MAX_PROPERTY_CHARACTERS = 255  # characters of a property of the file
MIN_COLUMN_WIDTH, MAX_COLUMN_WIDTH = 8, 60  # characters, of a column
WIDTH_SAMPLE_ROWS = 100  # rows that say how wide a column should be


def write(bundle: ExportBundle) -> bytes:
    """Return a workbook; a table that not every session has has a sheet only where it has rows.

    The sheets are signals, speakers (who spoke during each, a row a speaker), overall, parts,
    engagement, quality, recording (what of it is silent, clipped, black or still), notes, verdicts,
    codes with how far coders agree, moments, claims, transcript and about. Signals have the columns
    of the CSV, claims a row for each span they rest on, the other tables those of their schemas
    without the ones for drawing. Times are in seconds as sent, the score of a moment has at most 3
    decimals. What is not a number or was not sent is an empty cell; which sections were not sent,
    or hold nothing, stands in the sheet about. Text that is longer than a cell can be ends in an
    ellipsis, and the sheet about says how many times that happened. The same bundle gives the same
    bytes.
    """
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, WORKBOOK_OPTIONS)
    book.set_properties(_file_properties(bundle))
    bold = book.add_format({"bold": True})
    shortened = sum(
        [_write_sheet(book, name, table, bold) for name, table in _sheet_tables(bundle)]
    )
    _write_sheet(book, "about", _about_table(bundle, shortened), bold)
    book.close()
    return stream.getvalue()


def _sheet_tables(bundle: ExportBundle) -> Iterator[tuple[str, pd.DataFrame]]:
    yield "signals", span_table.reviewed_table(bundle)
    shares = frames.spoken_shares(bundle.signals, bundle.transcript)
    if len(shares):
        yield "speakers", shares
    if len(bundle.overall):
        yield "overall", bundle.overall
    if len(bundle.parts):
        yield "parts", bundle.parts
    yield "engagement", span_table.drop_draw_times(bundle.engagement)
    yield "quality", span_table.drop_draw_times(bundle.quality)
    if len(bundle.measurement):
        yield "recording", span_table.drop_draw_times(bundle.measurement)
    yield "notes", span_table.drop_draw_times(bundle.notes)
    yield "verdicts", bundle.verdicts
    if len(bundle.coded):
        yield "codes", span_table.drop_draw_times(bundle.coded)
        yield "code agreement", code_agreement(bundle)
    yield "moments", span_table.moment_table(bundle.moments)
    if bundle.claims:
        yield "claims", claim_table.claim_table(bundle)
    if len(bundle.transcript):
        yield "transcript", span_table.drop_draw_times(bundle.transcript)


def _about_table(bundle: ExportBundle, shortened: int) -> pd.DataFrame:
    rows = about_lines(bundle)
    if shortened:
        rows.append((f"texts longer than {MAX_CELL_UNITS:,} characters, cut at …", str(shortened)))
    return pd.DataFrame(rows, columns=["name", "value"])


def _file_properties(bundle: ExportBundle) -> dict[str, Any]:
    title = sanitize.one_line(bundle.about.get("title", ""))
    when = created_at(bundle).replace(tzinfo=None)  # Excel knows no time zones
    return {"title": sanitize.cut(title, MAX_PROPERTY_CHARACTERS), "created": when}


def _write_sheet(book: Any, name: str, table: pd.DataFrame, bold: Any) -> int:  # noqa: ANN401  untyped
    """Write one table; return how many of its texts had to be shortened."""
    sheet = book.add_worksheet(name)
    sheet.freeze_panes(1, 0)
    shortened = 0
    for column, header in enumerate(map(str, table.columns)):
        cells = table[header].tolist()
        sheet.set_column(column, column, _column_width(header, cells))
        sheet.write_string(0, column, header, bold)
        for row, cell in enumerate(cells, start=1):
            shortened += _write_cell(sheet, row, column, cell)
    return shortened


def _write_cell(sheet: Any, row: int, column: int, cell: object) -> bool:  # noqa: ANN401  untyped
    """Write one cell, unless it is empty; return whether its text had to be shortened."""
    if isinstance(cell, pd.Timestamp):
        cell = cell.isoformat()  # with its zone, which no date of Excel has
    if isinstance(cell, str):
        text = sanitize.clean(cell)
        fitting = _fit_cell(text)
        if fitting:
            sheet.write_string(row, column, fitting)
        return fitting != text
    if isinstance(cell, bool):
        sheet.write_boolean(row, column, cell)
    elif isinstance(cell, int | float) and math.isfinite(cell):
        sheet.write_number(row, column, cell)
    return False


def _fit_cell(text: str) -> str:
    """Return as much of the text as a cell can hold; Excel counts an emoji as two characters."""
    if len(text) * 2 <= MAX_CELL_UNITS:
        return text
    units = text.encode("utf-16-le")
    if len(units) <= MAX_CELL_UNITS * 2:
        return text
    return units[: (MAX_CELL_UNITS - 1) * 2].decode("utf-16-le", "ignore") + sanitize.ELLIPSIS


def _column_width(header: str, cells: list[object]) -> int:
    longest = max((len(str(cell)) for cell in (header, *cells[:WIDTH_SAMPLE_ROWS])), default=0)
    return min(max(longest + 1, MIN_COLUMN_WIDTH), MAX_COLUMN_WIDTH)
