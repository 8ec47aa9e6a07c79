"""The database of the library: its engine, its errors, and values as its columns hold them."""

from __future__ import annotations

import logging
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlalchemy.engine.interfaces import DBAPIConnection

from lib.failures import LibraryError

MAX_TITLE = 200  # characters; of a recording's name as well
BUSY_SECONDS = 30  # how long a writer waits for another one
log = logging.getLogger(__name__)


def sqlite_url(path: Path) -> str:
    """The URL of a library in a file; its folder is made."""
    with translated():
        path.parent.mkdir(parents=True, exist_ok=True)
    return f"sqlite:///{path}"


def engine(url: str) -> Engine:
    """The database that `url` names, not yet connected to."""
    if not url.startswith("sqlite"):
        return sa.create_engine(url)
    made = sa.create_engine(url, connect_args={"timeout": BUSY_SECONDS})
    sa.event.listen(made, "connect", _prepare_sqlite)
    return made


def _prepare_sqlite(connection: DBAPIConnection, _: Any) -> None:  # noqa: ANN401  SQLAlchemy's record
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")  # readers never wait for a writer
    cursor.execute("PRAGMA secure_delete=ON")  # a deleted session is not left in free pages
    cursor.close()


@contextmanager
def translated() -> Iterator[None]:
    """Turn whatever a database, its file or its driver raises into LibraryError."""
    try:
        yield
    except (sa.exc.SQLAlchemyError, zlib.error, OSError, ImportError) as error:
        log.warning("The library cannot be reached: %s", type(error).__name__, exc_info=error)
        raise LibraryError from error


def line(text: str) -> str:
    """The text as one line of at most MAX_TITLE characters."""
    # A lone surrogate, which JSON can carry, fits into no database.
    return " ".join(text.encode("utf-8", "replace").decode().split())[:MAX_TITLE]


def naive(moment: datetime) -> datetime:
    """The moment in UTC, without saying so: columns carry no time zone."""
    return moment.astimezone(UTC).replace(tzinfo=None)


def aware(moment: datetime) -> datetime:
    """The moment of a column, which is UTC."""
    return moment.replace(tzinfo=UTC)
