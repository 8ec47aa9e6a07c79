"""One row of the table: what was measured against what, and the ratio to reach."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """`ratio` is ours divided by theirs (or theirs by ours where `faster`), as `reach` says."""

    what: str
    against: str
    measured: str
    reach: str
    holds: bool


def seconds(work: Callable[[], object]) -> float:
    """How long one call takes."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def medians(
    ours: Callable[[], float], theirs: Callable[[], float], *, rounds: int
) -> tuple[float, float]:
    """The medians of both, measured in turns so that a noisy machine disturbs both alike."""
    pairs = [(ours(), theirs()) for _ in range(rounds)]
    mine, others = zip(*pairs, strict=True)
    return statistics.median(mine), statistics.median(others)


def show(rows: list[Row]) -> None:
    """Print the rows as a table."""
    head = ("what", "against", "measured", "reach", "")
    cells = [head] + [
        (row.what, row.against, row.measured, row.reach, "holds" if row.holds else "FALLS SHORT")
        for row in rows
    ]
    widths = [max(len(line[column]) for line in cells) for column in range(len(head))]
    for line in cells:
        print("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)))
