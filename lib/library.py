"""Where sessions live: one database file, by SQLAlchemy.

An answer is stored as received (compressed) and read anew by `responses.parse` each time it is
loaded, so that there is one reader and nothing paid for is lost to a mistake in it. Lists are
served from summary columns alone.
"""

from __future__ import annotations

import logging
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.engine.interfaces import DBAPIConnection

from lib.failures import LibraryError
from lib.interhuman import responses
from lib.model import Api, Origin, Session

MAX_TITLE = 200  # characters; of a recording's name as well
BUSY_SECONDS = 30  # how long a writer waits for another one
log = logging.getLogger(__name__)

_metadata = sa.MetaData()
_sessions = sa.Table(
    "sessions",
    _metadata,
    sa.Column("id", sa.String, primary_key=True),
    sa.Column("title", sa.String, nullable=False),
    sa.Column("recording_name", sa.String, nullable=False),
    sa.Column("created_at", sa.DateTime, nullable=False, index=True),  # UTC
    sa.Column("origin", sa.String, nullable=False),
    sa.Column("api", sa.String, nullable=False),
    sa.Column("model", sa.String, nullable=False),
    sa.Column("duration", sa.Float),  # seconds
    sa.Column("signals", sa.Integer),  # how many; null when not asked for
    sa.Column("correlation_id", sa.String),
    sa.Column("answer", sa.LargeBinary, nullable=False),  # zlib of the answer as received
)
_submissions = sa.Table(
    "submissions",  # V2 jobs the API accepted and whose result is not saved yet
    _metadata,
    sa.Column("run_id", sa.String, primary_key=True),
    sa.Column("job_id", sa.String, nullable=False),
    sa.Column("model", sa.String, nullable=False),
    sa.Column("recording_name", sa.String, nullable=False),
    sa.Column("duration", sa.Float),
    sa.Column("created_at", sa.DateTime, nullable=False),
    sa.Column("expires_at", sa.DateTime),
)


@dataclass(frozen=True, slots=True)
class Summary:
    """One line of the list of sessions; `signals` is a count, None when not asked for."""

    id: str
    title: str
    recording_name: str
    created_at: datetime
    origin: Origin
    api: Api
    model: str
    duration: float | None
    signals: int | None


@dataclass(frozen=True, slots=True)
class Submission:
    """A V2 job that the API accepted, kept until its result is saved."""

    run_id: str
    job_id: str
    model: str
    recording_name: str
    duration: float | None
    created_at: datetime
    expires_at: datetime | None


