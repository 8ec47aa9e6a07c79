"""Rows of what people added and of transcripts, read and written in a transaction of the caller.

The caller has locked the session (`database.lock`), so that nobody else writes to it meanwhile,
and has checked the limits in `lib.interchange.limits`.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from lib.errors import LibraryDamagedError
from lib.interchange import limits
from lib.interchange.codebook.limits import checked_codebook
from lib.library import claim_table, code_table
from lib.library.database import aware_utc, naive_utc
from lib.library.tables import CLAIMS, CODED_SPANS, NOTES, SESSIONS, TRANSCRIPTS, VERDICTS
from lib.model import Added, Claim, CodedSpan, Line, Mark, Note, Review, Verdict
from lib.plain_text import one_line

_TABLES: dict[type[Added], tuple[sa.Table, tuple[str, ...]]] = {  # with what tells one row
    Note: (NOTES, ("id",)),
    Verdict: (VERDICTS, ("signal", "reviewer")),
    CodedSpan: (CODED_SPANS, ("id",)),
    Claim: (CLAIMS, ("id",)),
}


def read_review(connection: Connection, session_id: str, *, with_transcript: bool = True) -> Review:
    """The review of a session, what was added in the order written."""
    coded = tuple(
        CodedSpan(**row) for row in _read_rows(connection, session_id, CODED_SPANS, CodedSpan)
    )
    return Review(
        coded=coded,
        codebooks=code_table.read_versions(
            connection, ((span.codebook, span.version) for span in coded)
        ),
        notes=tuple(Note(**row) for row in _read_rows(connection, session_id, NOTES, Note)),
        verdicts=tuple(
            Verdict(**row) for row in _read_rows(connection, session_id, VERDICTS, Verdict)
        ),
        transcript=read_transcript(connection, session_id) if with_transcript else (),
        claims=tuple(claim_table.read_claims(connection, session_id)),
    )


def read_transcript(connection: Connection, session_id: str) -> tuple[Line, ...]:
    """The lines of a session's transcript; empty when it has none."""
    query = sa.select(TRANSCRIPTS.c.lines).where(TRANSCRIPTS.c.session_id == session_id)
    packed = connection.scalar(query)
    return () if packed is None else _unpack_lines(packed)


def find_note(connection: Connection, session_id: str, note_id: str) -> Note | None:
    """The note of this id; None when there is none."""
    rows = _read_rows(connection, session_id, NOTES, Note, NOTES.c.id == note_id)
    return Note(**rows[0]) if rows else None


def find_verdict(
    connection: Connection, session_id: str, signal: int, reviewer: str
) -> Verdict | None:
    """A reviewer's verdict on a span; None when there is none."""
    same = (VERDICTS.c.signal == signal) & (VERDICTS.c.reviewer == one_line(reviewer))
    rows = _read_rows(connection, session_id, VERDICTS, Verdict, same)
    return Verdict(**rows[0]) if rows else None


def find_coded_span(connection: Connection, session_id: str, span_id: str) -> CodedSpan | None:
    """The coded span of this id; None when there is none."""
    same = CODED_SPANS.c.id == span_id
    rows = _read_rows(connection, session_id, CODED_SPANS, CodedSpan, same)
    return CodedSpan(**rows[0]) if rows else None


def write_note(connection: Connection, session_id: str, note: Note) -> bool:
    """Update one's own note of this id or insert it; False when the id is another reviewer's."""
    same_id = (NOTES.c.session_id == session_id) & (NOTES.c.id == note.id)
    update = sa.update(NOTES).where(same_id & (NOTES.c.reviewer == note.reviewer))
    names = ("text", "start", "end", "signal", "imported")  # changed here, it is written here
    values = {name: getattr(note, name) for name in names}
    if connection.execute(update.values(values)).rowcount:
        return True
    if connection.scalar(sa.select(sa.func.count()).where(same_id)):
        return False
    connection.execute(sa.insert(NOTES).values(_row_values(session_id, note)))
    return True


def remove_note(connection: Connection, session_id: str, note_id: str, reviewer: str) -> bool:
    """Delete one's own note; False when there is none."""
    own = NOTES.c.reviewer == one_line(reviewer)
    deletion = sa.delete(NOTES).where(NOTES.c.session_id == session_id, NOTES.c.id == note_id, own)
    return connection.execute(deletion).rowcount > 0


