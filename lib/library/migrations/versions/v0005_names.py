"""Rename tables, columns and values to what the code calls them."""

import json

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

TABLES = {"submissions": "jobs", "nodes": "heartbeats", "pauses": "quota_pauses"}
COLUMNS = (
    ("runs", "life", "execution"),
    ("runs", "place", "folder"),
    ("heartbeats", "place", "folder"),
)
FAILURES = (("runs", "id"), ("quota_pauses", "account"))


def upgrade() -> None:
    """Rename three tables, three columns, one phase, and one key of stored failures."""
    for old, new in TABLES.items():
        op.rename_table(old, new)
    for table, old, new in COLUMNS:
        op.execute(f"ALTER TABLE {table} RENAME COLUMN {old} TO {new}")
    for table in ("runs", "run_steps"):
        phases = sa.table(table, sa.column("phase", sa.String))
        op.execute(sa.update(phases).where(phases.c.phase == "asks").values(phase="unconfirmed"))
    for table, key in FAILURES:
        _rename_server_message(
            sa.table(table, sa.column(key), sa.column("failure", sa.String)), key
        )


def _rename_server_message(table: sa.TableClause, key: str) -> None:
    connection = op.get_bind()
    rows = connection.execute(sa.select(table).where(table.c.failure.is_not(None))).all()
    for row in rows:
        failure = json.loads(row.failure)
        if "said" in failure:
            failure["server_message"] = failure.pop("said")
            update = sa.update(table).where(table.c[key] == getattr(row, key))
            connection.execute(update.values(failure=json.dumps(failure)))
