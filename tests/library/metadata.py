"""Whether the tables of a database are those that the code knows."""

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from lib.library.tables import METADATA


def is_in_metadata(name, kind, parents):
    """Whether it belongs to `METADATA`, and not to the index of words."""
    return not str(name).startswith("found")


def table_differences(connection):
    """What Alembic would change to make the tables those of `METADATA`."""
    context = MigrationContext.configure(connection, opts={"include_name": is_in_metadata})
    return compare_metadata(context, METADATA)
