"""Add what was measured of the recordings of sessions: of none, until now."""

import sqlalchemy as sa
from alembic import op

from lib.library.tables import Text

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "recording_measurement",
        sa.Column(
            "session_id", Text, sa.ForeignKey("sessions.id", ondelete="CASCADE"), primary_key=True
        ),
        sa.Column("measurement", Text, nullable=False),
    )
