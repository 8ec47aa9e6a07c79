"""Every filter that is set, in words: a chip each on the page, and one line for files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Any, NamedTuple

from lib import frames, timecode

TYPE, PROBABILITY, STATE, MODALITY = "type", "probability", "state", "modality"
SEARCH, CUE, START, END, NOTES, VERDICT = "search", "cue", "from", "to", "noted", "verdict"
FLAGS, SPEAKER = "flagged", "speaker"
LIST_FILTERS, TEXT_FILTERS = (
    (TYPE, PROBABILITY, STATE, MODALITY, SPEAKER, VERDICT),
    (SEARCH, CUE, START, END, NOTES, FLAGS),
)
FOLDED_FILTERS = (
    CUE,
    STATE,
    MODALITY,
    SPEAKER,
    START,
    END,
    NOTES,
    FLAGS,
    VERDICT,
)  # stand in "More filters"
MAX_LINE_CHARACTERS = 600  # of the line for files
_ORDER = (
    TYPE,
    PROBABILITY,
    SEARCH,
    CUE,
    SPEAKER,
    STATE,
    MODALITY,
    START,
    END,
    NOTES,
    FLAGS,
    VERDICT,
)
_PREFIXES = {
    TYPE: "type",
    PROBABILITY: "probability",
    CUE: "cue",
    SPEAKER: "spoken by",
    STATE: "during",
    MODALITY: "seen in",
    START: "from",
    END: "to",
    VERDICT: "verdict",
}
_TEXTS = {
    NOTES: {"noted": "with a note", "unnoted": "without a note"},
    FLAGS: {"flagged": "with a flag", "unflagged": "without a flag"},
}


class Chip(NamedTuple):
    """One value of one filter, and what it asks for in words; `value` and `label` are data."""

    name: str
    value: str
    label: str


def chips(state: Mapping[str, Any]) -> list[Chip]:
    """A chip for each value that is set, also where it makes no sense and so filters nothing."""
    return [Chip(name, value, _label(name, value)) for name, value in _values(state)]


def filter_line(state: Mapping[str, Any]) -> str:
    """What passes, in one line of data: "type stress, interest; from 0:10"; "" for all."""
    active = [(name, value) for name, value in _values(state) if _filters(name, value)]
    parts = []
    for name, pairs in groupby(active, key=lambda pair: pair[0]):
        first, *others = (value for _, value in pairs)
        parts.append(", ".join((_label(name, first), *others)))
    line = "; ".join(parts)
    return line if len(line) <= MAX_LINE_CHARACTERS else f"{line[: MAX_LINE_CHARACTERS - 1]}…"


def _values(state: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for name in _ORDER:
        value = state.get(name)
        if name in LIST_FILTERS:
            yield from ((name, one) for one in value or ())
        elif isinstance(value, str) and value.strip():
            yield name, value


def _filters(name: str, value: str) -> bool:
    return name not in (START, END) or timecode.parse_time(value) is not None


def _label(name: str, value: str) -> str:
    if name == SEARCH:
        return f"text “{value}”"
    if name in _TEXTS:
        return _TEXTS[name].get(value, value)
    if (name, value) == (VERDICT, frames.NO_VERDICT):
        return "no verdict"
    if not _filters(name, value):
        return f"{_PREFIXES[name]} “{value}”, which is not a time"
    return f"{_PREFIXES[name]} {value}"
