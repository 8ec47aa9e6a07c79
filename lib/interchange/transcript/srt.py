"""SubRip: numbered cues, whose words may have gaps."""

from __future__ import annotations

from collections.abc import Sequence

from lib.interchange.transcript import cue_identifiers, cue_timings
from lib.interchange.transcript.cue_timings import blank, number
from lib.interchange.transcript.extract import Extract
from lib.interchange.transcript.reading import Choices


def read(text: str, choices: Choices) -> Extract:
    """The cues of a file; words before the first, or under a number alone, are missed."""
    extract = Extract()
    rows = text.split("\n")
    marks = cue_timings.timings(rows, choices, without=frozenset())
    names = cue_identifiers.find(rows, marks, floor=0, webvtt=False)
    begins = [mark.row if name is None else name for mark, name in zip(marks, names, strict=True)]
    _miss(rows[: begins[0]] if begins else rows, 0, extract)
    if not begins:
        return extract
    ends = [*begins[1:], len(rows)]
    last = 0
    for mark, name, end in zip(marks, names, ends, strict=True):
        own = None if name is None else number(rows[name])
        last = last + 1 if own is None else own
        body = rows[mark.row + 1 : end]
        kept = len(body) if own is None else _until_number(body, last + 1)
        cue_timings.settle(mark, "\n".join(body[:kept]), extract, webvtt=False)
        if kept < len(body):
            last += 1
            _miss(body[kept:], mark.row + 1 + kept, extract)
    return extract


def _until_number(body: Sequence[str], following: int) -> int:
    """How many rows come before the next cue's number, where that cue has lost its times."""
    own = str(following)
    for index in range(1, len(body)):
        row = body[index]
        if own in row and number(row) == following and blank(body[index - 1]):
            return index
    return len(body)


def _miss(rows: Sequence[str], first: int, extract: Extract) -> None:
    """Count rows that belong to no cue, if they have words; a number alone is none."""
    worded = [index for index, row in enumerate(rows) if not blank(row)]
    if worded and (len(worded) > 1 or number(rows[worded[0]]) is None):
        text = " ".join(rows[index] for index in worded)
        extract.miss(f"row {first + worded[0] + 1}", text)
