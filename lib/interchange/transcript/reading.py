"""What a transcript file held, what had to be guessed, and what the reader of it may choose."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from lib.model import Line

Unit = Literal["s", "ms", "frames", "days"]
Part = Literal["start", "end", "duration", "speaker", "text"]


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column of a table holds what, counted from 0; None where the table has none."""

    start: int
    text: int
    end: int | None = None
    speaker: int | None = None
    duration: int | None = None


@dataclass(frozen=True, slots=True)
class Choices:
    """What a person said about a file; None where it is left to the file.

    `encoding` is a codec (one of `encodings.OFFERED`). `unit` is that of times written as plain
    numbers. `frame_rate` [1/s] is the recording's, where it is known. `speakers_from_text` says
    whether names before a colon are speakers; `join_repeats` whether rolling captions are joined.
    """

    encoding: str | None = None
    unit: Unit | None = None
    frame_rate: float | None = None
    columns: Columns | None = None
    speakers_from_text: bool | None = None
    join_repeats: bool | None = None


@dataclass(frozen=True, slots=True)
class Encoding:
    """How bytes were read as text; `spoiled` counts characters whose bytes fit nowhere."""

    codec: str
    label: str
    guessed: bool = False
    spoiled: int = 0


@dataclass(frozen=True, slots=True)
class Place:
    """Where something could not be read ("row 12"), and how it begins: data, never markup."""

    where: str
    text: str


@dataclass(frozen=True, slots=True)
class SpeakersQuestion:
    """So many of all lines begin with one of these names and a colon; are they the speakers?"""

    names: tuple[str, ...]
    lines: int
    total: int


@dataclass(frozen=True, slots=True)
class UnitQuestion:
    """Times that fit no recording: of `total` lines `beyond` lie past its end.

    `past` [s] is how far the last of them lies past it, None where the recording's length is not
    known. `offers` are units that would fit better. `framed` counts lines whose times end in
    frames ("00:00:01:12") and need the frames a second to be read.
    """

    beyond: int
    total: int
    past: float | None
    offers: tuple[Unit, ...] = ()
    framed: int = 0


@dataclass(frozen=True, slots=True)
class ColumnsQuestion:
    """A table whose columns are not known: its first rows, and what each column seems to be."""

    rows: tuple[tuple[str, ...], ...]
    seems: tuple[tuple[Part, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """The lines of a file in its order, and all that has to be said about how they were read.

    `unread` counts what was left out because it could not be read, `places` shows the first few;
    `empty` counts lines that have times and no words. `encoding` is None where the format says
    it. Without lines there is a question whose answer brings them.
    """

    lines: tuple[Line, ...]
    format: str
    encoding: Encoding | None = None
    unread: int = 0
    places: tuple[Place, ...] = ()
    empty: int = 0
    notes: tuple[str, ...] = ()
    speakers: SpeakersQuestion | None = None
    unit: UnitQuestion | None = None
    columns: ColumnsQuestion | None = None

    @property
    def questions(self) -> tuple[SpeakersQuestion | UnitQuestion | ColumnsQuestion, ...]:
        """What the page should ask, most urgent first."""
        asked = (self.columns, self.unit, self.speakers)
        return tuple(question for question in asked if question is not None)
