"""What a rationale speaks of, and the recording cannot show: speech where it is silent, and so on.

A rationale is written by a model, which can quote words that nobody said. Whole words in lower case
are looked for; one that is denied ("no voice is heard") speaks of nothing.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from lib import timecode
from lib.frames.cues import CUE_WORDS
from lib.model import Analysis, Flag, RecordingMeasurement, Signal, Stretch

MAX_READ_CHARACTERS = 4_000  # of one rationale
HEARD_CUES = ("voice", "tone", "pitch", "fillers", "interruption", "laughter")
HEARD_WORDS = (
    r"speech|speaks?|spoke|spoken|speaking|talk(?:s|ed|ing)?|says?|said|saying"
    r"|utter(?:s|ed|ing|ances?)?|words?|wording|statements?|asks?|asked|asking|answer(?:s|ed|ing)?"
    r"|speech rate|verbal(?:ly)?|sounds?|audibl[ey]|heard"
)
SEEN_CUES = ("gaze", "brow", "face", "smile", "nod", "head", "gesture", "posture")
SEEN_WORDS = r"eye contact|visibl[ey]|body language|look(?:s|ed|ing)"
DENIAL = re.compile(
    r"\b(?:no|not|without|never|nobody|nothing|neither|nor|any|lack(?:s|ing)? of)\b"
)
DENIAL_WORDS = 3  # words before one that is denied, among which the denial stands
SLACK_SECONDS = 0.1  # that a measured edge may be off


def _compile(cues: Sequence[str], words: str) -> re.Pattern[str]:
    alternatives = "|".join((*(CUE_WORDS[cue] for cue in cues), words))
    return re.compile(rf"\b(?:{alternatives})\b".replace(" ", r"\s+"))


HEARD = _compile(HEARD_CUES, HEARD_WORDS)
SEEN = _compile(SEEN_CUES, SEEN_WORDS)


def measurement_flags(
    analysis: Analysis, measurement: RecordingMeasurement | None
) -> tuple[Flag, ...]:
    """The flags of signals whose rationale speaks of what their recording does not have there.

    A signal is in a silent or black stretch when all of it is, and when that is sure. What was
    measured only in part flags nothing.
    """
    if measurement is None or not measurement.complete:
        return ()
    silent, black = measurement.silent, measurement.surely_black
    flags = []
    for item, signal in enumerate(analysis.signals or ()):
        unheard = (
            _contradiction(signal, silent, HEARD, "heard", "the recording is silent")
            if measurement.has_sound
            else _lack(signal, HEARD, "heard", "sound")
        )
        unseen = (
            _contradiction(signal, black, SEEN, "seen", "the picture is black")
            if measurement.has_picture
            else _lack(signal, SEEN, "seen", "picture")
        )
        if unheard or unseen:
            flags.append(Flag("signals", item, "; ".join(filter(None, (unheard, unseen)))))
    return tuple(flags)


def _contradiction(
    signal: Signal,
    stretches: Sequence[Stretch],
    pattern: re.Pattern[str],
    sense: str,
    state: str,
) -> str:
    """What a rationale speaks of, and the stretch around its signal does not have; "" for none."""
    stretch = _stretch_around(signal, stretches)
    word = mentioned(pattern, signal.rationale) if stretch else ""
    if not word or not stretch:
        return ""
    return f"rationale speaks of what is {sense} (“{word}”) where {state} ({_times(stretch)})"


def _lack(signal: Signal, pattern: re.Pattern[str], sense: str, track: str) -> str:
    """What a rationale speaks of, and the whole recording does not have; "" for none."""
    word = mentioned(pattern, signal.rationale)
    text = f"rationale speaks of what is {sense} (“{word}”) but the recording has no {track}"
    return text if word else ""


def mentioned(pattern: re.Pattern[str], rationale: str | None) -> str:
    """The first word of a pattern that a rationale mentions and does not deny; "" for none."""
    text = (rationale or "")[:MAX_READ_CHARACTERS].lower()
    for match in pattern.finditer(text):
        sentence = re.split(r"[.;:!?]", text[: match.start()])[-1]
        before = " ".join(sentence.split()[-DENIAL_WORDS:])
        if not DENIAL.search(before):
            return " ".join(match[0].split())
    return ""


def _stretch_around(signal: Signal, stretches: Sequence[Stretch]) -> Stretch | None:
    """The stretch that all of a signal lies in; they follow each other in time."""
    start, end = sorted((signal.start, signal.end))
    at = bisect_right(stretches, start + SLACK_SECONDS, key=lambda one: one.start) - 1
    return stretches[at] if at >= 0 and end <= stretches[at].end + SLACK_SECONDS else None


def _times(stretch: Stretch) -> str:
    return " to ".join(
        timecode.format_time(time, digits=0) for time in (stretch.start, stretch.end)
    )
