"""Where sessions live, and what people add to them: one database, SQLite or PostgreSQL.

An answer is stored as received (compressed) and read anew by `responses.parse` each time it is
loaded, so that there is one reader and nothing paid for is lost to a mistake in it. Lists are
served from summary columns alone, which `digest` takes from the analysis when it is saved.

`store` is the library, `sessions` its main rows; `database` its engine and errors; `schema` and
`migrations` bring its tables up to date; `search` finds and sorts; `reviews` is what people add;
`archive` moves it all.
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
