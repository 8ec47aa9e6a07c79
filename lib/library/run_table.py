"""The table of runs: what is known of each analysis, and who follows it. Knows SQLAlchemy.

Every change is one transaction with a condition in it: of several processes that want the same
run, one gets it. Text columns `options` and `failure` are JSON that others write and read.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NotRequired, TypedDict, cast

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.engine.interfaces import DBAPIConnection

from lib.errors import Problem
from lib.library import database, job_table, problems
from lib.library.job_table import AcceptedJob
from lib.library.tables import JOBS, QUOTA_PAUSES, RUNS, SESSIONS, STEPS
from lib.model import Origin, Phase

ENDED = (Phase.DONE, Phase.FAILED, Phase.CANCELLED, Phase.INTERRUPTED, Phase.UNCONFIRMED)
UNDECIDED = (Phase.UNCONFIRMED, Phase.INTERRUPTED)  # ended, and somebody has to decide
SETTLED = (Phase.DONE, Phase.CANCELLED)  # ended, and nobody has to do anything about it
MAX_SETTLED_RUNS = 200  # runs that are over and can still be looked up


class RunChange(TypedDict, total=False):
    """Columns of a run that change, with their values; those of a new phase begin now."""

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


class NewRun(TypedDict):
    """Columns of a run that is new; `options` is JSON that `background.run` writes and reads."""

    id: str
    name: str
    ticket: str
    options: str
    account: str
    folder: str
    duration: NotRequired[float | None]
    fingerprint: NotRequired[str | None]


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


class RunTable:
    """Runs in the database of an engine, whose tables are there."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def add(self, new: NewRun, *, alone: bool = False) -> str:
        """Take a run in, which waits for its first attempt, and drop the oldest that are over.

        Returns its id; with `alone` that of another one in its place which stands for the same
        recording and options, as `alike` says. Of several at once, one gets in.
        """
        run_id, fingerprint, now = new["id"], new.get("fingerprint"), time.time()
        row = {**_NEW_RUN, **new, "created_at": now, "since": now}
        with database.write_transaction(self._engine, fingerprint or run_id) as connection:
            if alone and fingerprint and (others := _read_alike(connection, [fingerprint])):
                return others[fingerprint][0]
            connection.execute(sa.insert(RUNS).values(row))
            _insert_step(connection, run_id, Phase.QUEUED, now)
            waited_for = RUNS.c.id.in_(sa.select(JOBS.c.run_id))
            over = sa.select(RUNS.c.id).where(RUNS.c.phase.in_(SETTLED), ~waited_for)
            old = over.order_by(RUNS.c.created_at.desc()).offset(MAX_SETTLED_RUNS)
            _delete_runs(connection, connection.scalars(old).all())
        return run_id

    def alike(self, fingerprints: Collection[str]) -> dict[str, tuple[str, Phase]]:
        """Id and phase of the newest run of each fingerprint that makes another one needless.

        Such a run goes on, or needs an answer or its recording, or its job was accepted.
        """
        with database.read_transaction(self._engine) as connection:
            return _read_alike(connection, fingerprints)

    def results(self, fingerprints: Collection[str], *, generated: bool) -> dict[str, Result]:
        """The newest session of each fingerprint, generated ones only where they count."""
        columns = (SESSIONS.c.id, SESSIONS.c.title, SESSIONS.c.created_at, SESSIONS.c.origin)
        query = sa.select(SESSIONS.c.fingerprint, *columns)
        query = query.where(SESSIONS.c.fingerprint.in_(fingerprints))
        if not generated:
            query = query.where(SESSIONS.c.origin != "sandbox")
        with database.read_transaction(self._engine) as connection:
            rows = connection.execute(query.order_by(SESSIONS.c.created_at)).all()
        return {
            fingerprint: Result(session_id, title, database.aware_utc(created_at), origin)
            for fingerprint, session_id, title, created_at, origin in rows
        }

    def get(self, run_id: str) -> Row | None:
        """The run of this id as it stands now, or None."""
        return next(iter(self._read(RUNS.c.id == run_id)), None)

    def all(self) -> tuple[Row, ...]:
        """All runs, newest first."""
        return self._read(sa.true())

    def open(self) -> tuple[Row, ...]:
        """The runs that have not ended, oldest first."""
        return self._read(RUNS.c.phase.not_in(ENDED))[::-1]

    def any_open(self) -> bool:
        """Whether there is a run that has not ended."""
        query = sa.select(RUNS.c.id).where(RUNS.c.phase.not_in(ENDED)).limit(1)
        with database.read_transaction(self._engine) as connection:
            return connection.execute(query).first() is not None

    def waiting(self) -> tuple[tuple[str, int, str], ...]:
        """Id, attempt and account of each open run of which the queue does not know yet."""
        query = sa.select(RUNS.c.id, RUNS.c.attempt, RUNS.c.account)
        query = query.where(RUNS.c.phase.not_in(ENDED), RUNS.c.queued < RUNS.c.attempt)
        with database.read_transaction(self._engine) as connection:
            rows = connection.execute(query.order_by(RUNS.c.created_at)).all()
        return tuple(cast("tuple[str, int, str]", (*row,)) for row in rows)

    def queued(self, run_id: str, attempt: int) -> None:
        """Write down that the queue knows of an attempt."""
        self._update(run_id, RUNS.c.attempt == attempt, {"queued": attempt})

    def claim(self, run_id: str, attempt: int, execution: str) -> Row | None:
        """The run, which only this execution may change from now on; None when nothing is to do.

        An execution before this one finds that out at its next write.
        """
        open_ = RUNS.c.phase.not_in(ENDED) & (RUNS.c.attempt == attempt)
        return self.get(run_id) if self._update(run_id, open_, {"execution": execution}) else None

    def change(self, run_id: str, execution: str, change: RunChange) -> bool:
        """Replace parts of a run; False, and nothing is written, when another execution has it."""
        return self._update(run_id, RUNS.c.execution == execution, change)

    def settle(self, run_id: str, session_id: str) -> None:
        """Write down that the answer is in the library, whoever got it there, and of what it is."""
        mine = sa.select(RUNS.c.fingerprint).where(RUNS.c.id == run_id).scalar_subquery()
        made = sa.update(SESSIONS).where(SESSIONS.c.id == session_id).values(fingerprint=mine)
        done = RunChange(
            phase=Phase.DONE, session_id=session_id, failure=None, notice="", maybe_billed=False
        )
        with database.write_transaction(self._engine, run_id) as connection:
            connection.execute(made)
            _change_run(connection, run_id, RUNS.c.phase != Phase.DONE, done)

    def reopen(self, run_id: str, phases: Collection[Phase], change: RunChange) -> bool:
        """Let a run that stands in one of these phases begin its next attempt; False if not."""
        again = {**_NEXT_ATTEMPT, "attempt": RUNS.c.attempt + 1, **change}
        return self._update(run_id, RUNS.c.phase.in_(phases), again)

    def revive(self, run_id: str, attempt: int) -> bool:
        """Begin the next attempt of an open run that the queue lost; its phase stays."""
        lost = RUNS.c.phase.not_in(ENDED) & (RUNS.c.attempt == attempt)
        return self._update(run_id, lost, {"attempt": attempt + 1, "execution": ""})

    def stop(self, run_id: str | None = None) -> None:
        """Ask one open run to stop, or all; what nobody has begun has stopped at once."""
        with database.read_transaction(self._engine) as connection:
            wanted = sa.select(RUNS.c.id).where(RUNS.c.phase.not_in(ENDED))
            if run_id is not None:
                wanted = wanted.where(RUNS.c.id == run_id)
            ids = connection.scalars(wanted.order_by(RUNS.c.created_at.desc())).all()
        for one in ids:
            idle = (RUNS.c.execution == "") & (RUNS.c.phase == Phase.QUEUED)
            if not self._update(one, idle, {"phase": Phase.CANCELLED, "stop": True}):
                self._update(one, RUNS.c.phase.not_in(ENDED), {"stop": True})

    def remove(self, run_id: str) -> bool:
        """Forget a run that ended without a session; False when it stands otherwise."""
        over = RUNS.c.phase.in_(ENDED) & (RUNS.c.phase != Phase.DONE) & (RUNS.c.id == run_id)
        with database.write_transaction(self._engine, run_id) as connection:
            found = connection.scalars(sa.select(RUNS.c.id).where(over)).all()
            _delete_runs(connection, found)
        return bool(found)

    def flags(self, ids: Collection[str]) -> dict[str, tuple[str, bool]]:
        """Which execution has each of these runs, and whether it was asked to stop."""
        query = sa.select(RUNS.c.id, RUNS.c.execution, RUNS.c.stop).where(RUNS.c.id.in_(ids))
        with database.read_transaction(self._engine) as connection:
            return {run_id: (owner, stop) for run_id, owner, stop in connection.execute(query)}

    def engine_of_queue(self) -> Engine:
        """One more engine for the same database, whose transactions begin as writers."""
        made = database.create_engine(self._engine.url.render_as_string(hide_password=False))
        if made.dialect.name == "sqlite":
            sa.event.listen(made, "connect", _begin_as_writer)
        return made

    def _update(
        self, run_id: str, condition: sa.ColumnElement[bool], values: Mapping[str, Any]
    ) -> bool:
        with database.write_transaction(self._engine, run_id) as connection:
            return _change_run(connection, run_id, condition, values)

    def _read(self, condition: sa.ColumnElement[bool]) -> tuple[Row, ...]:
        query = sa.select(RUNS, QUOTA_PAUSES.c.failure.label("paused"))
        query = query.outerjoin(QUOTA_PAUSES, QUOTA_PAUSES.c.account == RUNS.c.account).where(
            condition
        )
        wanted = sa.select(RUNS.c.id).where(condition)
        jobs = sa.select(JOBS).where(JOBS.c.run_id.in_(wanted))
        steps = sa.select(STEPS).where(STEPS.c.run_id.in_(wanted)).order_by(STEPS.c.place)
        with database.read_transaction(self._engine) as connection:
            found = connection.execute(query.order_by(RUNS.c.created_at.desc(), RUNS.c.id))
            rows = found.mappings().all()
            accepted = connection.execute(jobs).mappings().all() if rows else ()
            passed = connection.execute(steps).all() if rows else ()
        job_of = {job["run_id"]: job_table.read_job(job) for job in accepted}
        steps_of: dict[str, list[tuple[Phase, float]]] = {}
        for step in passed:
            steps_of.setdefault(step.run_id, []).append((Phase(step.phase), step.at))
        return tuple(
            Row(
                columns={name: row[name] for name in RUNS.c.keys()},  # noqa: SIM118  no dict
                job=job_of.get(row["id"]),
                paused=problems.load_problem(row["paused"]),
                steps=tuple(steps_of.get(row["id"], ())),
            )
            for row in rows
        )


