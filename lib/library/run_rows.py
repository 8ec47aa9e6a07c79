"""Rows of runs and their steps, read and written inside a transaction of the caller."""

from __future__ import annotations

import time
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NotRequired, TypedDict

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from lib.errors import Problem
from lib.library import problems
from lib.library.job_table import AcceptedJob
from lib.library.tables import JOBS, RUNS, STEPS
from lib.model import Origin, Phase

ENDED = (Phase.DONE, Phase.FAILED, Phase.CANCELLED, Phase.INTERRUPTED, Phase.UNCONFIRMED)
UNDECIDED = (Phase.UNCONFIRMED, Phase.INTERRUPTED)  # ended, and somebody has to decide
SETTLED = (Phase.DONE, Phase.CANCELLED)  # ended, and nobody has to do anything about it
RETRYABLE = (
    Phase.FAILED,
    Phase.CANCELLED,
    Phase.INTERRUPTED,
)  # ended without a result, and nothing is in doubt
MAX_SETTLED_RUNS = 200  # the newest, which can still be looked up

assert set(RETRYABLE) < set(ENDED)  # noqa: S101  a run that goes on is never begun anew

NEXT_ATTEMPT = {  # the columns with which every attempt begins
    "phase": Phase.QUEUED,
    "sent": 0,
    "notice": "",
    "maybe_billed": False,
    "failure": None,
    "execution": "",
    "stop": False,
}
FIRST_ATTEMPT = {
    **NEXT_ATTEMPT,
    "total": 0,
    "duration": None,
    "session_id": None,
    "attempt": 1,
    "queued": 0,
    "fingerprint": None,
    "plan": None,
    "prepared": None,
    "parent": None,
    "part": None,
}


class RunChange(TypedDict, total=False):
    """Columns of a run that change, with their new values; `since` is set with a new phase."""

    phase: Phase
    since: float
    account: str
    folder: str
    ticket: str
    attempt: int
    queued: int
    execution: str
    stop: bool
    sent: int
    total: int
    duration: float | None
    notice: str
    maybe_billed: bool
    failure: Problem | None
    session_id: str | None
    prepared: float | None
    plan: str
    part: str


class NewRun(TypedDict):
    """Columns of a new run; `options` is JSON that `background.run` writes and reads.

    `plan`, or `parent` and `part`, are those of `background.parts_plan`. A part of which no file
    could be made has a `phase` and a `failure` from the beginning.
    """

    id: str
    name: str
    ticket: str
    options: str
    account: str
    folder: str
    duration: NotRequired[float | None]
    fingerprint: NotRequired[str | None]
    plan: NotRequired[str | None]
    parent: NotRequired[str]
    part: NotRequired[str]
    phase: NotRequired[Phase]
    failure: NotRequired[Problem]


@dataclass(frozen=True, slots=True)
class Row:
    """One run as stored; `columns` are those of its table, `paused` is why nothing is sent.

    `steps` are the phases it went through, each with the `time.time()` at which it began.
    """

    columns: Mapping[str, Any]
    job: AcceptedJob | None
    paused: Problem | None
    steps: tuple[tuple[Phase, float], ...]


@dataclass(frozen=True, slots=True)
class Result:
    """A session that was made of a recording; `created_at` is UTC."""

    session_id: str
    title: str
    created_at: datetime
    origin: Origin


def insert_run(connection: Connection, new: NewRun) -> None:
    """Insert a run, whose first attempt is queued now unless it has another phase."""
    now = time.time()
    row = {**FIRST_ATTEMPT, **new, "created_at": now, "since": now}
    row["failure"] = _packed_failure(new.get("failure"))
    connection.execute(sa.insert(RUNS).values(row))
    insert_step(connection, new["id"], new.get("phase", Phase.QUEUED), now)


def insert_step(connection: Connection, run_id: str, phase: str, at: float) -> None:
    """Insert a phase of a run that began at `at`."""
    connection.execute(sa.insert(STEPS).values(run_id=run_id, phase=phase, at=at))


def read_alike(
    connection: Connection, fingerprints: Collection[str | None]
) -> dict[str, tuple[str, Phase]]:
    """Id and phase of the newest run of each fingerprint that makes another one needless.

    Such a run goes on, or somebody has to decide about it, or its job was accepted.
    """
    accepted = RUNS.c.id.in_(sa.select(JOBS.c.run_id))
    needed = RUNS.c.phase.not_in(ENDED) | RUNS.c.phase.in_(UNDECIDED) | accepted
    query = sa.select(RUNS.c.fingerprint, RUNS.c.id, RUNS.c.phase)
    query = query.where(RUNS.c.fingerprint.in_(fingerprints), needed)
    rows = connection.execute(query.order_by(RUNS.c.created_at)).all()
    return {fingerprint: (run_id, Phase(phase)) for fingerprint, run_id, phase in rows}


def change_run(
    connection: Connection,
    run_id: str,
    condition: sa.ColumnElement[bool],
    values: Mapping[str, Any],
) -> bool:
    """Change a run if the condition is true of it; a new phase begins now, as a step.

    Returns:
        Whether it was changed.
    """
    old_phase = connection.scalar(sa.select(RUNS.c.phase).where(RUNS.c.id == run_id, condition))
    if old_phase is None:
        return False
    columns = dict(values)
    if "failure" in columns:
        columns["failure"] = _packed_failure(columns["failure"])
    phase = columns.get("phase", old_phase)
    if phase != old_phase:
        columns.setdefault("since", time.time())
        insert_step(connection, run_id, phase, columns["since"])
    connection.execute(sa.update(RUNS).where(RUNS.c.id == run_id).values(columns))
    return True


def _packed_failure(failure: Problem | None) -> str | None:
    return problems.dump_problem(failure) if failure else None


def assign_session(connection: Connection, run_id: str, session_id: str) -> bool:
    """Give a run its session; False where there is no such run.

    Whoever deletes the run meanwhile waits for this transaction, or it for them.
    """
    changed = connection.execute(
        sa.update(RUNS).where(RUNS.c.id == run_id).values(session_id=session_id)
    )
    return changed.rowcount > 0


def delete_runs(connection: Connection, ids: Collection[str]) -> None:
    """Delete runs with those of their parts, with steps and accepted jobs."""
    if ids:
        parts = sa.select(RUNS.c.id).where(RUNS.c.parent.in_(ids))
        ids = [*ids, *connection.scalars(parts).all()]
        connection.execute(sa.delete(STEPS).where(STEPS.c.run_id.in_(ids)))
        connection.execute(sa.delete(JOBS).where(JOBS.c.run_id.in_(ids)))
        connection.execute(sa.delete(RUNS).where(RUNS.c.id.in_(ids)))


def delete_runs_of_session(connection: Connection, session_id: str) -> None:
    """Delete the runs that made a session, with their steps and their accepted jobs."""
    query = sa.select(RUNS.c.id).where(RUNS.c.session_id == session_id)
    delete_runs(connection, connection.scalars(query).all())


def delete_settled_runs(connection: Connection) -> None:
    """Delete the settled runs beyond the newest MAX_SETTLED_RUNS, but for accepted jobs."""
    accepted = RUNS.c.id.in_(sa.select(JOBS.c.run_id))
    whole = RUNS.c.parent.is_(None)  # a part goes with its recording
    settled = sa.select(RUNS.c.id).where(RUNS.c.phase.in_(SETTLED), whole, ~accepted)
    oldest = settled.order_by(RUNS.c.created_at.desc()).offset(MAX_SETTLED_RUNS)
    delete_runs(connection, connection.scalars(oldest).all())
