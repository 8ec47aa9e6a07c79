"""How far reviewers agree: with the signals (shares), and with each other (Cohen's kappa).

Of several verdicts of one reviewer on one span, the latest counts.
"""

from __future__ import annotations

import itertools
from collections import Counter
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from lib.frames import NOT_GIVEN
from lib.model import JUDGING_MODES, OPINIONS, PROBABILITIES

AGREEMENT = {
    "value": "str",
    **dict.fromkeys((*OPINIONS, "n"), "int64"),
    **dict.fromkeys(("share", "low", "high"), "float64"),
}

By = Literal["type", "probability", "reviewer"]
PAIRS = {"one": "str", "other": "str", "kappa": "float64", "n": "int64", "unit": "str"}
PAIRS |= {"agreed": "float64", "reason": "str", "blind": "int64"}
MAX_COMPARED_REVIEWERS = 8
OPEN, BLINDEST = JUDGING_MODES[0], JUDGING_MODES[-1]
SHARE_NOTE = (
    "Share agreed, with its 95 % Wilson interval. n counts verdicts, agree and disagree, of all "
    "reviewers; unsure stands apart. Verdicts of several reviewers on one span are not "
    "independent, so the interval of all is narrower than it should be; by reviewer each span "
    "counts once."
)
KAPPA_NOTE = (
    "Cohen's kappa: 1 is full agreement, 0 what chance alone would give. Unsure is a category of "
    "its own, beside agree and disagree; so it is in the percent agreement."
)
NOTHING_SHARED = "there is no span that both judged"
ONE_OPINION = "both gave one and the same opinion on all"


@dataclass(frozen=True, slots=True)
class Kappa:
    """Cohen's kappa of two reviewers: 1 is full agreement, 0 what chance alone would give.

    `value` is None where it is not defined, and `reason` says why. `n` is how many were judged,
    and `unit` what; `agreed` is the share of them on which both gave one opinion, None without any.
    On `blind` of them neither knew what others said.
    """

    value: float | None
    n: int
    unit: str = "spans both judged"
    agreed: float | None = None
    reason: str = ""
    blind: int = 0


def agreement_table(signals: pd.DataFrame, verdicts: pd.DataFrame, by: By = "type") -> pd.DataFrame:
    """One row a type, probability or reviewer of which there is a verdict; columns AGREEMENT.

    `agree`, `disagree` and `unsure` count all reviewers' verdicts, `n` the first two. `share` is
    agree / n, with `low` and `high` its Wilson interval of 95 %; NaN when n is 0. Types and
    reviewers stand by name, probabilities in the order of PROBABILITIES. Empty without verdicts on
    these signals.

    Source: Newcombe, Statistics in Medicine 17 (1998), pp. 857-872, method 3.
    """
    columns = ["id"] if by == "reviewer" else ["id", by]
    judged = _latest(verdicts).merge(signals[columns], left_on="signal", right_on="id")
    counts = pd.crosstab(judged[by], judged["opinion"]).reindex(columns=list(OPINIONS))
    counts = counts.fillna(0).rename_axis("value").rename_axis(columns=None).reset_index()
    if by == "probability":
        order = [*PROBABILITIES, NOT_GIVEN]
        counts = counts.sort_values("value", key=lambda values: values.map(order.index))
    n = counts["agree"] + counts["disagree"]
    low, high = _interval(counts["agree"][n > 0], n[n > 0])
    table = counts.assign(n=n, share=counts["agree"] / n.where(n > 0), low=low, high=high)
    return table[list(AGREEMENT)].astype(AGREEMENT).reset_index(drop=True)


