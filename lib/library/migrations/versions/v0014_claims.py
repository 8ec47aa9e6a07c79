"""Add the claims that reviewers make, each with the spans that it rests on."""

import sqlalchemy as sa
from alembic import op

from lib.library.tables import Text

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    """Create the table of claims."""
    op.create_table(
        "claims",
        sa.Column("place", sa.Integer, primary_key=True),
        sa.Column("session_id", Text, nullable=False),
        sa.Column("id", Text, nullable=False),
        sa.Column("reviewer", Text, nullable=False),
        sa.Column("text", Text, nullable=False),
        sa.Column("filter", Text, nullable=False),
        sa.Column("signals", Text, nullable=False),
        sa.Column("total", sa.Integer, nullable=False),
        sa.Column("marks", Text, nullable=False),
        sa.Column("written_at", sa.DateTime, nullable=False),
        sa.Column("imported", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.UniqueConstraint("session_id", "id"),
    )
