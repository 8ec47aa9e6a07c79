"""The library: the facade that saves, loads, lists, reviews and deletes sessions."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from typing import TypeVar

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from lib.errors import (
    LibraryError,
    LibraryFullError,
    LibraryReadOnlyError,
    NoteChangedError,
    ReviewError,
)
from lib.interchange import limits
from lib.interchange.codebook.limits import checked_codebook
from lib.library import (
    claim_table,
    code_table,
    database,
    heartbeat_table,
    job_table,
    measurement_table,
    migrations,
    part_table,
    quota_pause_table,
    review_table,
    run_rows,
    run_table,
    search,
    search_table,
    session_table,
)
from lib.library.database_file import DatabaseFile
from lib.library.job_table import AcceptedJob
from lib.library.search import Query
from lib.library.session_table import DeletionCounts, Summary
from lib.library.tables import JOBS, SESSIONS
from lib.model import (
    Act,
    Added,
    Analysis,
    Claim,
    Code,
    Codebook,
    CodedSpan,
    Line,
    Note,
    RecordingMeasurement,
    Review,
    Session,
    Verdict,
)
from lib.plain_text import one_line

Removed = TypeVar("Removed")  # what came of a removal


class Library:
    """The library in the database that `url` names, whose tables are brought up to date.

    `clean` takes secrets out of all that came from the API, as it is written and as it is read:
    an older app may have stored one, or a file of it may bring one.
    """

    def __init__(self, url: str, *, clean: Callable[[bytes], bytes] = bytes) -> None:
        self._clean = clean
        self._file = DatabaseFile(url)
        self._file.make_private()
        try:
            self._engine = _open_engine(url)
        except LibraryError as error:
            if self._file.is_closed_to_us():
                raise LibraryReadOnlyError from error
            if not self._file.is_disk_full():
                raise
            if not self._file.give_reserve_back():
                raise LibraryFullError from error
            self._engine = _open_engine(url)
        self._file.make_private()
        self._file.reserve_room()
        self.runs = run_table.RunTable(self._engine)
        self.heartbeats = heartbeat_table.HeartbeatTable(self._engine)
        self.quota_pauses = quota_pause_table.QuotaPauseTable(self._engine)

    def save(self, session: Session) -> None:
        """Save a session, whole or not at all, replacing one of the same id but not its review.

        What was measured of its recording stays as well, unless the session brings that.
        Where a gap between its parts was filled, notes and verdicts follow their spans.
        """
        session = session_table.clean_session(session, self._clean)
        with self._write(session.id) as connection:
            _replace_session(connection, session)

    def save_parts(
        self,
        session_id: str,
        run_id: str,
        compose: Callable[[Mapping[int, Analysis]], Session | None],
    ) -> bool:
        """Save what `compose` makes of the answers that are stored, by the number of their part.

        It replaces the session of this id but for its title, its time and its review, and is that
        of the run of the recording from then on. Of several that save parts of one session at
        once, each has those of the others.

        Returns:
            Whether it was saved: not where `compose` gives None, nor where the run is gone, as it
            is once the session was deleted.
        """
        with self._write(session_id) as connection:
            stored = session_table.read_rows(connection, session_id)
            answers = (
                part_table.parse_answers(stored.parts, stored.session["api"]) if stored else {}
            )
            session = compose(answers)
            if session is None or not run_rows.assign_session(connection, run_id, session_id):
                return False
            if stored:
                created_at = database.aware_utc(stored.session["created_at"])
                title = stored.session["title"]
                session = replace(session, title=title, created_at=created_at)
            _replace_session(connection, session_table.clean_session(session, self._clean))
            return True

    def add_session(self, session: Session, review: Review) -> bool:
        """Add a session of another library with its review; False when its id exists already.

        Raises:
            ReviewError: a part of the review is beyond the limits in `lib.interchange.limits`.
        """
        session = session_table.clean_session(session, self._clean)
        with self._write(session.id, erasing=False) as connection:
            if session_table.has_session(connection, session.id):
                return False
            session_table.insert_session(connection, session)
            # An earlier session of this id may have left a review when it was deleted.
            review_table.delete_reviews(connection, (session.id,))
            _insert_review(connection, session.id, review)
        return True

    def add_review(self, session_id: str, review: Review) -> bool:
        """Add a review to a session that has none, stored or not; False when it has one already.

        Of notes with one id the first is kept, of a reviewer's verdicts on one span the last.

        Raises:
            ReviewError: a part of the review is beyond the limits in `lib.interchange.limits`.
        """
        with self._write(session_id, erasing=False) as connection:
            if review_table.read_review(connection, session_id) != Review():
                return False
            _insert_review(connection, session_id, review)
        return True

    def ids(self, query: Query = Query()) -> tuple[str, ...]:  # noqa: B008  frozen
        """The ids of the sessions that match a query, oldest first whatever its order."""
        with database.read_transaction(self._engine) as connection:
            return session_table.read_ids(connection, query)

    def ids_without_session(self) -> tuple[str, ...]:
        """The ids that have a review but no session, as the sample's, sorted."""
        with database.read_transaction(self._engine) as connection:
            return review_table.read_ids_without_session(connection)

    def load(self, session_id: str) -> Session | None:
        """The session of this id, its analysis parsed; None when there is none.

        Raises:
            StoredAnswerError: its answer cannot be read as an analysis.
            LibraryDamagedError: its answer is damaged or gone.
        """
        with database.read_transaction(self._engine) as connection:
            stored = session_table.read_rows(connection, session_id)
        if stored is None:
            return None
        with database.library_errors():  # no transaction: it would keep the journal from emptying
            return session_table.parse_session(stored, self._clean)

    def summaries(
        self,
        query: Query = Query(),  # noqa: B008  frozen
        *,
        offset: int = 0,
        limit: int = 50,
    ) -> tuple[Summary, ...]:
        """The lines of the list for the sessions that match a query, in its order."""
        with database.read_transaction(self._engine) as connection:
            return session_table.read_summaries(
                connection, query, self._clean, offset=offset, limit=limit
            )

    def holds(self, session_id: str) -> bool:
        """Whether there is a session of this id."""
        with database.read_transaction(self._engine) as connection:
            return session_table.has_session(connection, session_id)

    def count(self, query: Query = Query()) -> int:  # noqa: B008  frozen
        """How many sessions match a query."""
        with database.read_transaction(self._engine) as connection:
            return session_table.count_sessions(connection, query)

    def deletion_counts(self, session_ids: Collection[str]) -> DeletionCounts:
        """How many sessions, and of what people added to them, a deletion would delete."""
        with database.read_transaction(self._engine) as connection:
            return session_table.count_deletions(connection, session_ids)

    def title(self, session_id: str) -> str | None:
        """The title of a session; None when there is none of this id."""
        query = sa.select(SESSIONS.c.title).where(SESSIONS.c.id == session_id)
        with database.read_transaction(self._engine) as connection:
            return connection.scalar(query)

    def rename(self, session_id: str, title: str) -> bool:
        """Change the title of a session; False when it is gone or the title is empty."""
        stored = one_line(title)[: database.MAX_TITLE]
        if not stored:
            return False
        columns = {"title": stored, "title_key": search.fold_text(stored)}
        update = sa.update(SESSIONS).where(SESSIONS.c.id == session_id).values(columns)
        with self._write(session_id) as connection:
            if not connection.execute(update).rowcount:
                return False
            search_table.update_title(connection, session_id, stored)
            return True

    def delete_all(self, session_ids: Collection[str]) -> int:
        """Delete sessions with their reviews and runs, all or none; how many sessions.

        Where the disk is full it is one after another, each with the room that the last one left,
        and their words leave the index with the next session that is deleted or saved.
        """
        try:
            with self._write("many sessions") as connection:
                return session_table.delete_sessions(connection, session_ids)
        except LibraryFullError:
            self._use_reserve()
        deleted = 0
        for session_id in session_ids:
            with self._write("many sessions") as connection:
                one = (session_id,)
                deleted += session_table.delete_sessions(connection, one, optimize=False)
        return deleted

    def review(self, session_id: str, *, with_transcript: bool = True) -> Review:
        """The review of a session, in the order written; empty when nobody added anything.

        A transcript may be long: it need not be read.
        """
        with database.read_transaction(self._engine) as connection:
            return review_table.read_review(connection, session_id, with_transcript=with_transcript)

    def write_note(self, session_id: str, note: Note, *, before: str | None = None) -> Act | None:
        """Add a note, or change the text, times and signal of one's own of the same id.

        `before` is the text that is to be changed; without it, whatever stands there is.
        None, and nothing is written, when the id is that of another reviewer's note.

        Raises:
            ReviewError: the note is beyond the limits in `lib.interchange.limits`.
            NoteChangedError: the note has another text than `before`, or is gone.
        """
        checked = limits.checked_note(note)
        with self._write(session_id) as connection:
            stored = review_table.find_note(connection, session_id, checked.id)
            if stored and stored.reviewer != checked.reviewer:
                return None
            # What is there already was written by the same act, whose answer was lost.
            if before is not None and (not stored or stored.text not in (before, checked.text)):
                raise NoteChangedError
            review_table.write_note(connection, session_id, checked)
            search_table.update_notes(connection, session_id)
            return Act(stored, review_table.find_note(connection, session_id, checked.id))

    def remove_note(self, session_id: str, note_id: str, reviewer: str) -> Act | None:
        """Delete one's own note; None when there is none, or it is another reviewer's."""

        def remove(connection: Connection) -> Act | None:
            stored = review_table.find_note(connection, session_id, note_id)
            if not review_table.remove_note(connection, session_id, note_id, reviewer):
                return None
            search_table.update_notes(connection, session_id)
            return Act(stored, None)

        return self._remove(session_id, remove)

    def write_verdict(self, session_id: str, verdict: Verdict) -> Act:
        """Write a reviewer's verdict on a span, replacing an earlier one of theirs.

        Raises:
            ReviewError: the verdict is beyond the limits in `lib.interchange.limits`.
        """
        checked = limits.checked_verdict(verdict)
        key = (session_id, checked.signal, checked.reviewer)
        with self._write(session_id) as connection:
            stored = review_table.find_verdict(connection, *key)
            review_table.write_verdict(connection, session_id, checked)
            return Act(stored, review_table.find_verdict(connection, *key))

    def remove_verdict(self, session_id: str, signal: int, reviewer: str) -> Act | None:
        """Delete one's own verdict on a span; None when there is none."""

        def remove(connection: Connection) -> Act | None:
            stored = review_table.find_verdict(connection, session_id, signal, reviewer)
            removed = review_table.remove_verdict(connection, session_id, signal, reviewer)
            return Act(stored, None) if removed else None

        return self._remove(session_id, remove)

    def write_claim(self, session_id: str, claim: Claim) -> Act | None:
        """Add a claim, or change one's own of the same id, which keeps when it was written.

        None, and nothing is written, when the id is that of another reviewer's claim.

        Raises:
            ReviewError: the claim is beyond the limits in `lib.interchange.limits`.
        """
        checked = limits.checked_claim(claim)
        with self._write(session_id) as connection:
            stored = claim_table.find_claim(connection, session_id, checked.id)
            if not claim_table.write_claim(connection, session_id, checked):
                return None
            search_table.update_notes(connection, session_id)
            return Act(stored, claim_table.find_claim(connection, session_id, checked.id))

    def remove_claim(self, session_id: str, claim_id: str, reviewer: str) -> Act | None:
        """Delete one's own claim; None when there is none, or it is another reviewer's."""

        def remove(connection: Connection) -> Act | None:
            stored = claim_table.find_claim(connection, session_id, claim_id)
            if not claim_table.remove_claim(connection, session_id, claim_id, reviewer):
                return None
            search_table.update_notes(connection, session_id)
            return Act(stored, None)

        return self._remove(session_id, remove)

    def write_coded_span(
        self, session_id: str, span: CodedSpan, *, moves: bool = False
    ) -> Act | None:
        """Add a coded span, or change the times of one's own of the same id.

        Its code and its codebook stay as they were coded. One that `moves` has to be there: what
        was removed meanwhile does not come back. None, and nothing is written, when the id is that
        of another coder's span.

        Raises:
            ReviewError: the span is beyond the limits in `lib.interchange.limits`, or moves and is
                gone.
        """
        checked = limits.checked_coded_span(span)
        with self._write(session_id) as connection:
            stored = review_table.find_coded_span(connection, session_id, checked.id)
            if stored and stored.coder != checked.coder:
                return None
            if moves and not stored:
                raise ReviewError(
                    "This coded span was removed in the meantime. It was not changed.",
                    "Code it again if it is still wanted.",
                )
            written = checked
            if stored:  # changed here, it is written here
                start, end, imported = checked.start, checked.end, checked.imported
                written = replace(stored, start=start, end=end, imported=imported)
            review_table.exchange(connection, session_id, stored, written)
            return Act(stored, review_table.find_coded_span(connection, session_id, checked.id))

    def remove_coded_span(self, session_id: str, span_id: str, coder: str) -> Act | None:
        """Delete one's own coded span; None when there is none, or it is another coder's."""

        def remove(connection: Connection) -> Act | None:
            stored = review_table.find_coded_span(connection, session_id, span_id)
            if stored is None or stored.coder != one_line(coder):
                return None
            review_table.exchange(connection, session_id, stored, None)
            return Act(stored, None)

        return self._remove(session_id, remove)

    def codebooks(self) -> tuple[Codebook, ...]:
        """The latest version of each codebook that was written here, the one written last first."""
        with database.read_transaction(self._engine) as connection:
            return code_table.read_codebooks(connection)

    def write_codes(self, name: str, codes: tuple[Code, ...], now: datetime) -> Codebook:
        """Write codes as a codebook: of one that has this name the next version, else a new one.

        The same codes again are the version that is there.

        Raises:
            CodebookError: they or their version are beyond the limits of a codebook.
        """
        checked = checked_codebook(Codebook("new", 1, name, codes, now))
        with self._write("codebooks", erasing=False) as connection:
            return code_table.write_codes(connection, checked.name, checked.codes, now)

    def exchange(self, session_id: str, before: Added | None, after: Added | None) -> bool:
        """Put what was added back in the place of what came of it; None for none.

        False, and nothing is written, where something else than `before` stands there by now.
        """

        def exchange(connection: Connection) -> bool:
            done = review_table.exchange(connection, session_id, before, after)
            search_table.update_notes(connection, session_id)
            return done

        if after is None:
            return self._remove(session_id, exchange)
        with self._write(session_id) as connection:
            return exchange(connection)

    def write_transcript(self, session_id: str, lines: Sequence[Line]) -> None:
        """Write the transcript of a session, replacing an earlier one; without lines, delete it.

        Raises:
            ReviewError: the lines are beyond the limits in `lib.interchange.limits`.
        """
        checked = limits.checked_lines(lines)
        packed = review_table.pack_lines(checked)
        with self._write(session_id) as connection:
            review_table.write_transcript(connection, session_id, packed)
            search_table.update_transcript(connection, session_id, checked)

    def remove_transcript(self, session_id: str) -> bool:
        """Delete the transcript of a session; False when it has none."""

        def remove(connection: Connection) -> bool:
            removed = review_table.remove_transcript(connection, session_id)
            search_table.update_transcript(connection, session_id, ())
            return removed

        return self._remove(session_id, remove)

    def write_measurement(self, session_id: str, measurement: RecordingMeasurement) -> bool:
        """Write what was measured of the recording of a session; False when the session is gone."""
        with self._write(session_id, erasing=False) as connection:
            if not session_table.has_session(connection, session_id):
                return False
            measurement_table.write_measurement(connection, session_id, measurement)
            return True

    def unmeasured_ids(self) -> tuple[str, ...]:
        """The ids of the sessions whose recording was not measured, newest first."""
        with database.read_transaction(self._engine) as connection:
            return measurement_table.read_unmeasured_ids(connection)

    def write_job(self, job: AcceptedJob) -> None:
        """Write an accepted V2 job, before the API is asked for its result."""
        with self._write(job.run_id) as connection:
            job_table.write_job(connection, job)

    def job(self, run_id: str) -> AcceptedJob | None:
        """The accepted V2 job of a run whose result is not saved yet; None when there is none."""
        query = sa.select(JOBS).where(JOBS.c.run_id == run_id)
        with database.read_transaction(self._engine) as connection:
            row = connection.execute(query).mappings().one_or_none()
        return None if row is None else job_table.read_job(row)

    def delete_job(self, run_id: str) -> None:
        """Delete the accepted V2 job of a run, whose result is saved or will never be."""
        with self._write(run_id) as connection:
            job_table.delete_job(connection, run_id)

    def close(self) -> None:
        """Close the connections to the database."""
        self._engine.dispose()

    def _remove(self, session_id: str, remove: Callable[[Connection], Removed]) -> Removed:
        """Remove a part of a review, on a full disk with the room in reserve."""
        try:
            with self._write(session_id) as connection:
                return remove(connection)
        except LibraryFullError:
            self._use_reserve()
        with self._write(session_id) as connection:
            return remove(connection)

    def _use_reserve(self) -> None:
        """Make room on a full disk: what is in reserve, and what the journal takes."""
        self._file.give_reserve_back()
        database.empty_journal(self._engine)

    @contextmanager
    def _write(self, key: str, *, erasing: bool = True) -> Iterator[Connection]:
        try:
            with database.write_transaction(self._engine, key) as connection:
                yield connection
        except LibraryFullError:
            database.empty_journal(self._engine)  # what was not written takes room in it
            raise
        if erasing:
            database.empty_journal(self._engine)
        self._file.reserve_room()


def _open_engine(url: str) -> Engine:
    with database.library_errors():
        engine = database.create_engine(url)
        try:
            if migrations.update_tables(engine):
                database.empty_journal(engine)
        except BaseException:
            engine.dispose()
            raise
    return engine


def _replace_session(connection: Connection, session: Session) -> None:
    if session.stitch:
        moves = part_table.find_moves(connection, session.id, session.stitch)
        review_table.move_signals(connection, session.id, moves)
    if session.recording_measurement is None:  # what was measured of its recording still holds
        measured = measurement_table.read_measurement(connection, session.id)
        session = replace(session, recording_measurement=measured)
    if session_table.delete_rows(connection, (session.id,)):
        search.optimize_word_index(connection)
    session_table.insert_session(connection, session)


def _insert_review(connection: Connection, session_id: str, review: Review) -> None:
    checked = review_table.checked_review(review)
    review_table.insert_review(connection, session_id, checked)
    search_table.update_notes(connection, session_id)
    search_table.update_transcript(connection, session_id, checked.transcript)
