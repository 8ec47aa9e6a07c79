"""Rows of sessions, read and written inside a transaction of the caller."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import cast

import sqlalchemy as sa
from sqlalchemy.engine import Connection, RowMapping

from lib.interhuman import parser, stitch
from lib.library import (
    database,
    measurement_table,
    part_table,
    review_table,
    run_rows,
    search,
    search_table,
    summary,
)
from lib.library.search import Query
from lib.library.tables import (
    ANSWERS,
    CLAIMS,
    CODED_SPANS,
    NOTES,
    RUNS,
    SESSIONS,
    TRANSCRIPTS,
    VERDICTS,
)
from lib.model import Analysis, Api, Origin, RecordingMeasurement, Session, Stitch
from lib.plain_text import one_line

MAX_STATEMENT_IDS = 500  # databases limit how many values a statement has


@dataclass(frozen=True, slots=True)
class Summary:
    """One line of the list of sessions; `lib.library.summary` defines its numbers.

    `signals`, `types` and `windows` are None when not asked for; `engaged` and `quality` also
    when not known. `parts` is 0 where the recording was sent in one piece.
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
    parts: int = 0


@dataclass(frozen=True, slots=True)
class StoredRows:
    """The row of a session and its packed answer; of a recording sent in parts, a row for each."""

    session: RowMapping
    parts: Sequence[RowMapping]
    measurement: RecordingMeasurement | None


@dataclass(frozen=True, slots=True)
class DeletionCounts:
    """How many sessions, and of all that people added to them, a deletion would delete."""

    sessions: int = 0
    notes: int = 0
    verdicts: int = 0
    transcripts: int = 0
    claims: int = 0
    coded: int = 0


def has_session(connection: Connection, session_id: str) -> bool:
    """Whether there is a session of this id."""
    query = sa.select(SESSIONS.c.id).where(SESSIONS.c.id == session_id)
    return connection.execute(query).first() is not None


def read_rows(connection: Connection, session_id: str) -> StoredRows | None:
    """The rows of the session of this id, with its packed answers; None when there is none."""
    query = (
        sa.select(SESSIONS, ANSWERS.c.answer)
        .join_from(SESSIONS, ANSWERS, isouter=True)
        .where(SESSIONS.c.id == session_id)
    )
    row = connection.execute(query).mappings().one_or_none()
    if row is None:
        return None
    parts = [] if row["answer"] is not None else part_table.read_rows(connection, session_id)
    return StoredRows(row, parts, measurement_table.read_measurement(connection, session_id))


def parse_session(stored: StoredRows, clean: Callable[[bytes], bytes]) -> Session:
    """The session in the rows of `read_rows`, its answers cleaned and parsed.

    Raises:
        StoredAnswerError: its answer cannot be read as an analysis.
        LibraryDamagedError: its answer is gone, or its parts do not follow each other.
    """
    row = stored.session
    analysis, stitched = _parse_analysis(stored, clean)
    return Session(
        id=row["id"],
        title=row["title"],
        created_at=database.aware_utc(row["created_at"]),
        origin=row["origin"],
        recording_name=row["recording_name"],
        duration=row["duration"],
        analysis=replace(analysis, model=_clean_text(row["model"], clean)),
        fingerprint=row["fingerprint"],
        stitch=stitched,
        recording_measurement=stored.measurement,
    )


def _parse_analysis(
    stored: StoredRows, clean: Callable[[bytes], bytes]
) -> tuple[Analysis, Stitch | None]:
    row = stored.session
    if row["answer"] is None:
        return part_table.parse_parts(stored.parts, row["api"], clean)
    answer = part_table.unpack_answer(row["answer"], clean)
    correlation_id = row["correlation_id"] and _clean_text(row["correlation_id"], clean)
    return part_table.parse_stored(answer, row["api"], correlation_id), None


def clean_session(session: Session, clean: Callable[[bytes], bytes]) -> Session:
    """The session with what came from the API cleaned; the same one where there is nothing to do.

    A file of an older app may hold an answer with a secret in it.
    """
    if session.stitch is None:
        analysis = _clean_analysis(session.analysis, clean)
        return session if analysis is session.analysis else replace(session, analysis=analysis)
    parts = [
        replace(part, outcome=_clean_analysis(part.analysis, clean)) if part.analysis else part
        for part in session.parts
    ]
    if all(part.outcome is old.outcome for part, old in zip(parts, session.parts, strict=True)):
        return session
    analysis, stitched = stitch.stitch_parts(parts)
    return replace(session, analysis=analysis, stitch=stitched)


def _clean_analysis(given: Analysis, clean: Callable[[bytes], bytes]) -> Analysis:
    raw, model = _clean_text(given.raw, clean), _clean_text(given.model, clean)
    correlation_id = given.correlation_id and _clean_text(given.correlation_id, clean)
    if (raw, model, correlation_id) == (given.raw, given.model, given.correlation_id):
        return given
    analysis = given if raw == given.raw else parser.parse_answer(raw, api=given.api)
    return replace(analysis, model=model, correlation_id=correlation_id)


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
    added = (NOTES, VERDICTS, TRANSCRIPTS, CLAIMS, CODED_SPANS)
    columns = (SESSIONS.c.id, *(table.c.session_id for table in added))
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
        "parts": len(session.parts),
        **summary.summary_columns(session.analysis),
        "state": "done",  # the column is of an older app, and may not be empty
    }
    connection.execute(sa.insert(SESSIONS).values(row))
    if session.parts:
        part_table.insert_parts(connection, session.id, session.parts)
    else:
        packed = part_table.pack_answer(session.analysis.raw)
        connection.execute(sa.insert(ANSWERS).values(session_id=session.id, answer=packed))
    if session.recording_measurement:
        measurement_table.write_measurement(connection, session.id, session.recording_measurement)
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
