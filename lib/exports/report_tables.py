"""The tables of the HTML report, each cell as text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

import pandas as pd

from lib import frames, timecode
from lib.exports import sanitize, span_table
from lib.exports.bundle import ExportBundle, missing_reason
from lib.model import OPINIONS, SCORES

_SHARE_END = re.compile(r" %$", re.MULTILINE)
Columns = Mapping[str, Iterable[str]]
CODE_DIGITS = 3  # decimals of a second: what is coded is placed to the frame


class Table(NamedTuple):
    """A table below its heading: columns of the same length, or why there is no row.

    `note` says how to read the rows.
    """

    heading: str
    columns: Columns
    missing: str
    note: str = ""


def score_table(bundle: ExportBundle) -> Table:
    """Return the scores of the whole recording, as sent, or those of its parts."""
    overall = bundle.overall
    columns: dict[str, Iterable[str]] = {
        "part": map(str, overall.get("part", [""] * len(overall))),
        "score": [name.replace("_", " ") for name in overall["score"]],
        "value": map(_format_number, overall["value"]),
        "band": overall["band"],
        "reading": overall["reading"],
    }
    return Table("Scores", columns, missing_reason(bundle, "overall"))


def report_tables(bundle: ExportBundle) -> list[Table]:
    """Return everything else, in the order of a report.

    Times are clock text of the decimals that their table may show, a rationale stands in full and
    says who wrote it.
    """
    parts = [Table("Parts", _part_columns(bundle), "")] if len(bundle.parts) else []
    sections = (
        ("signals", "Signals", "signals", _signal_columns),
        ("moments", "Moments", "moments", _moment_columns),
        ("engagement", "Engagement", "engagement", _engagement_columns),
        ("quality", "Quality", "timeline", _quality_columns),
        ("notes", "Notes", "notes", _note_columns),
        ("verdicts", "Verdicts", "verdicts", _verdict_columns),
        ("transcript", "Transcript", "transcript", _transcript_columns),
    )
    codes = [Table("Codes", _code_columns(bundle), "")] if _shows_codes(bundle) else []
    tables = [
        Table(heading, columns(bundle), missing_reason(bundle, section))
        for part, heading, section, columns in sections
        if part in bundle.report.parts
    ]
    return parts + codes + tables + _measurement_tables(bundle)


def _measurement_tables(bundle: ExportBundle) -> list[Table]:
    """The stretches that are silent, clipped, black or still; none where nothing was measured."""
    measured = bundle.measurement
    if measured.empty or "measurement" not in bundle.report.parts:
        return []
    columns: Columns = {
        "time": _time_texts(measured, frames.time_digits(measured)),
        "kind": measured["kind"],
    }
    return [Table("Measured of the recording", columns, "")]


def _shows_codes(bundle: ExportBundle) -> bool:
    return len(bundle.coded) > 0 and "codes" in bundle.report.parts


def _part_columns(bundle: ExportBundle) -> Columns:
    parts = bundle.parts
    sent = parts[["sent_start", "sent_end"]].set_axis(["start", "end"], axis="columns")
    return {
        "part": map(str, parts["part"]),
        "time": _time_texts(parts, frames.time_digits(parts)),
        "sent": map(_stack_texts, _time_texts(sent, frames.time_digits(sent)), parts["sent"]),
        "outcome": map(_stack_texts, parts["outcome"], parts["reason"]),
    }


def _engagement_columns(bundle: ExportBundle) -> Columns:
    spans = bundle.engagement
    return {"time": _time_texts(spans, bundle.digits["engagement"]), "state": spans["state"]}


def _code_columns(bundle: ExportBundle) -> Columns:
    coded = bundle.coded
    versions = zip(coded["codebook"], coded["version"], strict=True)
    return {
        "time": _time_texts(coded, CODE_DIGITS),
        "coder": coded["coder"],
        "code": map(_stack_texts, coded["code"], coded["definition"]),
        "codebook": [f"{name}, version {version}" if name else "" for name, version in versions],
        "written": map(_format_timestamp, coded["written_at"]),
    }


def _transcript_columns(bundle: ExportBundle) -> Columns:
    lines = bundle.transcript
    return {
        "time": _time_texts(lines, frames.time_digits(lines)),
        "speaker": lines["speaker"],
        "text": lines["text"],
    }


def _signal_columns(bundle: ExportBundle) -> Columns:
    author = sanitize.one_line(bundle.about.get("author", ""))
    signals = bundle.signals
    review = span_table.review_columns(signals, bundle.verdicts, bundle.notes)
    left_out = {"rationales", "verdicts", "notes"} - bundle.report.parts
    if "transcript" not in bundle.report.parts:  # who spoke is known by it alone
        left_out.add("spoken by")
    columns = {
        "id": map(str, signals["id"]),
        "time": _time_texts(signals, bundle.digits["signals"]),
        "type": map(_stack_texts, signals["type"], signals["group"]),
        "probability": signals["probability"],
        "modality": signals["modality"],
        "rationales": signals["rationale"].fillna(""),
        "spoken by": _spoken_texts(bundle),
        "verdicts": map(
            _stack_texts,
            _opinion_counts(review),
            map(_blind_text, *(review[name] for name in span_table.BLIND_COLUMNS)),
            map(_correction_text, review["corrected"]),
        ),
        "notes": review["notes"],
    }
    names = {"rationales": f"rationale, {author}" if author else "rationale"}
    return {names.get(name, name): columns[name] for name in columns if name not in left_out}


def _spoken_texts(bundle: ExportBundle) -> list[str]:
    """Return who spoke during each signal, under each other; "" where nobody is known to."""
    shares = frames.spoken_shares(bundle.signals, bundle.transcript)
    texts = frames.spoken_texts(bundle.signals, shares, between="\n")
    # A share stays together where the column is narrow: each stands at the end of its line.
    return [_SHARE_END.sub("\u00a0%", text) for text in texts]


def _opinion_counts(review: Mapping[str, list[int]]) -> list[str]:
    rows = zip(*(review[opinion] for opinion in OPINIONS), strict=True)
    return [
        ", ".join(
            f"{count} {opinion}" for count, opinion in zip(row, OPINIONS, strict=True) if count
        )
        for row in rows
    ]


def _blind_text(blind: int, probability_hidden: int) -> str:
    text = f"{blind} made blind" if blind else ""
    return f"{text}, {probability_hidden} without probability" if probability_hidden else text


def _correction_text(corrections: str) -> str:
    return f"corrected by {corrections}" if corrections else ""


def _stack_texts(*texts: str) -> str:
    """Return the texts under each other, but for empty ones."""
    return "\n".join(filter(None, texts))


def _moment_columns(bundle: ExportBundle) -> Columns:
    moments = bundle.moments
    return {
        "time": [
            timecode.format_range(start, end, digits=frames.moment_digits(rule, bundle.digits))
            for start, end, rule in zip(
                moments["start"].tolist(), moments["end"].tolist(), moments["rule"], strict=True
            )
        ],
        "rule": moments["rule"],
        "reason": moments["reason"],
        "score": map(span_table.format_moment_score, moments["score"]),
    }


def _quality_columns(bundle: ExportBundle) -> Columns:
    quality = bundle.quality
    return {
        "time": _time_texts(quality, bundle.digits["quality"]),
        **{name.replace("_", " "): map(_format_number, quality[name]) for name in SCORES},
        "": ["no evidence" if empty else "" for empty in quality["no_evidence"]],
    }


def _note_columns(bundle: ExportBundle) -> Columns:
    notes = bundle.notes
    return {
        "time": _time_texts(notes, bundle.digits["signals"]),
        "signal": ["" if pd.isna(signal) else str(signal) for signal in notes["signal"]],
        "reviewer": notes["reviewer"],
        "text": notes["text"],
        "written": map(_format_timestamp, notes["written_at"]),
    }


def _verdict_columns(bundle: ExportBundle) -> Columns:
    verdicts, signals = bundle.verdicts, bundle.signals
    ids = verdicts["signal"].tolist()
    times = dict(zip(signals["id"], _time_texts(signals, bundle.digits["signals"]), strict=True))
    types = dict(zip(signals["id"], signals["type"], strict=True))
    return {
        "signal": map(str, ids),
        # A verdict on a span that is not in the table is exported all the same.
        "time": [times.get(signal, "") for signal in ids],
        "type": [types.get(signal, "") for signal in ids],
        "reviewer": verdicts["reviewer"],
        "opinion": verdicts["opinion"],
        "corrected": verdicts["corrected"],
        "mode": verdicts["mode"],
        "written": map(_format_timestamp, verdicts["written_at"]),
    }


def _time_texts(table: pd.DataFrame, digits: int) -> list[str]:
    """Return each span as sent, as "0:12.0–0:18.5", and below it what is odd, if anything is."""
    spans = zip(table["start"].tolist(), table["end"].tolist(), strict=True)
    clocks = [timecode.format_range(start, end, digits=digits) for start, end in spans]
    return list(map(_stack_texts, clocks, table["flag"])) if "flag" in table else clocks


def _format_number(value: float) -> str:
    """Return a number with the digits it was sent with; "not sent" where there is none."""
    return "not sent" if pd.isna(value) else timecode.format_number(value)


def _format_timestamp(when: pd.Timestamp) -> str:
    return f"{when:%Y-%m-%d %H:%M} UTC"
