"""Accepted V2 jobs, each function inside a transaction of its caller. Knows SQLAlchemy."""

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


def write_job(connection: Connection, submission: AcceptedJob) -> None:
    """Write a job down, replacing what was known for its run."""
    row = {name: getattr(submission, name) for name in AcceptedJob.__dataclass_fields__}
    row["recording_name"] = one_line(submission.recording_name)[: database.MAX_TITLE]
    row["created_at"] = database.naive_utc(submission.created_at)
    row["expires_at"] = submission.expires_at and database.naive_utc(submission.expires_at)
    delete_job(connection, submission.run_id)
    connection.execute(sa.insert(JOBS).values(row))


def delete_job(connection: Connection, run_id: str) -> None:
    """Drop what is known for a run."""
    connection.execute(sa.delete(JOBS).where(JOBS.c.run_id == run_id))


def read_job(row: RowMapping) -> AcceptedJob:
    """The job in a row, its times in UTC."""
    expires_at = row["expires_at"] and database.aware_utc(row["expires_at"])
    created_at = database.aware_utc(row["created_at"])
    return AcceptedJob(**{**row, "created_at": created_at, "expires_at": expires_at})
