"""The columns of every table, and the words in them. Knows only the standard library.

`start` and `end` are seconds as sent; `draw_start` and `draw_end` are the same span clamped into
the recording and put in order, and are for drawing only. `flag` says in plain words what is odd
about a row's times, "" when nothing.
"""

from __future__ import annotations

from lib.model import SCORES

NOT_GIVEN = "not given"

SPAN = {"start": "float64", "end": "float64"}
DRAWN = {"draw_start": "float64", "draw_end": "float64", "flag": "str"}
SIGNALS = {
    "id": "int64",
    "type": "str",
    "group": "str",
    **SPAN,
    "length": "float64",
    "probability": "str",
    "rationale": "str",
    "modality": "str",
    **DRAWN,
}
LANES = {**SIGNALS, "lane": "int64", "sub": "int64"}
ENGAGEMENT = {"state": "str", **SPAN, **DRAWN}
QUALITY = {**SPAN, **dict.fromkeys(SCORES, "float64"), "no_evidence": "bool", **DRAWN}
NOTES = {
    "id": "str",
    "reviewer": "str",
    "text": "str",
    **SPAN,
    "signal": "Int64",  # null when the note is on time alone
    "written_at": "datetime64[us, UTC]",
    **DRAWN,
}
VERDICTS = {
    "signal": "int64",
    "reviewer": "str",
    "opinion": "str",
    "corrected": "str",
    "written_at": "datetime64[us, UTC]",
}
TRANSCRIPT = {"speaker": "str", "text": "str", **SPAN, **DRAWN}
OVERALL = {"score": "str", "value": "float64", "band": "str", "reading": "str"}

CUES = {"cue": "str", "spans": "int64"}
MOMENTS = {**SPAN, "rule": "str", "reason": "str", "score": "float64"}
EVIDENCE = {
    "score": "str",
    **dict.fromkeys(("lowest", "highest", "overall", "difference"), "float64"),
}

BANDS = ((80.0, "Excellent"), (65.0, "Good"), (50.0, "Moderate"), (30.0, "Below average"))
LOWEST_BAND = "Weak"
NO_EVIDENCE = "No evidence"  # all scores exactly 50
READINGS = {
    "quality_index": "all five together, as sent",
    "clarity": "easy to follow",
    "authority": "decisive, credible",
    "energy": "vital, present, responsive",
    "rapport": "warm, respectful",
    "learning": "curious, open",
}
