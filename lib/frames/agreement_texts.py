"""How far people agree, in words: a share of agreement and Cohen's kappa."""

from __future__ import annotations

import math

from lib import timecode


def agreed_text(share: float) -> str:
    """A share of agreement in per cent; a dash where there is none (NaN)."""
    return "–" if math.isnan(share) else timecode.format_percent(share)


def kappa_text(value: float, reason: str) -> str:
    """Cohen's kappa with two decimals; why it is not defined where it is NaN."""
    return f"not defined: {reason}" if math.isnan(value) else f"{value:.2f}"
