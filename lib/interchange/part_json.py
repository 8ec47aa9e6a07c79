"""Write and read the parts of a session as JSON values, each with its answer as received."""

from __future__ import annotations

from typing import Any, get_args

from lib.interchange import bounded_json
from lib.interhuman import parser
from lib.model import Analysis, Api, Gap, GapKind, Part, Stitch
from lib.plain_text import one_line, replace_surrogates

MAX_PARTS = 2000  # of a session: 100 hours in parts of three minutes
MAX_SENT_CHARACTERS = 500  # of what was sent, in words
MAX_REASON_CHARACTERS = 2000  # of why there is a gap
MAX_ID_CHARACTERS = 200  # of a correlation id
TIMES = ("start", "end", "core_start", "core_end")


def dump_parts(stitch: Stitch) -> list[dict[str, Any]]:
    """The parts in the order of time: times in seconds of the recording, and answer or gap."""
    return [_dump_part(part) for part in stitch.parts]


def dump_marks(stitch: Stitch) -> dict[str, Any]:
    """What stitching the parts did, for whoever reads a file without this app."""
    return {
        "seams": list(stitch.seams),
        "sources": [[list(source) for source in sources] for sources in stitch.sources],
        "flags": [flag._asdict() for flag in stitch.flags],
        "left_out": [
            {"part": left.part, "section": left.section, "count": left.count}
            for left in stitch.left_out
        ],
    }


def load_parts(value: object, *, api: Api | None = None) -> tuple[Part, ...]:
    """The parts in a JSON value; whether they follow each other is for the stitch to say.

    Raises:
        ValueError, TypeError, KeyError: it is no list of parts, or beyond the limits above.
        ApiError: an answer cannot be read.
    """
    if not isinstance(value, list):
        raise TypeError
    if len(value) > MAX_PARTS:
        raise ValueError
    return tuple(_load_part(item, api) for item in value)


def _dump_part(part: Part) -> dict[str, Any]:
    content: dict[str, Any] = {name: getattr(part, name) for name in TIMES}
    content["sent"] = part.sent
    if isinstance(part.outcome, Gap):
        return {**content, "gap": {"kind": part.outcome.kind, "reason": part.outcome.reason}}
    correlation_id = part.outcome.correlation_id
    return {**content, "correlation_id": correlation_id, "answer": part.outcome.raw}


def _load_part(item: Any, api: Api | None) -> Part:  # noqa: ANN401  any JSON value
    return Part(
        **{name: _read_time(item[name]) for name in TIMES},
        outcome=_load_gap(item["gap"]) if "gap" in item else _load_answer(item, api),
        sent=one_line(_read_text(item["sent"], MAX_SENT_CHARACTERS)),
    )


def _load_gap(gap: dict[str, Any]) -> Gap:
    if gap["kind"] not in get_args(GapKind):
        raise ValueError
    return Gap(gap["kind"], replace_surrogates(_read_text(gap["reason"], MAX_REASON_CHARACTERS)))


def _load_answer(item: dict[str, Any], api: Api | None) -> Analysis:
    answer, correlation_id = item["answer"], item.get("correlation_id")
    if not isinstance(answer, str):
        raise TypeError
    if correlation_id is not None:
        correlation_id = _read_text(correlation_id, MAX_ID_CHARACTERS)
    bounded_json.check_value_count(answer)
    return parser.parse_answer(answer, api=api, correlation_id=correlation_id)


def _read_text(value: object, room: int) -> str:
    if not isinstance(value, str):
        raise TypeError
    if len(value) > room:
        raise ValueError
    return value


def _read_time(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError
    return float(value)
