"""Join what goes over a seam: spans of one kind that touch, from two parts that follow each other.

They become one span, as the API merges windows that touch: with the highest probability, but with
the rationale of each part. Where it is not clear which span goes on with which, all of them stay,
and are flagged.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Generic, NamedTuple, TypeVar

from lib import timecode
from lib.model import PROBABILITIES, Engagement, Part, QualityWindow, Signal, Source

TOUCH_SECONDS = 1e-6  # what lies closer has no gap between
CUT_TEXT = "without the windows that belong to a neighboring part"

Item = TypeVar("Item", Signal, Engagement, QualityWindow)
Span = TypeVar("Span", Signal, Engagement)


class Piece(NamedTuple, Generic[Item]):
    """An item at times of the recording, the spans it was made of, and what is to be known of it.

    The numbers of `sources` are those of parts and of items in their own analyses, from 0.
    """

    item: Item
    sources: tuple[Source, ...]
    flags: tuple[str, ...] = ()


def join_spans(
    groups: Sequence[Sequence[Piece[Span]] | None],
    parts: Sequence[Part],
    *,
    window: float | None = None,
) -> list[Piece[Span]]:
    """The pieces of all parts in their order; one that goes over a seam stands where it began.

    `groups` has the pieces of each part, None where the part has no such section. Two are joined
    where each is the only one that the other touches. With a known `window` [s], two between
    which there is less than one are flagged.
    """
    joined: list[Piece[Span]] = []
    before: list[int] = []  # the places in `joined` of what the part before has
    for number, group in enumerate(groups):
        seam = _Seam(parts, number)
        pairs, several = _find_pairs([joined[place] for place in before], group or ())
        places: list[int] = []
        for index, piece in enumerate(group or ()):
            if index in pairs:
                place = before[pairs[index]]
                joined[place] = _join(joined[place], piece, seam)
            else:
                place = len(joined)
                joined.append(piece)
            places.append(place)
        unclear = {before[left] for left, _ in several} | {places[right] for _, right in several}
        sides = (before, places)
        _flag(joined, unclear, seam.several)
        if number and group is not None and groups[number - 1] is not None:
            _flag_one_sided(joined, sides, unclear, seam)
        if window is not None:
            _flag_near(joined, sides, seam, window)
        before = places
    return joined


def highest(signals: Iterable[Signal]) -> Signal:
    """The first of the signals with the highest probability; one that is not given is lowest."""
    rank = {level: place for place, level in enumerate((*PROBABILITIES, None))}
    return min(signals, key=lambda signal: rank.get(signal.probability, len(rank)))


class _Seam:
    """The seam before a part, and what is said of the spans at it."""

    def __init__(self, parts: Sequence[Part], number: int) -> None:
        self.time = parts[number].core_start
        self.start, self.end = self.time - TOUCH_SECONDS, self.time + TOUCH_SECONDS
        digits = timecode.shown_digits(None, [self.time])
        where = f"the seam at {timecode.format_time(self.time, digits=digits)}"
        self.over = f"over {where}, joined from parts {number} and {number + 1}"
        self.several = f"at {where}: several spans of two parts may be the same"
        self.near = f"near {where}: may be one span with another of its kind"
        self.of_the_part_before = f"over {where}, in part {number} alone"
        self.of_the_part_after = f"over {where}, in part {number + 1} alone"


def _find_pairs(
    lefts: Sequence[Piece[Span]], rights: Sequence[Piece[Span]]
) -> tuple[dict[int, int], list[tuple[int, int]]]:
    """The left piece by the right one that goes on with it, and those that touch several."""
    touching = list(_find_touching(lefts, rights))
    of_left, of_right = Counter(left for left, _ in touching), Counter(at for _, at in touching)
    pairs, several = {}, []
    for left, right in touching:
        if of_left[left] == of_right[right] == 1:
            pairs[right] = left
        else:
            several.append((left, right))
    return pairs, several


def _find_touching(
    lefts: Sequence[Piece[Span]], rights: Sequence[Piece[Span]]
) -> Iterator[tuple[int, int]]:
    """Yield the indices of pieces that touch and are of one kind; never of one sent in reverse.

    Only what ends after the first right one of its kind begins is looked at more than once; what
    begins after all left ones have ended is not looked at.
    """
    last = max((piece.item.end for piece in lefts), default=-math.inf) + TOUCH_SECONDS
    of_kind: dict[str, list[int]] = defaultdict(list)
    for right, piece in enumerate(rights):
        if piece.item.start <= last:
            of_kind[_kind(piece.item)].append(right)
    first = {kind: min(rights[at].item.start for at in found) for kind, found in of_kind.items()}
    earliest = min(first.values(), default=math.inf) - TOUCH_SECONDS
    for left, piece in enumerate(lefts):
        span = piece.item
        if span.end < earliest:
            continue
        kind = _kind(span)
        if kind in first and span.end >= first[kind] - TOUCH_SECONDS:
            for right in of_kind[kind]:
                other = rights[right].item
                if max(span.start, other.start) <= min(span.end, other.end) + TOUCH_SECONDS:
                    yield left, right


def _kind(span: Signal | Engagement) -> str:
    return span.type if isinstance(span, Signal) else span.state


def _join(left: Piece[Span], right: Piece[Span], seam: _Seam) -> Piece[Span]:
    start = min(left.item.start, right.item.start)
    end = max(left.item.end, right.item.end)
    return Piece(
        _joined_item(left, right, start, end),
        (*left.sources, *right.sources),
        _joined_flags((*left.flags, *right.flags, seam.over)),
    )


def _joined_flags(flags: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(flag for flag in flags if flag != CUT_TEXT)  # the other part has the rest


def _joined_item(left: Piece[Span], right: Piece[Span], start: float, end: float) -> Span:
    if isinstance(left.item, Signal) and isinstance(right.item, Signal):
        modalities = (*left.item.modality, *right.item.modality)
        return highest((left.item, right.item))._replace(
            start=start,
            end=end,
            rationale=_both_rationales(left, right),
            modality=tuple(dict.fromkeys(modalities)),
        )
    return replace(left.item, start=start, end=end)


def _both_rationales(left: Piece[Signal], right: Piece[Signal]) -> str | None:
    """The rationales of the parts, each on a line that says whose it is."""
    lines = [
        text if len(piece.sources) > 1 else f"Part {piece.sources[0].part + 1}: {text}"
        for piece in (left, right)
        if (text := piece.item.rationale)
    ]
    return "\n".join(lines) or None


def _flag(pieces: list[Piece[Span]], places: Iterable[int], text: str) -> None:
    for place in places:
        pieces[place] = _with_flag(pieces[place], text)


def _with_flag(piece: Piece[Span], text: str) -> Piece[Span]:
    return piece._replace(flags=(*piece.flags, text))


def _flag_one_sided(
    joined: list[Piece[Span]],
    sides: tuple[list[int], list[int]],
    unclear: set[int],
    seam: _Seam,
) -> None:
    """Flag what one part has over the seam, and the other has not."""
    before, after = set(sides[0]), set(sides[1])
    one_sided = (before ^ after) - unclear
    for left in one_sided & before:
        if joined[left].item.end > seam.end:
            _flag(joined, [left], seam.of_the_part_before)
    for right in one_sided & after:
        if joined[right].item.start < seam.start:
            _flag(joined, [right], seam.of_the_part_after)


def _flag_near(
    joined: list[Piece[Span]], sides: tuple[list[int], list[int]], seam: _Seam, window: float
) -> None:
    """Flag two of one kind that do not touch, yet have no room for a window between them."""
    before, after = set(sides[0]), set(sides[1])
    near: set[int] = set()
    ends: dict[str, list[int]] = defaultdict(list)
    for place in before - after:
        if abs(joined[place].item.end - seam.time) < window:
            ends[_kind(joined[place].item)].append(place)
    for place in after - before:
        span = joined[place].item
        for other in ends.get(_kind(span), ()):
            if TOUCH_SECONDS < span.start - joined[other].item.end < window - TOUCH_SECONDS:
                near |= {place, other}
    _flag(joined, near, seam.near)
