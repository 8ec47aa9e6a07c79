"""Add to runs the plan of a recording that is sent in parts, and the parts that it has."""

import sqlalchemy as sa
from alembic import op

from lib.library.tables import Text

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Add the columns; until now every recording was sent in one piece."""
    for name in ("plan", "parent", "part"):
        op.add_column("runs", sa.Column(name, Text))
    op.add_column("runs", sa.Column("prepared", sa.Float))
    op.create_index("ix_runs_parent", "runs", ["parent"])
