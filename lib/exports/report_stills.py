"""The stills in the HTML report: pictures of spans, each with what it shows in words."""

from __future__ import annotations

import base64
import html
from typing import Any

from lib import timecode
from lib.exports import sanitize
from lib.exports.bundle import ExportBundle, SpanStill


def draw_stills(bundle: ExportBundle) -> str:
    """Return the section of stills as HTML; "" where none were asked for."""
    if not bundle.report.stills:
        return ""
    spans = {row.id: row for row in bundle.all_signals.itertuples(index=False)}
    figures = "\n".join(
        _draw_still(still, spans[still.signal], bundle.digits["signals"]) for still in bundle.stills
    )
    note = f"<p>{html.escape(bundle.stills_note)}</p>" if bundle.stills_note else ""
    count = f" ({len(bundle.stills):,})" if bundle.stills else ""
    grid = f'<div class="stills">{figures}</div>' if figures else ""
    return "\n".join(filter(None, (f"<h2>Stills{count}</h2>", note, grid)))


def _draw_still(still: SpanStill, span: Any, digits: int) -> str:  # noqa: ANN401  a row
    times = timecode.format_range(span.start, span.end, digits=digits)
    words = html.escape(sanitize.one_line(f"{times} {span.type}, {span.probability}"))
    shown = timecode.format_time(still.shown, digits=1)
    picture = base64.b64encode(still.jpeg).decode()
    return (
        f'<figure><img src="data:image/jpeg;base64,{picture}" '
        f'alt="The recording at {shown}, during {words}">'
        f"<figcaption>{words}<br>picture at {shown}</figcaption></figure>"
    )
