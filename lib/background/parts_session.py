"""The session of a recording that was sent in parts, of what its runs have until now. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from lib.background.parts_plan import UNDER_WAY, PartsPlan, session_parts
from lib.background.run import Run
from lib.interhuman import stitch
from lib.library import MAX_TITLE
from lib.model import Analysis, Gap, Origin, Phase, Session, session_id
from lib.plain_text import file_stem, one_line

CANCELLED = Gap("not sent", "It was cancelled.")
NEEDED_AGAIN = Gap("not sent", "The recording was needed again, and was not there.")


def session_of_parts(
    run: Run, plan: PartsPlan, parts: Sequence[Run], answers: Mapping[int, Analysis]
) -> Session | None:
    """The session of a recording's run, with a gap for each part that has no answer.

    `parts` are the runs of its parts, `answers` those that came, by number. None where there is no
    answer yet. The same run makes the same id.
    """
    if not answers:
        return None
    outcomes = {part.part.number: _gap(part) for part in parts if part.part}
    if run.stop:
        outcomes = dict.fromkeys(range(len(plan.parts)), CANCELLED) | outcomes
    prepared = {part.part.number: part.part for part in parts if part.part}
    analysis, stitched = stitch.stitch_parts(session_parts(plan, prepared, outcomes | {**answers}))
    return Session(
        id=run.session_id or session_id(_origin(analysis), run.id),
        title=file_stem(run.name)[:MAX_TITLE] or "Recording",
        created_at=datetime.now(UTC),
        origin=_origin(analysis),
        recording_name=one_line(run.name)[:MAX_TITLE],
        duration=run.duration or analysis.duration,
        analysis=analysis,
        fingerprint=run.fingerprint,
        stitch=stitched,
    )


def _origin(analysis: Analysis) -> Origin:
    return "sandbox" if analysis.generated else "api"


def _gap(part: Run) -> Gap:
    """Why a part has no answer."""
    reason = part.failure.what if part.failure else ""
    match part.phase:
        case Phase.FAILED:
            return Gap("refused", reason)
        case Phase.UNCONFIRMED:
            return Gap("unconfirmed", reason)
        case Phase.CANCELLED:
            return CANCELLED
        case Phase.INTERRUPTED:
            return NEEDED_AGAIN
    return UNDER_WAY
