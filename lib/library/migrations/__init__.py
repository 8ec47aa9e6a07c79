"""Bring the tables of a database to the latest revision, before anything else reads them.

A revision is a module in `versions/`, named by its number and applied by Alembic; one that has
been released is never changed. The usual start is one question to the database. Only a library of
an older app loads Alembic; an empty database gets its tables as they are today, which a test holds
equal to all revisions together.
"""

from __future__ import annotations

import threading
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from lib.errors import LibraryNewerError
from lib.library import database
from lib.library.tables import METADATA, WORD_INDEX

# Every module of `versions/`, newest last.
REVISIONS = (
    *("0001", "0002", "0003", "0004", "0005", "0006", "0007", "0008", "0009", "0010"),
    *("0011", "0012", "0013", "0014"),
)
LATEST = REVISIONS[-1]
VERSIONS = sa.Table(  # as Alembic keeps it
    "alembic_version", sa.MetaData(), sa.Column("version_num", sa.String(32), primary_key=True)
)
_alembic_lock = threading.Lock()  # Alembic knows one context a process


def update_tables(engine: Engine) -> bool:
    """Create the tables, or apply the revisions they lack, all or nothing.

    Of several processes that start at once, one does it and the others wait for it.

    Returns:
        Whether this process did it; False where the tables were up to date.

    Raises:
        LibraryNewerError: a newer app than this one wrote them.
    """
    with engine.begin() as connection:
        revision = read_revision(connection)
    if revision == LATEST:
        return False
    with _alembic_lock, engine.begin() as connection:
        database.lock(connection, "the tables")
        revision = read_revision(connection)  # it may have changed while this process waited
        if revision == LATEST:
            return False
        if revision is None and not sa.inspect(connection).has_table("sessions"):
            METADATA.create_all(connection)
            for statement in WORD_INDEX[engine.dialect.name]:
                connection.exec_driver_sql(statement)
            VERSIONS.create(connection, checkfirst=True)
            connection.execute(sa.insert(VERSIONS).values(version_num=LATEST))
        elif revision is None or revision in REVISIONS:
            apply_revisions(connection, LATEST)
        else:
            raise LibraryNewerError
    return True


def read_revision(connection: Connection) -> str | None:
    """The revision of the tables; None before the first, or where there are no tables."""
    if not sa.inspect(connection).has_table(VERSIONS.name):
        return None
    return connection.scalar(sa.select(VERSIONS.c.version_num))


def apply_revisions(connection: Connection, target: str) -> None:
    """Apply the revisions up to `target`, in the transaction of the connection."""
    from alembic import command  # noqa: PLC0415  a start that finds the latest tables needs none
    from alembic.config import Config  # noqa: PLC0415  see above

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, target)
