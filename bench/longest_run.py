"""The longest run of the Review page's script, for an answer as large as one that is read whole.

A review of one span is opened before. What a process loads for its first review (pandas and Plotly,
which are part of the cold start in `start`, and the queue's DBOS) is the same for every answer.
Nothing of the measured session is in a cache.
"""

from __future__ import annotations

import json
import os
import random
import tempfile
import time
from datetime import UTC, datetime
from typing import Any
from unittest.mock import patch

from streamlit.testing.v1 import AppTest

from bench import browser
from bench.table import Row
from lib.interhuman import parser
from lib.library import Library
from lib.model import SCORES, Session

TYPES, SPANS = 5_000, 20_000
LONG_CHARACTERS = 5_000_000
WARM_UP = "small"  # the session that is opened before any is measured
ROUNDS = 3
MOST = 3.0  # seconds


def rows() -> list[Row]:
    """One row for many types, one for a rationale of 5 MB."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/library.db"
        long = "He looks, then says um again. " * (LONG_CHARACTERS // 30)
        span = {"type": "stress", "start": 0, "end": 9, "rationale": long}
        answers = {"types": many_types(), "long": {"signals": [span]}}
        _store(url, answers | {WARM_UP: {"signals": [{"type": "stress", "start": 0, "end": 9}]}})
        with patch.dict(os.environ, {"LIBRARY_URL": url}):
            open_session(WARM_UP)
            took = {name: max(open_session(name) for _ in range(ROUNDS)) for name in answers}
    what = {
        "types": f"longest run of the warm review page, {TYPES:,} types, {SPANS:,} spans",
        "long": "longest run of the warm review page, a rationale of 5 MB",
    }
    return [
        Row(what[name], "", f"{longest:.1f} s", f"at most {MOST:g} s", longest <= MOST)
        for name, longest in took.items()
    ]


def many_types() -> dict[str, Any]:
    """A V1 answer of TYPES types and states, SPANS spans of each, and as many windows."""
    chance = random.Random(7)
    starts = [number / 11 for number in range(SPANS)]
    return {
        "signals": [
            {
                "type": f"type {number % TYPES}",
                "start": start,
                "end": start + chance.uniform(0.1, 30),
                "probability": "high",
                "rationale": f"Number {number} looks away, then answers in a lower voice.",
                "modality": ["audio", "visual"],
            }
            for number, start in enumerate(starts)
        ],
        "engagement_state": [
            {"state": f"state {number % TYPES}", "start": start, "end": start + 1}
            for number, start in enumerate(starts)
        ],
        "conversation_quality": {
            "timeline": [
                {
                    "start": start,
                    "end": start + 1 / 11,
                    "values": {name: chance.randint(0, 100) for name in SCORES},
                }
                for start in starts
            ]
        },
    }


def _store(url: str, answers: dict[str, dict[str, Any]]) -> None:
    library = Library(url)
    now = datetime.now(UTC)
    for name, answer in answers.items():
        analysis = parser.parse_answer(json.dumps(answer), api="v1")
        library.save(Session(name, "Bench", now, "api", "bench.mp4", 1800.0, analysis))
    library.close()


def open_session(session_id: str) -> float:
    """How long the page takes that opens a session, with nothing of it in a cache [s]."""
    import streamlit as st  # noqa: PLC0415  after the settings above

    from lib.ui.shell import services  # noqa: PLC0415

    app = AppTest.from_file(browser.ENTRY, default_timeout=600)
    app.run()
    st.cache_resource.clear()
    app.query_params["session"] = session_id
    begun = time.perf_counter()
    app.switch_page("pages/review.py").run()
    took = time.perf_counter() - begun
    services.close()
    st.cache_resource.clear()
    return took
