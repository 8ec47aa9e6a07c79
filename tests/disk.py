"""SQLite waits for no disk in tests, as their PostgreSQL: they kill processes, never the power."""

import sqlite3
from contextlib import suppress

import sqlalchemy as sa
from sqlalchemy.engine import Engine


@sa.event.listens_for(Engine, "connect")
def wait_for_no_disk(connection, _):
    """What was written stands with the system once a transaction is over, and soon on the disk."""
    if isinstance(connection, sqlite3.Connection):
        with suppress(sqlite3.DatabaseError):  # of a file that is none, the app is to say so
            connection.execute("PRAGMA synchronous=OFF")
