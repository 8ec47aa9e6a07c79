"""Connect to the library's database: its URL, engine, transactions and errors.

SQLite in a file, or PostgreSQL. Nothing else knows which of the two it is, but for `search`.
"""

from __future__ import annotations

import errno
import hashlib
import logging
import sqlite3
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.engine.interfaces import DBAPIConnection, DBAPICursor

from lib.errors import (
    LibraryAddressError,
    LibraryBusyError,
    LibraryDamagedError,
    LibraryError,
    LibraryFullError,
    LibraryReadOnlyError,
)

MAX_TITLE = 200  # characters; of a recording's name as well
BUSY_SECONDS = 30  # how long a writer waits for another one
BUSY_RETRY_SECONDS = 0.02
JOURNAL_WAIT_SECONDS = 2  # how long what was deleted may wait for whoever still reads it
MAX_CONNECTION_SECONDS = 300  # an older connection is not used again: hosts drop idle ones
DRIVERS = {
    "sqlite": "sqlite",
    "sqlite+pysqlite": "sqlite",
    "postgres": "postgresql+psycopg",  # how hosts hand addresses out
    "postgresql": "postgresql+psycopg",
    "postgresql+psycopg": "postgresql+psycopg",
}
POSTGRESQL_ARGUMENTS = {
    "connect_timeout": 10,  # seconds
    "tcp_user_timeout": 30_000,  # milliseconds until a host that vanished counts as gone
    "prepare_threshold": None,  # a pooler between us and the database keeps no statements
}
FULL_CODES = ("SQLITE_FULL", "53100")
READ_ONLY_CODES = ("SQLITE_READONLY", "SQLITE_PERM", "42501", "25006")
READ_ONLY_ERRORS = (errno.EACCES, errno.EPERM, errno.EROFS)
BUSY_CODES = ("SQLITE_BUSY", "SQLITE_LOCKED", "55P03", "40P01", "40001", "53300")
DAMAGED_CODES = ("SQLITE_CORRUPT", "SQLITE_NOTADB", "XX001", "XX002")
UNPACK_ERRORS = (zlib.error, UnicodeDecodeError)  # what unpacking a damaged column raises
log = logging.getLogger(__name__)


def sqlite_url(path: Path) -> str:
    """The URL of an SQLite library in a file, whose folder is created, for its owner alone.

    A folder that is there already is closed as well where the path is relative: then it is the
    app's own, and not one that others may use too.
    """
    folder = path.parent
    with library_errors():
        made = not folder.exists()
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if made or not (path.is_absolute() or folder == Path()):
            with suppress(PermissionError):  # it is another user's
                folder.chmod(0o700)
    return f"sqlite:///{path}"


def create_engine(url: str) -> Engine:
    """The SQLAlchemy engine of the database that `url` names, not yet connected.

    Raises:
        LibraryAddressError: it names no database that can be used.
    """
    parsed = read_url(url)
    if parsed.drivername == "sqlite":
        # A statement in an error would carry what people wrote into the log.
        engine = sa.create_engine(
            parsed, connect_args={"timeout": BUSY_SECONDS}, hide_parameters=True
        )
        sa.event.listen(engine, "connect", _prepare_sqlite)
        return engine
    return sa.create_engine(
        parsed,
        connect_args={
            key: POSTGRESQL_ARGUMENTS[key]
            for key in POSTGRESQL_ARGUMENTS
            if key not in parsed.query
        },
        pool_pre_ping=True,  # a connection that broke meanwhile is replaced
        pool_recycle=MAX_CONNECTION_SECONDS,
        hide_parameters=True,
    )


def read_url(url: str) -> sa.URL:
    """The URL of a database, with the driver that is used for it.

    Raises:
        LibraryAddressError: it names no database that can be used.
    """
    try:
        parsed = sa.make_url(url)
    except (sa.exc.ArgumentError, ValueError):
        raise LibraryAddressError from None  # what was raised may quote a part of a password
    if parsed.drivername not in DRIVERS:
        raise LibraryAddressError
    return parsed.set(drivername=DRIVERS[parsed.drivername])


