"""Coded spans as a table, and how far coders agree with each other and with signals, over time.

Agreement is counted in time: every instant of the recording is coded or not, by each of two. So no
span has to be matched with another, and no tolerance has to be chosen.

Source: Cohen, Educational and Psychological Measurement 20 (1960), pp. 37-46, of instants.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd

from lib.frames.agreement_texts import agreed_text, kappa_text
from lib.frames.review import timestamp_column
from lib.frames.schema import CODE_AGREEMENT, CODED
from lib.frames.tables import make_table, text_column
from lib.model import Review

MATCH_SEPARATOR = "; "
SIGNALS = "signals"  # the name of the other one, where a code is compared with them
MAX_COMPARED_CODERS = 8
CODE_AGREEMENT_NOTE = (
    "Counted in time: each instant of the recording is coded or not, by one and by the other. "
    "Kappa: 1 is full agreement, 0 what chance alone would give. It takes both to have coded all "
    "of the recording with this code. Points have no length and are only counted."
)
_NEVER, _ALWAYS = "neither coded any time", "both coded all of the time"
_POINTS, _NO_LENGTH = "points have no length", "the length of the recording is not known"


def coded(review: Review, duration: float | None) -> pd.DataFrame:
    """One row a coded span, in the order written; columns CODED.

    What a codebook says of a code is that of the version by which it was coded; "" where that is
    not here.
    """
    spans = review.coded
    books = {(book.id, book.version): book for book in review.codebooks}
    used = [books.get((span.codebook, span.version)) for span in spans]
    codes = [book and book.code(span.code) for span, book in zip(spans, used, strict=True)]
    return make_table(
        {
            "id": text_column([span.id for span in spans]),
            "coder": text_column([span.byline for span in spans]),
            "code": text_column([span.code for span in spans]),
            "start": np.array([span.start for span in spans], dtype="float64"),
            "end": np.array([span.end for span in spans], dtype="float64"),
            "definition": text_column([code.definition if code else "" for code in codes]),
            "color": text_column([code.color if code else "" for code in codes]),
            "matches": text_column(
                [MATCH_SEPARATOR.join(code.matches) if code else "" for code in codes]
            ),
            "codebook": text_column([book.name if book else "" for book in used]),
            "version": np.array([span.version for span in spans], dtype="int64"),
            "written_at": timestamp_column([span.written_at for span in spans]),
        },
        CODED,
        duration,
    )


def code_agreement(
    spans: pd.DataFrame, signals: pd.DataFrame, duration: float | None
) -> pd.DataFrame:
    """One row for each code of two coders, and of a coder and the signals that it matches.

    `spans` has the columns CODED, `signals` those of SIGNALS; columns CODE_AGREEMENT. Of many
    coders those with the most spans are compared.
    """
    end = _end(spans, signals, duration)
    coders = spans["coder"].value_counts().index[:MAX_COMPARED_CODERS].tolist()
    names = sorted(coders)
    by = dict(list(spans.groupby(["code", "coder"], sort=True)))
    rows = []
    for code in sorted(spans["code"].unique()):
        there = [name for name in names if (code, name) in by]
        for one, other in itertools.combinations(there, 2):
            rows.append(_compare(code, (one, by[code, one]), (other, by[code, other]), end))
        for name in there:
            own = by[code, name]
            matched = _matched(own, signals)
            if matched:
                types, found = matched
                rows.append(_compare(code, (name, own), (f"{SIGNALS}: {types}", found), end))
    return pd.DataFrame(rows, columns=list(CODE_AGREEMENT)).astype(CODE_AGREEMENT)


def code_agreement_texts(table: pd.DataFrame) -> dict[str, list[str]]:
    """The agreement of coders in words, for people: what stands in each column, by its heading.

    `table` has the columns CODE_AGREEMENT.
    """

    def pairs(name: str, form: str) -> list[str]:
        both = zip(table[f"{name}_one"].tolist(), table[f"{name}_other"].tolist(), strict=True)
        return [f"{one:{form}} and {other:{form}}" for one, other in both]

    return {
        "code": table["code"].tolist(),
        "coder": table["one"].tolist(),
        "other": table["other"].tolist(),
        "spans": pairs("spans", "d"),
        "seconds": pairs("seconds", ".2f"),
        "both": [f"{seconds:.2f} s" for seconds in table["seconds_both"].tolist()],
        "percent agreement": list(map(agreed_text, table["agreed"].tolist())),
        "Cohen's kappa": list(map(kappa_text, table["kappa"].tolist(), table["reason"].tolist())),
    }


def code_agreement_note(spans: pd.DataFrame) -> str:
    """How to read the agreement of coders, and how many are compared if not all are."""
    coders = spans["coder"].nunique()
    if coders <= MAX_COMPARED_CODERS:
        return CODE_AGREEMENT_NOTE
    most = f"Of {coders} coders, the {MAX_COMPARED_CODERS} with the most spans are compared."
    return f"{CODE_AGREEMENT_NOTE} {most}"


def _matched(own: pd.DataFrame, signals: pd.DataFrame) -> tuple[str, pd.DataFrame] | None:
    """The signals that a code means, as its latest version says, with their types in words."""
    types = own["matches"].iloc[-1]
    if not types:
        return None
    wanted = types.split(MATCH_SEPARATOR)
    return ", ".join(wanted), signals[signals["type"].isin(wanted)]


def _compare(
    code: str, one: tuple[str, pd.DataFrame], other: tuple[str, pd.DataFrame], end: float
) -> dict[str, object]:
    (name, spans), (other_name, other_spans) = one, other
    first, second = _stretches(spans, end), _stretches(other_spans, end)
    seconds_one, seconds_other = _length(first), _length(second)
    both = _shared(first, second)
    agreed = (end - seconds_one - seconds_other + 2 * both) / end if end else math.nan
    points = _are_points(spans) or _are_points(other_spans)
    kappa, reason = _kappa(seconds_one, seconds_other, agreed, end, points=points)
    return {
        "code": code,
        "one": name,
        "other": other_name,
        "spans_one": len(spans),
        "spans_other": len(other_spans),
        "seconds_one": seconds_one,
        "seconds_other": seconds_other,
        "seconds_both": both,
        "agreed": math.nan if points else agreed,
        "kappa": kappa,
        "reason": reason,
    }


def _are_points(spans: pd.DataFrame) -> bool:
    """Whether there are some, and none has a length."""
    return not spans.empty and bool(spans["start"].eq(spans["end"]).all())


def _kappa(
    one: float, other: float, agreed: float, end: float, *, points: bool
) -> tuple[float, str]:
    """Kappa of two that coded `one` and `other` seconds of `end`; NaN with why for none."""
    if points:
        return math.nan, _POINTS
    if not end:
        return math.nan, _NO_LENGTH
    chance = (one * other + (end - one) * (end - other)) / end**2
    if chance >= 1:
        return math.nan, _ALWAYS if one else _NEVER
    return (agreed - chance) / (1 - chance), ""


def _end(spans: pd.DataFrame, signals: pd.DataFrame, duration: float | None) -> float:
    """The length of the recording [s]; where it is not known, the last end."""
    if duration:
        return duration
    ends = [table["draw_end"].max() for table in (spans, signals) if len(table)]
    return float(max(ends, default=0.0))


Stretches = list[tuple[float, float]]


def _stretches(spans: pd.DataFrame, end: float) -> Stretches:
    """Where any of the spans is, ascending and apart, within the recording."""
    found: Stretches = []
    times = zip(spans["draw_start"].tolist(), spans["draw_end"].tolist(), strict=True)
    for start, stop in sorted(times):
        last = min(stop, end)
        if last <= start:
            continue
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], last))
        else:
            found.append((start, last))
    return found


def _length(stretches: Iterable[tuple[float, float]]) -> float:
    return math.fsum(stop - start for start, stop in stretches)


def _shared(one: Sequence[tuple[float, float]], other: Sequence[tuple[float, float]]) -> float:
    """How many seconds are in both."""
    parts, place = [], 0
    for start, stop in one:
        while place < len(other) and other[place][1] <= start:
            place += 1
        for begin, finish in other[place:]:
            if begin >= stop:
                break
            parts.append(min(stop, finish) - max(start, begin))
    return math.fsum(parts)
