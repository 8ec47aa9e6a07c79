"""The lines of a table: a row each, by the names of its columns or by what a person chose."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from lib.interchange.transcript import cells, columns, cue_timings, times
from lib.interchange.transcript.columns import Header
from lib.interchange.transcript.extract import DraftLine, Extract
from lib.interchange.transcript.limits import hold_rows
from lib.interchange.transcript.reading import Choices, Columns, ColumnsQuestion, Part, Unit
from lib.interchange.transcript.times import Form, Time

Rows = Sequence[tuple[int, list[str]]]
MAX_SHOWN_ROWS = 5  # where the columns are not known
MAX_SHOWN_CELL = 80  # characters
_LOOKED_AT = 20  # rows, in which the names of the columns are looked for
_NOON = 0.5  # of a day: no recording is longer
MAX_SHOWN_NAMES = 5  # of columns that were not used
_TIMED: tuple[Part, ...] = ("start", "end", "duration")
_UNIT_NOTES: dict[Unit, str] = {
    "ms": "The times are in milliseconds, as the table's first row says.",
    "frames": "The times are in frames, as the table's first row says.",
    "days": "The times are fractions of a day, as spreadsheets keep them.",
}


class Plan(NamedTuple):
    """How the rows of a table are read: which columns, which units, and what joins extra cells."""

    columns: Columns
    width: int
    units: dict[Part, Unit]
    frame_rate: float | None
    separator: str


def read(text: str, choices: Choices, *, duration: float | None = None) -> Extract:
    """The lines of a table in a text (CSV, or cells between tabs, semicolons or bars)."""
    table = cells.split(text)
    extract = of_rows(table.rows, choices, separator=table.separator, duration=duration)
    if table.loose:
        extract.notes.append("The table's quotes are not closed, so each row was read on its own.")
    return extract


def of_rows(
    rows: Rows, choices: Choices, *, separator: str = " ", duration: float | None = None
) -> Extract:
    """The lines of rows of cells, each with where it stands.

    Cells beyond the last column belong to it where it is the text; else the row is missed. Where
    the columns are not known the extract has no lines and asks.
    """
    hold_rows(len(rows))
    extract = Extract()
    at, header = _header(rows)
    chosen = choices.columns or columns.chosen(header.columns)
    if chosen is None:
        _ask(rows, header, extract)
        return extract
    if at < 0 and rows and _read(rows[0][1], chosen.start).form == "unknown":
        at = 0  # the person says what the columns are; a row without times names them
    for row_number, row in rows[: max(at, 0)]:
        extract.miss(f"row {row_number}", separator.join(row))
    names = rows[at][1] if at >= 0 else []
    body = rows[at + 1 :]
    width = _width(names or (body[0][1] if body else []), chosen)
    if separator == "," and _has_bare_decimals(body, chosen, width):
        body = [
            (row_number, [",".join(row[:2]), ",".join(row[2:4]), *row[4:]])
            for row_number, row in body
        ]
        extract.notes.append("Commas within times were read as decimal commas.")
    if choices.columns is None:
        chosen = _with_speaker(chosen, header, body)
    units = _units(body, chosen, header, choices, duration)
    plan = Plan(chosen, width, units, choices.frame_rate, separator)
    for row_number, row in body:
        _settle(row_number, row, plan, extract)
    _note(names, chosen, units, choices, extract)
    return extract


def _header(rows: Rows) -> tuple[int, Header]:
    """Where the names of the columns stand (-1: nowhere), and what they say."""
    best = (-1, columns.header([]))
    for index, (_, row) in enumerate(rows[:_LOOKED_AT]):
        header = columns.header(row)
        if columns.chosen(header.columns):
            return index, header
        if len(header.columns) > max(1, len(best[1].columns)):
            best = (index, header)
    return best


def _ask(rows: Rows, header: Header, extract: Extract) -> None:
    for row_number, row in rows:
        extract.miss(f"row {row_number}", " ".join(row))
    head = tuple(
        tuple(" ".join(cell[: 4 * MAX_SHOWN_CELL].split())[:MAX_SHOWN_CELL] for cell in row[:30])
        for _, row in rows[:MAX_SHOWN_ROWS]
    )
    if max((len(row) for row in head), default=0) > 1:
        extract.columns = ColumnsQuestion(head, tuple(header.columns.items()))


def _width(names: Sequence[str], chosen: Columns) -> int:
    """How many columns the table has; nameless ones behind the last name do not count."""
    named = [column for column, name in enumerate(names) if name.strip()]
    width = named[-1] + 1 if named else 0
    used = (chosen.start, chosen.text, chosen.end, chosen.speaker, chosen.duration)
    return max(width, *(column + 1 for column in used if column is not None))


def _settle(row_number: int, row: list[str], plan: Plan, extract: Extract) -> None:
    extra = row[plan.width :]
    words = _cell(row, plan.columns.text)
    if any(cell.strip() for cell in extra):
        if plan.columns.text != plan.width - 1:
            extract.miss(f"row {row_number}", plan.separator.join(row))
            return
        words = plan.separator.join([words, *extra])
    if not words.strip():
        chosen = plan.columns
        timed = (chosen.start, chosen.end, chosen.duration)
        where_times_are = [_cell(row, at) for at in timed if at is not None]
        if not all(map(_time_or_blank, row if len(row) < plan.width else where_times_are)):
            extract.miss(f"row {row_number}", plan.separator.join(row))
        else:
            extract.empty += any(cell.strip() for cell in row)
        return
    start, end = _both(row, plan)
    extract.forms[start.form] += 1
    if start.seconds is None or end.form == "unknown" or (end.seconds is None and end != _NONE):
        extract.miss(f"row {row_number}", plan.separator.join(row))
        return
    speaker = "" if plan.columns.speaker is None else _cell(row, plan.columns.speaker)
    extract.drafts.append(DraftLine(start.seconds, end.seconds, speaker, words))


_NONE = Time(None, "clock")  # no end is given


def _both(row: list[str], plan: Plan) -> tuple[Time, Time]:
    chosen = plan.columns
    both = cue_timings.halves(_cell(row, chosen.start)) if chosen.end is None else None
    if both:
        rate = plan.frame_rate
        start, end = (times.read(half, frame_rate=rate) for half in both)
        return start, times.UNKNOWN if end.seconds is None else end
    start = _planned(row, "start", chosen.start, plan)
    if chosen.end is not None and (_cell(row, chosen.end).strip() or chosen.duration is None):
        return start, _planned(row, "end", chosen.end, plan)
    if chosen.duration is None:
        return start, _NONE
    lasts = _planned(row, "duration", chosen.duration, plan)
    if start.seconds is None or lasts.seconds is None:
        return start, times.UNKNOWN
    return start, Time(round(start.seconds + lasts.seconds, 6), lasts.form)


def _planned(row: list[str], part: Part, column: int, plan: Plan) -> Time:
    unit = plan.units.get(part, "s")
    return times.read(_cell(row, column), unit=unit, frame_rate=plan.frame_rate)


def _read(row: list[str], column: int) -> Time:
    return times.read(_cell(row, column))


def _time_or_blank(cell: str) -> bool:
    written = cue_timings.halves(cell) or (cell,)
    return not cell.strip() or all(times.read(half).form != "unknown" for half in written)


def _cell(row: list[str], column: int) -> str:
    return row[column] if 0 <= column < len(row) else ""


def _has_bare_decimals(body: Rows, chosen: Columns, width: int) -> bool:
    """Whether every row has its times as "1,5,2,5" in cells of their own."""
    return (chosen.start, chosen.end) == (0, 1) and all(
        len(row) >= width + 2 and all(cell.strip().isdecimal() for cell in row[:4])
        for _, row in body
    )


def _with_speaker(chosen: Columns, header: Header, body: Rows) -> Columns:
    """The columns with the first of the speakers' columns in which anything stands."""
    for column in header.speakers:
        if any(_cell(row, column).strip() for _, row in body):
            return replace(chosen, speaker=column)
    return chosen


