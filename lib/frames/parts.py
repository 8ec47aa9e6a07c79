"""The parts of a session as tables: which stretch each covers, and its own overall scores."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from lib.frames.schema import ANSWERED, OVERALL_OF_PARTS, PARTS
from lib.frames.scores import overall_rows
from lib.model import Gap, Part


def parts_table(parts: Sequence[Part]) -> pd.DataFrame:
    """One row a part, in the order of time; columns PARTS. Empty where nothing was cut."""
    rows = [_part_row(number, part) for number, part in enumerate(parts, start=1)]
    return pd.DataFrame(rows, columns=list(PARTS)).astype(PARTS)


def overall_of_parts(parts: Sequence[Part]) -> pd.DataFrame:
    """One row a score of a part that was sent with overall scores; columns OVERALL_OF_PARTS.

    No score of the whole recording is made up from them.
    """
    rows = [
        (number, *row)
        for number, part in enumerate(parts, start=1)
        if part.analysis
        for row in overall_rows(part.analysis)
    ]
    return pd.DataFrame(rows, columns=list(OVERALL_OF_PARTS)).astype(OVERALL_OF_PARTS)


def gaps(parts: pd.DataFrame) -> pd.DataFrame:
    """The rows of a table of parts that have no answer."""
    return parts[parts["outcome"] != ANSWERED]


def _part_row(number: int, part: Part) -> tuple[object, ...]:
    gap = part.outcome if isinstance(part.outcome, Gap) else Gap("not sent")
    answered = part.analysis is not None
    return (
        number,
        part.core_start,
        part.core_end,
        part.start,
        part.end,
        ANSWERED if answered else gap.kind,
        "" if answered else gap.reason,
        part.sent,
    )
