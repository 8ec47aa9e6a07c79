"""The table of overall scores, and the API's name for the band of a score."""

from __future__ import annotations

import math

import pandas as pd

from lib.frames.schema import LOWEST_BAND, NO_EVIDENCE_BAND, OVERALL, SCORE_BANDS, SCORE_READINGS
from lib.model import SCORES, Analysis, Quality, Scores


def overall_scores(analysis: Analysis) -> pd.DataFrame:
    """One row a score of the whole recording, in the order of SCORES; columns OVERALL.

    Empty when the scores were not asked for. `band` is the API's name for the range (its lower
    bound belongs to it), "No evidence" for all that were sent when each of them is exactly 50,
    "Not sent".
    """
    return pd.DataFrame(overall_rows(analysis), columns=list(OVERALL)).astype(OVERALL)


def overall_rows(analysis: Analysis) -> list[tuple[str, float | None, str, str]]:
    """The rows of `overall_scores`, each with the columns OVERALL."""
    scores = (analysis.quality or Quality()).overall
    return [] if scores is None else [_overall_row(scores, name) for name in SCORES]


def score_band(value: float | None) -> str:
    """Return the API's name for the range in which a score lies, or why it has none."""
    if value is None or math.isnan(value):
        return "Not sent"
    if not 0 <= value <= 100:  # noqa: PLR2004  the scale itself
        return "Outside 0 to 100"
    return next((name for lower, name in SCORE_BANDS if value >= lower), LOWEST_BAND)


def _overall_row(scores: Scores, name: str) -> tuple[str, float | None, str, str]:
    value = getattr(scores, name)
    silent = scores.no_evidence and value is not None
    band = NO_EVIDENCE_BAND if silent else score_band(value)
    return name, value, band, SCORE_READINGS[name]
