"""Write and read a review as JSON values: notes, verdicts, claims, codes and the transcript."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from typing import Any, TypeVar

from lib.errors import CodebookError, ReviewError, SessionFileError
from lib.interchange import coding_json, limits
from lib.interchange.json_values import read_index, read_list, read_moment, read_text, read_time
from lib.model import Added, Claim, Line, Mark, Note, Review, Verdict

Item = TypeVar("Item")


def dump_review(review: Review) -> dict[str, list[dict[str, Any]]]:
    """The review as JSON values, its moments in ISO 8601."""
    return {
        "notes": [_dump_dated(note) for note in review.notes],
        "verdicts": [_dump_dated(verdict) for verdict in review.verdicts],
        "transcript": [line._asdict() for line in review.transcript],
        "claims": [_dump_claim(claim) for claim in review.claims],
        **_dump_coding(review),
    }


def _dump_coding(review: Review) -> dict[str, list[dict[str, Any]]]:
    """What was coded with its codebooks, where anything was."""
    if not review.coded:
        return {}
    return {
        "coded": [_dump_dated(span) for span in review.coded],
        "codebooks": [coding_json.dump_codebook(codebook) for codebook in review.codebooks],
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
    names = ("notes", "verdicts", "transcript", "claims", "coded", "codebooks")
    items = [_as_list(value.get(name)) for name in names]
    review = Review(
        notes=_read_items(items[0], _read_note),
        verdicts=_read_items(items[1], _read_verdict),
        transcript=_read_items(items[2], _read_line)[: limits.MAX_LINES],
        claims=_read_items(items[3], _read_claim),
        coded=_read_items(items[4], coding_json.read_coded_span),
        codebooks=_read_items(items[5], coding_json.read_codebook)[: limits.MAX_CODEBOOKS],
    )
    read = sum(len(getattr(review, name)) for name in names)
    return review, sum(map(len, items)) - read


def _as_list(items: object) -> list[Any]:
    return items if isinstance(items, list) else []


def _read_items(items: list[Any], read: Callable[[dict[str, Any]], Item]) -> tuple[Item, ...]:
    readable = []
    for item in items:
        try:
            readable.append(read(item))
        except (ReviewError, CodebookError, KeyError, TypeError, ValueError, OverflowError):
            continue  # one bad item stops no other
    return tuple(readable)


def _read_note(item: dict[str, Any]) -> Note:
    return limits.checked_note(
        Note(
            id=read_text(item["id"]),
            reviewer=read_text(item["reviewer"]),
            text=read_text(item["text"]),
            start=read_time(item["start"]),
            end=read_time(item["end"]),
            signal=None if item["signal"] is None else read_index(item["signal"]),
            written_at=read_moment(item["written_at"]),
            imported=True,
        )
    )


def _read_verdict(item: dict[str, Any]) -> Verdict:
    return limits.checked_verdict(
        Verdict(
            signal=read_index(item["signal"]),
            reviewer=read_text(item["reviewer"]),
            opinion=item["opinion"],
            corrected=read_text(item["corrected"]),
            written_at=read_moment(item["written_at"]),
            imported=True,
            mode=item.get("mode", "open"),  # a file from before there were others
        )
    )


def _read_claim(item: dict[str, Any]) -> Claim:
    return limits.checked_claim(
        Claim(
            id=read_text(item["id"]),
            reviewer=read_text(item["reviewer"]),
            text=read_text(item["text"]),
            filter=read_text(item["filter"]),
            signals=tuple(map(read_index, read_list(item["signals"]))),
            total=read_index(item["total"]),
            marks=tuple(
                Mark(read_index(one["signal"]), one["side"]) for one in read_list(item["marks"])
            ),
            written_at=read_moment(item["written_at"]),
            imported=True,
        )
    )


def _read_line(item: dict[str, Any]) -> Line:
    line = Line(
        read_time(item["start"]),
        read_time(item["end"]),
        read_text(item["speaker"]),
        read_text(item["text"]),
    )
    return limits.checked_lines([line])[0]


def _dump_claim(claim: Claim) -> dict[str, Any]:
    marks = [mark._asdict() for mark in claim.marks]
    return {**_dump_dated(claim), "signals": list(claim.signals), "marks": marks}


def _dump_dated(item: Added) -> dict[str, Any]:
    return {**asdict(item), "written_at": item.written_at.isoformat()}
