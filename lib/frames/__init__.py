"""Analyses as tables: model -> DataFrame and DataFrame -> DataFrame, all pure. Knows pandas.

Times are seconds from the start of the recording. An empty table has the columns and dtypes of a
full one. A table keeps the order in which its rows were sent, unless it says otherwise.
"""

from lib.frames.availability import Availability, axis_length, section_availability
from lib.frames.coding import code_agreement, code_agreement_note, code_agreement_texts, coded
from lib.frames.cues import cue_ids, cues, mentions, read_characters
from lib.frames.filters import NO_VERDICT, Filter, filter_signals
from lib.frames.intervals import within
from lib.frames.lanes import MAX_LANES, Order, drawn_spans, lanes, type_counts
from lib.frames.measurement import measurement
from lib.frames.measurement_flags import measurement_flags
from lib.frames.moments import RULES, Rule, moment_digits, moments
from lib.frames.parts import gaps, overall_of_parts, parts_table
from lib.frames.quality_windows import (
    score_ranges,
    seconds_by_state,
    window_scores,
    windows_in_order,
)
from lib.frames.review import notes, transcript, verdicts
from lib.frames.schema import (
    ANSWERED,
    CODE_AGREEMENT,
    CODED,
    CUES,
    ENGAGEMENT,
    LANES,
    MEASUREMENT,
    MOMENTS,
    NOT_GIVEN,
    NOTES,
    OVERALL,
    OVERALL_OF_PARTS,
    PARTS,
    QUALITY,
    SCORE_RANGES,
    SIGNALS,
    SPOKEN_SHARES,
    TRANSCRIPT,
    VERDICTS,
)
from lib.frames.scores import overall_scores, score_band
from lib.frames.speakers import share_text, speaker_names, spoken_shares, spoken_texts
from lib.frames.tables import engagement, quality, section_digits, signals, time_digits

__all__ = [
    "ANSWERED",
    "CODED",
    "CODE_AGREEMENT",
    "CUES",
    "ENGAGEMENT",
    "LANES",
    "MAX_LANES",
    "MEASUREMENT",
    "MOMENTS",
    "NOTES",
    "NOT_GIVEN",
    "NO_VERDICT",
    "OVERALL",
    "OVERALL_OF_PARTS",
    "PARTS",
    "QUALITY",
    "RULES",
    "SCORE_RANGES",
    "SIGNALS",
    "SPOKEN_SHARES",
    "TRANSCRIPT",
    "VERDICTS",
    "Availability",
    "Filter",
    "Order",
    "Rule",
    "axis_length",
    "code_agreement",
    "code_agreement_note",
    "code_agreement_texts",
    "coded",
    "cue_ids",
    "cues",
    "drawn_spans",
    "engagement",
    "filter_signals",
    "gaps",
    "lanes",
    "measurement",
    "measurement_flags",
    "mentions",
    "moment_digits",
    "moments",
    "notes",
    "overall_of_parts",
    "overall_scores",
    "parts_table",
    "quality",
    "read_characters",
    "score_band",
    "score_ranges",
    "seconds_by_state",
    "section_availability",
    "section_digits",
    "share_text",
    "signals",
    "speaker_names",
    "spoken_shares",
    "spoken_texts",
    "time_digits",
    "transcript",
    "type_counts",
    "verdicts",
    "window_scores",
    "windows_in_order",
    "within",
]
