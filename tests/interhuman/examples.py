"""Answers shaped as the API documents them, and a copy of one with a part changed."""

import copy
import json

JOB = "0a1b2c3d4e5f60718293a4b5c6d7e8f9"
NAMES = ("quality_index", "clarity", "authority", "energy", "rapport", "learning")


def scores(*values):
    return dict(zip(NAMES, values, strict=True))


V1 = {
    "signals": [
        {
            "type": "hesitation",
            "start": 12.0,
            "end": 18.5,
            "probability": "medium",
            "rationale": "A pause and a lowered gaze.",
            "modality": ["audio", "visual"],
        },
        {"type": "interest", "start": 3, "end": 9, "probability": None},
    ],
    "engagement_state": [
        {"state": "engaged", "start": 0.0, "end": 20.0},
        {"state": "neutral", "start": 20.0, "end": 31.0},
    ],
    "conversation_quality": {
        "overall": scores(61.4, 58, 55, 70, 64, 60),
        "timeline": [{"start": 0.0, "end": 10.0, "values": scores(60, 57, 54, 69, 62, 58)}],
    },
    "feedback": {
        "type": "feedback",
        "message": "Pause less before the price.",
        "active_dimensions": ["authority"],
        "primary_signal": "hesitation",
    },
}


def window(index, status, *signals):
    start, end = index * 5.0, index * 5.0 + 5.0
    return {
        "index": index,
        "start_seconds": start,
        "end_seconds": end,
        "engagement_status": status,
        "signals": [
            {"type": name, "start": start, "end": end, "probability": level}
            for name, level in signals
        ],
    }


V2 = {
    "job_id": JOB,
    "status": "completed",
    "model": "inter-2",
    "created_at": "2026-10-02T08:15:00Z",
    "expires_at": "2026-10-02T09:15:00Z",
    "status_url": f"/v2/upload/jobs/{JOB}",
    "result": {
        "duration_seconds": 13.4,
        "window_seconds": 5.0,
        "windows": [
            window(0, "engaged", ("interest", "high")),
            window(1, "neutral", ("interest", "low"), ("stress", None)),
            window(2, "disengaged"),
        ],
        "signals": [{"type": "interest", "start": 0.0, "end": 10.0, "probability": "high"}],
        "conversation_quality": {
            "overall": scores(54, 50, 50, 57, 56, 57),
            "timeline": [{"start": 0.0, "end": 5.0, "values": scores(55, 50, 50, 58, 57, 60)}],
        },
    },
}

FAILED = {
    "job_id": JOB,
    "status": "failed",
    "model": "inter-2",
    "error": {"error_id": "ih1004", "message": "Interrupted.", "correlation_id": "c-7"},
}


def with_change(answer, path, value):
    """A copy of the answer with `value` at the dotted `path`; without the key if it is `...`."""
    answer = copy.deepcopy(answer)
    *parents, last = [int(key) if key.isdigit() else key for key in path.split(".")]
    parent = answer
    for key in parents:
        parent = parent[key]
    if value is ...:
        del parent[last]
    else:
        parent[last] = value
    return answer


def to_json(answer):
    return json.dumps(answer)
