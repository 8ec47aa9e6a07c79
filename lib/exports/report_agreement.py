"""The report's tables of how far reviewers agree, each cell as text."""

from __future__ import annotations

import math

import pandas as pd

from lib.exports.bundle import Agreement, ExportBundle, code_agreement
from lib.exports.report_tables import Columns, Table
from lib.frames import code_agreement_note, code_agreement_texts
from lib.frames.agreement import KAPPA_NOTE, SHARE_NOTE, blind_text
from lib.frames.agreement_texts import agreed_text, kappa_text
from lib.model import OPINIONS

NO_VERDICTS, NO_PAIRS = "No verdict on these spans.", "Needs verdicts from two reviewers."
NO_CODERS = "Needs one code from two coders, or a code that matches signals."


def code_tables(bundle: ExportBundle) -> list[Table]:
    """Return how far coders agree with each other and with signals.

    Empty where nobody coded, or the report goes without codes.
    """
    if bundle.coded.empty or "codes" not in bundle.report.parts:
        return []
    columns = code_agreement_texts(code_agreement(bundle))
    return [Table("Agreement of coders", columns, NO_CODERS, code_agreement_note(bundle.coded))]


def agreement_tables(bundle: ExportBundle) -> list[Table]:
    """Return the shares agreed by type and by probability, and pairs of reviewers.

    Empty where nobody judged, or the report goes without it.
    """
    agreement = bundle.agreement
    if agreement is None or "agreement" not in bundle.report.parts:
        return []
    reviewers = bundle.verdicts["reviewer"].nunique()
    types = _share_columns("type", agreement.types)
    by_reviewer = _share_columns("reviewer", agreement.reviewers)
    probabilities = _share_columns("probability", agreement.probabilities)
    pairs, note = _pair_columns(agreement.pairs), _kappa_note(agreement, reviewers)
    return [
        Table("Agreement by type", types, NO_VERDICTS, _share_note(bundle.verdicts)),
        Table("Agreement by probability", probabilities, NO_VERDICTS),
        Table("Agreement by reviewer", by_reviewer, NO_VERDICTS),
        Table("Agreement of reviewers", pairs, NO_PAIRS, note),
    ]


def _share_note(verdicts: pd.DataFrame) -> str:
    return " ".join(filter(None, (SHARE_NOTE, blind_text(verdicts))))


def _share_columns(by: str, table: pd.DataFrame) -> Columns:
    return {
        by: table["value"],
        "agreed": map(_format_share, table["share"], table["low"], table["high"]),
        **{name: map(str, table[name]) for name in ("n", *OPINIONS)},
    }


def _format_share(share: float, low: float, high: float) -> str:
    return "–" if math.isnan(share) else f"{share:.0%} ({low:.0%} – {high:.0%})"


def _pair_columns(pairs: pd.DataFrame) -> Columns:
    return {
        "reviewer": pairs["one"],
        "other reviewer": pairs["other"],
        "Cohen's kappa": map(kappa_text, pairs["kappa"], pairs["reason"]),
        "percent agreement": map(agreed_text, pairs["agreed"]),
        "n": map(_format_count, pairs["n"], pairs["unit"], pairs["blind"]),
    }


def _format_count(n: int, unit: str, blind: int) -> str:
    return f"{n} {unit}, {blind} of them both blind" if blind else f"{n} {unit}"


def _kappa_note(agreement: Agreement, reviewers: int) -> str:
    """Return how to read kappa, and how many reviewers are compared if not all are."""
    compared = len({*agreement.pairs["one"], *agreement.pairs["other"]})
    most = f" Of {reviewers} reviewers, the {compared} with the most verdicts are compared."
    return KAPPA_NOTE + most if compared < reviewers else KAPPA_NOTE
