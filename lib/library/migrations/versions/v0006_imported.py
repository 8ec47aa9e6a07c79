"""Add whether a file brought a note or a verdict."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Add the mark to notes and verdicts; of older ones it is not known, and they have none."""
    for table in ("notes", "verdicts"):
        column = sa.Column("imported", sa.Boolean, nullable=False, server_default=sa.false())
        op.add_column(table, column)
