"""Spans as tiers, the way annotation tools keep them. Knows the tables' columns.

A tier holds spans in whole milliseconds that never overlap; the second of two spans that do goes
to a tier of the same name with a number. No two tiers share a name.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

import pandas as pd

from lib import frames
from lib.exports import sanitize, span_table, times
from lib.exports.bundle import ExportBundle

NAME_ROOM = 60  # characters


class Span(NamedTuple):
    """A span of a tier: `start` and `end` in ms, at least 1 apart, and its text, never empty."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Tier:
    """Spans of one kind, ascending, none overlapping another.

    `points` says that they are moments: only their start means anything. `participant` is who
    speaks in it and `annotator` who wrote it, where the tier is somebody's.
    """

    name: str
    spans: tuple[Span, ...] = ()
    points: bool = False
    participant: str = ""
    annotator: str = ""


def tiers(material: ExportBundle) -> list[Tier]:
    """Return the tiers of signals (one a type), engagement, notes, verdicts, transcript, moments.

    Notes have a tier a reviewer, and one more for those on a moment; verdicts have one a reviewer,
    of the spans that are handed over; a transcript has one a speaker. There is no tier without a
    span.
    """
    return named_apart(
        [
            *_signals(material.signals),
            *_engagement(material.engagement),
            *_notes(material.notes),
            *_verdicts(material.verdicts, material.signals),
            *_transcript(material.transcript),
            *_moments(material.moments, material.duration),
        ]
    )


def named_apart(found: list[Tier]) -> list[Tier]:
    """Return the tiers; one whose name is taken gets the next number that is free."""
    taken: set[str] = set()
    apart = []
    for tier in found:
        name, number = tier.name, 1
        while name in taken:
            number += 1
            name = f"{tier.name}-{number}"
        taken.add(name)
        apart.append(replace(tier, name=name))
    return apart


def _signals(signals: pd.DataFrame) -> Iterator[Tier]:
    whys = signals["rationale"].fillna("")
    texts = [
        f"{likely}: {why}" if why else likely
        for likely, why in zip(signals["probability"], whys, strict=True)
    ]
    return _filled(signals, signals["type"], texts, lambda kind: Tier(_name(kind)))


def _engagement(engagement: pd.DataFrame) -> Iterator[Tier]:
    kinds = ["engagement states"] * len(engagement)  # a signal may be called engagement
    return _filled(engagement, kinds, engagement["state"], Tier)


def _notes(notes: pd.DataFrame) -> Iterator[Tier]:
    at_once = notes["start"].eq(notes["end"])
    for points, head in ((False, "notes"), (True, "notes at a moment")):

        def empty(who: str, *, points: bool = points, head: str = head) -> Tier:
            return Tier(f"{head}: {_name(who)}", points=points, annotator=sanitize.one_line(who))

        some = notes[at_once.eq(points)]
        yield from _filled(some, some["reviewer"], some["text"], empty)


def _verdicts(verdicts: pd.DataFrame, signals: pd.DataFrame) -> Iterator[Tier]:
    def empty(who: str) -> Tier:
        return Tier(f"verdicts: {_name(who)}", annotator=sanitize.one_line(who))

    spans = signals[["id", "draw_start", "draw_end"]]
    judged = verdicts.merge(spans, left_on="signal", right_on="id")
    texts = [
        f"{opinion}, {corrected} instead" if corrected else opinion
        for opinion, corrected in zip(judged["opinion"], judged["corrected"], strict=True)
    ]
    return _filled(judged, judged["reviewer"], texts, empty)


def _transcript(transcript: pd.DataFrame) -> Iterator[Tier]:
    def empty(who: str) -> Tier:
        return Tier(f"transcript: {_name(who)}", participant=sanitize.one_line(who))

    return _filled(transcript, transcript["speaker"], transcript["text"], empty)


def _moments(moments: pd.DataFrame, duration: float | None) -> Iterator[Tier]:
    texts = [
        f"{rule}: {reason} ({score})" if score else f"{rule}: {reason}"
        for rule, reason, score in zip(
            moments["rule"], moments["reason"], map(span_table.score, moments["score"]), strict=True
        )
    ]
    return _filled(moments, ["moments"] * len(moments), texts, Tier, duration)


def _filled(
    frame: pd.DataFrame,
    kinds: Iterable[str],
    texts: Iterable[str],
    empty: Callable[[str], Tier],
    duration: float | None = None,
) -> Iterator[Tier]:
    """Yield the tiers of each kind, of one name, in the order of kinds; `empty` makes one."""
    starts, ends = times.drawn(frame, duration)
    kinds, said = list(kinds), times.flagged(frame, texts)
    # Packed by what is written: spans that only touch can overlap once each has its 1 ms.
    placed = frames.lanes(pd.DataFrame({"type": kinds, "draw_start": starts, "draw_end": ends}))
    found: dict[str, dict[int, list[Span]]] = {kind: defaultdict(list) for kind in kinds}
    spans = (Span(*one) for one in zip(starts, ends, map(_said, said), strict=True))
    for kind, sub, span in zip(kinds, placed["sub"].tolist(), spans, strict=True):
        found[kind][sub].append(span)
    for kind, subs in found.items():
        tier = empty(kind)
        for sub in sorted(subs):
            yield replace(tier, spans=tuple(sorted(subs[sub])))


def _name(kind: str) -> str:
    return sanitize.cut(sanitize.one_line(kind), NAME_ROOM) or sanitize.NAMELESS


def _said(text: str) -> str:
    return sanitize.clean(text).strip() or sanitize.ELLIPSIS
