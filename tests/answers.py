"""Build answers of the API, small enough to check by eye, of which a test can change a part."""

import json
from datetime import UTC, datetime

from lib.interhuman import parser
from lib.model import Session

JOB = "0a1b2c3d4e5f60718293a4b5c6d7e8f9"


def scores(value=60, **changes):
    names = ("quality_index", "clarity", "authority", "energy", "rapport", "learning")
    return {**dict.fromkeys(names, value), **changes}


def v1(**changes):
    answer = {
        "signals": [
            {
                "type": "hesitation",
                "start": 12.0,
                "end": 18.5,
                "probability": "medium",
                "rationale": "A long pause before answering.",
                "modality": ["audio", "visual"],
            },
            {"type": "interest", "start": 3.0, "end": 9.0, "probability": "high"},
            {"type": "hesitation", "start": 16.0, "end": 20.0, "rationale": "Another pause."},
        ],
        "engagement_state": [
            {"state": "engaged", "start": 0.0, "end": 20.0},
            {"state": "neutral", "start": 20.0, "end": 30.0},
        ],
        "conversation_quality": {
            "overall": scores(60, quality_index=61.4),
            "timeline": [
                {"start": 0.0, "end": 10.0, "values": scores(60, clarity=70)},
                {"start": 10.0, "end": 20.0, "values": scores(50)},
                {"start": 20.0, "end": 30.0, "values": scores(55)},
            ],
        },
    }
    return {**answer, **changes}


def v2(result=None, **changes):
    interest = {"type": "interest", "probability": "high", "rationale": "Leans in."}
    windows = [
        {
            "index": 0,
            "start_seconds": 0.0,
            "end_seconds": 5.0,
            "engagement_status": "engaged",
            "signals": [{**interest, "start": 0.0, "end": 5.0}],
        },
        {
            "index": 1,
            "start_seconds": 5.0,
            "end_seconds": 10.0,
            "engagement_status": "neutral",
            "signals": [{**interest, "start": 5.0, "end": 10.0, "probability": "low"}],
        },
    ]
    envelope = {
        "job_id": JOB,
        "status": "completed",
        "model": "inter-2",
        "created_at": "2026-10-02T08:15:00Z",
        "expires_at": "2026-10-02T09:15:00Z",
        "status_url": f"/v2/upload/jobs/{JOB}",
        "result": {
            "duration_seconds": 10.0,
            "window_seconds": 5.0,
            "windows": windows,
            "signals": [{**interest, "start": 0.0, "end": 10.0}],
        }
        | (result or {}),
    }
    return {**envelope, **changes}


def session(answer=None, *, session_id="abc", title="Interview", duration=30.0, origin="api"):
    answer = v1() if answer is None else answer
    return Session(
        id=session_id,
        title=title,
        created_at=datetime(2026, 11, 2, 9, 30, tzinfo=UTC),
        origin=origin,
        recording_name="interview.mp4",
        duration=duration,
        analysis=parser.parse_answer(json.dumps(answer)),
    )
