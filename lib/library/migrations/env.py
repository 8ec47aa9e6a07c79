"""Alembic's environment: revisions run in the connection and transaction of `apply_revisions`."""

from alembic import context

from lib.library.tables import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
)
context.run_migrations()
