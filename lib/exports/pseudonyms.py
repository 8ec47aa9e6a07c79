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
LEFT_OUT = "… speakers and searched words left out, and what follows them"
_NAMING = re.compile("spoken by|text “", re.IGNORECASE)  # as the words of a filter begin them
_IMPORTED = byline("", imported=True)


def hide_names(bundle: ExportBundle) -> ExportBundle:
    """The bundle with "Reviewer 1" and "Speaker 2" in place of names, and none of its session.

    Reviewers are numbered in the order in which they first wrote, speakers in that of the lines,
    codebooks in that of what was coded by them. The words of a filter end where names could begin,
    and in why a part is missing the name of a file is replaced.
    """
    reviewers = _number("Reviewer", map(_plain_name, _reviewers(bundle)))
    speakers = _number("Speaker", bundle.transcript["speaker"])
    codebooks = _number("Codebook", bundle.coded["codebook"])
    files = dict.fromkeys(_file_names(bundle), FILE)
    reasons = [_replace_names(text, files) for text in bundle.parts["reason"]]
    return replace(
        bundle,
        about={
            **bundle.about,
            **_about_without_names(bundle, files),
            "title": TITLE,
            "recording": "",
        },
        media="",
        claims=[
            replace(
                claim,
                reviewer=reviewers[_plain_name(claim.byline)],
                filter=_filter_without_names(claim.filter),
            )
            for claim in bundle.claims
        ],
        notes=_rename_reviewers(bundle.notes, reviewers),
        verdicts=_rename_reviewers(bundle.verdicts, reviewers),
        coded=_rename_reviewers(bundle.coded, reviewers, column="coder").assign(
            codebook=[codebooks.get(name, "") for name in bundle.coded["codebook"]]
        ),
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
    written += [(claim.written_at, claim.byline) for claim in bundle.claims]
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


def _about_without_names(bundle: ExportBundle, files: Mapping[str, str]) -> dict[str, str]:
    """The lines on the session that can repeat a name: of filters and of parts."""
    about = {
        name: _replace_names(text, files)
        for name, text in bundle.about.items()
        if name.startswith("part")
    }
    if "filter" in bundle.about:
        about["filter"] = _filter_without_names(bundle.about["filter"])
    return about


def _filter_without_names(line: str) -> str:
    """The words of a filter up to where it names speakers or words that were searched for.

    They can be anybody's, cut or in another case, and hold what stands between filters, so nobody
    can tell where they end.
    """
    found = _NAMING.search(line)
    return f"{line[: found.start()]}{LEFT_OUT}" if found else line


def _replace_names(text: str, names: Mapping[str, str]) -> str:
    """The text with each name that stands in it as a word of its own replaced, longest first."""
    if not names:
        return text
    longest_first = sorted(names, key=len, reverse=True)
    pattern = "|".join(rf"(?<!\w){re.escape(name)}(?!\w)" for name in longest_first)
    return re.sub(pattern, lambda found: names[found.group()], text)
