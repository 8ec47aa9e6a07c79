"""Names at the start of lines: "Ana: Hello", "[SPEAKER_00]: Hello". Found, and used if asked."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from lib.interchange.transcript.extract import DraftLine
from lib.interchange.transcript.reading import SpeakersQuestion

_LEAD = r"\s{0,9}(?:[-\u2013\u2014\u2022]\s{0,3}|>{1,3}\s{0,3})?[\u200e\u200f]?"
_PREFIX = re.compile(
    rf"{_LEAD}(?:\[(?P<square>[^\[\]:]{{1,60}})\]|\((?P<round>[^():]{{1,60}})\)"
    r"|(?P<bare>[^\s:\[\](){}<>?!;\"“”|=/][^:\[\]{}<>?!;\"“”|=/\n]{0,59}))"
    r"\s?(?::(?=\s|$)|\uff1a)\s{0,9}"
)
_LABEL = re.compile(  # a speaker by number needs no colon
    rf"{_LEAD}[\[(](?P<square>speaker[ _-]?\w{{1,4}})[\])]\s{{0,9}}", re.IGNORECASE
)
_MOST_WORDS = 5  # of a name
_FEW = 6  # lines, up to which each may have another name
_SHARE = 0.5  # of the lines that begin with a name, from which on they are no chance
_NO_NAMES = frozenset({"note", "warning", "http", "https", "ps", "nb", "eg", "ie", "re", "fyi"})


def question(drafts: Sequence[DraftLine]) -> SpeakersQuestion | None:
    """What to ask about lines that begin with a name and a colon; None where too few do."""
    without = [draft for draft in drafts if not draft.speaker]
    counts: Counter[str] = Counter()
    lines = 0
    for draft in without:
        rows = draft.text.split("\n")
        if _name(rows[0]):
            lines += 1
            counts.update(name for row in rows for name in [_name(row)] if name)
    often = lines >= _SHARE * len(without) or (lines > 2 and lines >= 2 * len(counts))  # noqa: PLR2004
    if not lines or not often or (lines > _FEW and 2 * len(counts) > counts.total()):
        return None
    return SpeakersQuestion(tuple(counts), lines, len(without))


def apply(drafts: Sequence[DraftLine], names: Sequence[str]) -> list[DraftLine]:
    """The lines with these names as their speakers; where two speak in one, it becomes two."""
    known_names = frozenset(names)
    return [
        part
        for draft in drafts
        for part in ([draft] if draft.speaker else _parts(draft, known_names))
    ]


def _parts(draft: DraftLine, known_names: frozenset[str]) -> Iterator[DraftLine]:
    speaker = ""
    rows: list[str] = []
    for row in draft.text.split("\n"):
        match, name = _match_prefix(row), _name(row)
        if match and name in known_names:
            yield from _part(draft, speaker, rows)
            speaker, rows = name, [row[match.end() :]]
        else:
            rows.append(row)
    yield from _part(draft, speaker, rows)


def _part(draft: DraftLine, speaker: str, rows: Sequence[str]) -> Iterator[DraftLine]:
    """One speaker's words; a name with nothing after it is words itself."""
    if any(row.strip() for row in rows):
        yield draft._replace(speaker=speaker, text="\n".join(rows))
    elif speaker:
        yield draft._replace(text=f"{speaker}:")


def _match_prefix(text: str) -> re.Match[str] | None:
    return _PREFIX.match(text) or _LABEL.match(text)


def _name(text: str) -> str:
    """The name that a text begins with, "" for none."""
    match = _match_prefix(text)
    if match is None:
        return ""
    name = " ".join(next(part for part in match.groups() if part).split())
    has_letter = any(letter.isalpha() for letter in name)
    few = len(name.split()) <= _MOST_WORDS
    if not has_letter or not few or name.lower().strip(".") in _NO_NAMES:
        return ""
    return name if _is_named(name, match) else ""


def _is_named(name: str, match: re.Match[str]) -> bool:
    """Whether it is written as names are: in brackets, or not in small letters throughout."""
    bare = match.groupdict().get("bare") is None
    return bare or name != name.lower() or name == name.upper() or name.startswith("speaker")
