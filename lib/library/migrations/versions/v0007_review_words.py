"""Add the words of notes and transcripts to the index of words."""

import json
import zlib
from typing import Any

import sqlalchemy as sa
from alembic import op

from lib.library import search
from lib.library.tables import Text

revision = "0007"
down_revision = "0006"

WORD_INDEX = {
    "sqlite": (
        """CREATE VIRTUAL TABLE found USING fts5(
            title, words, notes, transcript,
            content='searches', content_rowid='place', detail=none, tokenize='ascii'
        )""",
        """CREATE TRIGGER searches_added AFTER INSERT ON searches BEGIN
            INSERT INTO found (rowid, title, words, notes, transcript)
            VALUES (new.place, new.title, new.words, new.notes, new.transcript);
        END""",
        """CREATE TRIGGER searches_removed AFTER DELETE ON searches BEGIN
            INSERT INTO found (found, rowid, title, words, notes, transcript)
            VALUES ('delete', old.place, old.title, old.words, old.notes, old.transcript);
        END""",
        """CREATE TRIGGER searches_changed AFTER UPDATE ON searches BEGIN
            INSERT INTO found (found, rowid, title, words, notes, transcript)
            VALUES ('delete', old.place, old.title, old.words, old.notes, old.transcript);
            INSERT INTO found (rowid, title, words, notes, transcript)
            VALUES (new.place, new.title, new.words, new.notes, new.transcript);
        END""",
    ),
    "postgresql": (
        """ALTER TABLE searches ADD COLUMN found tsvector GENERATED ALWAYS AS (
            array_to_tsvector(array_remove(string_to_array(
                title || ' ' || words || ' ' || notes || ' ' || transcript, ' '
            ), ''))
        ) STORED""",
        "CREATE INDEX found ON searches USING gin (found) WITH (fastupdate = off)",
    ),
}
DROP_WORD_INDEX = {
    "sqlite": (
        "DROP TRIGGER searches_added",
        "DROP TRIGGER searches_removed",
        "DROP TRIGGER searches_changed",
        "DROP TABLE found",
    ),
    "postgresql": ("ALTER TABLE searches DROP COLUMN found",),  # with its index
}
SEARCHES = sa.table(
    "searches", *(sa.column(name, Text) for name in ("session_id", "notes", "transcript"))
)
NOTES = sa.table(
    "notes", sa.column("place", sa.Integer), sa.column("session_id", Text), sa.column("text", Text)
)
TRANSCRIPTS = sa.table(
    "transcripts", sa.column("session_id", Text), sa.column("lines", sa.LargeBinary)
)


def upgrade() -> None:
    """Add two columns, fill them from what people added, and index all words anew."""
    connection = op.get_bind()
    dialect = connection.dialect.name
    for statement in DROP_WORD_INDEX[dialect]:
        op.execute(statement)
    for name in ("notes", "transcript"):
        op.add_column("searches", sa.Column(name, sa.String, nullable=False, server_default=""))
    for table, words in ((NOTES, _note_words), (TRANSCRIPTS, _transcript_words)):
        for session_id in connection.scalars(sa.select(table.c.session_id).distinct()).all():
            update = sa.update(SEARCHES).where(SEARCHES.c.session_id == session_id)
            connection.execute(update.values(words(connection, session_id)))
    for statement in WORD_INDEX[dialect]:
        op.execute(statement)
    if dialect == "sqlite":
        op.execute("INSERT INTO found (found) VALUES ('rebuild')")


def _note_words(connection: sa.Connection, session_id: str) -> dict[str, str]:
    query = sa.select(NOTES.c.text).where(NOTES.c.session_id == session_id)
    texts = connection.scalars(query.order_by(NOTES.c.place))
    return {"notes": search.unique_words(texts, max_bytes=search.MAX_REVIEW_WORDS_BYTES)}


def _transcript_words(connection: sa.Connection, session_id: str) -> dict[str, str]:
    query = sa.select(TRANSCRIPTS.c.lines).where(TRANSCRIPTS.c.session_id == session_id)
    try:
        lines: Any = json.loads(zlib.decompress(connection.scalars(query).one()))
        texts = [str(text) for _, _, *spoken in lines for text in spoken]
    except (ValueError, TypeError, zlib.error):  # it is damaged, and stays as it is
        texts = []
    return {"transcript": search.unique_words(texts, max_bytes=search.MAX_REVIEW_WORDS_BYTES)}