_NEXT_ATTEMPT = {
    "phase": Phase.QUEUED,
    "sent": 0,
    "notice": "",
    "maybe_billed": False,
    "failure": None,
    "execution": "",
    "stop": False,
}
_NEW_RUN = {
    **_NEXT_ATTEMPT,
    "total": 0,
    "duration": None,
    "session_id": None,
    "attempt": 1,
    "queued": 0,
    "fingerprint": None,
}


def delete_runs_of_session(connection: Connection, session_id: str) -> None:
    """Delete the runs that made a session, and all that is known of them."""
    mine = sa.select(RUNS.c.id).where(RUNS.c.session_id == session_id)
    _delete_runs(connection, connection.scalars(mine).all())


def _read_alike(
    connection: Connection, fingerprints: Collection[str | None]
) -> dict[str, tuple[str, Phase]]:
    accepted = sa.select(JOBS.c.run_id)
    stands = RUNS.c.phase.not_in(ENDED) | RUNS.c.phase.in_(UNDECIDED) | RUNS.c.id.in_(accepted)
    query = sa.select(RUNS.c.fingerprint, RUNS.c.id, RUNS.c.phase)
    query = query.where(RUNS.c.fingerprint.in_(fingerprints), stands)
    rows = connection.execute(query.order_by(RUNS.c.created_at)).all()
    return {fingerprint: (run_id, Phase(phase)) for fingerprint, run_id, phase in rows}


