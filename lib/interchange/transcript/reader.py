"""A transcript file read: whatever format, encoding and unit it is in, and said which."""

from __future__ import annotations

from dataclasses import replace
from math import isfinite
from typing import NamedTuple

from lib.errors import TranscriptError
from lib.interchange.limits import MAX_LINES
from lib.interchange.transcript import (
    cue_timings,
    decoder,
    docx,
    end_times,
    headings,
    recognizer_json,
    rolling_captions,
    srt,
    table,
    time_units,
    ttml,
    webvtt,
)
from lib.interchange.transcript import speakers as names
from lib.interchange.transcript.extract import DraftLine, Extract
from lib.interchange.transcript.limits import MAX_BYTES, too_large, too_many_lines
from lib.interchange.transcript.reading import Choices, Encoding, Reading
from lib.model import Line
from lib.plain_text import one_line

SUFFIXES = ("srt", "vtt", "sbv", "csv", "tsv", "txt", "ttml", "dfxp", "xml", "docx", "json")
_TABLES = ("csv", "tsv", "txt")
_FOREIGN = {  # what begins like this, and what to do with it
    b"\xd0\xcf\x11\xe0": ("an old Office document", "Save it as .docx or as CSV UTF-8"),
    b"{\\rtf": ("a document in Rich Text Format", "Save it as .docx"),
    b"%PDF": ("a PDF, which has no lines with times", "Export the transcript as .docx or .srt"),
}
NO_CHOICES = Choices()


class Read(NamedTuple):
    """What a file held, and the name of its format."""

    format: str
    extract: Extract


def read(
    content: bytes, *, name: str, choices: Choices = NO_CHOICES, duration: float | None = None
) -> Reading:
    """The transcript in a file, in the format that its content has and its suffix allows.

    Times [s] are as sent: lines may overlap, end before they start, or be out of order. What
    cannot be read is left out and counted; what had to be guessed is noted, and asked about where
    a person knows better. `duration` [s] is the recording's, None where it is not known.

    Raises:
        TranscriptError: larger than MAX_BYTES, another suffix, no text, nothing that can be
            read or asked about, or more than MAX_LINES.
    """
    suffix = name.lower().rpartition(".")[2]
    if suffix not in SUFFIXES:
        raise TranscriptError("Files of this kind are not read as transcripts.")
    if len(content) > MAX_BYTES:
        raise too_large()
    choices = replace(choices, frame_rate=_usable(choices.frame_rate))
    duration = _usable(duration)
    if content.startswith(b"PK\x03\x04"):
        word = Read("Word", docx.read(content, choices, duration=duration))
        return _reading(word, choices, duration)
    for start, (what, step) in _FOREIGN.items():
        if content.startswith(start):
            raise TranscriptError(f"The file is {what}.", f"{step}, then choose that file.")
    text, encoding = decoder.decode(content, forced=choices.encoding)
    return _reading(_format(text, suffix, choices, duration), choices, duration, encoding)


def _format(text: str, suffix: str, choices: Choices, duration: float | None) -> Read:
    """What the text is, by how it begins, and what it holds."""
    if webvtt.is_webvtt(text):
        return Read("WebVTT", webvtt.read(text, choices))
    if ttml.is_ttml(text):
        return Read("TTML", ttml.read(text, choices))
    if suffix == "json" or text[:99].lstrip().startswith(('{"', "{\n", "[{")):
        return Read("JSON", recognizer_json.read(text, choices))
    if suffix in ("ttml", "dfxp", "xml"):
        raise TranscriptError("The file is not TTML.")
    if suffix in _TABLES and not _has_cues(text, choices):
        return _table(text, suffix, choices, duration)
    if suffix == "vtt":
        return Read("WebVTT", webvtt.read(text, choices))
    return Read("SubRip", srt.read(text, choices))


def _table(text: str, suffix: str, choices: Choices, duration: float | None) -> Read:
    """A table, or, in a plain text that is none, lines under headings."""
    extract = table.read(text, choices, duration=duration)
    if suffix == "txt" and not extract.drafts and choices.columns is None:
        headed = headings.read(text.split("\n"))
        if headed.drafts:
            return Read("text", headed)
    return Read("table", extract)


def _has_cues(text: str, choices: Choices) -> bool:
    head = text[:20_000].split("\n")
    return any(mark.arrow for mark in cue_timings.timings(head, choices, without=frozenset()))


def _reading(
    read: Read, choices: Choices, duration: float | None, encoding: Encoding | None = None
) -> Reading:
    form, extract = read
    joined = None
    if form not in ("table", "JSON"):
        joined = rolling_captions.join(
            extract.drafts, stamped=extract.rolls, choice=choices.join_repeats
        )
    if joined:
        extract.drafts = joined.lines
        extract.note(
            joined.repeats,
            "One rolling caption repeats the one before; it was joined into one line.",
            "{} rolling captions repeat the one before; they were joined into one line each.",
        )
    if extract.forms["frames"] and choices.frame_rate:
        rate = f"{choices.frame_rate:g}"
        extract.notes.append(
            f"The times end in frames; they were read at {rate} frames per second."
        )
    drafts = end_times.fill(extract, duration)
    question = names.question(drafts)
    if question and choices.speakers_from_text:
        drafts = names.apply(drafts, question.names)
        extract.notes.append("Names before a colon were read as speakers.")
    reading = Reading(
        lines=_lines(drafts),
        format=form,
        encoding=encoding,
        unread=extract.unread,
        places=tuple(extract.places),
        empty=extract.empty,
        notes=tuple(extract.notes),
        speakers=question if choices.speakers_from_text is None else None,
        unit=time_units.question(drafts, extract, choices, duration),
        columns=extract.columns,
    )
    if not reading.lines and not reading.questions:
        what = "has times that can be read" if reading.unread else "has both times and words"
        raise TranscriptError(f"No line of the file {what}.")
    return reading


def _lines(drafts: list[DraftLine]) -> tuple[Line, ...]:
    lines = tuple(
        Line(draft.start, draft.end, one_line(draft.speaker), text)
        for draft in drafts
        for text in [one_line(draft.text)]
        if draft.end is not None
    )
    if len(lines) > MAX_LINES:
        raise too_many_lines()
    return lines


def _usable(number: float | None) -> float | None:
    usable = number is not None and isfinite(number) and number > 0
    return float(number) if usable and number is not None else None
