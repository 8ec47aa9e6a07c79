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
NOTES = sa.Table(
    "notes",
    METADATA,
    sa.Column("place", sa.Integer, primary_key=True),  # the order written
    # No foreign key here and below: the sample is no row of sessions, yet people annotate it.
    sa.Column("session_id", sa.String, nullable=False),
    sa.Column("id", sa.String, nullable=False),
    sa.Column("reviewer", sa.String, nullable=False),
    sa.Column("text", sa.String, nullable=False),
    sa.Column("start", sa.Float, nullable=False),  # seconds
    sa.Column("end", sa.Float, nullable=False),
    sa.Column("signal", sa.Integer),  # place of the span in the answer; null when on time alone
    sa.Column("written_at", sa.DateTime, nullable=False),  # UTC
    sa.UniqueConstraint("session_id", "id"),
)
VERDICTS = sa.Table(
    "verdicts",
    METADATA,
    sa.Column("place", sa.Integer, primary_key=True),
    sa.Column("session_id", sa.String, nullable=False),
    sa.Column("signal", sa.Integer, nullable=False),
    sa.Column("reviewer", sa.String, nullable=False),
    sa.Column("opinion", sa.String, nullable=False),
    sa.Column("corrected", sa.String, nullable=False),
    sa.Column("written_at", sa.DateTime, nullable=False),
    sa.UniqueConstraint("session_id", "signal", "reviewer"),
)
TRANSCRIPTS = sa.Table(
    "transcripts",
    METADATA,
    sa.Column("session_id", sa.String, primary_key=True),
    sa.Column("lines", sa.LargeBinary, nullable=False),  # zlib of JSON: [start, end, speaker, text]
)
