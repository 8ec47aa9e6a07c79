"""Rows of words by which a search finds sessions, written inside a transaction of the caller.

A session has one row. What people added is in it from the moment it is written until it is
removed; the sample, which is no row of sessions, has none.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from lib.errors import LibraryDamagedError
from lib.library import review_table, search
from lib.library.tables import CLAIMS, NOTES, SEARCHES
from lib.model import Analysis, Line


def insert_words(
    connection: Connection, session_id: str, title: str, recording_name: str, analysis: Analysis
) -> None:
    """Insert the words of a session, and of the review that it has already."""
    row = {
        "session_id": session_id,
        "title": search.unique_words([title]),
        "words": search.session_words(recording_name, analysis),
        "notes": _note_words(connection, session_id),
        "transcript": _transcript_words(_readable_lines(connection, session_id)),
    }
    connection.execute(sa.insert(SEARCHES).values(row))


def update_title(connection: Connection, session_id: str, title: str) -> None:
    """Replace the words of a session's title."""
    _update(connection, session_id, SEARCHES.c.title, search.unique_words([title]))


def update_notes(connection: Connection, session_id: str) -> None:
    """Replace the words of a session's notes and claims by those of these as they are now."""
    _update(connection, session_id, SEARCHES.c.notes, _note_words(connection, session_id))


def update_transcript(connection: Connection, session_id: str, lines: Iterable[Line]) -> None:
    """Replace the words of a session's transcript by those of `lines`."""
    _update(connection, session_id, SEARCHES.c.transcript, _transcript_words(lines))


def _readable_lines(connection: Connection, session_id: str) -> tuple[Line, ...]:
    try:
        return review_table.read_transcript(connection, session_id)
    except (LibraryDamagedError, zlib.error):  # a result is saved all the same
        return ()


def _note_words(connection: Connection, session_id: str) -> str:
    texts = [
        text
        for table in (NOTES, CLAIMS)
        for text in connection.scalars(
            sa.select(table.c.text).where(table.c.session_id == session_id).order_by(table.c.place)
        )
    ]
    return search.unique_words(texts, max_bytes=search.MAX_REVIEW_WORDS_BYTES)


def _transcript_words(lines: Iterable[Line]) -> str:
    texts = (text for line in lines for text in (line.speaker, line.text))
    return search.unique_words(texts, max_bytes=search.MAX_REVIEW_WORDS_BYTES)


def _update(
    connection: Connection, session_id: str, column: sa.Column[str], new_words: str
) -> None:
    row = SEARCHES.c.session_id == session_id
    old_words = connection.scalar(sa.select(column).where(row))
    if old_words is None or old_words == new_words:
        return
    connection.execute(sa.update(SEARCHES).where(row).values({column.name: new_words}))
    if not set(old_words.split()) <= set(new_words.split()):
        search.optimize_word_index(connection)  # a word was erased