def _units(
    body: Rows, chosen: Columns, header: Header, choices: Choices, duration: float | None
) -> dict[Part, Unit]:
    """The unit of each column: as chosen, as its name says, or as a spreadsheet made it."""
    if choices.unit is not None:
        return dict.fromkeys(_TIMED, choices.unit)
    if not header.units and _in_days(body, chosen, duration):
        return dict.fromkeys(_TIMED, "days")
    return header.units if choices.columns is None else {}


def _in_days(body: Rows, chosen: Columns, duration: float | None) -> bool:
    """Whether the times are fractions of a day, in which a spreadsheet keeps them."""
    limit = _NOON if duration is None else min(_NOON, 1.5 * (duration + 60) / times.DAY)
    forms: set[Form] = set()
    for _, row in body:
        for column in (chosen.start, chosen.end):
            time = _read(row, column) if column is not None else _NONE
            if time.seconds is not None:
                if time.form not in ("fraction", "plain") or time.seconds >= limit:
                    return False
                forms.add(time.form)
    return "fraction" in forms


def _note(
    names: Sequence[str],
    chosen: Columns,
    units: dict[Part, Unit],
    choices: Choices,
    extract: Extract,
) -> None:
    if choices.unit is None and units.get("start", "s") != "s":
        extract.notes.append(_UNIT_NOTES[units["start"]])
    used = {chosen.start, chosen.text, chosen.end, chosen.speaker, chosen.duration}
    parts = [
        name.strip()[:MAX_SHOWN_CELL]
        for column, name in enumerate(names)
        if column not in used and name.strip()
    ]
    if parts:
        more = f" and {len(parts) - MAX_SHOWN_NAMES} more" if len(parts) > MAX_SHOWN_NAMES else ""
        extract.notes.append(
            f"Columns that were not used: {', '.join(parts[:MAX_SHOWN_NAMES])}{more}."
        )
