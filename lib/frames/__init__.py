"""Analyses as tables: model -> DataFrame and DataFrame -> DataFrame, all pure. Knows pandas.

Times are seconds from the start of the recording. An empty table has the columns and dtypes of a
full one. A table keeps the order in which its rows were sent, unless it says otherwise.
"""

from lib.frames.added import notes, transcript, verdicts
from lib.frames.bands import band, overall
from lib.frames.cues import cues, mentions
from lib.frames.evidence import evidence, seconds_by_state, windows
from lib.frames.filters import NO_VERDICT, Filter, filtered
from lib.frames.moments import RULES, Rule, moments
from lib.frames.overlap import within
from lib.frames.packing import Order, lanes
from lib.frames.schema import (
    CUES,
    ENGAGEMENT,
    EVIDENCE,
    LANES,
    MOMENTS,
    NOT_GIVEN,
    NOTES,
    OVERALL,
    QUALITY,
    SIGNALS,
    TRANSCRIPT,
    VERDICTS,
    group,
)
from lib.frames.sections import Presence, length, sections
from lib.frames.tables import engagement, quality, signals

__all__ = [
    "CUES",
    "ENGAGEMENT",
    "EVIDENCE",
    "LANES",
    "MOMENTS",
    "NOTES",
    "NOT_GIVEN",
    "NO_VERDICT",
    "OVERALL",
    "QUALITY",
    "RULES",
    "SIGNALS",
    "TRANSCRIPT",
    "VERDICTS",
    "Filter",
    "Order",
    "Presence",
    "Rule",
    "band",
    "cues",
    "engagement",
    "evidence",
    "filtered",
    "group",
    "lanes",
    "length",
    "mentions",
    "moments",
    "notes",
    "overall",
    "quality",
    "seconds_by_state",
    "sections",
    "signals",
    "transcript",
    "verdicts",
    "windows",
    "within",
]
