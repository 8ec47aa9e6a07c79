"""Tables as CSV: UTF-8 with its mark, CRLF, one header line, one row an observation.

The mark (BOM) is for Excel, which reads umlauts wrong without it.
"""

from __future__ import annotations

import codecs
import csv
import io
from dataclasses import replace

import pandas as pd

from lib.exports import span_table
from lib.exports.bundle import PRESENT, ExportBundle, absence_text

BYTE_ORDER_MARK = codecs.BOM_UTF8
ABOUT_COLUMNS = (  # the same on every row: a row may travel alone
    "session",
    "app",
    "label",
    "api",
    "model",
    "author",
    "filter",
    "resolution",
    "parts",  # how many, where their seams lie, which have no answer; "" where nothing was cut
)
OF_ANSWER = ("label", "api", "model", "author", "filter", "resolution")  # not of what people added
SECTION_COLUMN = "signals"  # what there is of them: a file without rows says why
# What a spreadsheet would run, also in the wide forms that some keyboards type.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def write(bundle: ExportBundle, *, separator: str = ",", decimal: str = ".") -> bytes:
    """Return a row a signal: ABOUT_COLUMNS, SECTION_COLUMN, then span_table's columns.

    Rows stand in the table's order. Without signals there is one row, which has no id, so that
    the file still says what it is of, by which filter, and why nothing follows. Text that a
    spreadsheet would take for a formula gets an apostrophe in front; all other text is exactly
    what was sent. `separator` and `decimal` are those of the spreadsheet that shall read it.
    """
    table = span_table.reviewed_table(bundle)
    presence = absence_text(bundle.presence.get("signals", PRESENT))
    return _write_table(bundle, table, {SECTION_COLUMN: presence}, separator, decimal)


def write_codes(bundle: ExportBundle, *, separator: str = ",", decimal: str = ".") -> bytes:
    """Return a row a coded span: ABOUT_COLUMNS, then those of CODED without the drawn times.

    Of ABOUT_COLUMNS those are empty that speak of the answer and its signals. Cells are as in
    `write`; without coded spans there is one row, which has no id.
    """
    table = span_table.drop_draw_times(bundle.coded)
    table["written_at"] = [moment.isoformat() for moment in table["written_at"]]
    about = {**bundle.about, **dict.fromkeys(OF_ANSWER, "")}
    return _write_table(replace(bundle, about=about), table, {}, separator, decimal)


def _write_table(
    bundle: ExportBundle,
    table: pd.DataFrame,
    more: dict[str, str],
    separator: str,
    decimal: str,
) -> bytes:
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=separator)
    writer.writerow((*ABOUT_COLUMNS, *more, *table.columns))
    about_cells = [_escape_formula(bundle.about.get(name, "")) for name in ABOUT_COLUMNS]
    about_cells += more.values()
    for row in table.itertuples(index=False, name=None):
        writer.writerow([*about_cells, *(_cell(value, decimal) for value in row)])
    if table.empty:
        writer.writerow([*about_cells, *("" for _ in table.columns)])
    return BYTE_ORDER_MARK + stream.getvalue().encode("utf-8", "replace")


def _cell(value: object, decimal: str) -> object:
    if isinstance(value, str):
        return _escape_formula(value)
    if isinstance(value, float) and decimal != ".":
        return repr(value).replace(".", decimal)
    return value


def _escape_formula(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA_STARTS) else cell
