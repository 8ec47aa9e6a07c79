"""What runs in the browser: parts of the pages, joined to modules of JavaScript."""

from __future__ import annotations

from pathlib import Path

_HERE = Path(__file__).parent
_ROOM = (
    "make",
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
_SESSIONS = ("make", "spark", "sessions")


def review_script() -> str:
    """The script that keeps video, charts, list and panel in step."""
    return _joined(_ROOM)


def filter_script() -> str:
    """The script that tells it which spans pass the filters."""
    return _read("shown")


def quality_window_script() -> str:
    """The script that tells Python which window of the quality chart was clicked."""
    return _read("windows")


def sessions_script() -> str:
    """The script that draws the list of sessions."""
    return _joined(_SESSIONS)


def _joined(parts: tuple[str, ...]) -> str:
    return "\n".join(_read(part) for part in parts)


def upload_script() -> str:
    """The script that gives an uploader many recordings, one after another."""
    return _read("feeder")


def _read(part: str) -> str:
    return (_HERE / f"{part}.js").read_text(encoding="utf-8")
