"""How far reviewers agree, as tables of a report. Knows the columns of Agreement."""

from __future__ import annotations

import math

import pandas as pd

from lib.exports.bundle import Agreement, ExportBundle
from lib.exports.report_tables import Columns, Table
from lib.model import OPINIONS

SHARE = (
    "Share agreed, with its 95 % Wilson interval. n counts verdicts, agree and disagree, of all "
    "reviewers; unsure stands apart."
)
KAPPA = "Cohen's kappa: 1 is full agreement, 0 what chance alone would give."
NOBODY, ALONE = "No verdict on these spans.", "It takes two reviewers."


def tables(material: ExportBundle) -> list[Table]:
    """Return the shares agreed by type and by probability, and pairs of reviewers.

    Empty where nobody judged.
    """
    found = material.agreement
    if found is None:
        return []
    reviewers = material.verdicts["reviewer"].nunique()
    types, probabilities = _agreed("type", found.types), _agreed("probability", found.probabilities)
    return [
        Table("Agreement by type", types, NOBODY, SHARE),
        Table("Agreement by probability", probabilities, NOBODY),
        Table("Agreement of reviewers", _pairs(found.pairs), ALONE, _compared(found, reviewers)),
    ]


def _agreed(by: str, table: pd.DataFrame) -> Columns:
    return {
        by: table["value"],
        "agreed": map(_share, table["share"], table["low"], table["high"]),
        **{name: map(str, table[name]) for name in ("n", *OPINIONS)},
    }


def _share(share: float, low: float, high: float) -> str:
    return "–" if math.isnan(share) else f"{share:.0%} ({low:.0%} – {high:.0%})"


def _pairs(pairs: pd.DataFrame) -> Columns:
    return {
        "reviewer": pairs["one"],
        "other reviewer": pairs["other"],
        "Cohen's kappa": map(_kappa, pairs["kappa"]),
        "n": [f"{n} {unit}" for n, unit in zip(pairs["n"], pairs["unit"], strict=True)],
    }


def _kappa(value: float) -> str:
    return "not defined" if math.isnan(value) else f"{value:.2f}"


def _compared(found: Agreement, reviewers: int) -> str:
    """Return how to read kappa, and how many reviewers are compared if not all are."""
    compared = len({*found.pairs["one"], *found.pairs["other"]})
    most = f" Of {reviewers} reviewers, the {compared} with the most verdicts are compared."
    return KAPPA + most if compared < reviewers else KAPPA
