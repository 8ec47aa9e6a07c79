"""A session as one page of HTML that needs no network and prints well. Knows pandas and plotly.

Everything from outside is escaped. Should a text ever slip through, the page's own policy lets no
script run but those written here, and nothing be fetched.
"""

from __future__ import annotations

import base64
import hashlib
import html
import math
import re
from collections.abc import Iterable, Mapping, Sequence

import pandas as pd
import plotly.graph_objects as go
import plotly.io
import plotly.offline

from lib import clock
from lib.exports import material as materials
from lib.exports import plain, tidy
from lib.exports.material import Material
from lib.model import OPINIONS, SCORES

WIDTH = "680px"  # of a chart: an A4 page less its margins
CONFIG = {"displayModeBar": False, "scrollZoom": False, "doubleClick": "reset"}
WORD = 13  # characters: "disengagement", the longest word of ours
SCRIPT = re.compile(r"<script[^>]*>(.*?)</script>", re.DOTALL)
_WORD = re.compile(r"[^\s–]+")
STYLE = """
:root { color-scheme: light }
body { margin: 2rem auto; padding: 0 1rem; max-width: 60rem; background: #fff; color: #1f2328;
  font: 15px/1.5 system-ui, sans-serif; overflow-wrap: anywhere }
h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 .5rem }
h2 { font-size: 1.15rem; margin: 2rem 0 .5rem; break-after: avoid }
.label { display: inline-block; margin: 0 0 1rem; padding: .1rem .6rem; border: 2px solid #9a5b00;
  border-radius: .3rem; color: #7a4700; font-weight: 600 }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .1rem 1rem; margin: 0 }
dt { color: #59636e } dd { margin: 0 }
table { border-collapse: collapse; width: 100%; font-size: .88em }
th, td { padding: .3rem .4rem; text-align: left; vertical-align: top; white-space: pre-line;
  border-bottom: 1px solid #d1d9e0; unicode-bidi: isolate }
th { border-bottom: 2px solid #59636e }
td { font-variant-numeric: tabular-nums }
.chart, tr { break-inside: avoid }
.chart { margin-top: 1rem }
@page { size: A4; margin: 14mm }
@media print { body { margin: 0; padding: 0; max-width: none; font-size: 9.5pt } }
"""

Columns = Mapping[str, Iterable[str]]


def write(material: Material) -> bytes:
    """Return title, label, what must be said, scores, charts, and a table of everything; UTF-8.

    Times are clock text of `digits` decimals, scores are as sent, a rationale stands in full and
    says who wrote it. A column without any text is left out; a section without a row says why.
    """
    charts = _charts(material.figures)
    title = plain.one_line(material.about.get("title", "")) or "Session"
    label = plain.one_line(material.about.get("label", ""))
    parts = (
        "<!doctype html>",
        '<html lang="en"><head><meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{_policy(charts)}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{_safe(title)}</title><style>{STYLE}</style></head><body>",
        f"<h1>{_safe(title)}</h1>",
        f'<p class="label">{_safe(label)}</p>' if label else "",
        _about(material),
        _section("Scores", _scores(material.overall), materials.missing(material, "overall")),
        charts,
        *_tables(material),
        "</body></html>\n",
    )
    return "\n".join(filter(None, parts)).encode()


