"""Limits of notes, verdicts, claims, coded spans and transcripts, checked before saving."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import replace

from lib.errors import ReviewError
from lib.model import (
    JUDGING_MODES,
    OPINIONS,
    SIDES,
    Claim,
    CodedSpan,
    Line,
    Mark,
    Note,
    Verdict,
)
from lib.plain_text import one_line, replace_surrogates

MAX_NOTE_CHARACTERS = 10_000
MAX_NAME_CHARACTERS = 80  # of a reviewer's name, and of the type a verdict corrects to
MAX_ID_CHARACTERS = 100  # of a note, a claim, a coded span and a codebook
MAX_CLAIM_CHARACTERS = 1_000  # of its sentence, and of its filter in words
MAX_CLAIM_SPANS = 2_000  # that a claim rests on
MAX_SIGNAL_INDEX = 2**31 - 1  # an index in an answer; as much as an integer column holds
MAX_LINES = 100_000  # of a transcript
MAX_CODEBOOKS = 100  # versions by which one session was coded
MAX_VERSION = 1_000_000  # of a codebook


def checked_note(note: Note) -> Note:
    """The note with its reviewer in one line and text that any database and file can hold.

    Raises:
        ReviewError: no name or one beyond MAX_NAME_CHARACTERS, text beyond
            MAX_NOTE_CHARACTERS, a time that is not finite, a signal that is no index in an answer.
    """
    if len(note.text) > MAX_NOTE_CHARACTERS:
        raise ReviewError(
            f"The note has {len(note.text):,} characters; at most {MAX_NOTE_CHARACTERS:,} "
            "can be kept.",
            "Shorten it or split it into two notes, then save it again.",
        )
    if not 1 <= len(note.id) <= MAX_ID_CHARACTERS:
        raise ReviewError("The note has no valid id.", "Write it again as a new note.")
    if not _are_finite(note.start, note.end):
        raise ReviewError(
            "The note has a time that is not a number of seconds.", "Choose its time again."
        )
    if note.signal is not None:
        _check_signal(note.signal)
    return replace(
        note,
        id=replace_surrogates(note.id),
        reviewer=checked_reviewer(note.reviewer),
        text=replace_surrogates(note.text),
    )


def checked_verdict(verdict: Verdict) -> Verdict:
    """The verdict with its reviewer and its corrected type in one line each.

    Raises:
        ReviewError: no name, a name or corrected type beyond MAX_NAME_CHARACTERS, an opinion
            that is none of OPINIONS, a mode that is none of JUDGING_MODES, a signal that is no
            index in an answer.
    """
    if verdict.opinion not in OPINIONS:
        raise ReviewError(
            f"The verdict is not one of {', '.join(OPINIONS)}.",
            "Choose one of them, then save again.",
        )
    if verdict.mode not in JUDGING_MODES:
        raise ReviewError(
            f"The verdict says that it was given neither {' nor '.join(JUDGING_MODES)}.",
            "Judge the span again.",
        )
    corrected = one_line(verdict.corrected)
    if len(corrected) > MAX_NAME_CHARACTERS:
        raise ReviewError(
            f"The corrected type is longer than {MAX_NAME_CHARACTERS} characters.",
            "Shorten it, then save the verdict again.",
        )
    _check_signal(verdict.signal)
    return replace(verdict, reviewer=checked_reviewer(verdict.reviewer), corrected=corrected)


def checked_claim(claim: Claim) -> Claim:
    """The claim with its sentence, its filter and its reviewer in one line each, spans in order.

    Raises:
        ReviewError: no name or sentence, one that is too long, more than MAX_CLAIM_SPANS, a span
            that is no index in an answer, a mark on another span or of no side.
    """
    text, words = one_line(claim.text), one_line(claim.filter)
    if not text:
        raise ReviewError("The claim says nothing.", "Write it as a sentence, then save it.")
    if max(len(text), len(words)) > MAX_CLAIM_CHARACTERS:
        raise ReviewError(
            f"The claim or its filter is longer than {MAX_CLAIM_CHARACTERS:,} characters.",
            "Say it shorter, then save it again.",
        )
    if not 1 <= len(claim.id) <= MAX_ID_CHARACTERS:
        raise ReviewError("The claim has no valid id.", "Write it again as a new claim.")
    signals = tuple(sorted(set(claim.signals)))
    if len(signals) > MAX_CLAIM_SPANS:
        raise ReviewError(
            f"The claim rests on {len(signals):,} spans; at most {MAX_CLAIM_SPANS:,} can be kept.",
            "Set filters that fewer spans pass, then save it again.",
        )
    for signal in signals:
        _check_signal(signal)
    marks = tuple(sorted(dict(claim.marks).items()))
    sides = frozenset(SIDES)
    if not 0 <= claim.total <= MAX_SIGNAL_INDEX or any(
        signal not in signals or side not in sides for signal, side in marks
    ):
        raise ReviewError("The claim does not fit its spans.", "Write it again as a new claim.")
    return replace(
        claim,
        id=replace_surrogates(claim.id),
        reviewer=checked_reviewer(claim.reviewer),
        text=text,
        filter=words,
        signals=signals,
        marks=tuple(Mark(*mark) for mark in marks),
    )


def checked_coded_span(span: CodedSpan) -> CodedSpan:
    """The coded span with its coder and its code in one line each.

    Raises:
        ReviewError: no name of a coder or a code, or one beyond MAX_NAME_CHARACTERS, a time that
            is not finite or an end before the start, no valid id, codebook or version.
    """
    code = one_line(span.code)
    if not 1 <= len(code) <= MAX_NAME_CHARACTERS:
        raise ReviewError(
            f"The code's name has {len(code)} characters; 1 to {MAX_NAME_CHARACTERS} can be kept.",
            "Choose a code of a codebook, then code again.",
        )
    if not _are_finite(span.start, span.end) or span.end < span.start:
        raise ReviewError(
            "The coded span has a time that is not a number of seconds, or ends before it begins.",
            "Choose its start and its end again.",
        )
    ids = (span.id, span.codebook)
    if not all(1 <= len(one) <= MAX_ID_CHARACTERS for one in ids) or not (
        1 <= span.version <= MAX_VERSION
    ):
        raise ReviewError("The coded span has no valid id, codebook and version.", "Code it again.")
    return replace(
        span,
        id=replace_surrogates(span.id),
        codebook=replace_surrogates(span.codebook),
        coder=checked_reviewer(span.coder),
        code=code,
    )


def checked_lines(lines: Iterable[Line]) -> tuple[Line, ...]:
    """The lines of a transcript with text that any database and file can hold, order kept.

    Raises:
        ReviewError: more than MAX_LINES, or a time that is not finite.
    """
    checked = tuple(
        Line(line.start, line.end, one_line(line.speaker), replace_surrogates(line.text))
        for line in lines
    )
    if len(checked) > MAX_LINES:
        raise ReviewError(
            f"The transcript has {len(checked):,} lines; at most {MAX_LINES:,} can be kept.",
            "Attach the part that belongs to this recording.",
        )
    if not all(_are_finite(line.start, line.end) for line in checked):
        raise ReviewError(
            "The transcript has a time that is not a number of seconds.",
            "Correct it in the file, then attach the file again.",
        )
    return checked


def checked_reviewer(name: str) -> str:
    """The reviewer's name in one line; whoever uses it again is the same reviewer.

    Raises:
        ReviewError: nothing is left of it, or more than MAX_NAME_CHARACTERS are.
    """
    checked = one_line(name)
    if not checked:
        raise ReviewError(
            "It has no reviewer's name, so it was not saved.",
            "Enter your name, then save again.",
        )
    if len(checked) > MAX_NAME_CHARACTERS:
        raise ReviewError(
            f"The reviewer's name is longer than {MAX_NAME_CHARACTERS} characters.",
            "Shorten the name, then save again.",
        )
    return checked


def _are_finite(*times: float) -> bool:
    return all(math.isfinite(time) for time in times)


def _check_signal(index: int) -> None:
    if not 0 <= index <= MAX_SIGNAL_INDEX:
        raise ReviewError(
            "It points to a span that the answer does not have.", "Choose the span again."
        )
