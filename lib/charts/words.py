"""Escape, cut and wrap texts for charts: Plotly reads tags and templates in any text."""

from __future__ import annotations

import html
import textwrap
import unicodedata
from collections.abc import Iterable

from lib.plain_text import short_labels

TITLE_SEPARATOR = " · "  # between the parts of a title
TITLE_WIDTH = 52  # characters a line, so that a title fits a phone
HOVER_NAME_WIDTH = 60  # characters of a name in a hover box, which does not wrap


def escape_text(text: str) -> str:
    """Return the text so that Plotly shows it as it is, also inside a hover template."""
    return html.escape(text, quote=False).replace("%", "&#37;")


def cut_label(text: str, *, room: int = 15) -> str:
    """Return the text on one line, cut to `room` narrow characters, and escaped."""
    return cut_labels([text], room=room)[text]


def cut_labels(texts: Iterable[str], *, room: int = 15) -> dict[str, str]:
    """Return a label for each text as `cut_label` makes it, of which no two are alike."""
    names = {text: _printable_line(text) for text in texts}
    labels = short_labels(names, room=room, width=_text_width)
    return {text: escape_text(label) for text, label in labels.items()}


def _printable_line(text: str) -> str:
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())


def wrap_title(text: str) -> list[str]:
    """Return a title in escaped lines of at most TITLE_WIDTH, broken between its parts if it can.

    Parts are set apart by TITLE_SEPARATOR. There is always at least one line.
    """
    title_lines: list[str] = []
    for part in text.split(TITLE_SEPARATOR):
        if title_lines and len(title_lines[-1]) + len(TITLE_SEPARATOR) + len(part) <= TITLE_WIDTH:
            title_lines[-1] += TITLE_SEPARATOR + part
        else:
            title_lines.extend(textwrap.wrap(part, TITLE_WIDTH))
    return [escape_text(line) for line in title_lines] or [""]


def append_flag(text: str, flag: str) -> str:
    """Return the text, and below it what is odd, or said, line by line, if anything is."""
    return "<br>".join([text, *map(escape_text, flag.splitlines())])


def _text_width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)
