"""Which spans are looked at: DataFrame -> DataFrame."""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd


def filtered(
    signals: pd.DataFrame, *, types: Collection[str] = (), probabilities: Collection[str] = ()
) -> pd.DataFrame:
    """Return the rows of `types` and `probabilities`; an empty collection filters nothing."""
    keep = pd.Series(data=True, index=signals.index)
    if types:
        keep &= signals["type"].isin(list(types))
    if probabilities:
        keep &= signals["probability"].isin(list(probabilities))
    return signals[keep]
