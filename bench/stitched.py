"""Opening a session of six parts, 3 hours and 3,600 spans, against one answer of as many."""

from __future__ import annotations

import json
import os
import tempfile
from datetime import UTC, datetime
from unittest.mock import patch

from bench import data
from bench.longest_run import open_session
from bench.table import Row, medians
from lib.interhuman import parser, stitch
from lib.library import Library
from lib.model import Analysis, Part, Session

SPANS, SECONDS, PARTS = 3600, 3 * 3600.0, 6
ROUNDS = 7


def rows() -> list[Row]:
    """The row."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/library.db"
        _store(url)
        with patch.dict(os.environ, {"LIBRARY_URL": url}):
            open_session("one")  # what is loaded once is loaded
            mine, theirs = medians(
                lambda: open_session("stitched"), lambda: open_session("one"), rounds=ROUNDS
            )
    measured = f"{mine / theirs:.2f}x ({mine * 1000:.0f} ms, {theirs * 1000:.0f} ms)"
    what = "open 3 h stitched of 6 parts, 3,600 spans"
    return [Row(what, "one answer of 3,600 spans", measured, "at most 1.1x", mine / theirs <= 1.1)]


def _store(url: str) -> None:
    library = Library(url)
    now = datetime.now(UTC)
    whole = _answer(SPANS, SECONDS)
    library.save(Session("one", "Bench", now, "api", "bench.mp4", SECONDS, whole))
    length = SECONDS / PARTS
    parts = tuple(
        Part(
            start=length * number,
            end=length * (number + 1),
            core_start=length * number,
            core_end=length * (number + 1),
            outcome=_answer(SPANS // PARTS, length, seed=number),
            sent="mp4, not re-encoded",
        )
        for number in range(PARTS)
    )
    analysis, seams = stitch.stitch_parts(parts)
    session = Session("stitched", "Bench", now, "api", "bench.mp4", SECONDS, analysis, stitch=seams)
    library.save(session)
    library.close()


def _answer(spans: int, seconds: float, *, seed: int = 7) -> Analysis:
    return parser.parse_answer(json.dumps(data.answer(spans, seconds=seconds, seed=seed)), api="v1")
