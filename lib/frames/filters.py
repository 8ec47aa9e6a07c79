"""Which spans are looked at: DataFrame -> DataFrame."""

from __future__ import annotations

import math
from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from lib.frames.cues import mentions
from lib.frames.intervals import meet_range, overlapping
from lib.frames.schema import NOT_GIVEN

NO_VERDICT = "none"


@dataclass(frozen=True, slots=True)
class Filter:
    """What a span must meet to be looked at: all that is set; an empty value filters nothing.

    `probabilities` are of PROBABILITIES and NOT_GIVEN. `states` are engagement states that the
    span overlaps, `modalities` those it was seen in (NOT_GIVEN where none was sent). `start` and
    `end` [s] are a range it overlaps, open where one is None. Every word of `text` stands, in any
    case, in its rationale, in a note on it or during it, or in a line said during it. `cue` is
    one its rationale mentions. `noted` asks whether a note is on it or during it. `verdicts` are
    of OPINIONS, any reviewer's, and NO_VERDICT.
    """

    types: tuple[str, ...] = ()
    probabilities: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    modalities: tuple[str, ...] = ()
    start: float | None = None
    end: float | None = None
    text: str = ""
    cue: str = ""
    noted: Literal["", "noted", "unnoted"] = ""
    verdicts: tuple[str, ...] = ()


def filter_signals(
    signals: pd.DataFrame,
    by: Filter,
    *,
    engagement: pd.DataFrame | None = None,
    notes: pd.DataFrame | None = None,
    verdicts: pd.DataFrame | None = None,
    transcript: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Return the rows that pass, in their order and with their ids.

    A table that is None is one without rows: chosen states let nothing pass without `engagement`.
    """
    keep = np.ones(len(signals), dtype="bool")
    if by.types:
        keep &= _among(signals["type"], by.types)
    if by.probabilities:
        keep &= _among(signals["probability"], by.probabilities)
    if by.modalities:
        keep &= _seen_in(signals["modality"], by.modalities)
    if by.start is not None or by.end is not None:
        keep &= _in_range(signals, by.start, by.end)
    if by.states:
        keep &= _in_states(signals, by.states, engagement)
    if by.verdicts:
        keep &= _judged(signals, by.verdicts, verdicts)
    if by.noted:
        keep &= _noted(signals, notes) == (by.noted == "noted")
    if by.cue:
        keep &= mentions(signals, by.cue).to_numpy()
    return _speaking_of(signals[keep], by.text, notes, transcript)


def _among(values: pd.Series, chosen: Collection[str]) -> np.ndarray:
    # Not isin: it fails on half a surrogate pair, and a choice may come from an address.
    wanted = set(chosen)
    return np.array([value in wanted for value in values.tolist()], dtype="bool")


def _seen_in(modality: pd.Series, chosen: Collection[str]) -> np.ndarray:
    wanted = set(chosen)
    passing = {
        joined for joined in modality.unique() if wanted & set((joined or NOT_GIVEN).split(", "))
    }
    return _among(modality, passing)


def _in_range(signals: pd.DataFrame, start: float | None, end: float | None) -> np.ndarray:
    return meet_range(
        signals,
        start=-math.inf if start is None else start,
        end=math.inf if end is None else end,
    )


def _in_states(
    signals: pd.DataFrame, states: Collection[str], engagement: pd.DataFrame | None
) -> np.ndarray:
    if engagement is None:
        return np.zeros(len(signals), dtype="bool")
    return overlapping(signals, engagement[_among(engagement["state"], states)])


def _judged(
    signals: pd.DataFrame, chosen: Collection[str], verdicts: pd.DataFrame | None
) -> np.ndarray:
    if verdicts is None:
        return np.full(len(signals), NO_VERDICT in chosen)
    passing = signals["id"].isin(verdicts.loc[_among(verdicts["opinion"], chosen), "signal"])
    if NO_VERDICT in chosen:
        passing |= ~signals["id"].isin(verdicts["signal"])
    return np.asarray(passing)


def _noted(signals: pd.DataFrame, notes: pd.DataFrame | None) -> np.ndarray:
    """Return whether a note is on each span, or during it."""
    if notes is None:
        return np.zeros(len(signals), dtype="bool")
    noted = overlapping(signals, notes)
    noted |= signals["id"].isin(notes["signal"].dropna()).to_numpy()
    return noted


def _speaking_of(
    signals: pd.DataFrame,
    text: str,
    notes: pd.DataFrame | None,
    transcript: pd.DataFrame | None,
) -> pd.DataFrame:
    """Return the rows about which every word is written or said, each anywhere."""
    words = dict.fromkeys(text.casefold().split())
    written = _folded(notes) if words else []
    said = _folded(transcript) if words else []
    for word in words:
        if signals.empty:
            break
        keep = _holding(word, _folded(signals, "rationale"))
        if notes is not None:
            keep |= _noted(signals, notes[_holding(word, written)])
        if transcript is not None:
            keep |= overlapping(signals, transcript[_holding(word, said)])
        signals = signals[keep]
    return signals


def _holding(word: str, lines: list[str]) -> np.ndarray:
    return np.array([word in line for line in lines], dtype="bool")


def _folded(frame: pd.DataFrame | None, column: str = "text") -> list[str]:
    """Return a column's texts as they are compared, whatever their case."""
    return [] if frame is None else [one.casefold() for one in frame[column].fillna("").tolist()]
