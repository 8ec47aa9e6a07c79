"""Lines that lie beyond the recording: how many, how far, and which unit would fit better."""

from __future__ import annotations

from collections.abc import Sequence

from lib.interchange.transcript.extract import DraftLine, Extract
from lib.interchange.transcript.reading import Choices, Unit, UnitQuestion

_SLACK = 5.0  # seconds that a line may end after the recording
_SHARE = 0.05  # of the recording's length, the same
_SLOW = 100.0  # seconds that half of the lines last or more: nobody speaks so slowly


def question(
    drafts: Sequence[DraftLine], extract: Extract, choices: Choices, duration: float | None
) -> UnitQuestion | None:
    """What to ask about times that fit no recording; None where they fit.

    Lines that last minutes each are asked about as well, if their times are plain numbers: they
    may fit a long recording, and nobody speaks so slowly.
    """
    if not drafts and not extract.forms:
        return None
    framed = extract.forms["frames"] if choices.frame_rate is None else 0
    limit = None if duration is None else duration * (1 + _SHARE) + _SLACK
    past = [
        _last(draft)
        for draft in drafts
        if limit is not None and (_last(draft) > limit or draft.start >= (duration or 0))
    ]
    slow = _is_slow(drafts)
    offers: tuple[Unit, ...] = ()
    plain = extract.forms["plain"]
    if choices.unit is None and plain and 2 * plain >= extract.forms.total() and (past or slow):
        offers = _offers(drafts, choices, limit)
    if not past and not offers and not framed:
        return None
    furthest = max(past, default=0.0) - (duration or 0.0) if past else None
    return UnitQuestion(len(past), len(drafts), furthest, offers, framed)


def _offers(drafts: Sequence[DraftLine], choices: Choices, limit: float | None) -> tuple[Unit, ...]:
    """The units under which the lines lie within the recording, the one that fills it first."""
    latest = max(_last(draft) for draft in drafts)
    fitting: list[tuple[float, Unit]] = []
    if limit is None or latest / 1000 <= limit:
        fitting.append((latest / 1000, "ms"))
    if choices.frame_rate and (limit is None or latest / choices.frame_rate <= limit):
        fitting.append((latest / choices.frame_rate, "frames"))
    if limit is None:  # nothing to fill: milliseconds are what programs write
        return tuple(unit for _, unit in fitting)
    return tuple(unit for _, unit in sorted(fitting, reverse=True))


def _is_slow(drafts: Sequence[DraftLine]) -> bool:
    lasting = sorted(draft.end - draft.start for draft in drafts if draft.end is not None)
    return bool(lasting) and lasting[len(lasting) // 2] >= _SLOW


def _last(draft: DraftLine) -> float:
    return draft.start if draft.end is None else max(draft.start, draft.end)
