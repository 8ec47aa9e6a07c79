"""The session that a run makes of its answer, or of those that its parts have. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from lib.background.parts_plan import UNDER_WAY, PartsPlan, session_parts
from lib.background.run import Run
from lib.interhuman import stitch
from lib.library import MAX_TITLE
from lib.model import Analysis, Gap, Origin, Phase, Session, session_id
from lib.plain_text import file_stem, one_line

CANCELLED = Gap("not sent", "It was cancelled.")
NEEDED_AGAIN = Gap("not sent", "The recording was needed again, and was not there.")


def session_of_run(run: Run, analysis: Analysis) -> Session:
    """The session of a run, made now from its answer.

    The same run makes the same id, so that saving it twice keeps one session.
    """
    origin = origin_of(analysis)
    return Session(
        id=session_id(origin, run.id),
        title=file_stem(run.name)[:MAX_TITLE] or "Recording",
        created_at=datetime.now(UTC),
        origin=origin,
        recording_name=one_line(run.name)[:MAX_TITLE],
        duration=run.duration or analysis.duration,
        analysis=analysis,
    )


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
    session = session_of_run(run, analysis)
    return replace(
        session,
        id=run.session_id or session.id,
        fingerprint=run.fingerprint,
        stitch=stitched,
    )


def origin_of(analysis: Analysis) -> Origin:
    """Where an answer to a run came from."""
    return "sandbox" if analysis.generated else "api"


def _gap(part: Run) -> Gap:
    """Why a part has no answer."""
    reason = part.failure.what if part.failure else ""
    match part.phase:
        case Phase.FAILED:  # the API did not refuse what it was never sent, or what broke off
            refused = part.failure is not None and bool(part.failure.error_id)
            return Gap("refused" if refused else "not sent", reason)
        case Phase.UNCONFIRMED:
            return Gap("unconfirmed", reason)
        case Phase.CANCELLED:
            return CANCELLED
        case Phase.INTERRUPTED:
            return NEEDED_AGAIN
    return UNDER_WAY
