"""Retention: how long recordings and sessions are kept, and the daily deletion of what is older.

Knows the library and the recordings.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from lib.errors import AppError
from lib.library import Library, Query
from lib.recordings.store import RecordingStore

INTERVAL_SECONDS = 24 * 60 * 60.0
RECORDING_SECONDS = 2 * 60 * 60.0  # since its last use, where recordings are not kept with sessions
log = logging.getLogger(__name__)


def apply_retention(
    library: Library, recordings: RecordingStore, *, days: int | None, now: datetime | None = None
) -> int:
    """Delete the sessions made more than `days` ago, with all that belongs to them.

    Returns how many sessions were deleted; `days` of None deletes none. The recordings of
    sessions that are gone go in any case: another process may have deleted those.

    Raises:
        LibraryError: the library cannot be read or written; what is deleted stays deleted.
    """
    deleted = 0
    if days is not None:
        expired = Query(until=(now or datetime.now(UTC)) - timedelta(days=days))
        deleted = library.delete_all(library.ids(expired))
    recordings.remove_orphans(library.ids)
    return deleted


class RetentionSchedule:
    """Applies the retention at once, then daily, until `close`; `days` is called each time."""

    def __init__(
        self, library: Library, recordings: RecordingStore, days: Callable[[], int | None]
    ) -> None:
        self._library = library
        self._recordings = recordings
        self._days = days
        self._closed = threading.Event()
        threading.Thread(target=self._run, name="retention", daemon=True).start()

    def close(self) -> None:
        """Stop the schedule."""
        self._closed.set()

    def _run(self) -> None:
        while not self._closed.is_set():
            try:
                deleted = apply_retention(self._library, self._recordings, days=self._days())
            except AppError:
                log.warning("What is too old could not be deleted; it is tried again in a day")
            else:
                if deleted:
                    log.info("%d sessions were deleted: their time was up", deleted)
            self._closed.wait(INTERVAL_SECONDS)
