"""What goes into the HTML report: which of its parts, and whether names are in it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

PARTS = {  # of a report in its order, by what the code calls them: what people do
    "claims": "claims",
    "scores": "scores",
    "feedback": "feedback",
    "charts": "charts",
    "agreement": "agreement",
    "signals": "spans",
    "rationales": "rationales",
    "moments": "moments",
    "engagement": "engagement",
    "quality": "quality over time",
    "notes": "notes",
    "verdicts": "verdicts",
    "codes": "codes",
    "transcript": "transcript",
    "measurement": "measurement",
}
NAMES_HIDDEN = (
    "The names of reviewers, of speakers, of codebooks, of the session and of its file are "
    "replaced, and of filters the speakers and the words searched for are left out. Names "
    "inside what people wrote or said stay as they are: in notes, claims, corrected types, codes "
    "and their definitions, rationales, feedback and the transcript."
)
FACES_SHOWN = "Stills stay as they are too: faces, and names in the picture."


@dataclass(frozen=True, slots=True)
class ReportChoice:
    """What an analyst chose for a report: names of PARTS, and whether names are in it.

    `stills` are the spans of which it has a picture. Where a session comes from, its label, its
    parts and its filter are in every report.
    """

    parts: frozenset[str] = frozenset(PARTS)
    names: bool = True
    stills: tuple[int, ...] = ()


WHOLE = ReportChoice()


def part_names(parts: Iterable[str]) -> str:
    """What the parts are called, in the order of a report; "nothing" for none."""
    chosen = frozenset(parts)
    return ", ".join(name for part, name in PARTS.items() if part in chosen) or "nothing"


def about_choice(choice: ReportChoice) -> list[tuple[str, str]]:
    """What a report says of what it leaves out and replaces; empty where it has everything."""
    lines = []
    if left_out := frozenset(PARTS) - choice.parts:
        lines.append(("not in this report", part_names(left_out)))
    if not choice.names:
        faces = f" {FACES_SHOWN}" if choice.stills else ""
        lines.append(("names", NAMES_HIDDEN + faces))
    return lines
