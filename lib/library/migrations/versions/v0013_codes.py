"""Add what coders coded, and the codebooks that they did it by: none, until now."""

import sqlalchemy as sa
from alembic import op

from lib.library.tables import Text

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """Add both tables."""
    op.create_table(
        "coded_spans",
        sa.Column("place", sa.Integer, primary_key=True),
        sa.Column("session_id", Text, nullable=False),
        sa.Column("id", Text, nullable=False),
        sa.Column("coder", Text, nullable=False),
        sa.Column("code", Text, nullable=False),
        sa.Column("start", sa.Float, nullable=False),
        sa.Column("end", sa.Float, nullable=False),
        sa.Column("codebook", Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("written_at", sa.DateTime, nullable=False),
        sa.Column("imported", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.UniqueConstraint("session_id", "id"),
    )
    op.create_table(
        "codebooks",
        sa.Column("id", Text, primary_key=True),
        sa.Column("version", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("name", Text, nullable=False),
        sa.Column("codes", Text, nullable=False),
        sa.Column("written_at", sa.DateTime, nullable=False),
        sa.Column("imported", sa.Boolean, nullable=False, server_default=sa.false()),
    )
