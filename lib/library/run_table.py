"""The table of runs: the state of each analysis, and which execution may change it.

Every change is one transaction with a condition in it: of several processes that want the same
run, one gets it. Text columns `options` and `failure` are JSON that others write and read.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlalchemy.engine.interfaces import DBAPIConnection

from lib.library import database, job_table, problems, run_rows
from lib.library.run_rows import ENDED, NewRun, Result, Row, RunChange
from lib.library.tables import JOBS, QUOTA_PAUSES, RUNS, SESSIONS, STEPS
from lib.model import Phase


class RunTable:
    """The table of runs, in the database of an engine whose tables exist."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def add(self, new: NewRun, *, alone: bool = False) -> str:
        """Add a run, which waits for its first attempt, and delete the oldest settled ones.

        With `alone`, nothing is added where `alike` has a run of the same recording and options.
        Of several such calls at once, one adds its run.

        Returns:
            The id of the run, or of the one that is there already.
        """
        run_id, fingerprint = new["id"], new.get("fingerprint")
        with database.write_transaction(self._engine, fingerprint or run_id) as connection:
            if alone and fingerprint and (runs := run_rows.read_alike(connection, [fingerprint])):
                return runs[fingerprint][0]
            run_rows.insert_run(connection, new)
            run_rows.delete_settled_runs(connection)
        return run_id

    def alike(self, fingerprints: Collection[str]) -> dict[str, tuple[str, Phase]]:
        """Id and phase of the newest run of each fingerprint that makes another one needless.

        Such a run goes on, or somebody has to decide about it, or its job was accepted.
        """
        with database.read_transaction(self._engine) as connection:
            return run_rows.read_alike(connection, fingerprints)

    def results(self, fingerprints: Collection[str], *, generated: bool) -> dict[str, Result]:
        """The newest session of each fingerprint; of generated ones only with `generated`."""
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
        """The run of this id; None when there is none."""
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

    def parts(self, parent_ids: Collection[str]) -> tuple[Row, ...]:
        """The runs of the parts of these recordings, in the order in which they were added."""
        return self._read(RUNS.c.parent.in_(parent_ids))[::-1]

    def of_session(self, session_id: str) -> tuple[Row, ...]:
        """The runs that made a session: that of its recording, and those of all its parts."""
        made = sa.select(RUNS.c.id).where(RUNS.c.session_id == session_id)
        return self._read(RUNS.c.id.in_(made) | RUNS.c.parent.in_(made))

    def waiting(self) -> tuple[tuple[str, int, str, bool], ...]:
        """Each open run that the queue does not have yet: id, attempt, account, is it prepared."""
        lacks_file = RUNS.c.parent.is_not(None) & (RUNS.c.ticket == "")
        prepares = RUNS.c.plan.is_not(None) | lacks_file
        query = sa.select(RUNS.c.id, RUNS.c.attempt, RUNS.c.account, prepares)
        query = query.where(RUNS.c.phase.not_in(ENDED), RUNS.c.queued < RUNS.c.attempt)
        with database.read_transaction(self._engine) as connection:
            rows = connection.execute(query.order_by(RUNS.c.created_at)).all()
        return tuple(
            (run_id, number, account, bool(plan)) for run_id, number, account, plan in rows
        )

    def queued(self, run_id: str, attempt: int) -> None:
        """Write that the queue has an attempt of a run."""
        self._update(run_id, RUNS.c.attempt == attempt, {"queued": attempt})

    def claim(self, run_id: str, attempt: int, execution: str) -> Row | None:
        """Let only this execution change a run from now on.

        An earlier execution finds that out at its next write, which changes nothing.

        Returns:
            The run; None when it has ended, or is at another attempt.
        """
        open_ = RUNS.c.phase.not_in(ENDED) & (RUNS.c.attempt == attempt)
        return self.get(run_id) if self._update(run_id, open_, {"execution": execution}) else None

    def change(self, run_id: str, execution: str, change: RunChange) -> bool:
        """Change columns of a run; False, and nothing is written, when another execution has it."""
        return self._update(run_id, RUNS.c.execution == execution, change)

    def settle(self, run_id: str, session_id: str) -> None:
        """End a run as done: its answer is the session, which gets the fingerprint of the run."""
        fingerprint = sa.select(RUNS.c.fingerprint).where(RUNS.c.id == run_id).scalar_subquery()
        session = sa.update(SESSIONS).where(SESSIONS.c.id == session_id)
        done = RunChange(
            phase=Phase.DONE, session_id=session_id, failure=None, notice="", maybe_billed=False
        )
        with database.write_transaction(self._engine, run_id) as connection:
            connection.execute(session.values(fingerprint=fingerprint))
            run_rows.change_run(connection, run_id, RUNS.c.phase != Phase.DONE, done)

    def settle_part(self, run_id: str, session_id: str) -> None:
        """End the run of a part as done: its answer is in the session of its recording."""
        done = RunChange(
            phase=Phase.DONE, session_id=session_id, failure=None, notice="", maybe_billed=False
        )
        self._update(run_id, RUNS.c.phase != Phase.DONE, done)

    def settle_parts(self, run_id: str, change: RunChange, later: Sequence[NewRun] = ()) -> bool:
        """End the run of a recording all parts of which have ended; False when it has ended.

        With it, or not at all, runs are added for the parts that can be sent `later`.
        """
        open_ = RUNS.c.phase == Phase.ANALYSING
        with database.write_transaction(self._engine, run_id) as connection:
            settled = run_rows.change_run(connection, run_id, open_, change)
            for part in later if settled else ():
                run_rows.insert_run(connection, part)
        return settled

    def in_parts(self) -> tuple[Row, ...]:
        """The open runs of recordings whose parts are prepared, and on their way; oldest first."""
        return self._read(RUNS.c.plan.is_not(None) & (RUNS.c.phase == Phase.ANALYSING))[::-1]

    def reopen(self, run_id: str, phases: Collection[Phase], change: RunChange) -> bool:
        """Queue the next attempt of a run in one of these phases; False when it is in another."""
        columns = {**run_rows.NEXT_ATTEMPT, "attempt": RUNS.c.attempt + 1, **change}
        return self._update(run_id, RUNS.c.phase.in_(phases), columns)

    def revive(self, run_id: str, attempt: int) -> bool:
        """Begin the next attempt of an open run that the queue has lost; its phase stays."""
        lost = RUNS.c.phase.not_in(ENDED) & (RUNS.c.attempt == attempt)
        return self._update(run_id, lost, {"attempt": attempt + 1, "execution": ""})

    def provide(self, run_id: str, ticket: str, folder: str) -> None:
        """Give a run that has ended the recording of which a part is needed again."""
        self._update(run_id, RUNS.c.phase.in_(ENDED), {"ticket": ticket, "folder": folder})

    def stop(self, run_id: str | None = None) -> None:
        """Mark an open run and its parts to stop, or all; what was not begun is cancelled."""
        with database.read_transaction(self._engine) as connection:
            query = sa.select(RUNS.c.id).where(RUNS.c.phase.not_in(ENDED))
            if run_id is not None:
                query = query.where((RUNS.c.id == run_id) | (RUNS.c.parent == run_id))
            open_ids = connection.scalars(query.order_by(RUNS.c.created_at.desc())).all()
        for open_id in open_ids:
            idle = (RUNS.c.execution == "") & (RUNS.c.phase == Phase.QUEUED)
            if not self._update(open_id, idle, {"phase": Phase.CANCELLED, "stop": True}):
                self._update(open_id, RUNS.c.phase.not_in(ENDED), {"stop": True})

    def remove(self, run_id: str) -> bool:
        """Delete a run that ended without a session; False when it is any other."""
        resultless = RUNS.c.phase.in_(ENDED) & (RUNS.c.phase != Phase.DONE) & (RUNS.c.id == run_id)
        with database.write_transaction(self._engine, run_id) as connection:
            ids = connection.scalars(sa.select(RUNS.c.id).where(resultless)).all()
            run_rows.delete_runs(connection, ids)
        return bool(ids)

    def flags(self, ids: Collection[str]) -> dict[str, tuple[str, bool]]:
        """The execution that may change each of these runs, and whether it shall stop."""
        query = sa.select(RUNS.c.id, RUNS.c.execution, RUNS.c.stop).where(RUNS.c.id.in_(ids))
        with database.read_transaction(self._engine) as connection:
            return {row.id: (row.execution, row.stop) for row in connection.execute(query)}

    def engine_of_queue(self) -> Engine:
        """Another engine for the same database, whose transactions lock it at their first write."""
        engine = database.create_engine(self._engine.url.render_as_string(hide_password=False))
        if engine.dialect.name == "sqlite":
            sa.event.listen(engine, "connect", _begin_as_writer)
        return engine

    def _update(
        self, run_id: str, condition: sa.ColumnElement[bool], values: Mapping[str, Any]
    ) -> bool:
        with database.write_transaction(self._engine, run_id) as connection:
            return run_rows.change_run(connection, run_id, condition, values)

    def _read(self, condition: sa.ColumnElement[bool]) -> tuple[Row, ...]:
        query = sa.select(RUNS, QUOTA_PAUSES.c.failure.label("paused"))
        query = query.outerjoin(QUOTA_PAUSES, QUOTA_PAUSES.c.account == RUNS.c.account).where(
            condition
        )
        ids = sa.select(RUNS.c.id).where(condition)
        jobs = sa.select(JOBS).where(JOBS.c.run_id.in_(ids))
        steps = sa.select(STEPS).where(STEPS.c.run_id.in_(ids)).order_by(STEPS.c.place)
        with database.read_transaction(self._engine) as connection:
            newest_first = query.order_by(RUNS.c.created_at.desc(), RUNS.c.id)
            rows = connection.execute(newest_first).mappings().all()
            job_rows = connection.execute(jobs).mappings().all() if rows else ()
            step_rows = connection.execute(steps).all() if rows else ()
        job_of = {row["run_id"]: job_table.read_job(row) for row in job_rows}
        steps_of: dict[str, list[tuple[Phase, float]]] = {}
        for step in step_rows:
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


def _begin_as_writer(connection: DBAPIConnection, _: Any) -> None:  # noqa: ANN401  SQLAlchemy's record
    connection.isolation_level = "IMMEDIATE"
