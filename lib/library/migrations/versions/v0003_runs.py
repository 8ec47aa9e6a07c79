"""Add the tables of runs, so that an analysis under way survives the process that began it."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Create the tables of runs, their steps, heartbeats of processes, and quota pauses."""
    op.create_table(
        "runs",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("created_at", sa.Float, nullable=False),
        sa.Column("account", sa.String, nullable=False),
        sa.Column("place", sa.String, nullable=False),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("ticket", sa.String, nullable=False),
        sa.Column("options", sa.String, nullable=False),
        sa.Column("phase", sa.String, nullable=False),
        sa.Column("since", sa.Float, nullable=False),
        sa.Column("sent", sa.BigInteger, nullable=False),
        sa.Column("total", sa.BigInteger, nullable=False),
        sa.Column("duration", sa.Float),
        sa.Column("notice", sa.String, nullable=False),
        sa.Column("maybe_billed", sa.Boolean, nullable=False),
        sa.Column("failure", sa.String),
        sa.Column("session_id", sa.String),
        sa.Column("attempt", sa.Integer, nullable=False),
        sa.Column("queued", sa.Integer, nullable=False),
        sa.Column("life", sa.String, nullable=False),
        sa.Column("stop", sa.Boolean, nullable=False),
    )
    op.create_index("ix_runs_phase", "runs", ["phase"])
    op.create_index("ix_runs_session_id", "runs", ["session_id"])
    op.create_table(
        "run_steps",
        sa.Column("place", sa.Integer, primary_key=True),
        sa.Column("run_id", sa.String, nullable=False),
        sa.Column("phase", sa.String, nullable=False),
        sa.Column("at", sa.Float, nullable=False),
    )
    op.create_index("ix_run_steps_run_id", "run_steps", ["run_id"])
    op.create_table(
        "nodes",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("place", sa.String, nullable=False),
        sa.Column("seen", sa.Float, nullable=False),
    )
    op.create_table(
        "pauses",
        sa.Column("account", sa.String, primary_key=True),
        sa.Column("failure", sa.String, nullable=False),
    )
