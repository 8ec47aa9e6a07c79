"""Where sessions live, and what people add to them: one database file, by SQLAlchemy.

An answer is stored as received (compressed) and read anew by `responses.parse` each time it is
loaded, so that there is one reader and nothing paid for is lost to a mistake in it. Lists are
served from summary columns alone.
"""

from lib.library.database import MAX_TITLE, sqlite_url
from lib.library.store import Library, Submission, Summary

__all__ = ["MAX_TITLE", "Library", "Submission", "Summary", "sqlite_url"]
