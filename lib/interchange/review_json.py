"""What people added to a session as JSON values, written and read item by item."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any, TypeVar

from lib.errors import ReviewError, SessionFileError
from lib.interchange import limits
from lib.model import Line, Note, Review, Verdict

Item = TypeVar("Item")


def dump_review(review: Review) -> dict[str, list[dict[str, Any]]]:
    """The review as values that JSON can hold; moments in ISO 8601."""
    return {
        "notes": [_dated(note) for note in review.notes],
        "verdicts": [_dated(verdict) for verdict in review.verdicts],
        "transcript": [line._asdict() for line in review.transcript],
    }


def load_review(found: object) -> tuple[Review, int]:
    """The review in what a file holds, and how many of its items are left out.

    Left out is what the library could not keep: it was no note, verdict or line, or beyond the
    limits in `lib.interchange.limits`.

    Raises:
        SessionFileError: it is no JSON object.
    """
    if not isinstance(found, dict):
        raise SessionFileError(
            "The notes and verdicts of the session file cannot be read.",
            "Download the session again.",
        )
    items = [_listed(found.get(name)) for name in ("notes", "verdicts", "transcript")]
    review = Review(
        notes=_readable(items[0], _note),
        verdicts=_readable(items[1], _verdict),
        transcript=_readable(items[2], _line)[: limits.MAX_LINES],
    )
    kept = len(review.notes) + len(review.verdicts) + len(review.transcript)
    return review, sum(map(len, items)) - kept


def _listed(items: object) -> list[Any]:
    return items if isinstance(items, list) else []


def _readable(items: list[Any], read: Callable[[dict[str, Any]], Item]) -> tuple[Item, ...]:
    found = []
    for item in items:
        try:
            found.append(read(item))
        except (ReviewError, KeyError, TypeError, ValueError, OverflowError):
            continue  # one bad item costs no other
    return tuple(found)


def _note(item: dict[str, Any]) -> Note:
    return limits.checked_note(
        Note(
            id=_text(item["id"]),
            reviewer=_text(item["reviewer"]),
            text=_text(item["text"]),
            start=_time(item["start"]),
            end=_time(item["end"]),
            signal=None if item["signal"] is None else _place(item["signal"]),
            written_at=_written(item["written_at"]),
        )
    )


def _verdict(item: dict[str, Any]) -> Verdict:
    return limits.checked_verdict(
        Verdict(
            signal=_place(item["signal"]),
            reviewer=_text(item["reviewer"]),
            opinion=item["opinion"],
            corrected=_text(item["corrected"]),
            written_at=_written(item["written_at"]),
        )
    )


def _line(item: dict[str, Any]) -> Line:
    line = Line(
        _time(item["start"]), _time(item["end"]), _text(item["speaker"]), _text(item["text"])
    )
    return limits.checked_lines([line])[0]


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _time(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError
    return float(value)


def _place(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError
    return value


def _written(value: object) -> datetime:
    named = parse_moment(value)
    if named is None:
        raise ValueError
    return named


def parse_moment(value: object) -> datetime | None:
    """The moment that ISO 8601 text with a time zone names, in UTC; None when it names none."""
    try:
        named = datetime.fromisoformat(value) if isinstance(value, str) else None
        return named.astimezone(UTC) if named and named.tzinfo else None
    except (ValueError, OverflowError):
        return None


def _dated(one: Note | Verdict) -> dict[str, Any]:
    return {**asdict(one), "written_at": one.written_at.isoformat()}
