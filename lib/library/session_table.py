"""Sessions, row by row, each function inside a transaction of its caller. Knows SQLAlchemy."""

from __future__ import annotations

import json
import zlib
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import cast

import sqlalchemy as sa
from sqlalchemy.engine import Connection, RowMapping

from lib.library import database, review_table, run_table, search, summary
from lib.library.search import Query
from lib.library.tables import ANSWERS, NOTES, RUNS, SEARCHES, SESSIONS, TRANSCRIPTS, VERDICTS
from lib.model import Api, Origin, Session
from lib.plain_text import one_line

MAX_STATEMENT_IDS = 500  # ids in one statement: databases limit them


@dataclass(frozen=True, slots=True)
class Summary:
    """One line of the list of sessions; `lib.library.summary` says what its numbers mean.

    `signals`, `types` and `windows` are None when not asked for; `engaged` and `quality` also
    when not known.
    """

    id: str
    title: str
    recording_name: str
    created_at: datetime
    origin: Origin
    api: Api
    model: str
    duration: float | None
    signals: int | None
    types: dict[str, int] | None
    engaged: float | None
    quality: float | None
    no_evidence: bool
    windows: tuple[float | None, ...] | None


@dataclass(frozen=True, slots=True)
class DeletionCounts:
    """How many of some sessions are there, and how much people added to them."""

    sessions: int = 0
    notes: int = 0
    verdicts: int = 0
    transcripts: int = 0


def has_session(connection: Connection, session_id: str) -> bool:
    """Whether there is a session of this id."""
    query = sa.select(SESSIONS.c.id).where(SESSIONS.c.id == session_id)
    return connection.execute(query).first() is not None


def read_ids(connection: Connection, query: Query) -> tuple[str, ...]:
    """The ids of the sessions that a query asks for, oldest first whatever its order."""
    conditions = search.query_conditions(query, connection.dialect.name)
    asked = sa.select(SESSIONS.c.created_at, SESSIONS.c.id).where(*conditions)
    return tuple(found for _, found in sorted((*row,) for row in connection.execute(asked)))


def count_sessions(connection: Connection, query: Query) -> int:
    """How many sessions a query asks for."""
    conditions = search.query_conditions(query, connection.dialect.name)
    asked = sa.select(sa.func.count()).select_from(SESSIONS).where(*conditions)
    return cast("int", connection.scalar(asked))


def read_summaries(
    connection: Connection, query: Query, *, offset: int, limit: int
) -> tuple[Summary, ...]:
    """The sessions that a query asks for, in its order, without their answers."""
    columns = [SESSIONS.c[name] for name in Summary.__dataclass_fields__]
    conditions = search.query_conditions(query, connection.dialect.name)
    asked = sa.select(*columns).where(*conditions).order_by(*search.sort_order(query))
    rows = connection.execute(asked.offset(offset).limit(limit)).mappings()
    return tuple(_read_summary(row) for row in rows)


def count_deletions(connection: Connection, wanted: Collection[str]) -> DeletionCounts:
    """What goes when these sessions are deleted."""
    columns = (SESSIONS.c.id, NOTES.c.session_id, VERDICTS.c.session_id, TRANSCRIPTS.c.session_id)
    return DeletionCounts(*(_count_rows(connection, column, wanted) for column in columns))


def insert_session(connection: Connection, session: Session) -> None:
    """Write a session with its answer and the words it is found by."""
    title, name = (
        one_line(session.title)[: database.MAX_TITLE],
        one_line(session.recording_name)[: database.MAX_TITLE],
    )
    row = {
        "id": session.id,
        "title": title,
        "recording_name": name,
        "created_at": database.naive_utc(session.created_at),
        "origin": session.origin,
        "api": session.analysis.api,
        "model": session.analysis.model,
        "duration": session.duration,
        "correlation_id": session.analysis.correlation_id,
        "title_key": search.fold_text(title),
        "fingerprint": session.fingerprint,
        **summary.summary_columns(session.analysis),
        "state": "done",  # the column is of an older app, and may not be empty
    }
    packed = zlib.compress(session.analysis.raw.encode("utf-8", "surrogatepass"))
    found = {
        "title": search.unique_words([title]),
        "words": search.session_words(name, session.analysis),
    }
    connection.execute(sa.insert(SESSIONS).values(row))
    connection.execute(sa.insert(ANSWERS).values(session_id=session.id, answer=packed))
    connection.execute(sa.insert(SEARCHES).values(session_id=session.id, **found))


def delete_rows(connection: Connection, wanted: Sequence[str]) -> int:
    """Delete sessions with their answers and words, which the database sees to; how many."""
    return connection.execute(sa.delete(SESSIONS).where(SESSIONS.c.id.in_(wanted))).rowcount


def delete_sessions(connection: Connection, wanted: Collection[str]) -> int:
    """Delete sessions, what people added to them and the runs that made them; how many."""
    gone = 0
    for some in _id_batches(wanted):
        review_table.delete_reviews(connection, some)
        made = sa.select(RUNS.c.session_id).where(RUNS.c.session_id.in_(some)).distinct()
        for session_id in connection.scalars(made).all():
            run_table.delete_runs_of_session(connection, session_id)
        gone += delete_rows(connection, some)
    if gone:
        search.optimize_word_index(connection)
    return gone


def _count_rows(connection: Connection, column: sa.Column[str], wanted: Collection[str]) -> int:
    asked = sa.select(sa.func.count())
    return sum(
        cast("int", connection.scalar(asked.where(column.in_(some))))
        for some in _id_batches(wanted)
    )


def _id_batches(wanted: Collection[str]) -> Iterator[Sequence[str]]:
    listed = sorted(wanted)
    return (
        listed[start : start + MAX_STATEMENT_IDS]
        for start in range(0, len(listed), MAX_STATEMENT_IDS)
    )


def _read_summary(row: RowMapping) -> Summary:
    types, windows = (row[name] and json.loads(row[name]) for name in ("types", "windows"))
    changed = {
        "created_at": database.aware_utc(row["created_at"]),
        "types": types,
        "windows": windows if windows is None else tuple(windows),
    }
    return Summary(**{**row, **changed})
