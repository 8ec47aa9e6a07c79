"""An answer with 3,600 signals to DataFrames, against the vendor's models and pandas."""

from __future__ import annotations

import json

import pandas as pd
from interhumanai import AnalysisResult

from bench import data
from bench.table import Row, medians, seconds
from lib import frames
from lib.interhuman import parser

SIGNALS = 3600
ROUNDS = 15


def rows() -> list[Row]:
    """The row."""
    text = json.dumps(data.answer(SIGNALS))
    mine, theirs = medians(
        lambda: seconds(lambda: ours(text)), lambda: seconds(lambda: sdk(text)), rounds=ROUNDS
    )
    ratio = theirs / mine
    measured = f"{ratio:.1f}x faster ({mine * 1000:.0f} ms, {theirs * 1000:.0f} ms)"
    what = "3,600 signals to DataFrames"
    return [Row(what, "SDK models + pandas", measured, "at least 3x faster", ratio >= 3)]


def ours(text: str) -> list[pd.DataFrame]:
    """JSON to the three frames of a review, flags and clamping included."""
    analysis = parser.parse_answer(text, api="v1")
    return [
        frames.signals(analysis, 1800.0),
        frames.engagement(analysis, 1800.0),
        frames.quality(analysis, 1800.0),
    ]


def sdk(text: str) -> list[pd.DataFrame]:
    """JSON to plain frames of the vendor's models."""
    result = AnalysisResult.model_validate(json.loads(text))
    timeline = result.conversation_quality.timeline if result.conversation_quality else []
    return [
        pd.DataFrame([signal.model_dump() for signal in result.signals]),
        pd.DataFrame([state.model_dump() for state in result.engagement_state]),
        pd.DataFrame([{**w.model_dump(), **dict(w)["values"].model_dump()} for w in timeline]),
    ]
