"""A session as one page of HTML that needs no network and prints well. Knows plotly.

Everything from outside is escaped. Should a text ever slip through, the page's own policy lets no
script run but those written here, and nothing be fetched.
"""

from __future__ import annotations

import base64
import hashlib
import html
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import plotly.graph_objects as go
import plotly.io

from lib.exports import (
    report_agreement,
    report_choice,
    report_claims,
    report_stills,
    report_tables,
    sanitize,
)
from lib.exports.bundle import ExportBundle, about_lines
from lib.exports.report_tables import Table

# Bars and lines, the same code as on the page: a quarter of all that Plotly draws.
CHART_CODE = Path(__file__).parents[2] / "static" / "plotly-basic.min.js"
CHART_WIDTH = "100%"  # of a chart on a screen
# A chart is drawn anew for a print, which does not stretch it: 680 px are A4 less its margins.
PRINT_SCRIPT = """
const widen = width => document.querySelectorAll(".plotly-graph-div")
  .forEach(chart => Plotly.relayout(chart, { width }));
addEventListener("beforeprint", () => widen(680));
addEventListener("afterprint", () => widen(null));
"""
NO_SCRIPTS = (
    "<noscript><p>The charts are not drawn: whatever shows this file runs no scripts. Open it in a "
    "browser. All that they show is in the tables too.</p></noscript>"
)
PLOTLY_CONFIG = {"displayModeBar": False, "scrollZoom": False, "doubleClick": "reset"}
LONGEST_UNBROKEN_WORD = 13  # characters: "disengagement", the longest word of ours
PART_OF_LINE = (  # lines on the session that go with a part of the report
    ("feedback", "feedback"),
    ("feedback", "goals of the feedback"),
    ("feedback", "primary signal of the feedback"),
    ("measurement", "measured of the recording"),
)
LONG_TEXT = 40  # characters: a sentence
_WORD = re.compile(r"[^\s–]+")
PAGE_STYLE = """
:root { color-scheme: light }
body { margin: 2rem auto; padding: 0 1rem; max-width: 60rem; background: #fff; color: #1f2328;
  font: 15px/1.5 system-ui, sans-serif; overflow-wrap: anywhere }
h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 .5rem }
h2 { font-size: 1.15rem; margin: 2rem 0 .5rem }
.label { display: inline-block; margin: 0 0 1rem; padding: .1rem .6rem; border: 2px solid #9a5b00;
  border-radius: .3rem; color: #7a4700; font-weight: 600 }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .1rem 1rem; margin: 0 }
dt { color: #59636e } dd { margin: 0 }
.claim { margin: .8rem 0; padding: .1rem .8rem; border-left: 3px solid #59636e }
.claim p { margin: .3rem 0 } .sentence { font-size: 1.05rem; font-weight: 600 }
.stills { display: grid; grid-template-columns: repeat(auto-fill, minmax(11rem, 1fr)); gap: 1rem }
figure { margin: 0; font-size: .88em } img { display: block; max-width: 100%; height: auto }
.wide { overflow-x: auto }
table { border-collapse: collapse; width: 100%; font-size: .88em }
th, td { padding: .3rem .4rem; text-align: left; vertical-align: top; white-space: pre-line;
  border-bottom: 1px solid #d1d9e0; unicode-bidi: isolate }
th { border-bottom: 2px solid #59636e }
td { font-variant-numeric: tabular-nums }
.chart { margin-top: 1rem }
@media screen and (max-width: 40rem) {
  body { margin: 1rem auto; padding: 0 .75rem }
  dl { display: block } dd { margin: 0 0 .4rem }
  th.long { min-width: 15rem !important }
  .stills { grid-template-columns: repeat(auto-fill, minmax(9rem, 1fr)) }
}
@page { margin: 14mm 14mm 18mm; @bottom-right { content: counter(page) " / " counter(pages);
  font: 8pt system-ui, sans-serif; color: #59636e } }
@media print {
  body { margin: 0; padding: 0; max-width: none; font-size: 9.5pt; print-color-adjust: exact;
    -webkit-print-color-adjust: exact }
  h1, h2, h2 + p, .sentence { break-after: avoid }
  .chart, tr, figure, dl > div, .claim p { break-inside: avoid }
  .wide { overflow: visible } table { font-size: 7.5pt } th, td { padding: .2rem .25rem }
  .stills { grid-template-columns: repeat(3, 1fr) }
  p, dd { orphans: 3; widows: 3 }
}
"""


