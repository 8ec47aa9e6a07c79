"""Rows of subtitles with their times: "0:01.000 --> 0:02.000", and what people make of it.

Written here rather than taken from a parser, because those drop in silence what they cannot read,
and a page must say how much that was.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from lib.interchange.transcript import markup, times
from lib.interchange.transcript.extract import DraftLine, Extract
from lib.interchange.transcript.limits import hold_rows
from lib.interchange.transcript.reading import Choices
from lib.interchange.transcript.times import Time

LONGEST = 400  # characters of a row in which times are looked for
_TIME = r"-?\d{1,9}(?:\s{0,2}:\s{0,2}\d{1,9}){0,3}(?:\s{0,2}[.,;]\s{0,2}\d{1,9})?"
_WITH_COLON = r"-?\d{1,5}(?:\s{0,2}:\s{0,2}\d{1,5}){1,3}(?:\s{0,2}[.,;]\s?\d{1,9})?"
_ARROW = re.compile(r"(?:[-\u2013\u2014]{1,3}\s?|={1,2})(?:>|&gt;){1,2}|\u2192|\u27f6")
_POINT = re.compile("[>\u2192\u27f6\uff1e]|&gt;")
_USUAL = re.compile(
    r"(\d{1,3}(?::\d\d){1,2}(?:[.,]\d{3})?) --> (\d{1,3}(?::\d\d){1,2}(?:[.,]\d{3})?)", re.ASCII
)
_FIRST_TIME = re.compile(_TIME, re.ASCII)
_PAIR = re.compile(
    rf"({_WITH_COLON})\s{{0,9}}[-\u2013\u2014,;\s]\s{{0,9}}({_WITH_COLON})", re.ASCII
)
_SETTING = re.compile(
    r"(?:align|line|position|size|vertical|region|[XYxy][12]|[ADLST]):\S{0,200}", re.ASCII
)
_NUMBER = re.compile(r"\d{1,9}")
_HAS_FRACTION = re.compile(r"[.,;]\s?\d")
_HAS_DIGIT = re.compile(r"\d", re.ASCII)


class Timing(NamedTuple):
    """A row of times: where it stands, both times, and what stands behind them in the row."""

    row: int
    start: Time
    end: Time
    rest: str
    left: str
    arrow: str
    right: str

    @property
    def readable(self) -> bool:
        """Whether both times are known."""
        return self.start.seconds is not None and self.end.seconds is not None

    @property
    def fine(self) -> bool:
        """Whether its first time has a fraction of a second."""
        return bool(_HAS_FRACTION.search(self.left))


def blank(row: str) -> bool:
    """Whether the row shows nothing."""
    return not (row if row.isascii() else row.translate(times.MARKS)).strip()


def number(row: str) -> int | None:
    """The number that is all of the row; None where there is more or less in it."""
    bare = times.tidy(row[:LONGEST])
    return int(bare) if len(row) < LONGEST and _NUMBER.fullmatch(bare) else None


def timings(rows: Sequence[str], choices: Choices, *, without: frozenset[int]) -> list[Timing]:
    """Every row of times, in order; rows whose places are in `without` are not looked at.

    A row with an arrow whose times cannot be read is one where a cue may begin, and words within
    a cue ("We moved it 10:00 --> 11:00").
    """
    marks: list[Timing] = []
    last: int | None = None  # the number of the cue before
    looked_at = 0
    for index, row in enumerate(rows):
        if not row or index in without or not _may_have_times(row):
            continue
        looked_at += 1
        hold_rows(looked_at)
        timing = _timing(row, index, choices)
        if timing is None:
            continue
        own = number(rows[index - 1]) if index else None
        follows = own is not None and last is not None and own == last + 1
        if _stands(timing, marks, fresh=_fresh(rows, index, own, follows=follows)):
            marks.append(timing)
            last = own
    return marks


def halves(written: str) -> tuple[str, str] | None:
    """Both times of "0:01 --> 0:02" or "0:01 - 0:02" as they are written; None in anything else."""
    head = times.tidy(written[:LONGEST])
    arrow = _ARROW.search(head)
    if arrow:
        return head[: arrow.start()].strip(), head[arrow.end() :].strip()
    pair = _PAIR.fullmatch(head)
    return (pair[1], pair[2]) if pair else None


def settle(timing: Timing, words: str, extract: Extract, *, webvtt: bool) -> None:
    """Put a cue to what was found: its lines, or that it is empty or cannot be read."""
    words = f"{timing.rest}\n{words}" if timing.rest else words
    start, end = timing.start.seconds, timing.end.seconds
    if start is None or end is None:
        form: times.Form = (
            "frames" if "frames" in (timing.start.form, timing.end.form) else "unknown"
        )
        extract.forms[form] += 1
        times_as_written = f"{timing.left} {timing.arrow} {timing.right}"
        extract.miss(f"row {timing.row + 1}", f"{times_as_written} {words}")
        return
    spoken = [*markup.voices(words, webvtt=webvtt)]
    extract.drafts.extend(DraftLine(start, end, speaker, text) for speaker, text in spoken)
    extract.forms.update((timing.start.form,) * len(spoken))
    extract.empty += not spoken
    extract.rolls = extract.rolls or bool(markup.STAMP.search(words))


def _may_have_times(row: str) -> bool:
    if _POINT.search(row, 0, LONGEST):
        return True
    head = row[:LONGEST]
    return head.count(":") + head.count("\uff1a") > 1 and bool(_HAS_DIGIT.search(head[:9]))


def _timing(row: str, index: int, choices: Choices) -> Timing | None:
    usual = _USUAL.fullmatch(row)
    if usual:
        left, right = usual.groups()
        return Timing(index, _read(left, choices), _read(right, choices), "", left, "-->", right)
    head, beyond = times.tidy(row[:LONGEST]), row[LONGEST:]
    arrow = _ARROW.search(head)
    rest = ""
    if arrow:
        left, right = head[: arrow.start()].strip(), head[arrow.end() :].strip()
        first = _FIRST_TIME.match(right)
        whole = first and (first.end() == len(right) or right[first.end()].isspace())
        end = first[0] if first and whole else "".join(right.split(maxsplit=1)[:1])
        rest = right[len(end) :].strip()
    else:
        pair = _PAIR.fullmatch(head)
        if pair is None:
            return None
        left, end = pair.groups()
    if arrow and len(arrow[0]) < len("-->") and not _HAS_DIGIT.search(head):
        return None  # "a -> b"
    settings = all(_SETTING.fullmatch(token) for token in rest.split())
    rest = "" if settings and not beyond else f"{rest}{beyond}"
    as_arrow = arrow[0] if arrow else ""
    return Timing(index, _read(left, choices), _read(end, choices), rest, left, as_arrow, end)


def _read(written: str, choices: Choices) -> Time:
    return times.read(written, unit=choices.unit or "s", frame_rate=choices.frame_rate)


def _fresh(rows: Sequence[str], index: int, own: int | None, *, follows: bool) -> bool:
    """Whether a cue may begin here: after a gap, or after a number that stands after a gap."""
    if index == 0 or blank(rows[index - 1]) or rows[index - 1].lstrip("\ufeff")[:6] == "WEBVTT":
        return True
    return own is not None and (follows or index == 1 or blank(rows[index - 2]))


def _stands(timing: Timing, before: list[Timing], *, fresh: bool) -> bool:
    """Whether these are times, and no words that look like them."""
    alike = not before or before[0].fine == timing.fine
    plain = "plain" in (timing.start.form, timing.end.form)
    if timing.arrow != "-->" and (plain or not (timing.arrow or (fresh and alike))):
        return False
    if timing.readable or "frames" in (timing.start.form, timing.end.form):
        return (fresh or alike) and (not timing.rest or (fresh and alike))
    return fresh and len(timing.left.split()) <= 2  # noqa: PLR2004  "now -->", "at noon -->"
