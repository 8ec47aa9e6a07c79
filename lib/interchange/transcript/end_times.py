"""Lines whose end the file does not give: each lasts until the next begins."""

from __future__ import annotations

from lib.interchange.transcript.extract import DraftLine, Extract


def fill(extract: Extract, duration: float | None) -> list[DraftLine]:
    """The lines with an end each, and a note on how many ends were put there.

    The last line lasts until the recording's end [s] where that is known.
    """
    drafts = extract.drafts
    filled = []
    count = 0
    for index, draft in enumerate(drafts):
        if draft.end is not None:
            filled.append(draft)
            continue
        count += 1
        following = drafts[index + 1].start if index + 1 < len(drafts) else duration
        filled.append(draft._replace(end=max(draft.start, following or draft.start)))
    extract.note(
        count,
        "One line has no end of its own; it lasts until the next begins.",
        "{} lines have no end of their own; each lasts until the next begins.",
    )
    return filled
