"""The columns of every table, their types, and the fixed texts in them.

`start` and `end` are seconds as sent; `draw_start` and `draw_end` are the same span clamped into
the recording and put in order, and are for drawing only. `flag` says in plain words what is odd
about a row's times, how it lies at a seam between parts, and what its rationale speaks of that the
recording does not show; "" when nothing.
"""

from __future__ import annotations

from lib.model import SCORES

NOT_GIVEN = "not given"
ANSWERED = "answered"

SPAN_COLUMNS = {"start": "float64", "end": "float64"}
DRAW_COLUMNS = {"draw_start": "float64", "draw_end": "float64", "flag": "str"}
SIGNALS = {
    "id": "int64",
    "type": "str",
    "group": "str",
    **SPAN_COLUMNS,
    "length": "float64",
    "probability": "str",
    "rationale": "str",
    "modality": "str",
    **DRAW_COLUMNS,
}
LANES = {**SIGNALS, "lane": "int64", "sub": "int64"}
ENGAGEMENT = {"state": "str", **SPAN_COLUMNS, **DRAW_COLUMNS}
QUALITY = {
    **SPAN_COLUMNS,
    **dict.fromkeys(SCORES, "float64"),
    "no_evidence": "bool",
    **DRAW_COLUMNS,
}
NOTES = {
    "id": "str",
    "reviewer": "str",
    "text": "str",
    **SPAN_COLUMNS,
    "signal": "Int64",  # null when the note is on time alone
    "written_at": "datetime64[us, UTC]",
    **DRAW_COLUMNS,
}
VERDICTS = {
    "signal": "int64",
    "reviewer": "str",
    "opinion": "str",
    "corrected": "str",
    "written_at": "datetime64[us, UTC]",
    "mode": "str",  # of JUDGING_MODES
}
CODED = {
    "id": "str",
    "coder": "str",
    "code": "str",
    **SPAN_COLUMNS,  # equal for a point
    "definition": "str",
    "color": "str",  # "#rrggbb", or ""
    "matches": "str",  # types of signals, with "; " between them
    "codebook": "str",  # its name
    "version": "int64",
    "written_at": "datetime64[us, UTC]",
    **DRAW_COLUMNS,
}
CODE_AGREEMENT = {
    "code": "str",
    "one": "str",
    "other": "str",
    "spans_one": "int64",
    "spans_other": "int64",
    "seconds_one": "float64",
    "seconds_other": "float64",
    "seconds_both": "float64",
    "agreed": "float64",  # the share of the time that both coded, or both did not
    "kappa": "float64",  # NaN where it is not defined, for a `reason`
    "reason": "str",
}
MEASUREMENT = {"kind": "str", **SPAN_COLUMNS, **DRAW_COLUMNS}  # silent, clipped, black or still
TRANSCRIPT = {"speaker": "str", "text": "str", **SPAN_COLUMNS, **DRAW_COLUMNS}
SPOKEN_SHARES = {
    "signal": "int64",
    "speaker": "str",
    "seconds": "float64",  # of the span that lines of the speaker cover
    "share": "float64",  # from 0 to 1; NaN where the span or all these lines have no length
}
OVERALL_OF_PARTS = {
    "part": "int64",
    "score": "str",
    "value": "float64",
    "band": "str",
    "reading": "str",
}
PARTS = {
    "part": "int64",  # its number, from 1
    **SPAN_COLUMNS,  # of its core
    "sent_start": "float64",  # of what was sent, with its context
    "sent_end": "float64",
    "outcome": "str",  # ANSWERED, or the kind of gap
    "reason": "str",  # why there is a gap, "" where nobody knows
    "sent": "str",  # what was sent, in words
}
OVERALL = {"score": "str", "value": "float64", "band": "str", "reading": "str"}

CUES = {"cue": "str", "spans": "int64"}
MOMENTS = {**SPAN_COLUMNS, "rule": "str", "reason": "str", "score": "float64"}
SCORE_RANGES = {
    "score": "str",
    **dict.fromkeys(("lowest", "highest", "overall", "difference"), "float64"),
}

SCORE_BANDS = ((80.0, "Excellent"), (65.0, "Good"), (50.0, "Moderate"), (30.0, "Below average"))
LOWEST_BAND = "Weak"
NO_EVIDENCE_BAND = "No evidence"  # all scores that were sent are exactly 50
SCORE_READINGS = {
    "quality_index": "all five together, as sent",
    "clarity": "easy to follow",
    "authority": "decisive, credible",
    "energy": "vital, present, responsive",
    "rapport": "warm, respectful",
    "learning": "curious, open",
}
