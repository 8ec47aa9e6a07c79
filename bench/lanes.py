"""The lanes figure of 2,000 spans and its JSON, against px.timeline."""

from __future__ import annotations

import json

import pandas as pd
import plotly.express as px

from bench import data
from bench.table import Row, medians, seconds
from lib import charts, frames, timecode
from lib.interhuman import parser

SPANS = 2000
ROUNDS = 9


def rows() -> list[Row]:
    """Time and bytes."""
    analysis = parser.parse_answer(json.dumps(data.answer(SPANS)), api="v1")
    signals = frames.signals(analysis, 1800.0)
    mine, theirs = medians(
        lambda: seconds(lambda: ours(signals)),
        lambda: seconds(lambda: timeline(signals)),
        rounds=ROUNDS,
    )
    ratio, share = theirs / mine, len(ours(signals)) / len(timeline(signals))
    faster = f"{ratio:.1f}x faster ({mine * 1000:.0f} ms, {theirs * 1000:.0f} ms)"
    what = "lanes of 2,000 spans"
    return [
        Row(f"{what}, time", "px.timeline", faster, "at least 2.5x faster", ratio >= 2.5),
        Row(f"{what}, bytes", "px.timeline", f"{share:.2f}x", "at most 0.5x", share <= 0.5),
    ]


def ours(signals: pd.DataFrame) -> str:
    """Packed, drawn, as JSON."""
    lanes = frames.lanes(signals)
    figure = charts.lanes(lanes, duration=1800.0, title="Signals", digits=1)
    return str(figure.to_json())


def timeline(signals: pd.DataFrame) -> str:
    """The same spans with the same hover by px.timeline, which knows dates and packs nothing."""
    dated = signals.assign(
        begins=pd.to_datetime(signals["start"], unit="s"),
        ends=pd.to_datetime(signals["end"], unit="s"),
        start=[timecode.format_time(time, digits=1) for time in signals["start"]],
        end=[timecode.format_time(time, digits=1) for time in signals["end"]],
    )
    figure = px.timeline(
        dated,
        x_start="begins",
        x_end="ends",
        y="type",
        color="probability",
        hover_data={"begins": False, "ends": False, "start": True, "end": True, "id": True},
    )
    return str(figure.to_json())
