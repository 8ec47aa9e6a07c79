"""Tables as CSV: UTF-8, comma, CRLF, one header line, one row an observation. Knows pandas."""

from __future__ import annotations

import csv
import io

from lib.exports import span_table
from lib.exports.bundle import ExportBundle

ABOUT_COLUMNS = (  # the same on every row: a row may travel alone
    "session",
    "app",
    "label",
    "api",
    "model",
    "author",
    "filter",
    "resolution",
)
# What a spreadsheet would run, also in the wide forms that some keyboards type.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def write(bundle: ExportBundle) -> bytes:
    """Return a row a signal, in the table's order: ABOUT_COLUMNS, then span_table's columns.

    Text that a spreadsheet would take for a formula gets an apostrophe in front; all other text is
    exactly what was sent.
    """
    table = span_table.reviewed_table(bundle.signals, bundle.verdicts, bundle.notes)
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow((*ABOUT_COLUMNS, *table.columns))
    about_cells = [_escape_formula(bundle.about.get(name, "")) for name in ABOUT_COLUMNS]
    for row in table.itertuples(index=False, name=None):
        writer.writerow(
            [
                *about_cells,
                *(_escape_formula(cell) if isinstance(cell, str) else cell for cell in row),
            ]
        )
    return stream.getvalue().encode("utf-8", "replace")


def _escape_formula(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA_STARTS) else cell
