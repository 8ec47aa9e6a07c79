"""The library itself: sessions, what people add to them, and accepted jobs. Knows SQLAlchemy."""

from __future__ import annotations

import zlib
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from lib import added
from lib.failures import LibraryDamagedError
from lib.interhuman import responses
from lib.library import (
    database,
    nodes,
    pauses,
    reviews,
    runs,
    schema,
    search,
    sessions,
    submissions,
)
from lib.library.search import Query
from lib.library.sessions import Belongings, Summary
from lib.library.submissions import Submission
from lib.library.tables import ANSWERS, SEARCHES, SESSIONS, SUBMISSIONS
from lib.model import Line, Note, Review, Session, Verdict


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
        self.nodes = nodes.Table(self._engine)
        self.pauses = pauses.Table(self._engine)

    def save(self, session: Session) -> None:
        """Write a session, whole or not at all, replacing one of the same id but not its review."""
        with self._write(session.id) as connection:
            if sessions.remove(connection, (session.id,)):
                search.forget(connection)
            sessions.insert(connection, session)

    def bring_in(self, session: Session, review: Review) -> bool:
        """Write a session of another library and its review; False when its id is there already.

        Raises:
            NotKeptError: a part of the review is beyond the limits in `lib.added`.
        """
        with self._write(session.id, erasing=False) as connection:
            if sessions.holds(connection, session.id):
                return False
            sessions.insert(connection, session)
            reviews.delete(connection, (session.id,))  # what a deleted session may have left
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

    def ids(self, query: Query = Query()) -> tuple[str, ...]:  # noqa: B008  frozen
        """The ids of the sessions that a query asks for, oldest first whatever its order."""
        with database.reading(self._engine) as connection:
            return sessions.ids(connection, query)

    def reviewed(self) -> tuple[str, ...]:
        """The ids under which people added something though there is no such session, sorted."""
        with database.reading(self._engine) as connection:
            return reviews.alone(connection)

    def load(self, session_id: str) -> Session | None:
        """The session of this id, its analysis parsed; None when there is none."""
        query = (
            sa.select(SESSIONS, ANSWERS.c.answer)
            .join_from(SESSIONS, ANSWERS, isouter=True)
            .where(SESSIONS.c.id == session_id)
        )
        with database.reading(self._engine) as connection:
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
            fingerprint=row["fingerprint"],
        )

    def summaries(
        self,
        query: Query = Query(),  # noqa: B008  frozen
        *,
        offset: int = 0,
        limit: int = 50,
    ) -> tuple[Summary, ...]:
        """The sessions that a query asks for, in its order, without their answers."""
        with database.reading(self._engine) as connection:
            return sessions.summaries(connection, query, offset=offset, limit=limit)

    def holds(self, session_id: str) -> bool:
        """Whether there is a session of this id."""
        with database.reading(self._engine) as connection:
            return sessions.holds(connection, session_id)

    def count(self, query: Query = Query()) -> int:  # noqa: B008  frozen
        """How many sessions a query asks for."""
        with database.reading(self._engine) as connection:
            return sessions.count(connection, query)

    def belongings(self, session_ids: Collection[str]) -> Belongings:
        """How many of these sessions are there, and how much people added to them."""
        with database.reading(self._engine) as connection:
            return sessions.belongings(connection, session_ids)

    def title(self, session_id: str) -> str | None:
        """The title of a session; None when there is none of this id."""
        query = sa.select(SESSIONS.c.title).where(SESSIONS.c.id == session_id)
        with database.reading(self._engine) as connection:
            return connection.scalar(query)

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
        return self.delete_all((session_id,)) > 0

    def delete_all(self, session_ids: Collection[str]) -> int:
        """Delete sessions and what people added to them, all or none; how many there were."""
        with self._write("many sessions") as connection:
            return sessions.delete(connection, session_ids)

    def review(self, session_id: str) -> Review:
        """What people added to a session, in the order written; empty when nobody did."""
        with database.reading(self._engine) as connection:
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
            reviews.delete(connection, (session_id,))
            reviews.write(connection, session_id, kept)

    def note(self, submission: Submission) -> None:
        """Write down an accepted V2 job, before it is first asked for."""
        with self._write(submission.run_id) as connection:
            submissions.write(connection, submission)

    def submission(self, run_id: str) -> Submission | None:
        """The accepted job of a run whose result is not saved yet, or None."""
        query = sa.select(SUBMISSIONS).where(SUBMISSIONS.c.run_id == run_id)
        with database.reading(self._engine) as connection:
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
    def _write(self, key: str, *, erasing: bool = True) -> Iterator[Connection]:
        with database.writing(self._engine, key) as connection:
            yield connection
        if erasing:
            database.wipe(self._engine)
