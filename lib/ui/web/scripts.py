"""The scripts of the browser: files of this folder, joined to modules of JavaScript."""

from __future__ import annotations

from pathlib import Path

_FOLDER = Path(__file__).parent
_REVIEW = (  # in this order: each knows those before it
    "elements",
    "state",
    "player",
    "zoom",
    "charts",
    "span_list",
    "data_table",
    "span_panel",
    "review_marks",
    "score_switches",
    "keys",
    "review",
)
_SESSIONS = ("elements", "sparkline", "sessions")


def review_script() -> str:
    """The script of the review page: keeps video, charts, list and panel in step."""
    return _join(_REVIEW)


def filter_script() -> str:
    """The script beside the filters: tells the review page which spans pass them."""
    return _read("filter_result")


def quality_window_script() -> str:
    """The script beside the Quality section: tells Python which window was clicked."""
    return _read("window_click")


def sessions_script() -> str:
    """The script of the Sessions page: draws the list of sessions."""
    return _join(_SESSIONS)


def upload_script() -> str:
    """The script of the uploader: hands over many recordings, one after another."""
    return _read("upload_feeder")


def _join(parts: tuple[str, ...]) -> str:
    return "\n".join(_read(part) for part in parts)


def _read(part: str) -> str:
    return (_FOLDER / f"{part}.js").read_text(encoding="utf-8")
