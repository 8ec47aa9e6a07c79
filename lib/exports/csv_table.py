"""Tables as CSV: UTF-8, comma, CRLF, one header line, one row an observation."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping

import pandas as pd

from lib import clock

ABOUT = ("session", "label", "api", "model")  # the same on every row: a row may travel alone
SIGNAL = (
    "id",
    "type",
    "group",
    "start",
    "end",
    "length",
    "start_clock",
    "end_clock",
    "probability",
    "modality",
    "flag",
    "rationale",
)
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would run


def signals_csv(signals_frame: pd.DataFrame, about: Mapping[str, str]) -> bytes:
    """Return a row a signal, in the frame's order; columns ABOUT (taken from `about`) and SIGNAL.

    Times are seconds as sent and, for the eye, clock text with as many decimals as were sent.
    A rationale that was not given is empty. Text that a spreadsheet would take for a formula gets
    an apostrophe in front; all other text is exactly what was sent.
    """
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow((*ABOUT, *SIGNAL))
    head = [_text(about.get(name, "")) for name in ABOUT]
    writer.writerows([*head, *row] for row in _rows(signals_frame))
    return stream.getvalue().encode("utf-8", "replace")


def _rows(signals: pd.DataFrame) -> Iterator[list[object]]:
    digits = clock.digits(None, [*signals["start"], *signals["end"]])
    table = signals.assign(
        length=signals["length"].round(9),  # the noise of a subtraction was not sent
        start_clock=[clock.text(time, digits=digits) for time in signals["start"]],
        end_clock=[clock.text(time, digits=digits) for time in signals["end"]],
        rationale=signals["rationale"].fillna(""),
    )
    for row in table[list(SIGNAL)].itertuples(index=False):
        yield [_text(cell) if isinstance(cell, str) else cell for cell in row]


def _text(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA) else cell
