"""The stitch: the answers to a recording's parts as one analysis on its time line. No HTTP here.

A window (of V2's signals and engagement, of quality) falls to the part whose core holds its
middle; a span of V1, which knows no windows, to each part whose core it enters. What lies in the
context alone is the neighbour's: it is counted and not shown. What is outside of its own part is
nobody's context: it stays, and is flagged.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import cached_property

from lib.interhuman import parser, span_joins
from lib.interhuman.span_joins import CUT_TEXT, TOUCH_SECONDS, Item, Piece
from lib.model import (
    Analysis,
    Engagement,
    Flag,
    LeftOut,
    Part,
    Quality,
    QualityWindow,
    Signal,
    Source,
    Stitch,
    StitchedSection,
)

TIME_DECIMALS = 6  # of a second: the noise of an addition was not sent
END_SLACK_SECONDS = 0.1  # that containers and the API may differ about a part's end
OUTSIDE_TEXT = "outside of its part"
NO_WINDOWS_TEXT = "in the context too: its windows were not sent"


def stitch_parts(parts: Sequence[Part]) -> tuple[Analysis, Stitch]:
    """The analysis of a whole recording, and how it was made of its parts.

    Its sections hold what the parts' sections hold, part by part, each in the order of its answer;
    a section is None where no part has one. It has no overall quality and no feedback: those
    were made for a part. Its `raw` is empty, as the answers are the parts'. The window is known
    where all parts have the same.

    Raises:
        ValueError: the parts do not follow each other (see `check_parts`), none has an answer,
            or their answers are of two versions of the API.
    """
    check_parts(parts)
    analyses = [part.analysis for part in parts if part.analysis]
    if len({analysis.api for analysis in analyses}) != 1:
        raise ValueError("the answers are of two versions of the API, or there is none")
    stretches = [_Stretch(parts, number) for number in range(len(parts))]
    left_out: list[LeftOut] = []
    signals = _stitch_signals(stretches, left_out)
    engagement = _stitch_engagement(stretches, left_out)
    timeline = _stitch_timeline(stretches, left_out)
    stitch = Stitch(
        parts=tuple(parts),
        sources=tuple(piece.sources for piece in signals or ()),
        flags=(
            *_flags("signals", signals or ()),
            *_flags("engagement", engagement or ()),
            *_flags("timeline", timeline or ()),
        ),
        left_out=tuple(left_out),
    )
    return _analysis(analyses, _length(parts), signals, engagement, timeline), stitch


def check_parts(parts: Sequence[Part]) -> None:
    """Check that every core lies in its part, and begins where the one before it ends.

    So nothing between the first and the last is in no part: what was not sent is a part with a gap.

    Raises:
        ValueError: they do not, there is no part, or a time is no number of seconds from 0.
    """
    if not parts:
        raise ValueError("there is no part")
    for number, part in enumerate(parts):
        times = [part.start, part.core_start, part.core_end, part.end]
        if not all(map(math.isfinite, times)) or part.start < 0:
            raise ValueError(f"part {number + 1} has a time that is none")
        if times != sorted(times) or part.core_start == part.core_end:
            raise ValueError(f"part {number + 1} has a core that is empty or not in it")
        if number and part.core_start != parts[number - 1].core_end:
            raise ValueError(f"part {number + 1} does not begin where the one before it ends")


def _analysis(
    analyses: Sequence[Analysis],
    length: float | None,
    signals: Sequence[Piece[Signal]] | None,
    engagement: Sequence[Piece[Engagement]] | None,
    timeline: Sequence[Piece[QualityWindow]] | None,
) -> Analysis:
    first = analyses[0]
    return Analysis(
        api=first.api,
        model=", ".join(dict.fromkeys(analysis.model for analysis in analyses)),
        signals=None if signals is None else tuple(piece.item for piece in signals),
        engagement=None if engagement is None else tuple(piece.item for piece in engagement),
        quality=None
        if timeline is None
        else Quality(None, tuple(piece.item for piece in timeline)),
        duration=length,
        window=first.window if len({analysis.window for analysis in analyses}) == 1 else None,
        per_window=any(analysis.per_window for analysis in analyses),
        unread=tuple(unread for analysis in analyses for unread in analysis.unread),
        generated=any(analysis.generated for analysis in analyses),
        handwritten=any(analysis.handwritten for analysis in analyses),
    )


def _length(parts: Sequence[Part]) -> float | None:
    """How long the recording is by its last part [s], where answers state lengths."""
    last = parts[-1].analysis
    if last is None:
        stated = any(part.analysis and part.analysis.duration for part in parts)
        return parts[-1].end if stated else None
    return last.duration and round(parts[-1].start + last.duration, TIME_DECIMALS)


def _flags(section: StitchedSection, pieces: Sequence[Piece[Item]]) -> list[Flag]:
    return [
        Flag(section, index, "; ".join(piece.flags))
        for index, piece in enumerate(pieces)
        if piece.flags
    ]


class _Stretch:
    """A part, and what falls to it; times are those of the recording [s]."""

    def __init__(self, parts: Sequence[Part], number: int) -> None:
        self.number, self.part = number, parts[number]
        self.analysis = self.part.analysis
        # What lies before the first core, or past the last one, is nobody else's.
        self.core_start = self.part.core_start if number else -math.inf
        self.core_end = self.part.core_end if number < len(parts) - 1 else math.inf
        # What lies within these needs no other look: it is in the core and in the part.
        self.first = max(self.core_start, self.part.start)
        self.last = min(self.core_end, self.part.end)

    def move(self, item: Item) -> Item:
        """The item of an answer at times of the recording."""
        offset = self.part.start
        if not offset:
            return item
        start, end = (
            round(item.start + offset, TIME_DECIMALS),
            round(item.end + offset, TIME_DECIMALS),
        )
        if isinstance(item, Signal):  # built anew: to replace two members takes thrice as long
            return Signal(item.type, start, end, item.probability, item.rationale, item.modality)
        if isinstance(item, Engagement):
            return Engagement(item.state, start, end)
        return QualityWindow(start, end, item.scores)

    def holds_middle(self, start: float, end: float) -> bool:
        return self.core_start <= start + (end - start) / 2 < self.core_end

    def enters_core(self, start: float, end: float) -> bool:
        first, last = min(start, end), max(start, end)
        if first == last:
            return self.core_start <= first < self.core_end
        return first < self.core_end - TOUCH_SECONDS and last > self.core_start + TOUCH_SECONDS

    def lies_outside(self, start: float, end: float) -> bool:
        """Whether it leaves the part, which no context explains."""
        first, last = min(start, end), max(start, end)
        slack = END_SLACK_SECONDS
        return first < self.part.start - slack or last > self.part.end + slack

    def windows_of(self, signal: Signal) -> list[Signal]:
        """The signals of the windows that a merged one was made of; empty where none was sent."""
        first = signal.start - self.part.start - TOUCH_SECONDS
        last = signal.end - self.part.start + TOUCH_SECONDS
        return [
            self.move(window)
            for window in self._window_signals
            if window.type == signal.type and window.start >= first and window.end <= last
        ]

    @cached_property
    def _window_signals(self) -> tuple[Signal, ...]:
        return parser.parse_window_signals(self.analysis.raw if self.analysis else "")


Choice = tuple[Item | None, tuple[str, ...]]  # what stays of an item, and what to know of it


def _choose(stretch: _Stretch, item: Item, *, fits: bool) -> Choice[Item]:
    if stretch.lies_outside(item.start, item.end):
        return item, (OUTSIDE_TEXT,)
    return (item if fits else None), ()


def _choose_window(stretch: _Stretch, item: Item) -> Choice[Item]:
    return _choose(stretch, item, fits=stretch.holds_middle(item.start, item.end))


def _choose_span(stretch: _Stretch, item: Item) -> Choice[Item]:
    return _choose(stretch, item, fits=stretch.enters_core(item.start, item.end))


def _choose_merged(stretch: _Stretch, signal: Signal) -> Choice[Signal]:
    """Keep of a merged span of V2 the windows that fall to this part."""
    inside = stretch.core_start <= signal.start and signal.end <= stretch.core_end
    if inside or stretch.lies_outside(signal.start, signal.end):
        return _choose(stretch, signal, fits=True)
    windows = stretch.windows_of(signal)
    own = [window for window in windows if stretch.holds_middle(window.start, window.end)]
    if not windows:
        kept, _ = _choose_span(stretch, signal)
        return kept, (NO_WINDOWS_TEXT,)
    if not own:
        return None, ()
    if len(own) == len(windows):
        return signal, ()
    start, end = min(window.start for window in own), max(window.end for window in own)
    return span_joins.highest(own)._replace(start=start, end=end), (CUT_TEXT,)


def _stitch_signals(
    stretches: list[_Stretch], left_out: list[LeftOut]
) -> list[Piece[Signal]] | None:
    sections = [stretch.analysis.signals if stretch.analysis else None for stretch in stretches]
    analyses = [stretch.analysis for stretch in stretches if stretch.analysis]
    if any(analysis.per_window for analysis in analyses):  # one for each window: none is merged
        return _concatenate(_pieces("signals", stretches, sections, _choose_window, left_out))
    merged = analyses[0].api == "v2"
    choose = _choose_merged if merged else _choose_span
    groups = _pieces("signals", stretches, sections, choose, left_out)
    if all(group is None for group in groups):
        return None
    windows = [analysis.window for analysis in analyses if analysis.window]
    window = min(windows) if merged and windows else None
    return span_joins.join_spans(groups, [stretch.part for stretch in stretches], window=window)


def _stitch_engagement(
    stretches: list[_Stretch], left_out: list[LeftOut]
) -> list[Piece[Engagement]] | None:
    sections = [stretch.analysis.engagement if stretch.analysis else None for stretch in stretches]
    if any(stretch.analysis and stretch.analysis.api == "v2" for stretch in stretches):
        return _concatenate(_pieces("engagement", stretches, sections, _choose_window, left_out))
    groups = _pieces("engagement", stretches, sections, _choose_span, left_out)
    if all(group is None for group in groups):
        return None
    return span_joins.join_spans(groups, [stretch.part for stretch in stretches])


def _stitch_timeline(
    stretches: list[_Stretch], left_out: list[LeftOut]
) -> list[Piece[QualityWindow]] | None:
    qualities = [stretch.analysis.quality if stretch.analysis else None for stretch in stretches]
    sections = [quality.timeline if quality else None for quality in qualities]
    return _concatenate(_pieces("timeline", stretches, sections, _choose_window, left_out))


def _pieces(
    name: StitchedSection,
    stretches: Sequence[_Stretch],
    sections: Sequence[tuple[Item, ...] | None],
    choose: Callable[[_Stretch, Item], Choice[Item]],
    left_out: list[LeftOut],
) -> list[list[Piece[Item]] | None]:
    """What falls to each part of its own section, None where it has none; counts what does not."""
    groups: list[list[Piece[Item]] | None] = []
    for stretch, section in zip(stretches, sections, strict=True):
        if section is None:
            groups.append(None)
            continue
        group: list[Piece[Item]] = []
        number, first, last, move = stretch.number, stretch.first, stretch.last, stretch.move
        for index, moved in enumerate(map(move, section)):
            source = (Source(number, index),)
            if first <= moved.start < moved.end <= last:  # nearly all of thousands
                group.append(Piece(moved, source))
                continue
            kept, flags = choose(stretch, moved)
            if kept is not None:
                group.append(Piece(kept, source, flags))
        if missing := len(section) - len(group):
            left_out.append(LeftOut(number, name, missing))
        groups.append(group)
    return groups


def _concatenate(groups: Sequence[list[Piece[Item]] | None]) -> list[Piece[Item]] | None:
    if all(group is None for group in groups):
        return None
    return [piece for group in groups for piece in group or ()]
