"""What pages and files say of the parts of a session, in plain sentences. Nothing is markup."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from lib import timecode
from lib.model import Gap, GapKind, Part, Session, Stitch

GAP_TEXTS: dict[GapKind, str] = {
    "refused": "The API refused this part",
    "unconfirmed": "This part was sent, and nobody knows whether it was accepted",
    "not sent": "This part was not analyzed",
}
_LONG_SECONDS = 60.0
_SECTIONS = {  # of what lies in the context: one, and several
    "signals": ("span", "spans"),
    "engagement": ("engagement span", "engagement spans"),
    "timeline": ("window of quality", "windows of quality"),
}


def about(session: Session) -> dict[str, str]:
    """What every file says of the parts, by names of lines; all of it is "" where there is none.

    The line "parts" has all that matters of seams and gaps, as it may stand without the others.
    """
    stitch = session.stitch
    if stitch is None:
        return {"parts": ""}
    lines = {
        f"part {number}": "; ".join(filter(None, (stretch.partition(", ")[2], *facts)))
        for number, (stretch, *facts) in enumerate(rows(stitch.parts), start=1)
    }
    return {"parts": summary(stitch), **lines, "seams": " ".join(counts(stitch))}


def summary(stitch: Stitch) -> str:
    """How many parts, where their seams lie, and which have no answer."""
    count = len(stitch.parts)
    text = f"{count} {'part' if count == 1 else 'parts'}"
    if stitch.seams:
        noun = "seam" if len(stitch.seams) == 1 else "seams"
        text += f", {noun} at {', '.join(_seam_clocks(stitch.parts, stitch.seams))}"
    missing = [str(number) for number, part in enumerate(stitch.parts, 1) if not part.analysis]
    if missing:
        text += f"; no answer to {'part' if len(missing) == 1 else 'parts'} {', '.join(missing)}"
    return text


def stretches(parts: Sequence[Part]) -> list[str]:
    """A name for each part: "Part 2, 30:00 to 60:00", as exact as the parts are short."""
    texts = _seam_clocks(
        parts, [time for part in parts for time in (part.core_start, part.core_end)]
    )
    ends = zip(texts[::2], texts[1::2], strict=True)
    return [f"Part {number}, {start} to {end}" for number, (start, end) in enumerate(ends, start=1)]


def rows(parts: Sequence[Part]) -> list[tuple[str, str, str]]:
    """The name of each part, how it was sent, and what came back."""
    named = zip(stretches(parts), parts, strict=True)
    return [(name, _sent(part), gap(part) or "answered") for name, part in named]


def gap(part: Part) -> str:
    """Why a part has no answer; "" where it has one."""
    if not isinstance(part.outcome, Gap):
        return ""
    text, reason = GAP_TEXTS[part.outcome.kind], part.outcome.reason
    return f"{text}: {reason}" if reason else text


def counts(stitch: Stitch) -> list[str]:
    """What was joined, flagged and left out at the seams: a sentence each, none for nothing."""
    joined = sum(len(sources) > 1 for sources in stitch.sources)
    sentences = [
        f"Spans that go over a seam, and are one: {joined:,}." if joined else "",
        f"Spans and windows with a flag of their part or seam: {len(stitch.flags):,}."
        if stitch.flags
        else "",
    ]
    left = Counter[str]()
    for one in stitch.left_out:
        left[one.section] += one.count
    if left:
        texts = [f"{count:,} {_SECTIONS[name][count != 1]}" for name, count in left.items()]
        sentences.append(f"In overlaps, and shown from the neighboring part: {', '.join(texts)}.")
    return [sentence for sentence in sentences if sentence]


def _sent(part: Part) -> str:
    if isinstance(part.outcome, Gap) and part.outcome.kind == "not sent":
        return ""
    start, end = _clocks([part.start, part.end])
    return f"{start} to {end}" + (f", {part.sent}" if part.sent else "")


def _seam_clocks(parts: Sequence[Part], times: Sequence[float]) -> list[str]:
    """Times of seams; a part of a minute and more is found by its seconds alone."""
    if all(part.core_end - part.core_start >= _LONG_SECONDS for part in parts):
        return [timecode.format_time(time, digits=0) for time in times]
    return _clocks(times)


def _clocks(times: Sequence[float]) -> list[str]:
    digits = timecode.shown_digits(None, times)
    return [timecode.format_time(time, digits=digits) for time in times]
