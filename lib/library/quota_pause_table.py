"""Accounts of which nothing is sent until somebody says so. Knows SQLAlchemy."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from lib.errors import Problem
from lib.library import database
from lib.library.problems import dump_problem, load_problem
from lib.library.tables import QUOTA_PAUSES


class QuotaPauseTable:
    """Pauses in the database of an engine, whose tables are there."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def get(self, account: str) -> Problem | None:
        """Why nothing of this account is sent, or None."""
        with database.read_transaction(self._engine) as connection:
            query = sa.select(QUOTA_PAUSES.c.failure).where(QUOTA_PAUSES.c.account == account)
            text = connection.scalar(query)
        return load_problem(text)

    def begin(self, account: str, failure: Problem) -> None:
        """Let nothing of an account be sent until `end`."""
        with database.write_transaction(self._engine, f"pause {account}") as connection:
            connection.execute(sa.delete(QUOTA_PAUSES).where(QUOTA_PAUSES.c.account == account))
            pause = {"account": account, "failure": dump_problem(failure)}
            connection.execute(sa.insert(QUOTA_PAUSES).values(pause))

    def end(self) -> None:
        """End every pause."""
        with database.write_transaction(self._engine, "pauses") as connection:
            connection.execute(sa.delete(QUOTA_PAUSES))
