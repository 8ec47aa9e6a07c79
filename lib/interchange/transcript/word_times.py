"""Words that carry their times one by one, put together to lines as one reads them."""

from __future__ import annotations

from collections.abc import Sequence

from lib.interchange.transcript.extract import DraftLine

PAUSE = 1.0  # seconds of silence that end a line
LONGEST = 40  # words in one line
_ENDS = (".", "?", "!", "\u3002", "\uff1f", "\uff01", "\u061f")


def join(words: Sequence[DraftLine]) -> list[DraftLine]:
    """Lines that end with a sentence, with a pause, or where somebody else speaks."""
    lines: list[DraftLine] = []
    group: list[DraftLine] = []
    for word in words:
        if group and _parts(group, word):
            lines.append(_line(group))
            group = []
        group.append(word)
    return [*lines, _line(group)] if group else lines


def _parts(group: Sequence[DraftLine], word: DraftLine) -> bool:
    last = group[-1]
    pause = word.start - (last.start if last.end is None else last.end)
    sentence = last.text.rstrip().endswith(_ENDS)
    return last.speaker != word.speaker or sentence or pause > PAUSE or len(group) >= LONGEST


def _line(group: Sequence[DraftLine]) -> DraftLine:
    text = " ".join(word.text.strip() for word in group)
    return DraftLine(group[0].start, group[-1].end, group[0].speaker, text)
