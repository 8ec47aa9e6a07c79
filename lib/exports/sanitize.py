"""Clean text from outside, so that any file format can hold it."""

from __future__ import annotations

import re

from lib.plain_text import replace_surrogates

ELLIPSIS = "…"
NAMELESS = "unnamed"

# Control characters but tab and newline, and two code points that no XML may hold.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")


def clean(text: str) -> str:
    r"""Return the text without control characters, every line break as "\n".

    Halves of surrogate pairs, which cannot be written, become "?".
    """
    if text.isprintable():  # as most are: nothing of all that is printable
        return text
    return _UNWRITABLE.sub("", replace_surrogates(text).replace("\r\n", "\n").replace("\r", "\n"))


def one_line(text: str) -> str:
    """Return the text cleaned, with each run of spaces and line breaks as one space."""
    spaced = " ".join(text.split())  # before cleaning: some control characters break a line
    return " ".join(clean(spaced).split())


def cut(text: str, room: int) -> str:
    """Return at most `room` characters, the last of them an ellipsis if any had to go."""
    return text if len(text) <= room else text[: room - 1] + ELLIPSIS
