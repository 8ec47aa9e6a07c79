"""Escape, cut and wrap texts for charts: Plotly reads tags and templates in any text."""

from __future__ import annotations

import html
import textwrap
import unicodedata

TITLE_SEPARATOR = " · "  # between the parts of a title
TITLE_WIDTH = 52  # characters a line, so that a title fits a phone
HOVER_NAME_WIDTH = 60  # characters of a name in a hover box, which does not wrap


def escape_text(text: str) -> str:
    """Return the text so that Plotly shows it as it is, also inside a hover template."""
    return html.escape(text, quote=False).replace("%", "&#37;")


def cut_label(text: str, *, room: int = 15) -> str:
    """Return the text on one line, cut to `room` narrow characters, and escaped."""
    clean = " ".join("".join(char if char.isprintable() else " " for char in text).split())
    if sum(map(_character_width, clean)) <= room:
        return escape_text(clean)
    used, cut = 1, ""
    for char in clean:
        used += _character_width(char)
        if used > room:
            break
        cut += char
    return escape_text(f"{cut.rstrip()}…")


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


def _character_width(char: str) -> int:
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1
