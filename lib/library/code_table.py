"""Rows of codebooks, inside a transaction of the caller; each version is written once."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from lib.errors import LibraryDamagedError
from lib.interchange import coding_json
from lib.library.database import aware_utc, naive_utc
from lib.library.tables import CODEBOOKS
from lib.model import Code, Codebook

MAX_STATEMENT_IDS = 500  # databases limit how many values a statement has
_NEWEST = sa.desc(CODEBOOKS.c.written_at)


def read_codebooks(connection: Connection) -> tuple[Codebook, ...]:
    """The latest version of each codebook, the one written last first."""
    latest = (
        sa.select(CODEBOOKS.c.id, sa.func.max(CODEBOOKS.c.version).label("version"))
        .group_by(CODEBOOKS.c.id)
        .subquery()
    )
    same = (CODEBOOKS.c.id == latest.c.id) & (CODEBOOKS.c.version == latest.c.version)
    query = sa.select(CODEBOOKS).join(latest, same).order_by(_NEWEST, CODEBOOKS.c.id)
    return tuple(map(_read_row, connection.execute(query).mappings()))


def read_versions(
    connection: Connection, wanted: Iterable[tuple[str, int]]
) -> tuple[Codebook, ...]:
    """These versions, by id and number, as far as they are here, in their order."""
    keys, table = set(wanted), CODEBOOKS
    ids = sorted({key for key, _ in keys})
    found = []
    for at in range(0, len(ids), MAX_STATEMENT_IDS):  # a file may name any number of them
        query = sa.select(table).where(table.c.id.in_(ids[at : at + MAX_STATEMENT_IDS]))
        rows = connection.execute(query.order_by(table.c.id, table.c.version)).mappings()
        found += [_read_row(row) for row in rows if (row["id"], row["version"]) in keys]
    return tuple(found)


def write_codes(
    connection: Connection, name: str, codes: tuple[Code, ...], now: datetime
) -> Codebook:
    """Write codes as a codebook: of one that has this name the next version, else a new one.

    The same codes again are the version that is there.
    """
    same = sa.select(CODEBOOKS).where(CODEBOOKS.c.name == name)
    query = same.order_by(_NEWEST, sa.desc(CODEBOOKS.c.version)).limit(1)
    row = connection.execute(query).mappings().one_or_none()
    known = None if row is None else _read_row(row)
    if known and known.codes == codes:
        return known
    last = (
        connection.scalar(
            sa.select(sa.func.max(CODEBOOKS.c.version)).where(CODEBOOKS.c.id == known.id)
        )
        if known
        else 0
    )
    codebook = Codebook(known.id if known else uuid.uuid4().hex, last + 1, name, codes, now)
    insert_missing(connection, [codebook])
    return codebook


def insert_missing(connection: Connection, codebooks: Iterable[Codebook]) -> None:
    """Insert the versions that are not here; one that is stays as it is."""
    for codebook in codebooks:
        if not read_versions(connection, [(codebook.id, codebook.version)]):
            row = {
                "id": codebook.id,
                "version": codebook.version,
                "name": codebook.name,
                "codes": json.dumps(coding_json.dump_codes(codebook.codes), ensure_ascii=False),
                "written_at": naive_utc(codebook.written_at),
            }
            connection.execute(sa.insert(CODEBOOKS).values(row))


def _read_row(row: Mapping[Any, Any]) -> Codebook:
    try:
        codes = coding_json.load_codes(json.loads(row["codes"]))
    except (ValueError, TypeError, KeyError) as error:
        raise LibraryDamagedError from error
    return Codebook(
        id=row["id"],
        version=row["version"],
        name=row["name"],
        codes=codes,
        written_at=aware_utc(row["written_at"]),
    )
