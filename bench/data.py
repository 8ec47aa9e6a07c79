"""Answers of a chosen size, always the same."""

from __future__ import annotations

import random
from typing import Any

from lib.model import FRICTION, SCORES, SUPPORTIVE

TYPES = (*SUPPORTIVE, *FRICTION)


def answer(signals: int, *, seconds: float = 1800.0, seed: int = 7) -> dict[str, Any]:
    """A V1 answer with so many signals over so many seconds."""
    chance = random.Random(seed)
    return {
        "signals": [_signal(chance, seconds) for _ in range(signals)],
        "engagement_state": [
            {"state": chance.choice(("engaged", "neutral")), "start": at, "end": at + 30.0}
            for at in range(0, int(seconds), 30)
        ],
        "conversation_quality": {
            "overall": _scores(chance),
            "timeline": [
                {"start": at, "end": at + 10.0, "values": _scores(chance)}
                for at in range(0, int(seconds), 10)
            ],
        },
    }


def _signal(chance: random.Random, seconds: float) -> dict[str, Any]:
    start = round(chance.uniform(0, seconds - 15), 1)
    return {
        "type": chance.choice(TYPES),
        "start": start,
        "end": round(start + chance.uniform(1, 15), 1),
        "probability": chance.choice(("high", "medium", "low")),
        "rationale": "Looks away, pauses, then answers in a lower voice and at a slower pace.",
        "modality": ["audio", "visual"],
    }


def _scores(chance: random.Random) -> dict[str, float]:
    return {name: float(chance.randint(30, 80)) for name in SCORES}
