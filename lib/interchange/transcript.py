"""Transcripts read: SubRip (.srt), WebVTT (.vtt), and tables (.csv) with a header.

Written here rather than taken from a parser, because those drop in silence what they cannot read,
and a page must say how much that was. Everything in a file is data, never markup. Each pattern
looks at a character a bounded number of times: a file may be made to be slow.
"""

from __future__ import annotations

import csv
import html
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise, takewhile

from lib.errors import TranscriptError
from lib.interchange.limits import MAX_LINES
from lib.model import Line
from lib.plain_text import one_line

COLUMNS = ("start", "end", "speaker", "text")  # of a table, in any order and case
MAX_BYTES = 5 * 1024 * 1024
REMEDY = "Choose an .srt, .vtt or .csv file with a start and an end for each line."

_TIME = re.compile(r"(-?)(?:(?:(\d{1,5}):)?(\d{1,5}):)?(\d{1,9})(?:[.,](\d{1,9}))?", re.ASCII)
_VOICE = re.compile(r"<(/?v(?:[.\s][^<>]*)?)>")
_TAG = re.compile(r"</?[A-Za-z0-9][^<>]*>|\{\\[^{}]*\}")  # <i>, <00:01.5>, {\an8}
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});", re.ASCII)
_ROW_END = re.compile(r"\r\n|\r|\n")  # str.splitlines knows more ends than these formats do


@dataclass(frozen=True, slots=True)
class Transcript:
    """Lines in the order of the file, and how many more were left out for their times."""

    lines: tuple[Line, ...]
    unread: int


def read_transcript(content: bytes, *, name: str) -> Transcript:
    """The transcript in a file, whose format the suffix of `name` tells.

    Times [s] are as sent: lines may overlap, end before they start, or be out of order. A line
    without words is left out; one whose times cannot be read is left out and counted. A speaker
    is taken from a voice tag (`<v Ana>`) or the table's column alone, never guessed from the
    words. UTF-8, or else Windows-1252.

    Raises:
        TranscriptError: larger than MAX_BYTES, another suffix, no text, a table without the
            columns start, end and text, no line that can be read, or more than MAX_LINES.
    """
    suffix = name.lower().rpartition(".")[2]
    if suffix not in ("srt", "vtt", "csv"):
        raise TranscriptError("The file's name does not end in .srt, .vtt or .csv.", REMEDY)
    text = _text(content)
    lines: list[Line] = []
    unread = 0
    for line in _of_table(text) if suffix == "csv" else _of_cues(text):
        if line is None:
            unread += 1
        elif len(lines) == MAX_LINES:
            raise TranscriptError(
                f"The transcript has more than {MAX_LINES:,} lines.",
                "Choose the part that belongs to this recording.",
            )
        else:
            lines.append(line)
    if not lines:
        what = "has times that can be read" if unread else "has both times and words"
        raise TranscriptError(f"No line of the file {what}.", REMEDY)
    return Transcript(tuple(lines), unread)


def _text(content: bytes) -> str:
    if len(content) > MAX_BYTES:
        raise TranscriptError(
            "The file is larger than 5 MiB.", "Choose the transcript of this one recording."
        )
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not text.strip():
            raise TranscriptError("The file is empty.", REMEDY)
        if "\0" not in text:
            return text
    raise TranscriptError(
        "The file is not text, or in an encoding that is not known here.",
        "Save the transcript as UTF-8 text, then choose it again.",
    )


def _of_cues(text: str) -> Iterator[Line | None]:
    """The lines of SubRip or WebVTT; None for one whose times cannot be read."""
    rows = _ROW_END.split(text)
    marks = [index for index, row in enumerate(rows) if "-->" in row]
    is_vtt = text.lstrip().startswith("WEBVTT")
    is_numbered = bool(marks) and rows[max(marks[0] - 1, 0)].strip().isdecimal()
    for mark, following in pairwise([*marks, len(rows)]):
        left, _, right = rows[mark].partition("-->")
        start, end = _seconds(left), _seconds("".join(right.split(maxsplit=1)[:1]))
        if start is None or end is None:
            yield None
            continue
        body = rows[mark + 1 : following]
        if is_vtt:  # what follows a gap is the name of the next cue, or a comment
            body = [*takewhile(str.strip, body)]
        elif is_numbered and following < len(rows) and body and body[-1].strip().isdecimal():
            body.pop()  # the next cue's number; words may have gaps in SubRip
        for speaker, words in _voices("\n".join(body)):
            yield Line(start, end, speaker, words)


def _voices(words: str) -> Iterator[tuple[str, str]]:
    """Each speaker ("" for none) with their words, in one line and free of tags."""
    parts = _VOICE.split(words)  # words, then a tag and words by turns
    for tag, spoken in zip(["", *parts[1::2]], parts[::2], strict=True):
        said = _plain(spoken)
        if said:
            yield _speaker(tag), said


def _speaker(tag: str) -> str:
    """Whom a voice tag names: "Ana" for `v Ana` and `v.loud Ana`, nobody where a voice ends."""
    return "" if tag.startswith("/") else _plain("".join(tag.split(maxsplit=1)[1:]))


def _plain(text: str) -> str:
    untagged = _TAG.sub("", text)
    return one_line(_ENTITY.sub(lambda found: html.unescape(found[0]), untagged))


def _of_table(text: str) -> Iterator[Line | None]:
    """The lines of a table; None for one whose times cannot be read."""
    text = text.lstrip("\r\n")
    head = _ROW_END.split(text, maxsplit=1)[0]
    delimiter = max(",;\t", key=head.count)
    rows = filter(None, csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    try:
        columns = _columns(next(rows, []))
        for row in rows:
            cells = {title: row[place] for title, place in columns.items() if place < len(row)}
            words = one_line(cells.get("text", ""))
            start, end = _seconds(cells.get("start", "")), _seconds(cells.get("end", ""))
            if words and (start is None or end is None):
                yield None
            elif words and start is not None and end is not None:
                yield Line(start, end, one_line(cells.get("speaker", "")), words)
    except csv.Error as error:
        raise TranscriptError("The table cannot be split into cells.", REMEDY) from error


def _columns(header: list[str]) -> dict[str, int]:
    titles = [title.strip().lower() for title in header]
    if not {"start", "end", "text"} <= set(titles):
        raise TranscriptError(
            "The table's first row does not name the columns start, end and text.",
            "Name them there (speaker as well, if you like), then choose the file again.",
        )
    return {title: titles.index(title) for title in COLUMNS if title in titles}


def _seconds(written: str) -> float | None:
    """The seconds in "75.5", "1:15,5" or "0:01:15.500"; None in anything else."""
    found = _TIME.fullmatch(written.strip())
    if found is None:
        return None
    sign, hours, minutes, seconds, fraction = found.groups()
    whole = int(hours or 0) * 3600 + int(minutes or 0) * 60 + int(seconds)
    return float(f"{sign}{whole}.{fraction or 0}")
