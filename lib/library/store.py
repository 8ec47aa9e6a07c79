"""The library itself: sessions, what people add to them, and accepted jobs. Knows SQLAlchemy."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import cast

import sqlalchemy as sa
from sqlalchemy.engine import Connection, RowMapping

from lib import added
from lib.failures import LibraryDamagedError
from lib.interhuman import responses
from lib.library import database, digest, reviews, runs, schema, search, submissions
from lib.library.search import Query
from lib.library.submissions import Submission
from lib.library.tables import ANSWERS, SEARCHES, SESSIONS, SUBMISSIONS
from lib.model import Api, Line, Note, Origin, Review, Session, Verdict


@dataclass(frozen=True, slots=True)
class Summary:
    """One line of the list of sessions; `lib.library.digest` says what its numbers mean.

    `signals`, `types` and `windows` are None when not asked for; `engaged` and `quality` also
    when not known. `state` is "done".
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
    state: str


class Library:
    """Sessions in the database that `url` names; the tables are made, or brought up to date."""

    def __init__(self, url: str) -> None:
        with database.translated():
            self._engine = database.engine(url)
            try:
                if schema.prepare(self._engine):
                    database.wipe(self._engine)
            except BaseException:
                self._engine.dispose()
                raise
        self.runs = runs.Table(self._engine)

    def save(self, session: Session) -> None:
        """Write a session, whole or not at all, replacing one of the same id but not its review."""
        with self._write(session.id) as connection:
            _remove(connection, session.id)
            _insert(connection, session)

    def bring_in(self, session: Session, review: Review) -> bool:
        """Write a session of another library and its review; False when its id is there already.

        Raises:
            NotKeptError: a part of the review is beyond the limits in `lib.added`.
        """
        with self._write(session.id, erasing=False) as connection:
            if _holds(connection, session.id):
                return False
            _insert(connection, session)
            reviews.delete(connection, session.id)  # what a deleted session may have left
            reviews.write(connection, session.id, reviews.kept(review))
        return True

    def bring_in_review(self, session_id: str, review: Review) -> bool:
        """Write what people added to a session that is no row; False when there is any already.

        Raises:
            NotKeptError: a part of the review is beyond the limits in `lib.added`.
        """
        with self._write(session_id, erasing=False) as connection:
            if reviews.read(connection, session_id) != Review():
                return False
            reviews.write(connection, session_id, reviews.kept(review))
        return True

    def ids(self) -> tuple[str, ...]:
        """The ids of all sessions, oldest first."""
        with self._begin() as connection:
            rows = connection.execute(sa.select(SESSIONS.c.created_at, SESSIONS.c.id)).all()
        return tuple(session_id for _, session_id in sorted((*row,) for row in rows))

    def reviewed(self) -> tuple[str, ...]:
        """The ids under which people added something though there is no such session, sorted."""
        with self._begin() as connection:
            return reviews.alone(connection)

    def load(self, session_id: str) -> Session | None:
        """The session of this id, its analysis parsed; None when there is none."""
        query = (
            sa.select(SESSIONS, ANSWERS.c.answer)
            .join_from(SESSIONS, ANSWERS, isouter=True)
            .where(SESSIONS.c.id == session_id)
        )
        with self._begin() as connection:
            row = connection.execute(query).mappings().one_or_none()
        if row is None:
            return None
        if row["answer"] is None:
            raise LibraryDamagedError
        with database.translated():
            answer = zlib.decompress(row["answer"]).decode("utf-8", "surrogatepass")
        analysis = responses.parse(answer, api=row["api"], correlation_id=row["correlation_id"])
        return Session(
            id=row["id"],
            title=row["title"],
            created_at=database.aware(row["created_at"]),
            origin=row["origin"],
            recording_name=row["recording_name"],
            duration=row["duration"],
            analysis=replace(analysis, model=row["model"]),
        )

    def summaries(
        self,
        query: Query = Query(),  # noqa: B008  frozen
        *,
        offset: int = 0,
        limit: int = 50,
    ) -> tuple[Summary, ...]:
        """The sessions that a query asks for, in its order, without their answers."""
        columns = [SESSIONS.c[name] for name in Summary.__dataclass_fields__]
        conditions = search.matching(query, self._engine.dialect.name)
        asked = sa.select(*columns).where(*conditions).order_by(*search.order(query))
        with self._begin() as connection:
            rows = connection.execute(asked.offset(offset).limit(limit)).mappings().all()
        return tuple(_summary(row) for row in rows)

    def holds(self, session_id: str) -> bool:
        """Whether there is a session of this id."""
        with self._begin() as connection:
            return _holds(connection, session_id)

    def count(self, query: Query = Query()) -> int:  # noqa: B008  frozen
        """How many sessions a query asks for."""
        conditions = search.matching(query, self._engine.dialect.name)
        asked = sa.select(sa.func.count()).select_from(SESSIONS).where(*conditions)
        with self._begin() as connection:
            return cast("int", connection.scalar(asked))

    def rename(self, session_id: str, title: str) -> bool:
        """Give a session another title; False when it is gone or the title is empty."""
        kept = database.line(title)
        if not kept:
            return False
        named = {"title": kept, "title_key": search.plain(kept)}
        change = sa.update(SESSIONS).where(SESSIONS.c.id == session_id).values(named)
        found = sa.update(SEARCHES).where(SEARCHES.c.session_id == session_id)
        with self._write(session_id) as connection:
            if not connection.execute(change).rowcount:
                return False
            connection.execute(found.values(title=search.words([kept])))
            search.forget(connection)
            return True

    def delete(self, session_id: str) -> bool:
        """Delete a session and what people added to it; False when there was no session."""
        with self._write(session_id) as connection:
            reviews.delete(connection, session_id)
            runs.delete_of_session(connection, session_id)
            return _remove(connection, session_id)

    def review(self, session_id: str) -> Review:
        """What people added to a session, in the order written; empty when nobody did."""
        with self._begin() as connection:
            return reviews.read(connection, session_id)

    def write_note(self, session_id: str, note: Note) -> bool:
        """Add a note, or change the text, times and signal of one's own of the same id.

        False, and nothing is written, when the id is that of another reviewer's note.

        Raises:
            NotKeptError: the note is beyond the limits in `lib.added`.
        """
        kept = added.note(note)
        with self._write(session_id) as connection:
            return reviews.write_note(connection, session_id, kept)

    def remove_note(self, session_id: str, note_id: str, reviewer: str) -> bool:
        """Delete one's own note; False when there is none, or it is another reviewer's."""
        with self._write(session_id) as connection:
            return reviews.remove_note(connection, session_id, note_id, reviewer)

    def judge(self, session_id: str, verdict: Verdict) -> None:
        """Write a reviewer's one verdict on a span, replacing an earlier one of theirs.

        Raises:
            NotKeptError: the verdict is beyond the limits in `lib.added`.
        """
        kept = added.verdict(verdict)
        with self._write(session_id) as connection:
            reviews.judge(connection, session_id, kept)

    def unjudge(self, session_id: str, signal: int, reviewer: str) -> bool:
        """Take one's own verdict on a span back; False when there is none."""
        with self._write(session_id) as connection:
            return reviews.unjudge(connection, session_id, signal, reviewer)

    def attach(self, session_id: str, lines: Sequence[Line]) -> None:
        """Write the transcript of a session, replacing the one it has; no lines leave none.

        Raises:
            NotKeptError: the lines are beyond the limits in `lib.added`.
        """
        packed = reviews.pack(added.lines(lines))
        with self._write(session_id) as connection:
            reviews.attach(connection, session_id, packed)

    def detach(self, session_id: str) -> bool:
        """Delete the transcript of a session; False when it has none."""
        with self._write(session_id) as connection:
            return reviews.detach(connection, session_id)

    def restore(self, session_id: str, review: Review) -> None:
        """Write a whole review, replacing what the session has, all of it or nothing.

        Of notes with one id the first is kept, of a reviewer's verdicts on one span the last.

        Raises:
            NotKeptError: a part of it is beyond the limits in `lib.added`.
        """
        kept = reviews.kept(review)
        with self._write(session_id) as connection:
            reviews.delete(connection, session_id)
            reviews.write(connection, session_id, kept)

    def note(self, submission: Submission) -> None:
        """Write down an accepted V2 job, before it is first asked for."""
        with self._write(submission.run_id) as connection:
            submissions.write(connection, submission)

    def submission(self, run_id: str) -> Submission | None:
        """The accepted job of a run whose result is not saved yet, or None."""
        query = sa.select(SUBMISSIONS).where(SUBMISSIONS.c.run_id == run_id)
        with self._begin() as connection:
            row = connection.execute(query).mappings().one_or_none()
        return None if row is None else submissions.of_row(row)

    def forget(self, run_id: str) -> None:
        """Drop the note of an accepted job: its result is saved, or will never be."""
        with self._write(run_id) as connection:
            submissions.forget(connection, run_id)

    def close(self) -> None:
        """Give the database's connections back."""
        self._engine.dispose()

    @contextmanager
    def _begin(self) -> Iterator[Connection]:
        with database.translated(), self._engine.begin() as connection:
            yield connection

    @contextmanager
    def _write(self, key: str, *, erasing: bool = True) -> Iterator[Connection]:
        with self._begin() as connection:
            database.hold(connection, key)
            yield connection
        if erasing:
            database.wipe(self._engine)