def _prepare_sqlite(connection: DBAPIConnection, _: Any) -> None:  # noqa: ANN401  SQLAlchemy's record
    cursor = connection.cursor()
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.execute("PRAGMA secure_delete=ON")  # a deleted session is not left in free pages
    set_journal_mode(cursor)
    cursor.close()


def set_journal_mode(cursor: DBAPICursor) -> None:
    """Set SQLite to write-ahead logging, so that readers never wait for a writer.

    Where another process does the same at this moment, SQLite fails at once instead of waiting;
    so this tries again for BUSY_SECONDS.
    """
    deadline = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            cursor.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorname not in BUSY_CODES or time.monotonic() > deadline:
                raise
            time.sleep(BUSY_RETRY_SECONDS)
        else:
            return


def lock(connection: Connection, key: str) -> None:
    """Lock what `key` names until this transaction ends; on SQLite, the whole database."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        return
    digest = hashlib.blake2b(key.encode("utf-8", "replace"), digest_size=8).digest()
    wait = sa.func.set_config("lock_timeout", f"{BUSY_SECONDS}s", sa.true())
    connection.execute(sa.select(wait))
    number = int.from_bytes(digest, signed=True)
    connection.execute(sa.select(sa.func.pg_advisory_xact_lock(number)))


@contextmanager
def read_transaction(engine: Engine) -> Iterator[Connection]:
    """A transaction that only reads; whatever fails is raised as a LibraryError."""
    with library_errors(), engine.begin() as connection:
        yield connection


@contextmanager
def write_transaction(engine: Engine, key: str) -> Iterator[Connection]:
    """A transaction with the lock of `key`; whatever fails is raised as a LibraryError."""
    with read_transaction(engine) as connection:
        lock(connection, key)
        yield connection


def empty_journal(engine: Engine) -> None:
    """Empty SQLite's journal, so that nothing deleted or changed can be recovered from it.

    While another process reads the older rows, they stay until the next write, or until nobody
    has the file open. PostgreSQL does this by itself, when it vacuums.
    """
    if engine.dialect.name != "sqlite":
        return
    try:
        with engine.connect() as connection:
            connection.exec_driver_sql(f"PRAGMA busy_timeout={int(JOURNAL_WAIT_SECONDS * 1000)}")
            try:
                still_read, *_ = connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").one()
            finally:
                connection.exec_driver_sql(f"PRAGMA busy_timeout={BUSY_SECONDS * 1000}")
    except sa.exc.SQLAlchemyError as error:  # what was to be written is written all the same
        log.warning("The journal of the library was not emptied", exc_info=error)
        return
    if still_read:
        log.info("The journal of the library could not be emptied yet: somebody reads it")


@contextmanager
def library_errors() -> Iterator[None]:
    """Raise whatever a database, its file or its driver raises as a LibraryError."""
    try:
        yield
    except (sa.exc.SQLAlchemyError, *UNPACK_ERRORS, OSError, ImportError) as error:
        log.warning("The library failed: %s", type(error).__name__, exc_info=error)
        raise _error_class(error) from error


def _error_class(error: Exception) -> type[LibraryError]:
    cause = getattr(error, "orig", None) or error
    code = getattr(cause, "sqlstate", None) or getattr(cause, "sqlite_errorname", None) or ""
    if code.startswith(FULL_CODES) or getattr(cause, "errno", None) in (errno.ENOSPC, errno.EDQUOT):
        return LibraryFullError
    if code.startswith(READ_ONLY_CODES) or getattr(cause, "errno", None) in READ_ONLY_ERRORS:
        return LibraryReadOnlyError
    if code.startswith(BUSY_CODES) or isinstance(error, sa.exc.TimeoutError):
        return LibraryBusyError
    if code.startswith(DAMAGED_CODES) or isinstance(error, UNPACK_ERRORS):
        return LibraryDamagedError
    return LibraryError


def naive_utc(moment: datetime) -> datetime:
    """The moment in UTC without its time zone, as columns store it."""
    return moment.astimezone(UTC).replace(tzinfo=None)


def aware_utc(moment: datetime) -> datetime:
    """The moment of a column, with UTC as its time zone."""
    return moment.replace(tzinfo=UTC)
