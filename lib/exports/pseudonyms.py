"""A session for export without names: those who reviewed and spoke are numbered.

Who is told from whom stays: one name is one number in the whole file. What people wrote or said is
not touched.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

import pandas as pd

from lib.exports.bundle import ExportBundle
from lib.model import byline
from lib.plain_text import file_stem

TITLE = "Session"
FILE = "the recording"
_IMPORTED = byline("", imported=True)


def hide_names(bundle: ExportBundle) -> ExportBundle:
    """The bundle with "Reviewer 1" and "Speaker 2" in place of names, and none of its session.

    Reviewers are numbered in the order in which they first wrote, speakers in that of the lines.
    Texts of the app that could repeat a name, its filter and why a part is missing, are without it.
    """
    reviewers = _number("Reviewer", map(_plain_name, _reviewers(bundle)))
    speakers = _number("Speaker", bundle.transcript["speaker"])
    files = dict.fromkeys(_file_names(bundle), FILE)
    known = {**files, **speakers, **reviewers}
    about = {name: _replace_names(text, known) for name, text in _app_texts(bundle).items()}
    reasons = [_replace_names(text, known) for text in bundle.parts["reason"]]
    return replace(
        bundle,
        about={**bundle.about, **about, "title": TITLE, "recording": ""},
        media="",
        claims=[
            replace(
                claim,
                reviewer=reviewers[claim.reviewer],
                filter=_replace_names(claim.filter, known),
            )
            for claim in bundle.claims
        ],
        notes=_rename_reviewers(bundle.notes, reviewers),
        verdicts=_rename_reviewers(bundle.verdicts, reviewers),
        coded=_rename_reviewers(bundle.coded, reviewers, column="coder"),
        transcript=bundle.transcript.assign(
            speaker=[speakers.get(name, "") for name in bundle.transcript["speaker"]]
        ),
        parts=bundle.parts.assign(reason=reasons),
    )


def _reviewers(bundle: ExportBundle) -> Iterable[str]:
    """Who wrote, as they are shown, in the order of time."""
    written = [
        (when, shown)
        for table, column in (
            (bundle.notes, "reviewer"),
            (bundle.verdicts, "reviewer"),
            (bundle.coded, "coder"),
        )
        for when, shown in zip(table["written_at"], table[column], strict=True)
    ]
    written += [(claim.written_at, claim.reviewer) for claim in bundle.claims]
    return [shown for _, shown in sorted(written, key=lambda one: one[0])]


def _plain_name(shown: str) -> str:
    return shown.removesuffix(_IMPORTED)


def _rename_reviewers(
    table: pd.DataFrame, names: Mapping[str, str], column: str = "reviewer"
) -> pd.DataFrame:
    def rename(shown: str) -> str:
        name = _plain_name(shown)
        return names[name] + shown[len(name) :]

    return table.assign(**{column: table[column].map(rename)})


def _number(noun: str, names: Iterable[str]) -> dict[str, str]:
    told = dict.fromkeys(filter(None, names))
    return {name: f"{noun} {number}" for number, name in enumerate(told, start=1)}


def _file_names(bundle: ExportBundle) -> set[str]:
    names = {bundle.about.get("title", ""), bundle.about.get("recording", ""), bundle.media}
    return {text for name in names for text in (name, file_stem(name)) if text.strip()}


def _app_texts(bundle: ExportBundle) -> dict[str, str]:
    """The lines on the session that can repeat a name: of filters and of parts."""
    return {
        name: text
        for name, text in bundle.about.items()
        if name == "filter" or name.startswith("part")
    }


def _replace_names(text: str, names: Mapping[str, str]) -> str:
    """The text with each name that stands in it as a word of its own replaced, longest first."""
    if not names:
        return text
    longest_first = sorted(names, key=len, reverse=True)
    pattern = "|".join(rf"(?<!\w){re.escape(name)}(?!\w)" for name in longest_first)
    return re.sub(pattern, lambda found: names[found.group()], text)
