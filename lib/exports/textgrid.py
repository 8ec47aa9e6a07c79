"""Spans as a Praat TextGrid in its long form: seconds, tiers without gaps. Knows tiers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lib.exports import sanitize, tiers, times
from lib.exports.bundle import ExportBundle, about_lines
from lib.exports.tiers import Span, Tier

Lines = Iterator[str]


def write(bundle: ExportBundle) -> bytes:
    """Return a tier "about", over all of the recording, and the tiers of `tiers.tiers`; UTF-8.

    Times are in seconds, to the millisecond. Between annotations stand intervals without text.
    Notes on a moment are points. Every text is on one line.
    """
    tier_list = tiers.make_tiers(bundle)
    end = _recording_end(bundle.duration, tier_list)
    about_text = "; ".join(f"{name}: {text}" for name, text in about_lines(bundle))
    about = Tier("about", (Span(0, end, about_text or sanitize.ELLIPSIS),))
    return "\n".join(_document_lines(tiers.name_apart([about, *tier_list]), end)).encode()


def _recording_end(duration: float | None, tier_list: Iterable[Tier]) -> int:
    """Return where the recording ends [ms], or the last annotation if that is later; at least 1."""
    ends = (span.end for tier in tier_list for span in tier.spans)
    return max(1, times.to_milliseconds(duration or 0.0), *ends)


def _document_lines(tier_list: list[Tier], end: int) -> Lines:
    yield from ('File type = "ooTextFile"', 'Object class = "TextGrid"', "")
    yield from ("xmin = 0", f"xmax = {_format_seconds(end)}", "tiers? <exists>")
    yield from (f"size = {len(tier_list)}", "item []:")
    for number, tier in enumerate(tier_list, start=1):
        yield f"    item [{number}]:"
        yield f'        class = "{"TextTier" if tier.points else "IntervalTier"}"'
        yield f"        name = {_quote_text(tier.name)}"
        yield "        xmin = 0"
        yield f"        xmax = {_format_seconds(end)}"
        yield from _point_lines(tier.spans) if tier.points else _interval_lines(tier.spans, end)
    yield ""


def _point_lines(spans: tuple[Span, ...]) -> Lines:
    yield f"        points: size = {len(spans)}"
    for number, (start, _, text) in enumerate(spans, start=1):
        yield f"        points [{number}]:"
        yield f"            number = {_format_seconds(start)}"
        yield f"            mark = {_quote_text(text)}"


def _interval_lines(spans: tuple[Span, ...], end: int) -> Lines:
    whole = list(_fill_gaps(spans, end))
    yield f"        intervals: size = {len(whole)}"
    for number, (start, until, text) in enumerate(whole, start=1):
        yield f"        intervals [{number}]:"
        yield f"            xmin = {_format_seconds(start)}"
        yield f"            xmax = {_format_seconds(until)}"
        yield f"            text = {_quote_text(text)}"


def _fill_gaps(spans: tuple[Span, ...], end: int) -> Iterator[Span]:
    """Yield the spans, and between them what fills 0 to `end` [ms]."""
    past = 0
    for span in spans:
        if span.start > past:
            yield Span(past, span.start, "")
        yield span
        past = span.end
    if past < end:
        yield Span(past, end, "")


def _format_seconds(milliseconds: int) -> str:
    return f"{milliseconds / 1000:.3f}".rstrip("0").rstrip(".")


def _quote_text(text: str) -> str:
    return '"{}"'.format(sanitize.one_line(text).replace('"', '""'))