def write_verdict(connection: Connection, session_id: str, verdict: Verdict) -> None:
    """Replace a reviewer's verdict on a span, or insert it; it becomes the latest of all."""
    remove_verdict(connection, session_id, verdict.signal, verdict.reviewer)
    connection.execute(sa.insert(VERDICTS).values(_row_values(session_id, verdict)))


def remove_verdict(connection: Connection, session_id: str, signal: int, reviewer: str) -> bool:
    """Delete one's own verdict; False when there is none."""
    own = VERDICTS.c.reviewer == one_line(reviewer)
    deletion = sa.delete(VERDICTS).where(
        VERDICTS.c.session_id == session_id, VERDICTS.c.signal == signal, own
    )
    return connection.execute(deletion).rowcount > 0


def exchange(
    connection: Connection,
    session_id: str,
    before: Added | None,
    after: Added | None,
) -> bool:
    """Replace one state of what was added by another, None for none; both are of one key.

    False, and nothing is changed, where something else than `before` stands there. What comes back
    after it was deleted is the last in order.
    """
    one = after or before
    if one is None:
        return True
    table, keys = _TABLES[type(one)]
    same = sa.and_(
        table.c.session_id == session_id, *(table.c[key] == getattr(one, key) for key in keys)
    )
    if _find(connection, session_id, type(one), same) != ([] if before is None else [before]):
        return False
    if after is None:
        connection.execute(sa.delete(table).where(same))
    elif before is None:
        connection.execute(sa.insert(table).values(_row_values(session_id, after)))
    else:
        connection.execute(sa.update(table).where(same).values(_row_values(session_id, after)))
    return True


def _find(
    connection: Connection,
    session_id: str,
    noun: type[Added],
    same: sa.ColumnElement[bool],
) -> list[Any]:
    """What stands there of a kind."""
    if noun is Claim:
        return claim_table.read_claims(connection, session_id, same)
    rows = _read_rows(connection, session_id, _TABLES[noun][0], noun, same)
    return [noun(**row) for row in rows]


def write_transcript(connection: Connection, session_id: str, packed: bytes | None) -> None:
    """Replace the transcript by a packed one; None deletes it."""
    remove_transcript(connection, session_id)
    if packed:
        connection.execute(sa.insert(TRANSCRIPTS).values(session_id=session_id, lines=packed))


def remove_transcript(connection: Connection, session_id: str) -> bool:
    """Delete the transcript of a session; False when there is none."""
    deletion = sa.delete(TRANSCRIPTS).where(TRANSCRIPTS.c.session_id == session_id)
    return connection.execute(deletion).rowcount > 0


def checked_review(review: Review) -> Review:
    """The review with every text as the limits in `lib.interchange.limits` want it.

    Raises:
        ReviewError: a part of it is beyond them.
    """
    return Review(
        notes=tuple(limits.checked_note(note) for note in review.notes),
        verdicts=tuple(limits.checked_verdict(verdict) for verdict in review.verdicts),
        transcript=limits.checked_lines(review.transcript),
        claims=tuple(limits.checked_claim(claim) for claim in review.claims),
        coded=tuple(map(limits.checked_coded_span, review.coded)),
        codebooks=tuple(map(checked_codebook, review.codebooks)),
    )


def insert_review(connection: Connection, session_id: str, review: Review) -> None:
    """Insert a review of a session that has none, what was added in its order.

    Of notes, claims or coded spans with one id the first counts, of a reviewer's verdicts on one
    span the last. Of its codebooks the versions that are not here come in, and what was coded by
    one that is here with other codes keeps its own.
    """
    found = code_table.bring_in(connection, review.codebooks)
    _insert_added(
        connection,
        session_id,
        replace(review, coded=tuple(_move_coded(span, found) for span in review.coded)),
    )
    write_transcript(connection, session_id, pack_lines(review.transcript))


def _move_coded(span: CodedSpan, found: Mapping[code_table.Key, code_table.Key]) -> CodedSpan:
    key = (span.codebook, span.version)
    codebook, version = found.get(key, key)
    return replace(span, codebook=codebook, version=version)


def _insert_added(connection: Connection, session_id: str, review: Review) -> None:
    first: dict[str, Note] = {}
    for note in review.notes:
        first.setdefault(note.id, note)
    coded: dict[str, CodedSpan] = {}
    for span in review.coded:
        coded.setdefault(span.id, span)
    last: dict[tuple[int, str], Verdict] = {}
    for verdict in review.verdicts:
        key = (verdict.signal, verdict.reviewer)
        last.pop(key, None)  # so that the verdict that counts is also the last in order
        last[key] = verdict
    claims: dict[str, Claim] = {}
    for claim in review.claims:
        claims.setdefault(claim.id, claim)
    for table, items in ((NOTES, first), (VERDICTS, last), (CLAIMS, claims), (CODED_SPANS, coded)):
        if items:
            rows = [_row_values(session_id, item) for item in items.values()]
            connection.execute(sa.insert(table), rows)


