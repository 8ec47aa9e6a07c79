"""What a format's reader finds on its way through a file: drafts of lines, and what it missed."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import NamedTuple

from lib.interchange.transcript.reading import ColumnsQuestion, Place
from lib.interchange.transcript.times import Form

MAX_SHOWN_PLACES = 5  # unread ones
MAX_SHOWN_CHARACTERS = 80  # of each


class DraftLine(NamedTuple):
    """A line on its way: `end` is None where the file has none, `text` keeps its row ends."""

    start: float
    end: float | None
    speaker: str
    text: str


@dataclass(slots=True)
class Extract:
    """The one mutable thing here: what was found, missed, left out and noted so far.

    `forms` counts the ways in which the times of lines were written. `rolls` says that words
    carry times of their own, as rolling captions do.
    """

    drafts: list[DraftLine] = field(default_factory=list)
    unread: int = 0
    places: list[Place] = field(default_factory=list)
    empty: int = 0
    notes: list[str] = field(default_factory=list)
    columns: ColumnsQuestion | None = None
    forms: Counter[Form] = field(default_factory=Counter)
    rolls: bool = False

    def miss(self, where: str, text: str) -> None:
        """Count something with words that cannot be read, and keep the first few to show."""
        self.unread += 1
        if len(self.places) < MAX_SHOWN_PLACES:
            start = " ".join(text[: 4 * MAX_SHOWN_CHARACTERS].split())
            cut = (
                start[: MAX_SHOWN_CHARACTERS - 1] + "…"
                if len(start) > MAX_SHOWN_CHARACTERS
                else start
            )
            self.places.append(Place(where, cut))

    def note(self, count: int, one: str, many: str) -> None:
        """Keep a sentence on `count` things, in the words for one or for many ("{}" is it)."""
        if count:
            self.notes.append(one if count == 1 else many.format(f"{count:,}"))
