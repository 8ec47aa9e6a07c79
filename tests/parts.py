"""Build sessions of parts: whole answers, and the answers that their parts would have got."""

import json
from datetime import UTC, datetime

from lib.interhuman import parser, stitch
from lib.model import Gap, Part, Session
from tests import answers

WINDOW = 5.0
RANKS = {"high": 0, "medium": 1, "low": 2}


def v2_answer(windows, *, merged=True):
    """A V2 job of windows, each of (types with probabilities, state, clarity)."""
    sent = [
        {
            "index": index,
            "start_seconds": index * WINDOW,
            "end_seconds": (index + 1) * WINDOW,
            "engagement_status": state,
            "signals": [
                signal(name, index * WINDOW, (index + 1) * WINDOW, level)
                for name, level in sorted(types.items())
            ],
        }
        for index, (types, state, _) in enumerate(windows)
    ]
    timeline = [
        {
            "start": index * WINDOW,
            "end": (index + 1) * WINDOW,
            "values": answers.scores(60, clarity=clarity),
        }
        for index, (_, _, clarity) in enumerate(windows)
    ]
    result = {
        "duration_seconds": len(windows) * WINDOW,
        "window_seconds": WINDOW,
        "windows": sent,
        "conversation_quality": {"overall": answers.scores(len(windows)), "timeline": timeline},
    }
    answer = answers.v2(result)
    if merged:
        answer["result"]["signals"] = merge_windows(sent)
    else:
        del answer["result"]["signals"]
    return answer


def signal(name, start, end, level, rationale=None):
    text = rationale or f"{name} {level}"
    return {"type": name, "start": start, "end": end, "probability": level, "rationale": text}


def merge_windows(windows):
    """The contract's rule: one type in adjacent windows is one span, with its highest."""
    spans = []
    for window in windows:
        for found in window["signals"]:
            before = [
                span
                for span in spans
                if span["type"] == found["type"] and span["end"] == found["start"]
            ]
            if not before:
                spans.append(dict(found))
                continue
            (span,) = before
            span["end"] = found["end"]
            if RANKS[found["probability"]] < RANKS[span["probability"]]:
                span |= {name: found[name] for name in ("probability", "rationale")}
    return sorted(spans, key=lambda span: (span["start"], span["type"]))


def part(answer, start, end, core=None, *, sent=""):
    """A part with this answer, or with a gap; without a core, all of it is core."""
    if not isinstance(answer, Gap):
        answer = parser.parse_answer(json.dumps(answer), correlation_id="c-1")
    core_start, core_end = core or (start, end)
    return Part(start, end, core_start, core_end, answer, sent)


def session(*parts, session_id="parts", duration=None, title="Long talk", origin="api"):
    analysis, stitched = stitch.stitch_parts(parts)
    return Session(
        id=session_id,
        title=title,
        created_at=datetime(2026, 11, 2, 9, 30, tzinfo=UTC),
        origin=origin,
        recording_name="long.mp4",
        duration=duration or parts[-1].end,
        analysis=analysis,
        stitch=stitched,
    )


CALM = ({}, "neutral", 50)
KEEN = ({"interest": "high"}, "engaged", 70)
MILD = ({"interest": "low"}, "engaged", 60)


def three(gap=None):
    """Three parts of 20 s, interest over the first seam; instead of the second a gap, if given."""
    first = part(v2_answer([CALM, MILD, CALM, KEEN]), 0, 20, sent="mp4, 1 MB")
    second = part(gap or v2_answer([MILD, CALM, CALM, CALM]), 20, 40)
    third = part(v2_answer([CALM, KEEN, CALM, CALM]), 40, 60)
    return first, second, third
