"""Accounts of which nothing is sent until somebody says so; why is JSON that others write."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from lib.library import database
from lib.library.tables import PAUSES


class Table:
    """Pauses in the database of an engine, whose tables are there."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def of(self, account: str) -> str | None:
        """Why nothing of this account is sent, or None."""
        with database.reading(self._engine) as connection:
            return connection.scalar(sa.select(PAUSES.c.failure).where(PAUSES.c.account == account))

    def begin(self, account: str, failure: str) -> None:
        """Let nothing of an account be sent until `end`."""
        with database.writing(self._engine, f"pause {account}") as connection:
            connection.execute(sa.delete(PAUSES).where(PAUSES.c.account == account))
            connection.execute(sa.insert(PAUSES).values(account=account, failure=failure))

    def end(self) -> None:
        """End every pause."""
        with database.writing(self._engine, "pauses") as connection:
            connection.execute(sa.delete(PAUSES))
