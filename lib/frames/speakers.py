"""Who spoke during spans, as far as lines of a transcript overlap them: DataFrame -> DataFrame.

Times are as sent. Seconds that several lines of one speaker cover count once; those that two
speakers share count for both, so shares may add up to more than all. A line without a speaker is
nobody's and left out. A name is what the transcript says, to the letter: two that differ in case
or spaces are two speakers.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from lib import timecode
from lib.frames.intervals import overlaps_any, seconds_covered, sent_times
from lib.frames.schema import SPOKEN_SHARES
from lib.frames.tables import text_column

MAX_SPEAKERS = 100  # whose shares are told one by one: those who speak longest
OTHERS = "(other speakers)"  # all the rest, together
BETWEEN = " | "  # speakers in one text: a name may hold a comma
DIGITS = 9  # decimals of seconds and shares: the noise of a subtraction is finer


def speaker_names(transcript: pd.DataFrame) -> list[str]:
    """Return who speaks in a transcript, in the order in which they first have a line."""
    return [name for name in dict.fromkeys(transcript["speaker"].tolist()) if name.strip()]


def spoken_shares(signals: pd.DataFrame, transcript: pd.DataFrame) -> pd.DataFrame:
    """One row a span and speaker whose lines overlap it; columns SPOKEN_SHARES.

    Spans stand in their order, the speakers of one by their share, the largest first. `share` is
    of the span's length; NaN where nothing can be said of it: the span is a moment, or all that
    this speaker has in it are lines without a length. Of more than MAX_SPEAKERS those who speak
    longest are told one by one, and the rest as OTHERS.
    """
    start, end = sent_times(signals)
    with np.errstate(over="ignore", invalid="ignore"):  # times may be anything a float can hold
        length = np.round(end - start, DIGITS)
        pieces = [
            _shares_of(name, lines, signals, (start, end, length))
            for name, lines in _lines_of_speakers(transcript).items()
        ]
    if not pieces:
        return pd.DataFrame({name: pd.Series(dtype=kind) for name, kind in SPOKEN_SHARES.items()})
    table = pd.concat(pieces, ignore_index=True)
    table = table.sort_values(["place", "share"], ascending=[True, False], kind="stable")
    return table[list(SPOKEN_SHARES)].reset_index(drop=True)


def spoken_texts(
    signals: pd.DataFrame, shares: pd.DataFrame, *, between: str = BETWEEN
) -> list[str]:
    """Return who spoke during each span, as "Anna 62 % | Ben 20 %"; "" where nobody is known to."""
    texts: dict[int, list[str]] = {}
    columns = (shares[name].tolist() for name in ("signal", "speaker", "share"))
    for signal, speaker, share in zip(*columns, strict=True):
        texts.setdefault(signal, []).append(f"{speaker} {share_text(share)}".rstrip())
    return [between.join(texts.get(signal, ())) for signal in signals["id"].tolist()]


def share_text(share: float) -> str:
    """Return a share as text, "62 %"; "" where nothing can be said of it."""
    return "" if np.isnan(share) else timecode.format_percent(share)


def _lines_of_speakers(transcript: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Return the lines of each who is told of, in the order of their first lines."""
    rows = transcript.groupby("speaker", sort=False).indices
    names = speaker_names(transcript)
    told, others = names, []
    if len(names) > MAX_SPEAKERS:
        seconds = _seconds_of_lines(transcript)
        by_length = sorted(names, key=lambda name: (name == OTHERS, -seconds[name]))
        told, others = by_length[:MAX_SPEAKERS], by_length[MAX_SPEAKERS:]
    chosen = set(told)
    lines = {name: transcript.iloc[rows[name]] for name in names if name in chosen}
    if others:
        lines[OTHERS] = transcript.iloc[np.concatenate([rows[name] for name in others])]
    return lines


def _seconds_of_lines(transcript: pd.DataFrame) -> dict[str, float]:
    """Return how long the lines of each speaker last, all together."""
    start, end = sent_times(transcript)
    seconds = pd.Series(end - start).groupby(transcript["speaker"].to_numpy(), sort=False).sum()
    return dict(zip(seconds.index.tolist(), seconds.tolist(), strict=True))


def _shares_of(
    name: str,
    lines: pd.DataFrame,
    signals: pd.DataFrame,
    times: tuple[np.ndarray, np.ndarray, np.ndarray],
) -> pd.DataFrame:
    """Return the spans that one speaker's lines overlap, and how much of each they cover."""
    places = np.flatnonzero(overlaps_any(signals, lines))
    start, end, length = (values[places] for values in times)
    seconds = np.round(seconds_covered(start, end, lines), DIGITS)
    known = (seconds > 0) & np.isfinite(seconds) & np.isfinite(length)
    share = np.divide(seconds, length, out=np.full(len(places), np.nan), where=known)
    return pd.DataFrame(
        {
            "place": places,
            "signal": signals["id"].to_numpy()[places],
            "speaker": text_column([name] * len(places)),
            "seconds": seconds,
            "share": np.round(np.clip(share, 0.0, 1.0), DIGITS),
        }
    )
