"""The tables of a report, each cell as text for people. Knows pandas and the tables' columns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

import pandas as pd

from lib import timecode
from lib.exports import bundle as materials
from lib.exports import sanitize, span_table
from lib.exports.bundle import ExportBundle
from lib.model import OPINIONS, SCORES

Columns = Mapping[str, Iterable[str]]


class Table(NamedTuple):
    """A table below its heading: columns of the same length, or why there is no row.

    `note` says how to read the rows.
    """

    heading: str
    columns: Columns
    missing: str
    note: str = ""


def score_table(material: ExportBundle) -> Table:
    """Return the scores of the whole recording, as sent."""
    overall = material.overall
    columns = {
        "score": [name.replace("_", " ") for name in overall["score"]],
        "value": map(_format_number, overall["value"]),
        "band": overall["band"],
        "reading": overall["reading"],
    }
    return Table("Scores", columns, materials.missing_reason(material, "overall"))


def report_tables(material: ExportBundle) -> list[Table]:
    """Return everything else, in the order of a report.

    Times are clock text of `digits` decimals, a rationale stands in full and says who wrote it.
    """
    found = (
        ("Signals", "signals", _signal_columns(material)),
        ("Moments", "moments", _moment_columns(material)),
        ("Engagement", "engagement", _span_columns(material, material.engagement, "state")),
        ("Quality", "timeline", _quality_columns(material)),
        ("Notes", "notes", _note_columns(material)),
        ("Verdicts", "verdicts", _verdict_columns(material)),
        (
            "Transcript",
            "transcript",
            _span_columns(material, material.transcript, "speaker", "text"),
        ),
    )
    return [
        Table(heading, columns, materials.missing_reason(material, section))
        for heading, section, columns in found
    ]


def _span_columns(
    material: ExportBundle, table: pd.DataFrame, *names: str
) -> dict[str, Iterable[str]]:
    """Return the time of each row, and the columns of these names as they are."""
    return {"time": _time_texts(table, material.digits), **{name: table[name] for name in names}}


def _signal_columns(material: ExportBundle) -> Columns:
    author = sanitize.one_line(material.about.get("author", ""))
    signals = material.signals
    said = span_table.review_columns(signals, material.verdicts, material.notes)
    return {
        "id": map(str, signals["id"]),
        "time": _time_texts(signals, material.digits),
        "type": map(_stack_texts, signals["type"], signals["group"]),
        "probability": signals["probability"],
        "modality": signals["modality"],
        f"rationale, {author}" if author else "rationale": signals["rationale"].fillna(""),
        "verdicts": map(
            _stack_texts, _opinion_counts(said), map(_correction_text, said["corrected"])
        ),
        "notes": said["notes"],
    }


def _opinion_counts(said: Mapping[str, list[int]]) -> list[str]:
    rows = zip(*(said[opinion] for opinion in OPINIONS), strict=True)
    return [
        ", ".join(f"{count} {said}" for count, said in zip(row, OPINIONS, strict=True) if count)
        for row in rows
    ]


def _correction_text(said: str) -> str:
    return f"corrected by {said}" if said else ""


def _stack_texts(*texts: str) -> str:
    """Return the texts under each other, but for empty ones."""
    return "\n".join(filter(None, texts))


def _moment_columns(material: ExportBundle) -> Columns:
    moments = material.moments
    return {
        **_span_columns(material, moments, "rule", "reason"),
        "score": map(span_table.format_moment_score, moments["score"]),
    }


def _quality_columns(material: ExportBundle) -> Columns:
    quality = material.quality
    return {
        "time": _time_texts(quality, material.digits),
        **{name.replace("_", " "): map(_format_number, quality[name]) for name in SCORES},
        "": ["no evidence" if one else "" for one in quality["no_evidence"]],
    }


def _note_columns(material: ExportBundle) -> Columns:
    notes = material.notes
    return {
        "time": _time_texts(notes, material.digits),
        "signal": ["" if pd.isna(one) else str(one) for one in notes["signal"]],
        "reviewer": notes["reviewer"],
        "text": notes["text"],
        "written": map(_format_timestamp, notes["written_at"]),
    }


def _verdict_columns(material: ExportBundle) -> Columns:
    verdicts, signals = material.verdicts, material.signals
    judged = verdicts["signal"].tolist()
    times = dict(zip(signals["id"], _time_texts(signals, material.digits), strict=True))
    types = dict(zip(signals["id"], signals["type"], strict=True))
    return {
        "signal": map(str, judged),
        # What is said of a span that is not in the table is handed over all the same.
        "time": [times.get(one, "") for one in judged],
        "type": [types.get(one, "") for one in judged],
        "reviewer": verdicts["reviewer"],
        "opinion": verdicts["opinion"],
        "corrected": verdicts["corrected"],
        "written": map(_format_timestamp, verdicts["written_at"]),
    }


def _time_texts(table: pd.DataFrame, digits: int) -> list[str]:
    """Return each span as sent, as "0:12.0–0:18.5", and below it what is odd, if anything is."""
    spans = zip(table["start"].tolist(), table["end"].tolist(), strict=True)
    clocks = [
        "–".join(timecode.format_time(one, digits=digits) for one in dict.fromkeys(span))
        for span in spans
    ]
    return list(map(_stack_texts, clocks, table["flag"])) if "flag" in table else clocks


def _format_number(value: float) -> str:
    """Return a number with the digits it was sent with; "not sent" where there is none."""
    return "not sent" if pd.isna(value) else repr(float(value)).removesuffix(".0")


def _format_timestamp(when: pd.Timestamp) -> str:
    return f"{when:%Y-%m-%d %H:%M} UTC"
