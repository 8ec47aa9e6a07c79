"""Move answers into a table of their own, and add summary columns and the index of words.

Each answer is read once. One that cannot be read leaves its columns empty and stays as it is.
"""

import zlib
from typing import Any

import sqlalchemy as sa
from alembic import op

from lib.errors import ApiError
from lib.interhuman import parser
from lib.library import search, summary
from lib.library.tables import Text

revision = "0002"
down_revision = "0001"

BATCH = 50
OLD = "id, title, recording_name, created_at, origin, api, model, duration, signals, correlation_id"
WORD_INDEX = {
    "sqlite": (
        """CREATE VIRTUAL TABLE found USING fts5(
            title, words, content='searches', content_rowid='place', detail=none, tokenize='ascii'
        )""",
        """CREATE TRIGGER searches_added AFTER INSERT ON searches BEGIN
            INSERT INTO found (rowid, title, words) VALUES (new.place, new.title, new.words);
        END""",
        """CREATE TRIGGER searches_removed AFTER DELETE ON searches BEGIN
            INSERT INTO found (found, rowid, title, words)
            VALUES ('delete', old.place, old.title, old.words);
        END""",
        """CREATE TRIGGER searches_changed AFTER UPDATE ON searches BEGIN
            INSERT INTO found (found, rowid, title, words)
            VALUES ('delete', old.place, old.title, old.words);
            INSERT INTO found (rowid, title, words) VALUES (new.place, new.title, new.words);
        END""",
    ),
    "postgresql": (
        """ALTER TABLE searches ADD COLUMN found tsvector GENERATED ALWAYS AS (
            array_to_tsvector(string_to_array(btrim(title || ' ' || words), ' '))
        ) STORED""",
        "CREATE INDEX found ON searches USING gin (found) WITH (fastupdate = off)",
    ),
}
SESSIONS = sa.table(
    "sessions",
    sa.column("id", Text),
    sa.column("title", Text),
    sa.column("recording_name", Text),
    sa.column("api", Text),
    *(sa.column(name, Text) for name in ("title_key", "types", "windows")),
    *(sa.column(name, sa.Float) for name in ("engaged", "quality")),
    sa.column("no_evidence", sa.Boolean),
)
ANSWERS = sa.table("answers", sa.column("session_id", Text), sa.column("answer", sa.LargeBinary))
SEARCHES = sa.table(
    "searches", *(sa.column(name, Text) for name in ("session_id", "title", "words"))
)


def upgrade() -> None:
    """Create the new tables, move the sessions into them, and read each answer once."""
    op.drop_index("ix_sessions_created_at", "sessions")
    op.rename_table("sessions", "old_sessions")
    _create_tables()
    op.execute(
        "INSERT INTO sessions (id, title, recording_name, created_at, origin, api, model, "
        "duration, signals, correlation_id, title_key, no_evidence, state) "
        "SELECT id, title, recording_name, created_at, origin, api, model, "
        "duration, signals, correlation_id, '', false, 'done' FROM old_sessions"
    )
    op.execute("INSERT INTO answers (session_id, answer) SELECT id, answer FROM old_sessions")
    op.drop_table("old_sessions")
    connection = op.get_bind()
    last_id = ""
    while rows := _read_batch(connection, last_id):
        for row in rows:
            _fill_columns(connection, row)
        last_id = rows[-1].id


def _create_tables() -> None:
    op.create_table(
        "sessions",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("title", sa.String, nullable=False),
        sa.Column("recording_name", sa.String, nullable=False),
        sa.Column("created_at", sa.DateTime, nullable=False),
        sa.Column("origin", sa.String, nullable=False),
        sa.Column("api", sa.String, nullable=False),
        sa.Column("model", sa.String, nullable=False),
        sa.Column("duration", sa.Float),
        sa.Column("signals", sa.Integer),
        sa.Column("correlation_id", sa.String),
        sa.Column(
            "title_key",
            sa.String().with_variant(sa.String(collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("types", sa.String),
        sa.Column("engaged", sa.Float),
        sa.Column("quality", sa.Float),
        sa.Column("no_evidence", sa.Boolean, nullable=False),
        sa.Column("windows", sa.String),
        sa.Column("state", sa.String, nullable=False),
    )
    op.create_index("ix_sessions_created_at", "sessions", ["created_at"])
    op.create_index("ix_sessions_title_key", "sessions", ["title_key"])
    op.create_table(
        "answers",
        sa.Column("session_id", sa.String, primary_key=True),
        sa.Column("answer", sa.LargeBinary, nullable=False),
        sa.ForeignKeyConstraint(["session_id"], ["sessions.id"], ondelete="CASCADE"),
    )
    op.create_table(
        "searches",
        sa.Column("place", sa.Integer, primary_key=True),
        sa.Column("session_id", sa.String, nullable=False),
        sa.Column("title", sa.String, nullable=False),
        sa.Column("words", sa.String, nullable=False),
        sa.ForeignKeyConstraint(["session_id"], ["sessions.id"], ondelete="CASCADE"),
        sa.UniqueConstraint("session_id"),
    )
    for statement in WORD_INDEX[op.get_bind().dialect.name]:
        op.execute(statement)


def _read_batch(connection: sa.Connection, last_id: str) -> list[Any]:
    columns = (SESSIONS.c.id, SESSIONS.c.title, SESSIONS.c.recording_name, SESSIONS.c.api)
    query = sa.select(*columns, ANSWERS.c.answer).join_from(
        SESSIONS, ANSWERS, ANSWERS.c.session_id == SESSIONS.c.id
    )
    query = query.where(SESSIONS.c.id > last_id).order_by(SESSIONS.c.id).limit(BATCH)
    return list(connection.execute(query))


def _fill_columns(connection: sa.Connection, row: Any) -> None:  # noqa: ANN401  of `_read_batch`
    values: dict[str, Any] = {"title_key": search.fold_text(row.title)}
    session_words = search.unique_words([row.recording_name])
    try:
        answer = zlib.decompress(row.answer).decode("utf-8", "surrogatepass")
        analysis = parser.parse_answer(answer, api=row.api)
    except (ApiError, ValueError, zlib.error):
        pass
    else:
        columns = summary.summary_columns(analysis)
        names = ("types", "engaged", "quality", "no_evidence", "windows")
        values |= {name: columns[name] for name in names}
        session_words = search.session_words(row.recording_name, analysis)
    connection.execute(sa.update(SESSIONS).where(SESSIONS.c.id == row.id).values(values))
    words = {
        "session_id": row.id,
        "title": search.unique_words([row.title]),
        "words": session_words,
    }
    connection.execute(sa.insert(SEARCHES).values(words))