class Library:
    """Sessions in the database that `url` names; it is created where there is none."""

    def __init__(self, url: str) -> None:
        with _translated():
            self._engine = _engine(url)
            _metadata.create_all(self._engine)

    def save(self, session: Session) -> None:
        """Write a session, whole or not at all, replacing one of the same id."""
        row = {
            "id": session.id,
            "title": _line(session.title),
            "recording_name": _line(session.recording_name),
            "created_at": _naive(session.created_at),
            "origin": session.origin,
            "api": session.analysis.api,
            "model": session.analysis.model,
            "duration": session.duration,
            "signals": None if session.analysis.signals is None else len(session.analysis.signals),
            "correlation_id": session.analysis.correlation_id,
            "answer": zlib.compress(session.analysis.raw.encode("utf-8", "surrogatepass")),
        }
        with self._begin() as connection:
            connection.execute(sa.delete(_sessions).where(_sessions.c.id == session.id))
            connection.execute(sa.insert(_sessions).values(row))

    def load(self, session_id: str) -> Session | None:
        """The session of this id, its analysis parsed; None when there is none."""
        query = sa.select(_sessions).where(_sessions.c.id == session_id)
        with self._begin() as connection:
            row = connection.execute(query).mappings().one_or_none()
        if row is None:
            return None
        with _translated():
            answer = zlib.decompress(row["answer"]).decode("utf-8", "surrogatepass")
        analysis = responses.parse(answer, api=row["api"], correlation_id=row["correlation_id"])
        return Session(
            id=row["id"],
            title=row["title"],
            created_at=_aware(row["created_at"]),
            origin=row["origin"],
            recording_name=row["recording_name"],
            duration=row["duration"],
            analysis=replace(analysis, model=row["model"]),
        )

    def summaries(self, *, offset: int = 0, limit: int = 50) -> tuple[Summary, ...]:
        """Sessions, newest first, without their answers."""
        columns = [_sessions.c[name] for name in Summary.__dataclass_fields__]
        query = sa.select(*columns).order_by(_sessions.c.created_at.desc(), _sessions.c.id)
        with self._begin() as connection:
            rows = connection.execute(query.offset(offset).limit(limit)).mappings().all()
        return tuple(Summary(**{**row, "created_at": _aware(row["created_at"])}) for row in rows)

    def count(self) -> int:
        """How many sessions there are."""
        with self._begin() as connection:
            return cast("int", connection.scalar(sa.select(sa.func.count()).select_from(_sessions)))

    def rename(self, session_id: str, title: str) -> bool:
        """Give a session another title; False when it is gone or the title is empty."""
        if not _line(title):
            return False
        change = sa.update(_sessions).where(_sessions.c.id == session_id)
        with self._begin() as connection:
            return connection.execute(change.values(title=_line(title))).rowcount > 0

    def delete(self, session_id: str) -> bool:
        """Delete a session; False when there was none."""
        with self._begin() as connection:
            gone = connection.execute(sa.delete(_sessions).where(_sessions.c.id == session_id))
            return gone.rowcount > 0

    def note(self, submission: Submission) -> None:
        """Write down an accepted V2 job, before it is first asked for."""
        row = {name: getattr(submission, name) for name in Submission.__dataclass_fields__}
        row["recording_name"] = _line(submission.recording_name)
        row["created_at"] = _naive(submission.created_at)
        row["expires_at"] = submission.expires_at and _naive(submission.expires_at)
        with self._begin() as connection:
            connection.execute(
                sa.delete(_submissions).where(_submissions.c.run_id == submission.run_id)
            )
            connection.execute(sa.insert(_submissions).values(row))

    def submission(self, run_id: str) -> Submission | None:
        """The accepted job of a run whose result is not saved yet, or None."""
        query = sa.select(_submissions).where(_submissions.c.run_id == run_id)
        with self._begin() as connection:
            row = connection.execute(query).mappings().one_or_none()
        if row is None:
            return None
        expires_at = row["expires_at"] and _aware(row["expires_at"])
        return Submission(
            **{**row, "created_at": _aware(row["created_at"]), "expires_at": expires_at}
        )

    def forget(self, run_id: str) -> None:
        """Drop the note of an accepted job: its result is saved, or will never be."""
        with self._begin() as connection:
            connection.execute(sa.delete(_submissions).where(_submissions.c.run_id == run_id))

    def close(self) -> None:
        """Give the database's connections back."""
        self._engine.dispose()

    @contextmanager
    def _begin(self) -> Iterator[Connection]:
        with _translated(), self._engine.begin() as connection:
            yield connection


def sqlite_url(path: Path) -> str:
    """The URL of a library in a file; its folder is made."""
    with _translated():
        path.parent.mkdir(parents=True, exist_ok=True)
    return f"sqlite:///{path}"


def _engine(url: str) -> Engine:
    if not url.startswith("sqlite"):
        return sa.create_engine(url)
    engine = sa.create_engine(url, connect_args={"timeout": BUSY_SECONDS})
    sa.event.listen(engine, "connect", _prepare_sqlite)
    return engine


def _prepare_sqlite(connection: DBAPIConnection, _: Any) -> None:  # noqa: ANN401  SQLAlchemy's record
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")  # readers never wait for a writer
    cursor.execute("PRAGMA secure_delete=ON")  # a deleted session is not left in free pages
    cursor.close()


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except (sa.exc.SQLAlchemyError, zlib.error, OSError, ImportError) as error:
        log.warning("The library cannot be reached: %s", type(error).__name__, exc_info=error)
        raise LibraryError from error


def _line(text: str) -> str:
    # A lone surrogate, which JSON can carry, fits into no database.
    return " ".join(text.encode("utf-8", "replace").decode().split())[:MAX_TITLE]


def _naive(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(tzinfo=None)


def _aware(moment: datetime) -> datetime:
    return moment.replace(tzinfo=UTC)
