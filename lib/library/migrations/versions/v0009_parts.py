"""Add the parts of sessions that were sent in parts; of one piece is every session until now."""

import sqlalchemy as sa
from alembic import op

from lib.library.tables import Text

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Add the table, and to each session the number of its parts: none, until now."""
    op.add_column("sessions", sa.Column("parts", sa.Integer, nullable=False, server_default="0"))
    op.create_table(
        "parts",
        sa.Column(
            "session_id", Text, sa.ForeignKey("sessions.id", ondelete="CASCADE"), primary_key=True
        ),
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        *(
            sa.Column(name, sa.Float, nullable=False)
            for name in ("start", "end", "core_start", "core_end")
        ),
        sa.Column("sent", Text, nullable=False),
        sa.Column("gap", Text),
        sa.Column("reason", Text),
        sa.Column("correlation_id", Text),
        sa.Column("answer", sa.LargeBinary),
    )
