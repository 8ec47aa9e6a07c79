"""The values in JSON that people bring, each checked to be of its kind."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any


def read_text(value: object) -> str:
    """A text; TypeError for anything else."""
    if not isinstance(value, str):
        raise TypeError
    return value


def read_list(value: object) -> list[Any]:
    """A list; TypeError for anything else, a text among it, which is a list of letters."""
    if not isinstance(value, list):
        raise TypeError
    return value


def read_time(value: object) -> float:
    """A number of seconds; TypeError for anything else."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError
    return float(value)


def read_index(value: object) -> int:
    """A whole number; TypeError for anything else."""
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError
    return value


def read_moment(value: object) -> datetime:
    """A moment as `parse_moment` reads it; ValueError for anything else."""
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
