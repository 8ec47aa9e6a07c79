"""Rows of parts, and answers as they are stored, inside a transaction of the caller."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Sequence

import sqlalchemy as sa
from sqlalchemy.engine import Connection, RowMapping

from lib.errors import ApiError, LibraryDamagedError, StoredAnswerError
from lib.interhuman import parser, stitch
from lib.library.tables import PARTS
from lib.model import Analysis, Api, Gap, Part, Stitch

TIMES = ("start", "end", "core_start", "core_end")


def insert_parts(connection: Connection, session_id: str, parts: Sequence[Part]) -> None:
    """Insert the parts of a session, each with its answer as received, or with its gap."""
    rows = [
        {"session_id": session_id, "number": number, **_part_columns(part)}
        for number, part in enumerate(parts)
    ]
    connection.execute(sa.insert(PARTS), rows)


def read_rows(connection: Connection, session_id: str) -> Sequence[RowMapping]:
    """The rows of the parts of a session, with their packed answers, in order; may be empty."""
    query = sa.select(PARTS).where(PARTS.c.session_id == session_id).order_by(PARTS.c.number)
    return connection.execute(query).mappings().all()


def parse_parts(
    rows: Sequence[RowMapping], api: Api, clean: Callable[[bytes], bytes]
) -> tuple[Analysis, Stitch]:
    """The analysis of a session of parts, stitched anew from their cleaned answers.

    Raises:
        StoredAnswerError: the answer to a part cannot be read as an analysis.
        LibraryDamagedError: there is no part, one has lost its answer, or they do not follow each
            other.
    """
    parts = [_read_part(row, api, clean) for row in rows]
    try:
        return stitch.stitch_parts(parts)
    except ValueError as error:
        raise LibraryDamagedError from error


def parse_answers(rows: Sequence[RowMapping], api: Api) -> dict[int, Analysis]:
    """The answers in rows of `read_rows`, as they are stored, by the number of their part.

    Raises:
        StoredAnswerError: one cannot be read as an analysis.
        LibraryDamagedError: one is gone.
    """
    parts = {row["number"]: _read_part(row, api, _as_stored) for row in rows}
    return {number: part.analysis for number, part in parts.items() if part.analysis}


def find_moves(connection: Connection, session_id: str, stitch: Stitch) -> dict[int, int]:
    """The new index of each span of a stored session of parts, of which `stitch` is to be saved.

    A gap that is filled puts its spans amid the others. Empty where nothing is stored, or nothing
    of it can be read.
    """
    try:
        _, stored = parse_parts(read_rows(connection, session_id), _api_of(stitch), _as_stored)
    except (StoredAnswerError, LibraryDamagedError, zlib.error):
        return {}
    places = {source: new for new, sources in enumerate(stitch.sources) for source in sources}
    return {
        old: places[sources[0]]
        for old, sources in enumerate(stored.sources)
        if sources[0] in places
    }


def pack_answer(answer: str) -> bytes:
    """An answer as it is stored."""
    return zlib.compress(answer.encode("utf-8", "surrogatepass"))


def unpack_answer(packed: bytes, clean: Callable[[bytes], bytes]) -> str:
    """A stored answer, cleaned."""
    return clean(zlib.decompress(packed)).decode("utf-8", "surrogatepass")


def parse_stored(answer: str, api: Api, correlation_id: str | None) -> Analysis:
    """The analysis in a stored answer.

    Raises:
        StoredAnswerError: it cannot be read as an analysis.
    """
    try:
        return parser.parse_answer(answer, api=api, correlation_id=correlation_id)
    except ApiError as error:
        raise StoredAnswerError(answer=answer) from error


def _as_stored(answer: bytes) -> bytes:
    return answer


def _api_of(stitch: Stitch) -> Api:
    return next(part.analysis.api for part in stitch.parts if part.analysis)


def _part_columns(part: Part) -> dict[str, object]:
    analysis, outcome = part.analysis, part.outcome
    gap = outcome if isinstance(outcome, Gap) else None
    return {
        **{name: getattr(part, name) for name in TIMES},
        "sent": part.sent,
        "gap": gap and gap.kind,
        "reason": gap and gap.reason,
        "correlation_id": analysis and analysis.correlation_id,
        "answer": analysis and pack_answer(analysis.raw),
    }


def _read_part(row: RowMapping, api: Api, clean: Callable[[bytes], bytes]) -> Part:
    outcome: Analysis | Gap
    if row["gap"] is not None:
        outcome = Gap(row["gap"], row["reason"] or "")
    elif row["answer"] is None:
        raise LibraryDamagedError
    else:
        answer = unpack_answer(row["answer"], clean)
        outcome = parse_stored(answer, api, row["correlation_id"])
    return Part(**{name: row[name] for name in TIMES}, outcome=outcome, sent=row["sent"])
