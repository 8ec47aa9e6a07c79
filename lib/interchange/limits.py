"""What people add to a session, held to its limits before it is kept. Knows model and failures."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import replace

from lib.errors import ReviewError
from lib.model import OPINIONS, Line, Note, Verdict
from lib.plain_text import one_line, replace_surrogates

MAX_NOTE_CHARACTERS = 10_000  # characters of a note
MAX_NAME_CHARACTERS = 80  # characters of a reviewer's name, and of the type a verdict corrects to
MAX_ID_CHARACTERS = 100  # characters
MAX_SIGNAL_INDEX = 2**31 - 1  # a place in an answer
MAX_LINES = 20_000  # of a transcript


def checked_note(written: Note) -> Note:
    """The note with its reviewer in one line and text that any database and file can hold.

    Raises:
        ReviewError: no name or one beyond MAX_NAME, text beyond MAX_TEXT, a time that is not
            finite, a signal that is no place in an answer.
    """
    if len(written.text) > MAX_NOTE_CHARACTERS:
        raise ReviewError(
            f"The note has {len(written.text):,} characters, {MAX_NOTE_CHARACTERS:,} can be kept.",
            "Shorten it or make two of it, then save it again.",
        )
    if not 1 <= len(written.id) <= MAX_ID_CHARACTERS:
        raise ReviewError("The note has no proper id.", "Write it again as a new note.")
    if not _are_finite(written.start, written.end):
        raise ReviewError(
            "The note has a time that is no number of seconds.", "Choose its time again."
        )
    if written.signal is not None:
        _check_signal(written.signal)
    return replace(
        written,
        id=replace_surrogates(written.id),
        reviewer=checked_reviewer(written.reviewer),
        text=replace_surrogates(written.text),
    )


def checked_verdict(given: Verdict) -> Verdict:
    """The verdict with its reviewer and its corrected type in one line each.

    Raises:
        ReviewError: no name or one beyond MAX_NAME, a corrected type beyond MAX_NAME, an
            opinion that is none of OPINIONS, a signal that is no place in an answer.
    """
    if given.opinion not in OPINIONS:
        raise ReviewError(
            f"The verdict is none of {', '.join(OPINIONS)}.", "Choose one of them, then save again."
        )
    corrected = one_line(given.corrected)
    if len(corrected) > MAX_NAME_CHARACTERS:
        raise ReviewError(
            f"The corrected type is longer than {MAX_NAME_CHARACTERS} characters.",
            "Shorten it, then save the verdict again.",
        )
    _check_signal(given.signal)
    return replace(given, reviewer=checked_reviewer(given.reviewer), corrected=corrected)


def checked_lines(found: Iterable[Line]) -> tuple[Line, ...]:
    """The lines of a transcript with text that any database and file can hold, order kept.

    Raises:
        ReviewError: more than MAX_LINES, or a time that is not finite.
    """
    kept = tuple(
        Line(line.start, line.end, one_line(line.speaker), replace_surrogates(line.text))
        for line in found
    )
    if len(kept) > MAX_LINES:
        raise ReviewError(
            f"The transcript has {len(kept):,} lines, {MAX_LINES:,} can be kept.",
            "Attach the part that belongs to this recording.",
        )
    if not all(_are_finite(line.start, line.end) for line in kept):
        raise ReviewError(
            "The transcript has a time that is no number of seconds.",
            "Correct it in the file, then attach the file again.",
        )
    return kept


def checked_reviewer(name: str) -> str:
    """The name in one line; who writes under it again is the same reviewer.

    Raises:
        ReviewError: nothing is left of it, or more than MAX_NAME characters are.
    """
    held = one_line(name)
    if not held:
        raise ReviewError(
            "Nobody's name stands with it, so it was not saved.",
            "Enter your name, then save again.",
        )
    if len(held) > MAX_NAME_CHARACTERS:
        raise ReviewError(
            f"The reviewer's name is longer than {MAX_NAME_CHARACTERS} characters.",
            "Shorten the name, then save again.",
        )
    return held


def _are_finite(*times: float) -> bool:
    return all(math.isfinite(time) for time in times)


def _check_signal(place: int) -> None:
    if not 0 <= place <= MAX_SIGNAL_INDEX:
        raise ReviewError("It points at no span of the answer.", "Choose the span again.")
