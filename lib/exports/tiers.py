"""Spans as tiers, for annotation tools such as ELAN and Praat.

A tier holds spans in whole milliseconds that never overlap; the second of two spans that do goes
to a tier of the same name with a number. No two tiers share a name.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import NamedTuple

import pandas as pd

from lib import frames
from lib.exports import sanitize, span_table, times
from lib.exports.bundle import ExportBundle
from lib.model import JUDGING_MODES

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


def make_tiers(bundle: ExportBundle) -> list[Tier]:
    """Return the tiers of all that there is: of parts, of signals (one a type), and so on.

    Notes have a tier a reviewer, and one more for those on a moment; verdicts have one a reviewer,
    of the spans that are exported; codes one a coder and code, and one more for points; a
    transcript one a speaker. There is no tier without a span.
    """
    return name_apart(
        [
            *_part_tiers(bundle.parts),
            *_signal_tiers(bundle.signals),
            *_engagement_tiers(bundle.engagement),
            *_note_tiers(bundle.notes),
            *_verdict_tiers(bundle.verdicts, bundle.signals),
            *_code_tiers(bundle.coded),
            *_transcript_tiers(bundle.transcript),
            *_moment_tiers(bundle.moments, bundle.duration),
        ]
    )


def name_apart(tiers: list[Tier]) -> list[Tier]:
    """Return the tiers; one whose name is used gets the next number that is free."""
    used_names: set[str] = set()
    apart = []
    for tier in tiers:
        name, number = tier.name, 1
        while name in used_names:
            number += 1
            name = f"{tier.name}-{number}"
        used_names.add(name)
        apart.append(replace(tier, name=name))
    return apart


def _signal_tiers(signals: pd.DataFrame) -> Iterator[Tier]:
    rationales = signals["rationale"].fillna("")
    texts = [
        f"{probability}: {rationale}" if rationale else probability
        for probability, rationale in zip(signals["probability"], rationales, strict=True)
    ]
    return _fill_tiers(signals, signals["type"], texts, lambda kind: Tier(_tier_name(kind)))


def _part_tiers(parts: pd.DataFrame) -> Iterator[Tier]:
    columns = (parts[name] for name in ("part", "outcome", "reason"))
    texts = [
        f"part {number}: {outcome}" + (f", {reason}" if reason else "")
        for number, outcome, reason in zip(*columns, strict=True)
    ]
    return _fill_tiers(parts, ["parts"] * len(parts), texts, Tier)


def _engagement_tiers(engagement: pd.DataFrame) -> Iterator[Tier]:
    kinds = ["engagement states"] * len(engagement)  # a signal may be called engagement
    return _fill_tiers(engagement, kinds, engagement["state"], Tier)


def _note_tiers(notes: pd.DataFrame) -> Iterator[Tier]:
    at_moment = notes["start"].eq(notes["end"])
    for points, head in ((False, "notes"), (True, "notes at a moment")):

        def empty(who: str, *, points: bool = points, head: str = head) -> Tier:
            return Tier(
                f"{head}: {_tier_name(who)}", points=points, annotator=sanitize.one_line(who)
            )

        chosen = notes[at_moment.eq(points)]
        yield from _fill_tiers(chosen, chosen["reviewer"], chosen["text"], empty)


def _code_tiers(coded: pd.DataFrame) -> Iterator[Tier]:
    """Yield a tier for each coder and code, and one more for what was coded at a moment."""
    at_moment = coded["start"].eq(coded["end"])
    for points, end in ((False, ""), (True, " at a moment")):
        chosen = coded[at_moment.eq(points)]
        for (who, what), spans in chosen.groupby(["coder", "code"]):
            coder, code = str(who), str(what)
            name = f"codes: {_tier_name(coder)}: {_tier_name(code)}{end}"
            tier = Tier(name, points=points, annotator=sanitize.one_line(coder))
            kinds = [code] * len(spans)
            yield from _fill_tiers(spans, kinds, spans["code"], partial(_same_tier, tier))


def _same_tier(tier: Tier, _: str) -> Tier:
    return tier


def _verdict_tiers(verdicts: pd.DataFrame, signals: pd.DataFrame) -> Iterator[Tier]:
    def empty(who: str) -> Tier:
        return Tier(f"verdicts: {_tier_name(who)}", annotator=sanitize.one_line(who))

    spans = signals[["id", "draw_start", "draw_end"]]
    judged = verdicts.merge(spans, left_on="signal", right_on="id")
    columns = (judged[name] for name in ("opinion", "corrected", "mode"))
    texts = [_verdict_text(*values) for values in zip(*columns, strict=True)]
    return _fill_tiers(judged, judged["reviewer"], texts, empty)


def _verdict_text(opinion: str, corrected: str, mode: str) -> str:
    """Return a verdict in words; what was given openly does not say so."""
    text = f"{opinion}, {corrected} instead" if corrected else opinion
    return text if mode == JUDGING_MODES[0] else f"{text} ({mode})"


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
    kinds, flagged_texts = list(kinds), times.flag_texts(frame, texts)
    # Packed by what is written: spans that only touch can overlap once each has its 1 ms.
    lanes = frames.lanes(pd.DataFrame({"type": kinds, "draw_start": starts, "draw_end": ends}))
    spans_of_kind: dict[str, dict[int, list[Span]]] = {kind: defaultdict(list) for kind in kinds}
    spans = (
        Span(*values) for values in zip(starts, ends, map(_span_text, flagged_texts), strict=True)
    )
    for kind, sub, span in zip(kinds, lanes["sub"].tolist(), spans, strict=True):
        spans_of_kind[kind][sub].append(span)
    for kind, subs in spans_of_kind.items():
        tier = empty(kind)
        for sub in sorted(subs):
            yield replace(tier, spans=tuple(sorted(subs[sub])))


def _tier_name(kind: str) -> str:
    return sanitize.cut(sanitize.one_line(kind), MAX_NAME_CHARACTERS) or sanitize.NAMELESS


def _span_text(text: str) -> str:
    return sanitize.clean(text).strip() or sanitize.ELLIPSIS
