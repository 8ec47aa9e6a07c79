"""Transcripts as a text with headings: "Ana Ruiz  0:03", or a time before each paragraph.

What Teams, Zoom, Otter, Rev and Descript write into documents and plain text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from lib.interchange.transcript import times
from lib.interchange.transcript.extract import DraftLine, Extract
from lib.interchange.transcript.limits import hold_rows

_LONGEST = 200  # characters of a row that may be a heading
_CLOCK = r"\d{1,3}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?"
_NAME_FIRST = re.compile(
    rf"(?P<name>[^\d\s].{{0,79}}?)\s{{0,9}}[\s\-\u2013\u2014|,(\[]\s{{0,9}}(?P<time>{_CLOCK})[)\]]?:?",
    re.ASCII,
)
_TIME_FIRST = re.compile(
    rf"[\[(]?(?P<time>{_CLOCK})[\])]?"
    rf"(?:\s?[-\u2013\u2014]\s?[\[(]?(?P<end>{_CLOCK})[\])]?)?\s{{0,9}}[-\u2013\u2014:|]?\s{{0,9}}",
    re.ASCII,
)
_SENTENCE = re.compile(r"[.?!,;]$")
_MOST_WORDS = 5  # of a name
_LONGEST_TITLE = 5  # characters of "Prof.", before a name
_MEETING = re.compile(r"(?:started|stopped) (?:transcription|recording)\s{0,9}")


class Heading(NamedTuple):
    """A row that begins a line: when, until when where it says so, who, and words behind it."""

    start: str
    end: str
    name: str
    words: str


def read(rows: Sequence[str], *, what: str = "row") -> Extract:
    """The lines under headings with times; what stands before the first is missed."""
    hold_rows(len(rows))
    extract = Extract()
    headings = [_heading(row) for row in rows]
    named = _names_alone(rows, headings)
    starts = [index for index, heading in enumerate(headings) if heading is not None]
    ahead = rows[: starts[0] if starts else len(rows)]
    before = " ".join(row for row in ahead if row.strip())
    if before:
        extract.miss(f"{what} 1", before)
    if not starts:
        return extract
    for start, end in zip(starts, [*starts[1:], len(rows)], strict=True):
        heading = headings[start]
        if heading is not None:
            if named and not heading.name:
                heading = heading._replace(name=heading.words, words="")
            _settle(heading, rows, range(start, end), what, extract)
    if extract.drafts:
        extract.notes.append("Each line begins where a time stands in the text.")
    return extract


def _settle(
    heading: Heading, rows: Sequence[str], span: range, what: str, extract: Extract
) -> None:
    spoken = [heading.words] if heading.words else []
    for index in span[1:]:
        if len(rows[index]) < _LONGEST and _MEETING.search(rows[index]):
            extract.miss(f"{what} {index + 1}", rows[index])
        else:
            spoken.append(rows[index])
    text = "\n".join(spoken)
    start, end = times.read(heading.start), times.read(heading.end)
    if not text.strip():
        extract.empty += 1
    elif start.seconds is None:
        extract.miss(f"{what} {span[0] + 1}", f"{rows[span[0]]} {text}")
    else:
        extract.forms["clock"] += 1
        extract.drafts.append(DraftLine(start.seconds, end.seconds, heading.name, text))


def _heading(row: str) -> Heading | None:
    bare = times.tidy(row[: _LONGEST + 1])
    if len(bare) <= _LONGEST:
        match = _NAME_FIRST.fullmatch(bare)
        if match and _is_name(match["name"].strip("[]() ")):
            return Heading(match["time"], "", match["name"].strip("[]() "), "")
    match = _TIME_FIRST.match(bare)
    if match and (match.end() == len(bare) or not bare[match.end()].isdigit()):
        rest = row.translate(times.MARKS).strip()
        at = _TIME_FIRST.match(rest)
        return Heading(match["time"], match["end"] or "", "", rest[at.end() :] if at else rest)
    return None


def _is_name(text: str) -> bool:
    """Whether it is written as names are: few words, the first and the last no small ones."""
    words = text.split()
    if not words or len(words) > _MOST_WORDS or _SENTENCE.search(text):
        return False
    if any(word.endswith(".") and len(word) > _LONGEST_TITLE for word in words):
        return False
    ends = (words[0], words[-1])
    return all(word[0] == word[0].upper() for word in ends)


def _names_alone(rows: Sequence[str], headings: Sequence[Heading | None]) -> bool:
    """Whether what stands behind the times are names: each has words in a row of their own."""
    span = [index for index, heading in enumerate(headings) if heading and heading.words]
    return bool(span) and all(
        _is_name((headings[index] or Heading("", "", "", "")).words)
        and index + 1 < len(rows)
        and headings[index + 1] is None
        and bool(rows[index + 1].strip())
        for index in span
    )
