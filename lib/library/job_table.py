"""Rows of accepted V2 jobs, read and written inside a transaction of the caller."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection, RowMapping

from lib.library import database
from lib.library.tables import JOBS
from lib.plain_text import one_line


@dataclass(frozen=True, slots=True)
class AcceptedJob:
    """A V2 job that the API accepted, kept until its result is saved."""

    run_id: str
    job_id: str
    model: str
    recording_name: str
    duration: float | None
    created_at: datetime
    expires_at: datetime | None


def write_job(connection: Connection, job: AcceptedJob) -> None:
    """Write an accepted job, replacing an earlier one of the same run."""
    row = {name: getattr(job, name) for name in AcceptedJob.__dataclass_fields__}
    row["recording_name"] = one_line(job.recording_name)[: database.MAX_TITLE]
    row["created_at"] = database.naive_utc(job.created_at)
    row["expires_at"] = job.expires_at and database.naive_utc(job.expires_at)
    delete_job(connection, job.run_id)
    connection.execute(sa.insert(JOBS).values(row))


def delete_job(connection: Connection, run_id: str) -> None:
    """Delete the accepted job of a run, if there is one."""
    connection.execute(sa.delete(JOBS).where(JOBS.c.run_id == run_id))


def read_job(row: RowMapping) -> AcceptedJob:
    """The accepted job in a row, its times in UTC."""
    expires_at = row["expires_at"] and database.aware_utc(row["expires_at"])
    created_at = database.aware_utc(row["created_at"])
    return AcceptedJob(**{**row, "created_at": created_at, "expires_at": expires_at})
