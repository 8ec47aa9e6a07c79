"""Measures, one after another, the recordings of sessions that nobody measured yet.

Knows the library and the recordings. Each is measured in a process of low priority, so that pages
and analyses come first.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable

from lib.errors import AppError, PreparationCancelledError
from lib.library import Library
from lib.recordings.measurement import measure_recording
from lib.recordings.store import RecordingStore

LOOK_SECONDS = 5.0  # between two looks at whether there is something to measure
SETTLED_NANOSECONDS = 1_000_000_000
CLOSE_SECONDS = 2.0  # a measurement that is cancelled ends well within that
log = logging.getLogger(__name__)


class Measurer:
    """Measures what there is to measure, until `close`; `on_measured` is given the session's id.

    A recording that cannot be measured is tried once a process. What another process measures
    meanwhile is measured twice, and written once more.
    """

    def __init__(
        self,
        library: Library,
        recordings: RecordingStore,
        on_measured: Callable[[str], None] = lambda _: None,
    ) -> None:
        self._library = library
        self._recordings = recordings
        self._on_measured = on_measured
        self._failed: set[str] = set()
        self._absent: set[str] = set()  # sessions without a recording, while the folder is as it is
        self._folder_time = 0
        self._closed = threading.Event()
        self._thread = threading.Thread(target=self._run, name="measurements", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Stop measuring; what is under way is given up."""
        self._closed.set()
        self._thread.join(CLOSE_SECONDS)

    def _run(self) -> None:
        while not self._closed.is_set():
            try:
                self._measure_all()
            except AppError:
                log.warning("What recordings are like could not be written; it is tried again")
            self._closed.wait(LOOK_SECONDS)

    def _measure_all(self) -> None:
        self._see_folder()
        for session_id in self._library.unmeasured_ids():
            if self._closed.is_set():
                return
            if session_id in self._failed or session_id in self._absent:
                continue
            if self._recordings.has_session(session_id):
                self._measure(session_id)
            else:
                self._absent.add(session_id)

    def _see_folder(self) -> None:
        """Look anew for the recordings that were not there, once the folder has changed."""
        try:
            changed_at = self._recordings.folder.stat().st_mtime_ns
        except OSError:
            return
        if changed_at == self._folder_time:
            return
        self._absent.clear()
        # Its clock is coarse: what comes in the same moment may leave the time as it is.
        settled = time.time_ns() - changed_at > SETTLED_NANOSECONDS
        self._folder_time = changed_at if settled else 0

    def _measure(self, session_id: str) -> None:
        path = self._recordings.path_of_session(session_id)
        if path is None:  # removed just now
            return
        try:
            measurement = measure_recording(path, cancelled=self._closed.is_set)
        except PreparationCancelledError:
            return
        except AppError:
            log.info("A recording could not be measured")
            self._failed.add(session_id)
            return
        if self._library.write_measurement(session_id, measurement):
            self._on_measured(session_id)
