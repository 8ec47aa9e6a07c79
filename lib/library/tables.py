"""The tables of the library. Knows SQLAlchemy."""

from __future__ import annotations

import sqlalchemy as sa

METADATA = sa.MetaData()
SESSIONS = sa.Table(
    "sessions",
    METADATA,
    sa.Column("id", sa.String, primary_key=True),
    sa.Column("title", sa.String, nullable=False),
    sa.Column("recording_name", sa.String, nullable=False),
    sa.Column("created_at", sa.DateTime, nullable=False, index=True),  # UTC
    sa.Column("origin", sa.String, nullable=False),
    sa.Column("api", sa.String, nullable=False),
    sa.Column("model", sa.String, nullable=False),
    sa.Column("duration", sa.Float),  # seconds
    sa.Column("signals", sa.Integer),  # how many; null when not asked for
    sa.Column("correlation_id", sa.String),
    sa.Column("answer", sa.LargeBinary, nullable=False),  # zlib of the answer as received
)
SUBMISSIONS = sa.Table(
    "submissions",  # V2 jobs the API accepted and whose result is not saved yet
    METADATA,
    sa.Column("run_id", sa.String, primary_key=True),
    sa.Column("job_id", sa.String, nullable=False),
    sa.Column("model", sa.String, nullable=False),
    sa.Column("recording_name", sa.String, nullable=False),
    sa.Column("duration", sa.Float),
    sa.Column("created_at", sa.DateTime, nullable=False),
    sa.Column("expires_at", sa.DateTime),
)
