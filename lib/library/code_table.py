"""Rows of codebooks, inside a transaction of the caller; each version is written once.

What a file brought gives its coded spans their meaning. One codes by what was written here alone: a
file that says that it is a newer version of a codebook takes over nobody's.
"""

from __future__ import annotations

import itertools
import json
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from lib.errors import LibraryDamagedError
from lib.interchange import coding_json
from lib.interchange.codebook.limits import checked_codebook
from lib.library.database import aware_utc, naive_utc
from lib.library.tables import CODEBOOKS
from lib.model import Code, Codebook

MAX_STATEMENT_IDS = 500  # databases limit how many values a statement has
_NEWEST = sa.desc(CODEBOOKS.c.written_at)
_WRITTEN_HERE = CODEBOOKS.c.imported.is_(False)
_OF_FILES = uuid.UUID("5a6e64cc-7c3f-4f0c-9a43-6d8a0f6f3f0e")  # ids are made within it
Key = tuple[str, int]  # id and version


def read_codebooks(connection: Connection) -> tuple[Codebook, ...]:
    """The latest version of each codebook that was written here, the one written last first."""
    latest = (
        sa.select(CODEBOOKS.c.id, sa.func.max(CODEBOOKS.c.version).label("version"))
        .where(_WRITTEN_HERE)
        .group_by(CODEBOOKS.c.id)
        .subquery()
    )
    same = (CODEBOOKS.c.id == latest.c.id) & (CODEBOOKS.c.version == latest.c.version)
    query = sa.select(CODEBOOKS).join(latest, same).order_by(_NEWEST, CODEBOOKS.c.id)
    return tuple(map(_read_row, connection.execute(query).mappings()))


def read_versions(connection: Connection, wanted: Iterable[Key]) -> tuple[Codebook, ...]:
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

    Raises:
        CodebookError: no version is left for them.
    """
    same = sa.select(CODEBOOKS).where(_WRITTEN_HERE, CODEBOOKS.c.name == name)
    query = same.order_by(_NEWEST, sa.desc(CODEBOOKS.c.version)).limit(1)
    row = connection.execute(query).mappings().one_or_none()
    known = None if row is None else _read_row(row)
    if known and known.codes == codes:
        return known
    key = (known.id, _next_version(connection, known.id)) if known else (uuid.uuid4().hex, 1)
    codebook = checked_codebook(Codebook(*key, name, codes, now))
    _insert(connection, codebook, imported=False)
    return codebook


def _next_version(connection: Connection, codebook_id: str) -> int:
    """The first number after those written here that no file has taken."""
    query = sa.select(CODEBOOKS.c.version, CODEBOOKS.c.imported)
    rows = connection.execute(query.where(CODEBOOKS.c.id == codebook_id)).all()
    last = max((version for version, imported in rows if not imported), default=0)
    taken = {version for version, _ in rows}
    return next(version for version in itertools.count(last + 1) if version not in taken)


def bring_in(connection: Connection, codebooks: Iterable[Codebook]) -> dict[Key, Key]:
    """Insert the versions of a file that are not here, and say where each is found from now on.

    A version that is here with other codes stays as it is, and the file's comes in under an id of
    its own: the same one, however often it is brought. Of two with one key the first counts.
    """
    found: dict[Key, Key] = {}
    for codebook in codebooks:
        key = (codebook.id, codebook.version)
        if key not in found:
            found[key] = _bring_one(connection, codebook)
    return found


def _bring_one(connection: Connection, codebook: Codebook) -> Key:
    while here := read_versions(connection, [(codebook.id, codebook.version)]):
        if here[0].codes == codebook.codes:
            return codebook.id, codebook.version
        codebook = replace(codebook, id=_id_of_its_own(codebook))
    _insert(connection, codebook, imported=True)
    return codebook.id, codebook.version


def _id_of_its_own(codebook: Codebook) -> str:
    """An id that is made of what the version says, so that it is the same every time."""
    return uuid.uuid5(_OF_FILES, f"{codebook.id} {_dump_codes(codebook)}").hex


def _insert(connection: Connection, codebook: Codebook, *, imported: bool) -> None:
    row = {
        "id": codebook.id,
        "version": codebook.version,
        "name": codebook.name,
        "codes": _dump_codes(codebook),
        "written_at": naive_utc(codebook.written_at),
        "imported": imported,
    }
    connection.execute(sa.insert(CODEBOOKS).values(row))


def _dump_codes(codebook: Codebook) -> str:
    return json.dumps(coding_json.dump_codes(codebook.codes), ensure_ascii=False)


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
