"""The sample session: a clip, a hand-written analysis of it, and what was measured of it."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

from lib.interchange import measurement_json
from lib.interhuman import parser
from lib.model import Session

ID = "sample"
_FOLDER = Path(__file__).parents[2] / "samples"
POSTER = _FOLDER / "poster.jpg"
CLIP = _FOLDER / "sample.mp4"
ANSWER_FILE = _FOLDER / "sample.json"
MEASUREMENT_FILE = _FOLDER / "recording_measurement.json"
DURATION_SECONDS = 88.0


def sample_session() -> Session:
    """The sample session, labelled as a sample; the same at every call."""
    return Session(
        id=ID,
        title="Sample: a product interview",
        created_at=datetime(2026, 11, 1, 9, 0, tzinfo=UTC),
        origin="sample",
        recording_name=CLIP.name,
        duration=DURATION_SECONDS,
        analysis=parser.parse_answer(ANSWER_FILE.read_text(encoding="utf-8"), api="v1"),
        recording_measurement=measurement_json.load_measurement(
            json.loads(MEASUREMENT_FILE.read_text(encoding="utf-8"))
        ),
    )
