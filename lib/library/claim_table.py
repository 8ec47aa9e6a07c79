"""Claims as rows: the spans and marks of each stand in one column, as JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from lib.errors import LibraryDamagedError
from lib.library.database import aware_utc, naive_utc
from lib.library.tables import CLAIMS
from lib.model import Claim, Mark
from lib.plain_text import one_line

_CHANGED = ("text", "filter", "signals", "total", "marks", "imported")  # by an edit


def read_claims(
    connection: Connection, session_id: str, same: sa.ColumnElement[bool] | None = None
) -> list[Claim]:
    """The claims on a session in the order written; of these those that `same` lets through."""
    columns = [CLAIMS.c[name] for name in Claim.__dataclass_fields__]
    query = sa.select(*columns).where(CLAIMS.c.session_id == session_id).order_by(CLAIMS.c.place)
    if same is not None:
        query = query.where(same)
    return [_read_claim(row) for row in connection.execute(query).mappings()]


def find_claim(connection: Connection, session_id: str, claim_id: str) -> Claim | None:
    """The claim of this id; None when there is none."""
    found = read_claims(connection, session_id, CLAIMS.c.id == claim_id)
    return found[0] if found else None


def write_claim(connection: Connection, session_id: str, claim: Claim) -> bool:
    """Update one's own claim of this id or insert it; False when the id is another reviewer's."""
    stored = find_claim(connection, session_id, claim.id)
    values = claim_values(session_id, claim)
    if stored is None:
        connection.execute(sa.insert(CLAIMS).values(values))
        return True
    if stored.reviewer != claim.reviewer:
        return False
    same = (CLAIMS.c.session_id == session_id) & (CLAIMS.c.id == claim.id)
    changed = {name: values[name] for name in _CHANGED}
    connection.execute(sa.update(CLAIMS).where(same).values(changed))
    return True


def remove_claim(connection: Connection, session_id: str, claim_id: str, reviewer: str) -> bool:
    """Delete one's own claim; False when there is none."""
    deletion = sa.delete(CLAIMS).where(
        CLAIMS.c.session_id == session_id,
        CLAIMS.c.id == claim_id,
        CLAIMS.c.reviewer == one_line(reviewer),
    )
    return connection.execute(deletion).rowcount > 0


def claim_values(session_id: str, claim: Claim) -> dict[str, Any]:
    """The row of a claim."""
    values = {name: getattr(claim, name) for name in claim.__dataclass_fields__}
    return {
        **values,
        "session_id": session_id,
        "signals": json.dumps(claim.signals),
        "marks": json.dumps(claim.marks),
        "written_at": naive_utc(claim.written_at),
    }


def _read_claim(row: Mapping[Any, Any]) -> Claim:
    """The claim of a row.

    Raises:
        LibraryDamagedError: its spans or marks cannot be read.
    """
    try:
        signals = tuple(map(int, json.loads(row["signals"])))
        marks = tuple(Mark(*mark) for mark in json.loads(row["marks"]))
    except (ValueError, TypeError) as error:
        raise LibraryDamagedError from error
    values = {**row, "signals": signals, "marks": marks}
    return Claim(**{**values, "written_at": aware_utc(row["written_at"])})
