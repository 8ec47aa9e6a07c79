"""The exported table of claims: a row for each span that a claim rests on."""

from __future__ import annotations

import pandas as pd

from lib.exports.bundle import ExportBundle
from lib.frames.claims import claim_sides

COLUMNS = (
    "claim",  # its number, from 1
    "text",
    "reviewer",
    "filter",
    "spans",
    "of",
    "signal",  # empty where a claim rests on none
    "side",
    "written_at",
)


def claim_table(bundle: ExportBundle) -> pd.DataFrame:
    """Return the claims in the order written, spans in that of their ids; columns COLUMNS."""
    no_span: dict[int | None, str] = {None: ""}
    rows = [
        (
            number,
            claim.text,
            claim.byline,
            claim.filter,
            len(claim.signals),
            claim.total,
            signal,
            side,
            pd.Timestamp(claim.written_at),
        )
        for number, claim in enumerate(bundle.claims, start=1)
        for signal, side in ({**claim_sides(claim, bundle.all_verdicts)} or no_span).items()
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS), dtype="object")
