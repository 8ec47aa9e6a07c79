"""Everything that an export of a session may use: its tables, figures and origin."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from typing import NamedTuple

import pandas as pd
import plotly.graph_objects as go

from lib import frames
from lib.exports import sanitize
from lib.exports.report_choice import WHOLE, ReportChoice
from lib.model import Claim, Review

DEFAULT_CREATED_AT = datetime(
    1980, 1, 1, tzinfo=UTC
)  # for a session whose time of creation is not known
PRESENT = "present"
SECTION_NAMES = {"overall": "overall quality", "timeline": "quality over time"}


@dataclass(frozen=True, slots=True, eq=False)
class Agreement:
    """How far reviewers agree with the signals, and with each other.

    `types`, `probabilities` and `reviewers` have value, agree, disagree, unsure, n, share, low and
    high (the interval of 95 %; share and interval are NaN when n is 0). `pairs` has one, other,
    kappa (NaN where it is not defined, for a `reason`), n, unit, agreed, the share of one opinion,
    and blind, how many of the n both judged blind.
    """

    types: pd.DataFrame
    probabilities: pd.DataFrame
    pairs: pd.DataFrame
    reviewers: pd.DataFrame


class SpanStill(NamedTuple):
    """The picture of a span as JPEG, and when it is shown [s]; `signal` is the span's id."""

    signal: int
    shown: float
    jpeg: bytes


@dataclass(frozen=True, slots=True, eq=False)
class ExportBundle:
    """Everything an export may use; the tables are read, never changed.

    `about` says where all of it comes from: session, title, label (sandbox or sample), api, model,
    author (who wrote the rationales), recording, created (ISO 8601, UTC), filter ("37 of 212
    spans"), resolution and parts; what does not apply is "" or absent, and whatever else it holds
    is handed over too. `duration` is in seconds, `digits` are the decimals that times of
    signals, engagement and quality may show, `media` is the recording's file name. The tables have
    the columns of their schemas in `frames`; `moments` has start, end [s], rule, reason and score.
    `figures` are for formats with pictures.
    `presence` says what there is of each section (frames.section_availability): "not asked for"
    and "nothing found" both leave a table empty. `parts` has the columns of PARTS; where it has
    rows, `overall` has those of OVERALL_OF_PARTS. `measurement` has those of MEASUREMENT, and
    `about` sums up what was measured of it. `agreement` is for the format that shows it, and where
    somebody gave a verdict. `report` is what of all this goes into the report. `claims` rest on
    spans of `all_signals`, which are judged in `all_verdicts`, whatever the filter of the export.
    `stills` are of spans of `all_signals` too; `stills_note` says why there are none, or fewer.
    `coded` has the columns of CODED.
    """

    about: Mapping[str, str]
    duration: float | None
    digits: Mapping[str, int]
    media: str
    signals: pd.DataFrame
    engagement: pd.DataFrame
    quality: pd.DataFrame
    overall: pd.DataFrame
    notes: pd.DataFrame
    verdicts: pd.DataFrame
    transcript: pd.DataFrame
    moments: pd.DataFrame
    figures: Sequence[go.Figure] = ()
    presence: Mapping[str, str] = field(default_factory=dict)
    parts: pd.DataFrame = field(default_factory=partial(frames.parts_table, ()))
    measurement: pd.DataFrame = field(default_factory=partial(frames.measurement, None, None))
    agreement: Agreement | None = None
    report: ReportChoice = WHOLE
    claims: Sequence[Claim] = ()
    all_signals: pd.DataFrame = field(default_factory=pd.DataFrame)
    all_verdicts: pd.DataFrame = field(default_factory=pd.DataFrame)
    stills: Sequence[SpanStill] = ()
    stills_note: str = ""
    coded: pd.DataFrame = field(default_factory=partial(frames.coded, Review(), None))


def code_agreement(bundle: ExportBundle) -> pd.DataFrame:
    """Return how far coders agree with each other and with signals; columns CODE_AGREEMENT.

    Whatever the filter of the export, it is with all signals, as on the page.
    """
    signals = bundle.signals if bundle.all_signals.columns.empty else bundle.all_signals
    return frames.code_agreement(bundle.coded, signals, bundle.duration)


def about_lines(bundle: ExportBundle) -> list[tuple[str, str]]:
    """Return where the session comes from, and which sections are not there and why.

    Names and texts of one line each; none is empty.
    """
    lines = [(name, sanitize.one_line(text)) for name, text in bundle.about.items()]
    absent = [
        (SECTION_NAMES.get(section, section), absence_text(availability))
        for section, availability in bundle.presence.items()
        if availability != PRESENT
    ]
    return [(name, text) for name, text in lines if text] + absent


def absence_text(availability: str) -> str:
    """Return why a section is not there, in words; the answer cannot tell two reasons apart."""
    return "not asked for, or not sent" if availability == "not asked for" else availability


def created_at(bundle: ExportBundle) -> datetime:
    """Return when the session was created, in UTC; EPOCH if `about` does not say it readably."""
    try:
        when = datetime.fromisoformat(bundle.about.get("created", ""))
    except ValueError:
        return DEFAULT_CREATED_AT
    when = when.replace(tzinfo=when.tzinfo or UTC)
    try:
        return when.astimezone(UTC)
    except OverflowError:
        return DEFAULT_CREATED_AT


def missing_reason(bundle: ExportBundle, section: str) -> str:
    """Return why there is no row of `section`, as far as it is known."""
    reason = bundle.presence.get(section, PRESENT)
    if reason == PRESENT:
        return "No rows."
    text = absence_text(reason)
    return f"{text[:1].upper()}{text[1:]}."