def _holds(connection: Connection, session_id: str) -> bool:
    query = sa.select(SESSIONS.c.id).where(SESSIONS.c.id == session_id)
    return connection.execute(query).first() is not None


def _remove(connection: Connection, session_id: str) -> bool:
    """Delete a session with its answer and its words, which the database sees to."""
    gone = connection.execute(sa.delete(SESSIONS).where(SESSIONS.c.id == session_id))
    if gone.rowcount:
        search.forget(connection)
    return gone.rowcount > 0


def _insert(connection: Connection, session: Session) -> None:
    title, name = database.line(session.title), database.line(session.recording_name)
    row = {
        "id": session.id,
        "title": title,
        "recording_name": name,
        "created_at": database.naive(session.created_at),
        "origin": session.origin,
        "api": session.analysis.api,
        "model": session.analysis.model,
        "duration": session.duration,
        "correlation_id": session.analysis.correlation_id,
        "title_key": search.plain(title),
        **digest.of(session.analysis),
    }
    packed = zlib.compress(session.analysis.raw.encode("utf-8", "surrogatepass"))
    found = {"title": search.words([title]), "words": search.said(name, session.analysis)}
    connection.execute(sa.insert(SESSIONS).values(row))
    connection.execute(sa.insert(ANSWERS).values(session_id=session.id, answer=packed))
    connection.execute(sa.insert(SEARCHES).values(session_id=session.id, **found))


def _summary(row: RowMapping) -> Summary:
    types, windows = (row[name] and json.loads(row[name]) for name in ("types", "windows"))
    changed = {
        "created_at": database.aware(row["created_at"]),
        "types": types,
        "windows": windows if windows is None else tuple(windows),
    }
    return Summary(**{**row, **changed})
