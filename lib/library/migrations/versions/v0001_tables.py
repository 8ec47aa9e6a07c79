"""Create the tables as they were before there were revisions, where they are missing."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Create the tables that do not exist yet."""
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
        sa.Column("answer", sa.LargeBinary, nullable=False),
        if_not_exists=True,
    )
    op.create_index("ix_sessions_created_at", "sessions", ["created_at"], if_not_exists=True)
    op.create_table(
        "submissions",
        sa.Column("run_id", sa.String, primary_key=True),
        sa.Column("job_id", sa.String, nullable=False),
        sa.Column("model", sa.String, nullable=False),
        sa.Column("recording_name", sa.String, nullable=False),
        sa.Column("duration", sa.Float),
        sa.Column("created_at", sa.DateTime, nullable=False),
        sa.Column("expires_at", sa.DateTime),
        if_not_exists=True,
    )
    _create_review_tables()


def _create_review_tables() -> None:
    op.create_table(
        "notes",
        sa.Column("place", sa.Integer, primary_key=True),
        sa.Column("session_id", sa.String, nullable=False),
        sa.Column("id", sa.String, nullable=False),
        sa.Column("reviewer", sa.String, nullable=False),
        sa.Column("text", sa.String, nullable=False),
        sa.Column("start", sa.Float, nullable=False),
        sa.Column("end", sa.Float, nullable=False),
        sa.Column("signal", sa.Integer),
        sa.Column("written_at", sa.DateTime, nullable=False),
        sa.UniqueConstraint("session_id", "id"),
        if_not_exists=True,
    )
    op.create_table(
        "verdicts",
        sa.Column("place", sa.Integer, primary_key=True),
        sa.Column("session_id", sa.String, nullable=False),
        sa.Column("signal", sa.Integer, nullable=False),
        sa.Column("reviewer", sa.String, nullable=False),
        sa.Column("opinion", sa.String, nullable=False),
        sa.Column("corrected", sa.String, nullable=False),
        sa.Column("written_at", sa.DateTime, nullable=False),
        sa.UniqueConstraint("session_id", "signal", "reviewer"),
        if_not_exists=True,
    )
    op.create_table(
        "transcripts",
        sa.Column("session_id", sa.String, primary_key=True),
        sa.Column("lines", sa.LargeBinary, nullable=False),
        if_not_exists=True,
    )