def read_ids_without_session(connection: Connection) -> tuple[str, ...]:
    """The ids that have a review but no session, sorted."""
    tables = (NOTES, VERDICTS, CLAIMS, TRANSCRIPTS, CODED_SPANS)
    ids = sa.union(*(sa.select(table.c.session_id) for table in tables)).subquery()
    without = sa.select(ids.c.session_id).where(ids.c.session_id.not_in(sa.select(SESSIONS.c.id)))
    return tuple(sorted(connection.scalars(without)))


def delete_reviews(connection: Connection, session_ids: Collection[str]) -> None:
    """Delete what was added to these sessions, and their transcripts."""
    for table in (NOTES, VERDICTS, CLAIMS, TRANSCRIPTS, CODED_SPANS):
        connection.execute(sa.delete(table).where(table.c.session_id.in_(session_ids)))


def pack_lines(lines: Iterable[Line]) -> bytes | None:
    """The lines of a transcript as compressed JSON; None when there are none."""
    values = [list(line) for line in lines]
    return zlib.compress(json.dumps(values, ensure_ascii=False).encode()) if values else None


def _unpack_lines(packed: bytes) -> tuple[Line, ...]:
    try:
        return tuple(Line(*values) for values in json.loads(zlib.decompress(packed)))
    except (ValueError, TypeError) as error:  # `database.library_errors` sees to zlib's
        raise LibraryDamagedError from error


def move_signals(connection: Connection, session_id: str, moves: Mapping[int, int]) -> None:
    """Let what was written follow its spans, whose indices change as `moves` says.

    Where two spans became one, of a reviewer's verdicts on both the last counts, and so of a
    claim's marks. What was on no span stays on none.
    """
    if all(old == new for old, new in moves.items()):
        return
    notes = [Note(**row) for row in _read_rows(connection, session_id, NOTES, Note)]
    verdicts = [Verdict(**row) for row in _read_rows(connection, session_id, VERDICTS, Verdict)]
    claims = claim_table.read_claims(connection, session_id)
    moved = Review(
        tuple(
            note if note.signal is None else replace(note, signal=moves.get(note.signal))
            for note in notes
        ),
        tuple(
            replace(
                verdict, signal=moves.get(verdict.signal, limits.MAX_SIGNAL_INDEX - verdict.signal)
            )
            for verdict in verdicts
        ),
        claims=tuple(_move_claim(claim, moves) for claim in claims),
    )
    for table in (NOTES, VERDICTS, CLAIMS):
        connection.execute(sa.delete(table).where(table.c.session_id == session_id))
    _insert_added(connection, session_id, moved)


def _move_claim(claim: Claim, moves: Mapping[int, int]) -> Claim:
    """A claim on the spans where they are now; one that is gone is none of its spans any more."""
    signals = {moves[signal] for signal in claim.signals if signal in moves}
    marks = {moves[signal]: side for signal, side in claim.marks if signal in moves}
    return replace(
        claim,
        signals=tuple(sorted(signals)),
        marks=tuple(Mark(*mark) for mark in sorted(marks.items())),
    )


def _read_rows(
    connection: Connection,
    session_id: str,
    table: sa.Table,
    noun: type[Added],
    same: sa.ColumnElement[bool] | None = None,
) -> list[dict[str, Any]]:
    """The rows of a session in the order written; of these those that `same` lets through."""
    columns = [table.c[name] for name in noun.__dataclass_fields__]
    query = sa.select(*columns).where(table.c.session_id == session_id).order_by(table.c.place)
    if same is not None:
        query = query.where(same)
    rows = connection.execute(query).mappings()
    return [{**row, "written_at": aware_utc(row["written_at"])} for row in rows]


def _row_values(session_id: str, item: Added) -> dict[str, Any]:
    if isinstance(item, Claim):
        return claim_table.claim_values(session_id, item)
    values = {name: getattr(item, name) for name in item.__dataclass_fields__}
    return {**values, "session_id": session_id, "written_at": naive_utc(item.written_at)}
