"""Pauses of accounts whose quota is used up: nothing is sent until somebody ends them."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from lib.errors import Problem
from lib.library import database
from lib.library.problems import dump_problem, load_problem
from lib.library.tables import QUOTA_PAUSES


class QuotaPauseTable:
    """The table of quota pauses, in the database of an engine whose tables exist."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def get(self, account: str) -> Problem | None:
        """The problem for which an account is paused; None when it is not."""
        with database.read_transaction(self._engine) as connection:
            query = sa.select(QUOTA_PAUSES.c.failure).where(QUOTA_PAUSES.c.account == account)
            text = connection.scalar(query)
        return load_problem(text)

    def begin(self, account: str, failure: Problem) -> None:
        """Pause an account until `end`, for this problem."""
        with database.write_transaction(self._engine, f"pause {account}") as connection:
            connection.execute(sa.delete(QUOTA_PAUSES).where(QUOTA_PAUSES.c.account == account))
            pause = {"account": account, "failure": dump_problem(failure)}
            connection.execute(sa.insert(QUOTA_PAUSES).values(pause))

    def end(self) -> None:
        """End every pause."""
        with database.write_transaction(self._engine, "pauses") as connection:
            connection.execute(sa.delete(QUOTA_PAUSES))
