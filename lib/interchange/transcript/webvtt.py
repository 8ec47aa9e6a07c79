"""WebVTT: a header, cues, and blocks of comments and styles between them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lib.interchange.transcript import cue_identifiers, cue_timings
from lib.interchange.transcript.cue_timings import Timing, blank
from lib.interchange.transcript.extract import Extract
from lib.interchange.transcript.reading import Choices

_BLOCKS = ("NOTE", "STYLE", "REGION", "WEBVTT")  # the last where files were put together


def is_webvtt(text: str) -> bool:
    """Whether the text begins as the format does."""
    return text[:2000].lstrip().upper().startswith("WEBVTT")


def read(text: str, choices: Choices) -> Extract:
    """The cues of a file.

    Only an empty row ends the words of a cue. What follows it and is neither a comment nor the
    next cue belongs to the cue still (some programs leave gaps), and that is noted.
    """
    extract = Extract()
    rows = text.split("\n")
    floor = _header_end(rows, choices)
    comments = _comments(rows, floor)
    marks = cue_timings.timings(
        rows, choices, without=frozenset(comments) | frozenset(range(floor))
    )
    names = cue_identifiers.find(rows, marks, floor=floor, webvtt=True)
    begins = [mark.row if name is None else name for mark, name in zip(marks, names, strict=True)]
    for block in _blocks(rows, floor, begins[0] if begins else len(rows)):
        if block[0] not in comments:
            extract.miss(f"row {block[0] + 1}", " ".join(rows[index] for index in block))
    gaps = 0
    ends = [*begins[1:], len(rows)][: len(marks)]
    for mark, end in zip(marks, ends, strict=True):
        gaps += _settle(rows, mark, end, comments, extract)
    _note(rows, comments, gaps, extract, choices)
    return extract


def _settle(
    rows: Sequence[str], mark: Timing, end: int, comments: dict[int, list[int]], extract: Extract
) -> int:
    """Put one cue to what was found; 1 where its words have a gap."""
    blocks = [*_blocks(rows, mark.row + 1, end)]
    words: list[int] = []
    gaps = commented = 0
    for block in blocks:
        if block[0] in comments:
            commented += 1
        elif commented:  # a comment with a gap, as likely as words
            extract.miss(f"row {block[0] + 1}", " ".join(rows[index] for index in block))
        else:
            gaps = int(bool(gaps or words or block[0] > mark.row + 1))
            words += block
    cue_timings.settle(mark, "\n".join(rows[index] for index in words), extract, webvtt=True)
    return gaps


def _blocks(rows: Sequence[str], first: int, end: int) -> Iterator[list[int]]:
    """The places of rows between empty ones; a block in which nothing shows is left out."""
    block: list[int] = []
    for index in range(first, end + 1):
        if index < end and rows[index]:
            block.append(index)
        elif block:
            if not all(blank(rows[at]) for at in block):
                yield block
            block = []


def _header_end(rows: Sequence[str], choices: Choices) -> int:
    """The first row behind the header: behind "WEBVTT", or behind what stands right under it."""
    first = next((index for index, row in enumerate(rows) if not blank(row)), 0)
    if not is_webvtt(rows[first]):
        return 0
    end = first + 1
    while end < len(rows) and rows[end]:
        if _has_cue([rows[end]], choices):
            return end if cue_timings.number(rows[end - 1]) is None else end - 1
        end += 1
    return end


def _has_cue(rows: Sequence[str], choices: Choices) -> bool:
    return any(mark.readable for mark in cue_timings.timings(rows, choices, without=frozenset()))


def _comments(rows: Sequence[str], floor: int) -> dict[int, list[int]]:
    """Each row of a comment, style or region, with all rows of its block."""
    comments: dict[int, list[int]] = {}
    for block in _blocks(rows, floor, len(rows)):
        head = rows[block[0]].strip()
        if head in _BLOCKS or head.startswith(("NOTE ", "NOTE\t")):
            comments |= dict.fromkeys(block, block)
    return comments


def _note(
    rows: Sequence[str],
    comments: dict[int, list[int]],
    gaps: int,
    extract: Extract,
    choices: Choices,
) -> None:
    notes = 0
    for index, block in comments.items():
        if index == block[0]:
            notes += rows[index].strip().startswith("NOTE")
            if _has_cue([rows[at] for at in block], choices):  # a cue that somebody took out
                extract.miss(f"row {index + 1}", " ".join(rows[at] for at in block))
    if any("X-TIMESTAMP-MAP" in row for row in rows[:9]):
        extract.notes.append("The file's X-TIMESTAMP-MAP was not applied: times are as written.")
    extract.note(notes, "One comment (NOTE) was left out.", "{} comments (NOTE) were left out.")
    extract.note(
        gaps,
        "In one line an empty row stands between times and words; it was read as one line.",
        "In {} lines an empty row stands between times and words; each was read as one line.",
    )
