"""The scripts that each part of the pages runs in the browser.

They are written in TypeScript, in the folders beside this file. `make web` makes one file of each
in dist/, which is committed: who only installs requirements.txt needs nothing else.
"""

from __future__ import annotations

from pathlib import Path

_DIST = Path(__file__).parent / "dist"


def review_script() -> str:
    """The script that keeps video, charts, list and panel of a review in step."""
    return _read("review")


def access_script() -> str:
    """The script that keeps the token of a tab."""
    return _read("access")


def filter_script() -> str:
    """The script that passes on which spans pass the filters."""
    return _read("filter_result")


def quality_window_script() -> str:
    """The script that tells Python which window of the quality chart was clicked."""
    return _read("window_click")


def figure_script() -> str:
    """The script that draws a chart."""
    return _read("figure")


def sessions_script() -> str:
    """The script that draws the list of sessions."""
    return _read("sessions")


def link_script() -> str:
    """The script that leads from page to page, so that Back leads to the same view."""
    return _read("page_links")


def upload_script() -> str:
    """The script that sends recordings to the app, one after another."""
    return _read("uploader")


def _read(name: str) -> str:
    return (_DIST / f"{name}.js").read_text(encoding="utf-8")
