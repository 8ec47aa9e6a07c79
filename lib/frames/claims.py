"""On which side of a claim its spans stand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

import pandas as pd

from lib.model import SIDES, Claim, Side

SIDE_NOTE = (
    "A span stands for or against a claim as its reviewer has said; where they have not, it is for "
    "it if the verdicts on it agree, against it if they disagree, and open where nobody judged or "
    "verdicts differ."
)
SIDE_WORDS: dict[Side, str] = {"for": "for it", "against": "against it", "open": "open"}
_OF_OPINIONS: dict[frozenset[str], Side] = {
    frozenset({"agree"}): "for",
    frozenset({"disagree"}): "against",
}


def claim_sides(claim: Claim, verdicts: pd.DataFrame) -> dict[int, Side]:
    """The side of each span of a claim, in their order; `verdicts` has VERDICTS.

    "Unsure" is no opinion on either side.
    """
    opinions: Mapping[int, set[str]] = defaultdict(set)
    for signal, opinion in zip(verdicts["signal"].tolist(), verdicts["opinion"], strict=True):
        opinions[signal].add(opinion)
    marked = dict(claim.marks)
    return {
        signal: marked.get(signal)
        or _OF_OPINIONS.get(frozenset(opinions[signal] - {"unsure"}), "open")
        for signal in claim.signals
    }


def claim_spans(
    claim: Claim, signals: pd.DataFrame, verdicts: pd.DataFrame
) -> dict[Side, pd.DataFrame]:
    """The rows of `signals` on each side of a claim, as they stand in the table."""
    sides = signals["id"].map(claim_sides(claim, verdicts))
    return {side: signals[sides.eq(side).to_numpy()] for side in SIDES}


def spans_text(claim: Claim) -> str:
    """Of how many spans a claim rests on how many, and which: "7 of 28 spans: type stress"."""
    counted = f"{len(claim.signals):,} of {claim.total:,} {'span' if claim.total == 1 else 'spans'}"
    return f"{counted}: {claim.filter or 'no filter'}"
