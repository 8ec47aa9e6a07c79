"""Join the modules of JavaScript that each part of the pages runs in the browser."""

from __future__ import annotations

from pathlib import Path

_HERE = Path(__file__).parent
_REVIEW = (
    "elements",
    "streamlit_page",
    "plotly_chart",
    "state",
    "player",
    "waveform",
    "zoom",
    "filter_chips",
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
_UPLOAD = ("elements", "upload_queue", "upload")
_LINKS = ("streamlit_page", "page_links")


def review_script() -> str:
    """The script that keeps video, charts, list and panel of a review in step."""
    return _joined(_REVIEW)


def access_script() -> str:
    """The script that keeps the token of a tab."""
    return _read("access")


def filter_script() -> str:
    """The script that passes on which spans pass the filters."""
    return _read("filter_result")


def quality_window_script() -> str:
    """The script that tells Python which window of the quality chart was clicked."""
    return _read("window_click")


def sessions_script() -> str:
    """The script that draws the list of sessions."""
    return _joined(_SESSIONS)


def link_script() -> str:
    """The script that leads from page to page, so that Back leads to the same view."""
    return _joined(_LINKS)


def upload_script() -> str:
    """The script that sends recordings to the app, one after another."""
    return _joined(_UPLOAD)


def _joined(parts: tuple[str, ...]) -> str:
    return "\n".join(_read(part) for part in parts)


def _read(part: str) -> str:
    return (_HERE / f"{part}.js").read_text(encoding="utf-8")