def _policy(charts: str) -> str:
    """Return a policy that allows the scripts of the charts, by their hashes, and no other."""
    digests = [hashlib.sha256(one.encode()).digest() for one in SCRIPT.findall(charts)]
    allowed = [f"'sha256-{base64.b64encode(one).decode()}'" for one in digests] or ["'none'"]
    return (
        f"default-src 'none'; script-src {' '.join(allowed)}; style-src 'unsafe-inline'; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )


def _charts(figures: Sequence[go.Figure]) -> str:
    """Return the figures, and Plotly once before them; nothing where there are none."""
    if not figures:
        return ""
    drawn = [
        plotly.io.to_html(
            figure,
            config=CONFIG,
            include_plotlyjs=False,
            full_html=False,
            default_width=WIDTH,
            validate=False,
            div_id=f"chart-{number}",
        )
        for number, figure in enumerate(figures, start=1)
    ]
    script = f"<script>{plotly.offline.get_plotlyjs()}</script>"
    page = "\n".join((script, *(f'<div class="chart">{one}</div>' for one in drawn)))
    # A browser reads every line break as "\n", and hashes what it has read.
    return page.replace("\r\n", "\n").replace("\r", "\n")


def _about(material: Material) -> str:
    rows = (f"<dt>{_safe(name)}</dt><dd>{_safe(text)}</dd>" for name, text in _said(material))
    return f"<dl>{''.join(rows)}</dl>"


def _said(material: Material) -> list[tuple[str, str]]:
    return [(name, text) for name, text in materials.said(material) if name != "title"]


def _tables(material: Material) -> list[str]:
    return [
        _section("Signals", _signals(material), materials.missing(material, "signals")),
        _section("Moments", _moments(material), materials.missing(material, "moments")),
        _section("Engagement", _engagement(material), materials.missing(material, "engagement")),
        _section("Quality", _quality(material), materials.missing(material, "timeline")),
        _section("Notes", _notes(material), materials.missing(material, "notes")),
        _section("Verdicts", _verdicts(material.verdicts), materials.missing(material, "verdicts")),
        _section("Transcript", _lines(material), materials.missing(material, "transcript")),
    ]


def _scores(overall: pd.DataFrame) -> Columns:
    return {
        "score": [name.replace("_", " ") for name in overall["score"]],
        "value": map(_number, overall["value"]),
        "band": overall["band"],
        "reading": overall["reading"],
    }


def _signals(material: Material) -> Columns:
    author = plain.one_line(material.about.get("author", ""))
    table = tidy.reviewed(material.signals, material.verdicts, material.notes)
    return {
        "id": map(str, table["id"]),
        "time": _times(table, material.digits),
        "type": map(_below, table["type"], table["group"]),
        "probability": table["probability"],
        "modality": table["modality"],
        f"rationale, {author}" if author else "rationale": table["rationale"],
        "verdicts": map(_below, _counted(table), map(_corrected, table["corrected"])),
        "notes": table["notes"],
    }


def _counted(table: pd.DataFrame) -> list[str]:
    rows = zip(*(table[opinion].tolist() for opinion in OPINIONS), strict=True)
    return [
        ", ".join(f"{count} {said}" for count, said in zip(row, OPINIONS, strict=True) if count)
        for row in rows
    ]


def _corrected(said: str) -> str:
    return f"corrected by {said}" if said else ""


def _below(*texts: str) -> str:
    """Return the texts under each other, but for empty ones."""
    return "\n".join(filter(None, texts))


def _moments(material: Material) -> Columns:
    moments = material.moments
    return {
        "time": _times(moments, material.digits),
        "rule": moments["rule"],
        "reason": moments["reason"],
        "score": map(_number, moments["score"]),
    }


def _engagement(material: Material) -> Columns:
    engagement = material.engagement
    return {
        "time": _times(engagement, material.digits),
        "state": engagement["state"],
    }


def _quality(material: Material) -> Columns:
    quality = material.quality
    return {
        "time": _times(quality, material.digits),
        **{name.replace("_", " "): map(_number, quality[name]) for name in SCORES},
        "": ["no evidence" if one else "" for one in quality["no_evidence"]],
    }


def _notes(material: Material) -> Columns:
    notes = material.notes
    return {
        "time": _times(notes, material.digits),
        "signal": ["" if pd.isna(one) else str(one) for one in notes["signal"]],
        "reviewer": notes["reviewer"],
        "text": notes["text"],
        "written": map(_moment, notes["written_at"]),
    }


def _verdicts(verdicts: pd.DataFrame) -> Columns:
    return {
        "signal": map(str, verdicts["signal"]),
        "reviewer": verdicts["reviewer"],
        "opinion": verdicts["opinion"],
        "corrected": verdicts["corrected"],
        "written": map(_moment, verdicts["written_at"]),
    }


def _lines(material: Material) -> Columns:
    transcript = material.transcript
    return {
        "time": _times(transcript, material.digits),
        "speaker": transcript["speaker"],
        "text": transcript["text"],
    }


def _times(table: pd.DataFrame, digits: int) -> list[str]:
    """Return each span as sent, as "0:12.0–0:18.5", and below it what is odd, if anything is."""
    spans = zip(table["start"].tolist(), table["end"].tolist(), strict=True)
    clocks = [
        _clock(start, digits) if start == end else f"{_clock(start, digits)}–{_clock(end, digits)}"
        for start, end in spans
    ]
    return list(map(_below, clocks, table["flag"])) if "flag" in table else clocks


def _section(heading: str, columns: Columns, missing: str) -> str:
    """Return a heading with how many rows there are, and the table, or why there is none."""
    filled = {name: list(map(_safe, cells)) for name, cells in columns.items()}
    kept = {name: cells for name, cells in filled.items() if any(cells)}
    rows = list(zip(*kept.values(), strict=True))
    if not rows:
        return f"<h2>{heading}</h2>\n<p>{_safe(missing)}</p>"
    head = "".join(
        f'<th style="min-width:{_narrowest(name, cells)}ch">{_safe(name)}</th>'
        for name, cells in kept.items()
    )
    body = "\n".join(f"<tr><td>{'</td><td>'.join(row)}</td></tr>" for row in rows)
    return (
        f"<h2>{heading} ({len(rows):,})</h2>\n"
        f"<table><thead><tr>{head}</tr></thead><tbody>\n{body}\n</tbody></table>"
    )


def _narrowest(name: str, cells: list[str]) -> int:
    """Return how many characters wide a column must be to break only words longer than WORD."""
    longest = max(len(word) for text in (name, *cells) for word in _WORD.findall(text) or [""])
    return min(longest, WORD)


def _safe(text: str) -> str:
    return html.escape(plain.clean(text))


def _clock(seconds: float, digits: int) -> str:
    # The clock counts ticks, and the largest numbers have more of them than can be counted.
    countable = math.isfinite(seconds * 10**digits)
    return clock.text(seconds, digits=digits) if countable else clock.UNKNOWN


def _number(value: float) -> str:
    """Return a number with the digits it was sent with; "not sent" where there is none."""
    return "not sent" if pd.isna(value) else repr(float(value)).removesuffix(".0")


def _moment(when: pd.Timestamp) -> str:
    return f"{when:%Y-%m-%d %H:%M} UTC"
