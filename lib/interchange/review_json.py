"""Write and read a review as JSON values: notes, verdicts, claims and the transcript."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any, TypeVar

from lib.errors import ReviewError, SessionFileError
from lib.interchange import limits
from lib.model import Claim, Line, Mark, Note, Review, Verdict

Item = TypeVar("Item")


def dump_review(review: Review) -> dict[str, list[dict[str, Any]]]:
    """The review as JSON values, its moments in ISO 8601."""
    return {
        "notes": [_dump_dated(note) for note in review.notes],
        "verdicts": [_dump_dated(verdict) for verdict in review.verdicts],
        "transcript": [line._asdict() for line in review.transcript],
        "claims": [_dump_claim(claim) for claim in review.claims],
    }


def load_review(value: object) -> tuple[Review, int]:
    """The review in a JSON value, marked as imported, and how many of its items are left out.

    Left out is what the library would refuse: it is no note, verdict, line or claim, or beyond the
    limits in `lib.interchange.limits`.

    Raises:
        SessionFileError: it is no JSON object.
    """
    if not isinstance(value, dict):
        raise SessionFileError(
            "The notes and verdicts of the session file cannot be read.",
            "Download the session again.",
        )
    items = [_as_list(value.get(name)) for name in ("notes", "verdicts", "transcript", "claims")]
    review = Review(
        notes=_read_items(items[0], _read_note),
        verdicts=_read_items(items[1], _read_verdict),
        transcript=_read_items(items[2], _read_line)[: limits.MAX_LINES],
        claims=_read_items(items[3], _read_claim),
    )
    read = sum(map(len, (review.notes, review.verdicts, review.transcript, review.claims)))
    return review, sum(map(len, items)) - read


def _as_list(items: object) -> list[Any]:
    return items if isinstance(items, list) else []


def _read_items(items: list[Any], read: Callable[[dict[str, Any]], Item]) -> tuple[Item, ...]:
    readable = []
    for item in items:
        try:
            readable.append(read(item))
        except (ReviewError, KeyError, TypeError, ValueError, OverflowError):
            continue  # one bad item stops no other
    return tuple(readable)


def _read_note(item: dict[str, Any]) -> Note:
    return limits.checked_note(
        Note(
            id=_read_text(item["id"]),
            reviewer=_read_text(item["reviewer"]),
            text=_read_text(item["text"]),
            start=_read_time(item["start"]),
            end=_read_time(item["end"]),
            signal=None if item["signal"] is None else _read_index(item["signal"]),
            written_at=_read_moment(item["written_at"]),
            imported=True,
        )
    )


def _read_verdict(item: dict[str, Any]) -> Verdict:
    return limits.checked_verdict(
        Verdict(
            signal=_read_index(item["signal"]),
            reviewer=_read_text(item["reviewer"]),
            opinion=item["opinion"],
            corrected=_read_text(item["corrected"]),
            written_at=_read_moment(item["written_at"]),
            imported=True,
            mode=item.get("mode", "open"),  # a file from before there were others
        )
    )


def _read_claim(item: dict[str, Any]) -> Claim:
    return limits.checked_claim(
        Claim(
            id=_read_text(item["id"]),
            reviewer=_read_text(item["reviewer"]),
            text=_read_text(item["text"]),
            filter=_read_text(item["filter"]),
            signals=tuple(map(_read_index, item["signals"])),
            total=_read_index(item["total"]),
            marks=tuple(Mark(_read_index(one["signal"]), one["side"]) for one in item["marks"]),
            written_at=_read_moment(item["written_at"]),
            imported=True,
        )
    )


def _read_line(item: dict[str, Any]) -> Line:
    line = Line(
        _read_time(item["start"]),
        _read_time(item["end"]),
        _read_text(item["speaker"]),
        _read_text(item["text"]),
    )
    return limits.checked_lines([line])[0]


def _read_text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _read_time(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError
    return float(value)


def _read_index(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError
    return value


def _read_moment(value: object) -> datetime:
    moment = parse_moment(value)
    if moment is None:
        raise ValueError
    return moment


def parse_moment(value: object) -> datetime | None:
    """The moment in ISO 8601 text with a time zone, in UTC; None when the value is none."""
    try:
        moment = datetime.fromisoformat(value) if isinstance(value, str) else None
        return moment.astimezone(UTC) if moment and moment.tzinfo else None
    except (ValueError, OverflowError):
        return None


def _dump_claim(claim: Claim) -> dict[str, Any]:
    return {**_dump_dated(claim), "marks": [mark._asdict() for mark in claim.marks]}


def _dump_dated(item: Note | Verdict | Claim) -> dict[str, Any]:
    return {**asdict(item), "written_at": item.written_at.isoformat()}
