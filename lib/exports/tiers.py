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

MAX_NAME_CHARACTERS = 60  # characters


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


def make_tiers(material: ExportBundle) -> list[Tier]:
    """Return the tiers of signals (one a type), engagement, notes, verdicts, transcript, moments.

    Notes have a tier a reviewer, and one more for those on a moment; verdicts have one a reviewer,
    of the spans that are handed over; a transcript has one a speaker. There is no tier without a
    span.
    """
    return name_apart(
        [
            *_signal_tiers(material.signals),
            *_engagement_tiers(material.engagement),
            *_note_tiers(material.notes),
            *_verdict_tiers(material.verdicts, material.signals),
            *_transcript_tiers(material.transcript),
            *_moment_tiers(material.moments, material.duration),
        ]
    )


def name_apart(found: list[Tier]) -> list[Tier]:
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


def _signal_tiers(signals: pd.DataFrame) -> Iterator[Tier]:
    whys = signals["rationale"].fillna("")
    texts = [
        f"{likely}: {why}" if why else likely
        for likely, why in zip(signals["probability"], whys, strict=True)
    ]
    return _fill_tiers(signals, signals["type"], texts, lambda kind: Tier(_tier_name(kind)))


def _engagement_tiers(engagement: pd.DataFrame) -> Iterator[Tier]:
    kinds = ["engagement states"] * len(engagement)  # a signal may be called engagement
    return _fill_tiers(engagement, kinds, engagement["state"], Tier)


def _note_tiers(notes: pd.DataFrame) -> Iterator[Tier]:
    at_once = notes["start"].eq(notes["end"])
    for points, head in ((False, "notes"), (True, "notes at a moment")):

        def empty(who: str, *, points: bool = points, head: str = head) -> Tier:
            return Tier(
                f"{head}: {_tier_name(who)}", points=points, annotator=sanitize.one_line(who)
            )

        some = notes[at_once.eq(points)]
        yield from _fill_tiers(some, some["reviewer"], some["text"], empty)


def _verdict_tiers(verdicts: pd.DataFrame, signals: pd.DataFrame) -> Iterator[Tier]:
    def empty(who: str) -> Tier:
        return Tier(f"verdicts: {_tier_name(who)}", annotator=sanitize.one_line(who))

    spans = signals[["id", "draw_start", "draw_end"]]
    judged = verdicts.merge(spans, left_on="signal", right_on="id")
    texts = [
        f"{opinion}, {corrected} instead" if corrected else opinion
        for opinion, corrected in zip(judged["opinion"], judged["corrected"], strict=True)
    ]
    return _fill_tiers(judged, judged["reviewer"], texts, empty)


def _transcript_tiers(transcript: pd.DataFrame) -> Iterator[Tier]:
    def empty(who: str) -> Tier:
        return Tier(f"transcript: {_tier_name(who)}", participant=sanitize.one_line(who))

    return _fill_tiers(transcript, transcript["speaker"], transcript["text"], empty)


def _moment_tiers(moments: pd.DataFrame, duration: float | None) -> Iterator[Tier]:
    texts = [
        f"{rule}: {reason} ({score})" if score else f"{rule}: {reason}"
        for rule, reason, score in zip(
            moments["rule"],
            moments["reason"],
            map(span_table.format_moment_score, moments["score"]),
            strict=True,
        )
    ]
    return _fill_tiers(moments, ["moments"] * len(moments), texts, Tier, duration)


def _fill_tiers(
    frame: pd.DataFrame,
    kinds: Iterable[str],
    texts: Iterable[str],
    empty: Callable[[str], Tier],
    duration: float | None = None,
) -> Iterator[Tier]:
    """Yield the tiers of each kind, of one name, in the order of kinds; `empty` makes one."""
    starts, ends = times.draw_times(frame, duration)
    kinds, said = list(kinds), times.flag_texts(frame, texts)
    # Packed by what is written: spans that only touch can overlap once each has its 1 ms.
    placed = frames.lanes(pd.DataFrame({"type": kinds, "draw_start": starts, "draw_end": ends}))
    found: dict[str, dict[int, list[Span]]] = {kind: defaultdict(list) for kind in kinds}
    spans = (Span(*one) for one in zip(starts, ends, map(_span_text, said), strict=True))
    for kind, sub, span in zip(kinds, placed["sub"].tolist(), spans, strict=True):
        found[kind][sub].append(span)
    for kind, subs in found.items():
        tier = empty(kind)
        for sub in sorted(subs):
            yield replace(tier, spans=tuple(sorted(subs[sub])))


def _tier_name(kind: str) -> str:
    return sanitize.cut(sanitize.one_line(kind), MAX_NAME_CHARACTERS) or sanitize.NAMELESS


def _span_text(text: str) -> str:
    return sanitize.clean(text).strip() or sanitize.ELLIPSIS
