"""Add fingerprints, which identify the same recording with the same options."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Add the fingerprint to runs and sessions; of older ones it is not known."""
    for table in ("runs", "sessions"):
        op.add_column(table, sa.Column("fingerprint", sa.String))
        op.create_index(f"ix_{table}_fingerprint", table, ["fingerprint"])
