"""Filter the table of signals: DataFrame -> DataFrame."""

from __future__ import annotations

import math
from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from lib.frames.cues import mentions
from lib.frames.intervals import overlaps_any, overlaps_range
from lib.frames.schema import NOT_GIVEN

NO_VERDICT = "none"
NO_SPANS = pd.DataFrame({"start": [], "end": []}, dtype="float64")


@dataclass(frozen=True, slots=True)
class Filter:
    """The conditions that a span must meet, all of them; an empty value filters nothing.

    `probabilities` are of PROBABILITIES and NOT_GIVEN. `states` are engagement states that the
    span overlaps, `modalities` those it was seen in (NOT_GIVEN where none was sent). `start` and
    `end` [s] are a range it overlaps, open where one is None. Every word of `text` stands, in any
    case, in its rationale, in a note of it, or in a line said during it. `cue` is one its
    rationale mentions. `noted` asks whether there is a note of it: one on the span, or one on a
    time alone that lies in it; a note on another span is none. `verdicts` are of OPINIONS, any
    reviewer's, and NO_VERDICT. `flagged` asks whether its row has a flag. `speakers` are of those
    who have a line that overlaps it.
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
    flagged: Literal["", "flagged", "unflagged"] = ""
    speakers: tuple[str, ...] = ()


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

    A table that is None is one without rows: chosen states let nothing pass without `engagement`,
    chosen speakers nothing without `transcript`.
    """
    keep = np.ones(len(signals), dtype="bool")
    if by.types:
        keep &= _is_among(signals["type"], by.types)
    if by.probabilities:
        keep &= _is_among(signals["probability"], by.probabilities)
    if by.modalities:
        keep &= _has_modality(signals["modality"], by.modalities)
    if by.start is not None or by.end is not None:
        keep &= _is_in_range(signals, by.start, by.end)
    if by.states or by.speakers:
        keep &= _is_meanwhile(signals, by, engagement, transcript)
    if by.verdicts:
        keep &= _has_verdict(signals, by.verdicts, verdicts)
    if by.noted:
        keep &= _has_note(signals, notes) == (by.noted == "noted")
    if by.flagged:
        keep &= signals["flag"].ne("").to_numpy() == (by.flagged == "flagged")
    if by.cue:
        keep &= mentions(signals, by.cue).to_numpy()
    return _filter_by_words(signals[keep], by.text, notes, transcript)


def _is_among(values: pd.Series, chosen: Collection[str]) -> np.ndarray:
    # Not isin: it fails on half a surrogate pair, and a choice may come from an address.
    choices = set(chosen)
    return np.array([value in choices for value in values.tolist()], dtype="bool")


def _has_modality(modality: pd.Series, chosen: Collection[str]) -> np.ndarray:
    choices = set(chosen)
    passing = {
        joined for joined in modality.unique() if choices & set((joined or NOT_GIVEN).split(", "))
    }
    return _is_among(modality, passing)


def _is_in_range(signals: pd.DataFrame, start: float | None, end: float | None) -> np.ndarray:
    return overlaps_range(
        signals,
        start=-math.inf if start is None else start,
        end=math.inf if end is None else end,
    )


def _is_meanwhile(
    signals: pd.DataFrame,
    by: Filter,
    engagement: pd.DataFrame | None,
    transcript: pd.DataFrame | None,
) -> np.ndarray:
    """Return whether each span overlaps one of the chosen states, and a line of a speaker."""
    keep = np.ones(len(signals), dtype="bool")
    if by.states:
        keep &= overlaps_any(signals, _spans_of(by.states, "state", engagement))
    if by.speakers:
        named = [name for name in by.speakers if name.strip()]  # a line without one is nobody's
        keep &= overlaps_any(signals, _spans_of(named, "speaker", transcript))
    return keep


def _spans_of(chosen: Collection[str], column: str, table: pd.DataFrame | None) -> pd.DataFrame:
    """Return the rows of a table of spans that have one of these names."""
    return NO_SPANS if table is None else table[_is_among(table[column], chosen)]


def _has_verdict(
    signals: pd.DataFrame, chosen: Collection[str], verdicts: pd.DataFrame | None
) -> np.ndarray:
    if verdicts is None:
        return np.full(len(signals), NO_VERDICT in chosen)
    passing = signals["id"].isin(verdicts.loc[_is_among(verdicts["opinion"], chosen), "signal"])
    if NO_VERDICT in chosen:
        passing |= ~signals["id"].isin(verdicts["signal"])
    return np.asarray(passing)


def _has_note(signals: pd.DataFrame, notes: pd.DataFrame | None) -> np.ndarray:
    """Return whether a note is on each span, or on a time alone that lies in it."""
    if notes is None:
        return np.zeros(len(signals), dtype="bool")
    has_note = overlaps_any(signals, notes[notes["signal"].isna()])
    has_note |= signals["id"].isin(notes["signal"].dropna()).to_numpy()
    return has_note


def _filter_by_words(
    signals: pd.DataFrame,
    text: str,
    notes: pd.DataFrame | None,
    transcript: pd.DataFrame | None,
) -> pd.DataFrame:
    """Return the rows about which every word is written or said, each anywhere."""
    words = dict.fromkeys(text.casefold().split())
    written = _casefold_column(notes) if words else []
    spoken = _casefold_column(transcript) if words else []
    for word in words:
        if signals.empty:
            break
        keep = _contains_word(word, _casefold_column(signals, "rationale"))
        if notes is not None:
            keep |= _has_note(signals, notes[_contains_word(word, written)])
        if transcript is not None:
            keep |= overlaps_any(signals, transcript[_contains_word(word, spoken)])
        signals = signals[keep]
    return signals


def _contains_word(word: str, lines: list[str]) -> np.ndarray:
    return np.array([word in line for line in lines], dtype="bool")


def _casefold_column(frame: pd.DataFrame | None, column: str = "text") -> list[str]:
    """Return a column's texts as they are compared, whatever their case."""
    return [] if frame is None else [text.casefold() for text in frame[column].fillna("").tolist()]
