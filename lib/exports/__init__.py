"""Write a session as a file: ExportBundle -> bytes, one format a module, pure."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from lib.exports import csv_table, eaf, html_report, textgrid, vtt, xlsx
from lib.exports.bundle import Agreement, ExportBundle, SpanStill
from lib.exports.pseudonyms import hide_names
from lib.exports.report_choice import ReportChoice

__all__ = [
    "FORMATS",
    "Agreement",
    "ExportBundle",
    "Format",
    "ReportChoice",
    "SpanStill",
    "hide_names",
    "vtt",
]


class Format(NamedTuple):
    """A file format of exports; `suffix` has its dot, `write` returns the file's bytes."""

    key: str
    label: str
    suffix: str
    mime: str
    write: Callable[[ExportBundle], bytes]


FORMATS = (
    Format("csv", "Spans (CSV)", ".csv", "text/csv", csv_table.write),
    Format(
        "xlsx",
        "Everything (Excel)",
        ".xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        xlsx.write,
    ),
    Format("html", "Report (HTML)", ".html", "text/html", html_report.write),
    Format("vtt", "Subtitles (WebVTT)", ".vtt", "text/vtt", vtt.write),
    Format("eaf", "ELAN (EAF)", ".eaf", "application/xml", eaf.write),
    Format("textgrid", "Praat (TextGrid)", ".TextGrid", "text/plain", textgrid.write),
)
