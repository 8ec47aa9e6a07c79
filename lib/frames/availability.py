"""Which sections of an analysis were sent, and how long it is. Knows no table."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Sequence
from itertools import chain
from typing import Literal

from lib.model import (
    SCORES,
    Analysis,
    Engagement,
    Feedback,
    Part,
    Quality,
    QualityWindow,
    Scores,
    Signal,
)

Availability = Literal["present", "nothing found", "not asked for", "not readable"]

BEST_FIRST: tuple[Availability, ...] = (
    "present",
    "not readable",
    "nothing found",
    "not asked for",
)
OF_PARTS = ("overall", "feedback")  # never made for a whole that was sent in parts
UNREAD_SECTIONS = {  # what the reader of answers calls the parts of each section
    "signals": {"signals", "windows", "window_signals"},
    "engagement": {"engagement", "windows"},
    "overall": {"quality", "quality_overall", "scores"},
    "timeline": {"quality", "quality_timeline"},
    "feedback": {"feedback"},
}


def axis_length(analysis: Analysis, recording_duration: float | None) -> float | None:
    """Return where the time axis ends [s].

    The recording's length if known, else the analysis', else the last time seen; None without any.
    """
    for length in (recording_duration, analysis.duration):
        if length is not None and math.isfinite(length) and length > 0:
            return length
    timeline = (analysis.quality or Quality()).timeline
    spans: Iterable[Signal | Engagement | QualityWindow] = chain(
        analysis.signals or (), analysis.engagement or (), timeline or ()
    )
    times = (time for span in spans for time in (span.start, span.end))
    last = max((time for time in times if math.isfinite(time)), default=0.0)
    return last if last > 0 else None


def section_availability(analysis: Analysis, parts: Sequence[Part] = ()) -> dict[str, Availability]:
    """Return what there is of signals, engagement, overall, timeline and feedback.

    A section that was sent, and of which nothing could be read, is "not readable". Overall and
    feedback of a session of `parts` are what there is of them in any part.
    """
    sections = _availability(analysis)
    of_parts = [_availability(part.analysis) for part in parts if part.analysis]
    for name in OF_PARTS if of_parts else ():
        found = [of_part[name] for of_part in of_parts]
        sections[name] = min(found, key=BEST_FIRST.index)
    return sections


def _availability(analysis: Analysis) -> dict[str, Availability]:
    quality = analysis.quality or Quality()
    sections: dict[str, Availability] = {
        "signals": _presence(analysis.signals),
        "engagement": _presence(analysis.engagement),
        "overall": _presence(quality.overall),
        "timeline": _presence(quality.timeline),
        "feedback": _presence(analysis.feedback),
    }
    unread = {item.section for item in analysis.unread}
    return {
        name: "not readable"
        if availability != "present" and unread & UNREAD_SECTIONS[name]
        else availability
        for name, availability in sections.items()
    }


def _presence(section: Collection[object] | Scores | Feedback | None) -> Availability:
    if section is None:
        return "not asked for"
    if isinstance(section, Scores):
        filled = any(getattr(section, name) is not None for name in SCORES)
    elif isinstance(section, Feedback):
        filled = bool(section.message)
    else:
        filled = bool(section)
    return "present" if filled else "nothing found"