def _delete_runs(connection: Connection, ids: Collection[str]) -> None:
    if ids:
        connection.execute(sa.delete(STEPS).where(STEPS.c.run_id.in_(ids)))
        connection.execute(sa.delete(JOBS).where(JOBS.c.run_id.in_(ids)))
        connection.execute(sa.delete(RUNS).where(RUNS.c.id.in_(ids)))


def _change_run(
    connection: Connection,
    run_id: str,
    condition: sa.ColumnElement[bool],
    values: Mapping[str, Any],
) -> bool:
    """Change one run where the condition holds; a new phase begins now, and is a step."""
    was = connection.scalar(sa.select(RUNS.c.phase).where(RUNS.c.id == run_id, condition))
    if was is None:
        return False
    new = dict(values)
    if "failure" in new:
        new["failure"] = new["failure"] and problems.dump_problem(new["failure"])
    phase = new.get("phase", was)
    if phase != was:
        new.setdefault("since", time.time())
        _insert_step(connection, run_id, phase, new["since"])
    connection.execute(sa.update(RUNS).where(RUNS.c.id == run_id).values(new))
    return True


def _insert_step(connection: Connection, run_id: str, phase: str, at: float) -> None:
    connection.execute(sa.insert(STEPS).values(run_id=run_id, phase=phase, at=at))


def _begin_as_writer(connection: DBAPIConnection, _: Any) -> None:  # noqa: ANN401  SQLAlchemy's record
    connection.isolation_level = "IMMEDIATE"
