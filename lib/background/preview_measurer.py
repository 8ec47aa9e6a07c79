"""What recordings are like that nobody sent yet: measured while the page is used, not for long."""

from __future__ import annotations

import threading
from pathlib import Path

from lib.errors import AppError
from lib.model import RecordingMeasurement
from lib.recordings.bounded_process import Bounds
from lib.recordings.measurement import measure_recording

BOUNDS = Bounds(
    cpu_seconds=30, silent_seconds=30.0
)  # what takes longer is measured once it is sent
MAX_RESULTS = 100  # the latest


class PreviewMeasurer:
    """The measurements of recordings, by the hash of their bytes; one is measured at a time."""

    def __init__(self) -> None:
        self._results: dict[str, RecordingMeasurement | None] = {}
        self._pending: set[str] = set()
        self._lock = threading.Lock()
        self._turn = threading.Semaphore(1)
        self._closed = threading.Event()

    def begin(self, content: str, path: Path) -> None:
        """Begin to measure a recording, unless it was begun before; returns at once."""
        with self._lock:
            if self._closed.is_set() or content in self._pending or content in self._results:
                return
            self._pending.add(content)
        name = "measurement preview"
        threading.Thread(target=self._measure, args=(content, path), name=name, daemon=True).start()

    def is_pending(self, content: str) -> bool:
        """Whether a recording is being measured, or waits for its turn."""
        with self._lock:
            return content in self._pending

    def measurement(self, content: str) -> RecordingMeasurement | None:
        """What was measured; None where nothing was, or it took too long."""
        with self._lock:
            return self._results.get(content)

    def close(self) -> None:
        """Give up what is under way."""
        self._closed.set()

    def _measure(self, content: str, path: Path) -> None:
        measurement = None
        try:
            with self._turn:
                measurement = measure_recording(path, cancelled=self._closed.is_set, bounds=BOUNDS)
        except AppError:
            pass  # its session says so, if it is sent
        finally:
            with self._lock:
                self._pending.discard(content)
                self._results[content] = measurement
                while len(self._results) > MAX_RESULTS:
                    del self._results[next(iter(self._results))]