def write(bundle: ExportBundle) -> bytes:
    """Return title, label, origin, claims, scores, charts, stills, agreement, all tables; UTF-8.

    Of these the parts that `bundle.report` has; it says what it leaves out. A column without any
    text is left out; a table without a row says why.
    """
    chosen = bundle.report.parts
    charts = _draw_charts(bundle.figures if "charts" in chosen else ())
    title = sanitize.one_line(bundle.about.get("title", "")) or "Session"
    label = sanitize.one_line(bundle.about.get("label", ""))
    parts = (
        "<!doctype html>",
        '<html lang="en"><head><meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{_content_policy(charts)}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{_escape_text(title)}</title><style>{PAGE_STYLE}</style></head><body>",
        f"<h1>{_escape_text(title)}</h1>",
        f'<p class="label">{_escape_text(label)}</p>' if label else "",
        _draw_about(bundle),
        report_claims.draw_claims(bundle),
        _draw_table(report_tables.score_table(bundle)) if "scores" in chosen else "",
        charts,
        report_stills.draw_stills(bundle),
        *map(_draw_table, report_agreement.agreement_tables(bundle)),
        *map(_draw_table, report_agreement.code_tables(bundle)),
        *map(_draw_table, report_tables.report_tables(bundle)),
        "</body></html>\n",
    )
    return "\n".join(filter(None, parts)).encode()


def _content_policy(charts: str) -> str:
    """Return a policy that allows the scripts of the charts, by their hashes, and no other."""
    digests = [hashlib.sha256(script.encode()).digest() for script in _script_texts(charts)]
    allowed = [f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests] or ["'none'"]
    return (
        f"default-src 'none'; script-src {' '.join(allowed)}; style-src 'unsafe-inline'; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )


def _script_texts(page: str) -> Iterator[str]:
    """Yield the text of each script of a page; a regular expression would take long over Plotly."""
    end = 0
    while (tag := page.find("<script", end)) >= 0:
        start = page.index(">", tag) + 1
        end = page.index("</script>", start)
        yield page[start:end]


def _draw_charts(figures: Sequence[go.Figure]) -> str:
    """Return the figures, and Plotly once before them; nothing where there are none."""
    if not figures:
        return ""
    charts = [
        plotly.io.to_html(
            figure,
            config=PLOTLY_CONFIG,
            include_plotlyjs=False,
            full_html=False,
            default_width=CHART_WIDTH,
            validate=False,
            div_id=f"chart-{number}",
        )
        for number, figure in enumerate(figures, start=1)
    ]
    code = CHART_CODE.read_text(encoding="utf-8")
    scripts = (f"<script>{script}</script>" for script in (code, PRINT_SCRIPT))
    page = "\n".join(
        (NO_SCRIPTS, *scripts, *(f'<div class="chart">{chart}</div>' for chart in charts))
    )
    # A browser reads every line break as "\n", and hashes what it has read.
    return page.replace("\r\n", "\n").replace("\r", "\n")


def _draw_about(bundle: ExportBundle) -> str:
    rows = (
        f"<dt>{_escape_text(name)}</dt><dd>{_escape_text(text)}</dd>"
        for name, text in _about_rows(bundle)
    )
    return f"<dl>{''.join(rows)}</dl>"


def _about_rows(bundle: ExportBundle) -> list[tuple[str, str]]:
    left_out = {name for part, name in PART_OF_LINE if part not in bundle.report.parts}
    lines = [(name, text) for name, text in about_lines(bundle) if name not in left_out | {"title"}]
    return lines + report_choice.about_choice(bundle.report)


def _draw_table(table: Table) -> str:
    """Return a heading with how many rows there are, and the table, or why there is none."""
    filled = {name: list(map(_escape_text, cells)) for name, cells in table.columns.items()}
    columns = {name: cells for name, cells in filled.items() if any(cells)}
    rows = list(zip(*columns.values(), strict=True))
    if not rows:
        return f"<h2>{table.heading}</h2>\n<p>{_escape_text(table.missing)}</p>"
    head = "".join(
        f'<th{_long_class(cells)} style="min-width:{_min_column_width(name, cells)}ch">'
        f"{_escape_text(name)}</th>"
        for name, cells in columns.items()
    )
    body = "\n".join(f"<tr><td>{'</td><td>'.join(row)}</td></tr>" for row in rows)
    note = f"<p>{_escape_text(table.note)}</p>\n" if table.note else ""
    return (
        f"<h2>{table.heading} ({len(rows):,})</h2>\n{note}"
        f'<div class="wide" tabindex="0" role="region" aria-label="{table.heading}">'
        f"<table><thead><tr>{head}</tr></thead><tbody>\n{body}\n</tbody></table></div>"
    )


def _long_class(cells: list[str]) -> str:
    """Tell a column of sentences, which a phone shows wider than a word."""
    return ' class="long"' if max(map(len, cells), default=0) > LONG_TEXT else ""


def _min_column_width(name: str, cells: list[str]) -> int:
    """Return how many characters wide a column must be to break only words longer than WORD."""
    words = (word for text in {name, *cells} for word in _WORD.findall(text))
    return min(max(map(len, words), default=0), LONGEST_UNBROKEN_WORD)


def _escape_text(text: str) -> str:
    return html.escape(sanitize.clean(text))
