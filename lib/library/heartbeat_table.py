"""Heartbeats of the processes that share a library, timed by the one clock they share."""

from __future__ import annotations

import time

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from lib.library import database
from lib.library.tables import HEARTBEATS

LOCK_KEY = "heartbeats"


class HeartbeatTable:
    """The table of heartbeats, in the database of an engine whose tables exist."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def beat(self, node: str, folder: str, *, dead_after: float) -> dict[str, str]:
        """Write the heartbeat of a process (`node`) and its folder of recordings.

        `dead_after` is in seconds.

        Returns:
            The folder of each process whose last heartbeat is younger than that, by its id.
        """
        with database.write_transaction(self._engine, LOCK_KEY) as connection:
            now = _read_clock(connection)
            update = (
                sa.update(HEARTBEATS).where(HEARTBEATS.c.id == node).values(seen=now, folder=folder)
            )
            if not connection.execute(update).rowcount:
                connection.execute(sa.insert(HEARTBEATS).values(id=node, folder=folder, seen=now))
            # Long dead, so that nobody's run can still be theirs; a clock set back revives nobody.
            connection.execute(
                sa.delete(HEARTBEATS).where(HEARTBEATS.c.seen < now - 100 * dead_after)
            )
            recent = HEARTBEATS.c.seen.between(now - dead_after, now + dead_after)
            rows = connection.execute(sa.select(HEARTBEATS.c.id, HEARTBEATS.c.folder).where(recent))
            return {row.id: row.folder for row in rows}

    def leave(self, node: str) -> None:
        """Delete the heartbeat of a process that ends."""
        with database.write_transaction(self._engine, LOCK_KEY) as connection:
            connection.execute(sa.delete(HEARTBEATS).where(HEARTBEATS.c.id == node))


def _read_clock(connection: Connection) -> float:
    """The time on the clock that all processes share: the server's, or this machine's."""
    if connection.dialect.name == "sqlite":
        return time.time()
    return float(connection.scalar(sa.text("SELECT extract(epoch FROM clock_timestamp())")) or 0.0)
