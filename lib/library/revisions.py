"""The tables of a database, brought to what this code knows before anything is read.

The usual start is one question to the database. Only a library of an older app loads Alembic;
an empty database gets its tables as they are today, which a test holds equal to all the steps.
"""

from __future__ import annotations

import threading
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from lib.errors import LibraryNewerError
from lib.library import database
from lib.library.tables import FOUND, METADATA

REVISIONS = (
    "0001",
    "0002",
    "0003",
    "0004",
    "0005",
)  # every step of `migrations/versions`, the newest last
LATEST = REVISIONS[-1]
VERSIONS = sa.Table(  # as Alembic keeps it
    "alembic_version", sa.MetaData(), sa.Column("version_num", sa.String(32), primary_key=True)
)
_one_at_a_time = threading.Lock()  # Alembic knows one context a process


def prepare(engine: Engine) -> bool:
    """Make or bring up to date the tables that are there, all or nothing.

    Of several processes that start at once, one does it and the others wait for it. True when
    this one did it.

    Raises:
        LibraryNewerError: a newer app than this one wrote them.
    """
    with engine.begin() as connection:
        found = revision(connection)
    if found == LATEST:
        return False
    with _one_at_a_time, engine.begin() as connection:
        database.hold(connection, "the tables")
        found = revision(connection)  # it may have been done while this process waited
        if found == LATEST:
            return False
        if found is None and not sa.inspect(connection).has_table("sessions"):
            METADATA.create_all(connection)
            for statement in FOUND[engine.dialect.name]:
                connection.exec_driver_sql(statement)
            VERSIONS.create(connection, checkfirst=True)
            connection.execute(sa.insert(VERSIONS).values(version_num=LATEST))
        elif found is None or found in REVISIONS:
            upgrade(connection, LATEST)
        else:
            raise LibraryNewerError
    return True


def revision(connection: Connection) -> str | None:
    """The step that the tables stand at; None before the first, or where there are none."""
    if not sa.inspect(connection).has_table(VERSIONS.name):
        return None
    return connection.scalar(sa.select(VERSIONS.c.version_num))


def upgrade(connection: Connection, target: str) -> None:
    """Apply the steps up to `target`, in the transaction of the connection."""
    from alembic import command  # noqa: PLC0415  a start that finds the latest tables needs none
    from alembic.config import Config  # noqa: PLC0415  see above

    config = Config()
    place = str(Path(__file__).parent / "migrations")
    config.set_main_option("script_location", place.replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, target)
