"""Store sessions, and what people add to them, in one database: SQLite or PostgreSQL.

An answer is stored as received (compressed) and parsed anew by `interhuman.parser` each time it is
loaded, so that there is one reader and nothing paid for is lost to a mistake in it. Lists are
served from summary columns alone, which `summary` computes from the analysis when it is saved.

`library` is the facade; `database` its engine and errors; `tables` and `migrations` its tables, and
how they came to be. Rows are read and written by `session_table`, `review_table`, `job_table`,
`run_table`, `heartbeat_table` and `quota_pause_table`; `search` filters and sorts; `zip_archive`
moves a whole library.
"""

from lib.library.database import MAX_TITLE, sqlite_url
from lib.library.job_table import AcceptedJob
from lib.library.library import Library
from lib.library.search import Query, Sort
from lib.library.session_table import DeletionCounts, Summary

__all__ = [
    "MAX_TITLE",
    "AcceptedJob",
    "DeletionCounts",
    "Library",
    "Query",
    "Sort",
    "Summary",
    "sqlite_url",
]
