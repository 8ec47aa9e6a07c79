"""What runs in the browser: the parts of the review room, joined to one module of JavaScript."""

from __future__ import annotations

from pathlib import Path

_HERE = Path(__file__).parent
_PARTS = (
    "state",
    "player",
    "zoom",
    "charts",
    "table",
    "sheet",
    "panel",
    "marks",
    "scores",
    "keys",
    "room",
)


def room() -> str:
    """The script that keeps video, charts, list and panel in step."""
    return "\n".join(_read(part) for part in _PARTS)


def shown() -> str:
    """The script that tells it which spans pass the filters."""
    return _read("shown")


def windows() -> str:
    """The script that tells Python which window of the quality chart was clicked."""
    return _read("windows")


def _read(part: str) -> str:
    return (_HERE / f"{part}.js").read_text(encoding="utf-8")
