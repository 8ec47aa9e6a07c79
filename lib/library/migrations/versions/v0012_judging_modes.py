"""Add what the page hid while a verdict was given: nothing, until now."""

import sqlalchemy as sa
from alembic import op

from lib.library.tables import Text

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Add the mode to verdicts."""
    column = sa.Column("mode", Text, nullable=False, server_default="open")
    op.add_column("verdicts", column)
