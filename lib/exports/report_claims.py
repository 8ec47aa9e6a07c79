"""The claims in the HTML report: each sentence with the spans that it rests on, for and against."""

from __future__ import annotations

import html
from collections.abc import Mapping

import pandas as pd

from lib import timecode
from lib.exports import sanitize
from lib.exports.bundle import ExportBundle
from lib.frames.claims import SIDE_NOTE, SIDE_WORDS, claim_spans, spans_text
from lib.model import SIDES, Claim

MAX_TIMES = 200  # of spans on one side; how many more there are is said


def draw_claims(bundle: ExportBundle) -> str:
    """Return the section of claims as HTML; "" where there is none, or it was not chosen."""
    if not bundle.claims or "claims" not in bundle.report.parts:
        return ""
    claims = "\n".join(_draw_claim(bundle, claim) for claim in bundle.claims)
    return f"<h2>Claims ({len(bundle.claims):,})</h2>\n<p>{SIDE_NOTE}</p>\n{claims}"


def _draw_claim(bundle: ExportBundle, claim: Claim) -> str:
    spans = claim_spans(claim, bundle.all_signals, bundle.all_verdicts)
    rows = "".join(_draw_side(SIDE_WORDS[side], spans[side], bundle.digits) for side in SIDES)
    about = f"{claim.byline}, {claim.written_at:%Y-%m-%d %H:%M} UTC · {spans_text(claim)}"
    return (
        f'<article class="claim"><p class="sentence">{_escape_text(claim.text)}</p>'
        f"<p>{_escape_text(about)}</p><dl>{rows}</dl></article>"
    )


def _draw_side(words: str, spans: pd.DataFrame, digits: Mapping[str, int]) -> str:
    texts = [
        f"{timecode.format_range(start, end, digits=digits['signals'])} {sanitize.one_line(kind)}"
        for start, end, kind in zip(
            spans["start"].tolist(), spans["end"].tolist(), spans["type"], strict=True
        )
    ]
    more = f", and {len(texts) - MAX_TIMES:,} more" if len(texts) > MAX_TIMES else ""
    listed = ", ".join(texts[:MAX_TIMES]) + more
    return f"<dt>{len(spans):,} {words}</dt><dd>{_escape_text(listed) or '–'}</dd>"


def _escape_text(text: str) -> str:
    return html.escape(sanitize.one_line(text))
