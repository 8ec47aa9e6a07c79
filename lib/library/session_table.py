"""Rows of sessions, read and written inside a transaction of the caller."""

from __future__ import annotations

import json
import zlib
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import cast

import sqlalchemy as sa
from sqlalchemy.engine import Connection, RowMapping

from lib.errors import ApiError, LibraryDamagedError, StoredAnswerError
from lib.interhuman import parser
from lib.library import database, review_table, run_rows, search, search_table, summary
from lib.library.search import Query
from lib.library.tables import ANSWERS, NOTES, RUNS, SESSIONS, TRANSCRIPTS, VERDICTS
from lib.model import Api, Origin, Session
from lib.plain_text import one_line

MAX_STATEMENT_IDS = 500  # databases limit how many values a statement has


@dataclass(frozen=True, slots=True)
class Summary:
    """One line of the list of sessions; `lib.library.summary` defines its numbers.

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
    """How many sessions, notes, verdicts and transcripts a deletion would delete."""

    sessions: int = 0
    notes: int = 0
    verdicts: int = 0
    transcripts: int = 0


def has_session(connection: Connection, session_id: str) -> bool:
    """Whether there is a session of this id."""
    query = sa.select(SESSIONS.c.id).where(SESSIONS.c.id == session_id)
    return connection.execute(query).first() is not None


def read_row(connection: Connection, session_id: str) -> RowMapping | None:
    """The row of the session of this id, with its packed answer; None when there is none."""
    query = (
        sa.select(SESSIONS, ANSWERS.c.answer)
        .join_from(SESSIONS, ANSWERS, isouter=True)
        .where(SESSIONS.c.id == session_id)
    )
    return connection.execute(query).mappings().one_or_none()


def parse_session(row: RowMapping, clean: Callable[[bytes], bytes]) -> Session:
    """The session in a row of `read_row`, its answer cleaned and parsed.

    Raises:
        StoredAnswerError: its answer cannot be read as an analysis.
        LibraryDamagedError: its answer is gone.
    """
    if row["answer"] is None:
        raise LibraryDamagedError
    answer = clean(zlib.decompress(row["answer"])).decode("utf-8", "surrogatepass")
    correlation_id = row["correlation_id"] and _clean_text(row["correlation_id"], clean)
    try:
        analysis = parser.parse_answer(answer, api=row["api"], correlation_id=correlation_id)
    except ApiError as error:
        raise StoredAnswerError(answer=answer) from error
    return Session(
        id=row["id"],
        title=row["title"],
        created_at=database.aware_utc(row["created_at"]),
        origin=row["origin"],
        recording_name=row["recording_name"],
        duration=row["duration"],
        analysis=replace(analysis, model=_clean_text(row["model"], clean)),
        fingerprint=row["fingerprint"],
    )


def clean_session(session: Session, clean: Callable[[bytes], bytes]) -> Session:
    """The session with what came from the API cleaned; the same one where there is nothing to do.

    A file of an older app may hold an answer with a secret in it.
    """
    given = session.analysis
    raw, model = _clean_text(given.raw, clean), _clean_text(given.model, clean)
    correlation_id = given.correlation_id and _clean_text(given.correlation_id, clean)
    if (raw, model, correlation_id) == (given.raw, given.model, given.correlation_id):
        return session
    analysis = given if raw == given.raw else parser.parse_answer(raw, api=given.api)
    cleaned = replace(analysis, model=model, correlation_id=correlation_id)
    return replace(session, analysis=cleaned)


def read_ids(connection: Connection, query: Query) -> tuple[str, ...]:
    """The ids of the sessions that match a query, oldest first whatever its order."""
    conditions = search.query_conditions(query, connection.dialect.name)
    statement = sa.select(SESSIONS.c.created_at, SESSIONS.c.id).where(*conditions)
    rows = sorted((*row,) for row in connection.execute(statement))
    return tuple(session_id for _, session_id in rows)


def count_sessions(connection: Connection, query: Query) -> int:
    """How many sessions match a query."""
    conditions = search.query_conditions(query, connection.dialect.name)
    statement = sa.select(sa.func.count()).select_from(SESSIONS).where(*conditions)
    return cast("int", connection.scalar(statement))


def read_summaries(
    connection: Connection,
    query: Query,
    clean: Callable[[bytes], bytes],
    *,
    offset: int,
    limit: int,
) -> tuple[Summary, ...]:
    """The lines of the list for the sessions that match a query, in its order, cleaned."""
    columns = [SESSIONS.c[name] for name in Summary.__dataclass_fields__]
    conditions = search.query_conditions(query, connection.dialect.name)
    statement = sa.select(*columns).where(*conditions).order_by(*search.sort_order(query))
    rows = connection.execute(statement.offset(offset).limit(limit)).mappings().all()
    names = _clean_names(rows, clean)
    return tuple(_read_summary(row, *of_row) for row, of_row in zip(rows, names, strict=True))


def count_deletions(connection: Connection, session_ids: Collection[str]) -> DeletionCounts:
    """How many rows of each kind deleting these sessions would delete."""
    columns = (SESSIONS.c.id, NOTES.c.session_id, VERDICTS.c.session_id, TRANSCRIPTS.c.session_id)
    return DeletionCounts(*(_count_rows(connection, column, session_ids) for column in columns))


def insert_session(connection: Connection, session: Session) -> None:
    """Insert a session with its answer and the words by which a search finds it."""
    title = one_line(session.title)[: database.MAX_TITLE]
    name = one_line(session.recording_name)[: database.MAX_TITLE]
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
    connection.execute(sa.insert(SESSIONS).values(row))
    connection.execute(sa.insert(ANSWERS).values(session_id=session.id, answer=packed))
    search_table.insert_words(connection, session.id, title, name, session.analysis)


def delete_rows(connection: Connection, session_ids: Sequence[str]) -> int:
    """Delete sessions, with which the database deletes their answers and words; how many."""
    return connection.execute(sa.delete(SESSIONS).where(SESSIONS.c.id.in_(session_ids))).rowcount


def delete_sessions(
    connection: Connection, session_ids: Collection[str], *, optimize: bool = True
) -> int:
    """Delete sessions, their reviews and the runs that made them; how many sessions.

    Without `optimize` their words stay in the index until the next `search.optimize_word_index`.
    """
    deleted = 0
    for batch in _id_batches(session_ids):
        review_table.delete_reviews(connection, batch)
        with_runs = sa.select(RUNS.c.session_id).where(RUNS.c.session_id.in_(batch)).distinct()
        for session_id in connection.scalars(with_runs).all():
            run_rows.delete_runs_of_session(connection, session_id)
        deleted += delete_rows(connection, batch)
    if deleted and optimize:
        search.optimize_word_index(connection)
    return deleted


def _count_rows(
    connection: Connection, id_column: sa.Column[str], session_ids: Collection[str]
) -> int:
    count = sa.select(sa.func.count())
    return sum(
        cast("int", connection.scalar(count.where(id_column.in_(batch))))
        for batch in _id_batches(session_ids)
    )


def _id_batches(session_ids: Collection[str]) -> Iterator[Sequence[str]]:
    ids = sorted(session_ids)
    starts = range(0, len(ids), MAX_STATEMENT_IDS)
    return (ids[start : start + MAX_STATEMENT_IDS] for start in starts)


def _clean_names(
    rows: Sequence[RowMapping], clean: Callable[[bytes], bytes]
) -> list[tuple[str, dict[str, int] | None]]:
    """The model and the types of each row, cleaned all at once: that takes a moment each time."""
    stored = [(row["model"], row["types"] and json.loads(row["types"])) for row in rows]
    cleaned = clean(json.dumps(stored).encode())
    names: list[tuple[str, dict[str, int] | None]]
    names = json.loads(cleaned, object_pairs_hook=_add_counts)
    return names


def _add_counts(pairs: list[tuple[str, int]]) -> dict[str, int]:
    """Counts by type; types that are alike once they are cleaned are one."""
    counts = Counter[str]()
    for name, count in pairs:
        counts[name] += count
    return dict(counts)


def _read_summary(row: RowMapping, model: str, types: dict[str, int] | None) -> Summary:
    windows = row["windows"] and json.loads(row["windows"])
    changed = {
        "created_at": database.aware_utc(row["created_at"]),
        "model": model,
        "types": types,
        "windows": windows if windows is None else tuple(windows),
    }
    return Summary(**{**row, **changed})


def _clean_text(text: str, clean: Callable[[bytes], bytes]) -> str:
    return clean(text.encode("utf-8", "surrogatepass")).decode("utf-8", "surrogatepass")