def cohens_kappa(verdicts: pd.DataFrame, first: str, second: str) -> Kappa:
    """Return how far two reviewers agree beyond chance, on the spans that both judged.

    It is not defined without such spans, nor when both gave one and the same opinion on all.

    Source: Cohen, Educational and Psychological Measurement 20 (1960), pp. 37-46.
    """
    both = (
        _opinions(verdicts, first)
        .add_suffix("_first")
        .join(_opinions(verdicts, second).add_suffix("_second"), how="inner")
    )
    if both.empty:
        return Kappa(None, 0, reason=NOTHING_SHARED)
    one, other = both["opinion_first"], both["opinion_second"]
    agreed = float(one.eq(other).mean())
    blind = int((both["mode_first"].ne(OPEN) & both["mode_second"].ne(OPEN)).sum())
    if len(set(one) | set(other)) < 2:  # noqa: PLR2004  opinions to tell apart
        return Kappa(None, len(both), agreed=agreed, reason=ONE_OPINION, blind=blind)
    # Here, because it loads for a second, and few pages ask.
    from statsmodels.stats.inter_rater import cohens_kappa  # noqa: PLC0415

    table = pd.crosstab(one, other)
    square = table.reindex(index=list(OPINIONS), columns=list(OPINIONS)).fillna(0)
    value = float(cohens_kappa(square, return_results=False))
    return Kappa(value, len(both), agreed=agreed, blind=blind)


def kappa_pairs(verdicts: pd.DataFrame) -> pd.DataFrame:
    """One row a pair of reviewers, by name; columns PAIRS, `kappa` NaN where it is not defined.

    Of many reviewers only the COMPARED with the most verdicts: every pair takes a while.
    """
    most = Counter(verdicts["reviewer"].tolist()).most_common(MAX_COMPARED_REVIEWERS)
    rows = []
    for first, second in itertools.combinations(sorted(name for name, _ in most), 2):
        kappa = cohens_kappa(verdicts, first, second)
        found = (kappa.value, kappa.n, kappa.unit, kappa.agreed, kappa.reason, kappa.blind)
        rows.append((first, second, *found))
    return pd.DataFrame(rows, columns=list(PAIRS)).astype(PAIRS)


def reviewers(verdicts: pd.DataFrame) -> list[str]:
    """Return who gave verdicts, by name."""
    return sorted(verdicts["reviewer"].unique().tolist())


def only_blind(verdicts: pd.DataFrame) -> pd.DataFrame:
    """Return the verdicts that were given without knowing what others said of the span."""
    return verdicts[verdicts["mode"].ne(OPEN)]


def blind_text(verdicts: pd.DataFrame) -> str:
    """Say how many of the verdicts were made blind: "2 of 5 verdicts made blind."; "" of none.

    And how many of these with the probability hidden, where any was.
    """
    modes = Counter(_latest(verdicts)["mode"].tolist())
    total = modes.total()
    if not total:
        return ""
    blind, hidden = total - modes[OPEN], modes[BLINDEST]
    text = f"{blind} of {total} {'verdict' if total == 1 else 'verdicts'} made blind"
    return f"{text}, {hidden} of them with the probability hidden." if hidden else f"{text}."


def _latest(verdicts: pd.DataFrame) -> pd.DataFrame:
    """Return the last verdict written by each reviewer on each span."""
    return verdicts.drop_duplicates(["signal", "reviewer"], keep="last")


def _opinions(verdicts: pd.DataFrame, reviewer: str) -> pd.DataFrame:
    """Return what a reviewer thinks, and in which mode that was given, by span."""
    latest = _latest(verdicts)
    by_reviewer = [name == reviewer for name in latest["reviewer"].tolist()]
    return latest.loc[by_reviewer].set_index("signal")[["opinion", "mode"]]


def _interval(agree: pd.Series, n: pd.Series) -> tuple[pd.Series, pd.Series]:
    """Return the Wilson interval of 95 % of each agree / n, none of which is out of nothing."""
    if n.empty:
        return n.astype("float64"), n.astype("float64")
    # Here, because it loads for a second, and few pages ask.
    from statsmodels.stats.proportion import proportion_confint  # noqa: PLC0415

    low, high = proportion_confint(agree, n, method="wilson")
    return low.round(12), high.round(12)  # or none of five would begin a trace above nothing
