"""Makes files of recordings in the background, one at a time: proxies, peaks, thumbnails.

Processes that share a folder of recordings take turns, so that nothing is made twice.
"""

from __future__ import annotations

import fcntl
import logging
import queue
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from lib.errors import AppError, PreparationCancelledError, Problem

TURN_SECONDS = 0.5  # between two looks at whether another process is done
JOIN_SECONDS = 1.0  # that what is under way is waited for
TURNS = "companions"  # a folder within that of the recordings: it is not swept
log = logging.getLogger(__name__)

Make = Callable[[Callable[[float], None], Callable[[], bool]], object]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a file is, from 0 to 1 (None: it waits for its turn), or why there will be none."""

    share: float | None = None
    problem: Problem | None = None


@dataclass(frozen=True, slots=True, order=True)
class _Job:
    in_list: bool  # for a list: what a player waits for goes first
    number: int  # of the request
    recording: Path = field(compare=False)
    kind: str = field(compare=False)
    make: Make = field(compare=False)

    @property
    def key(self) -> tuple[str, str]:
        return self.recording.name, self.kind


class CompanionMaker:
    """One thread that makes what is requested, in turn, until `close`."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._progress: dict[tuple[str, str], Progress] = {}
        self._jobs: queue.PriorityQueue[_Job] = queue.PriorityQueue()
        self._requests = 0
        self._closed = threading.Event()
        self._thread: threading.Thread | None = None

    def request(self, recording: Path, kind: str, make: Make, *, in_list: bool = False) -> Progress:
        """Have a kind of file made of a recording, and return how far it is.

        What is only shown `in_list` waits until there is nothing else to make.

        `make` is called once with what takes its progress, and with what says whether to stop: a
        recording that is removed needs nothing any more. It does nothing where the file is there.
        What failed is not tried again by this process.
        """
        with self._lock:
            self._requests += 1
            job = _Job(in_list, self._requests, recording, kind, make)
            if job.key not in self._progress:
                self._progress[job.key] = Progress()
                self._jobs.put(job)
                self._begin()
            return self._progress[job.key]

    def close(self) -> None:
        """End what is under way; the rest is not made."""
        self._closed.set()
        if self._thread is not None:
            self._thread.join(JOIN_SECONDS)

    def _begin(self) -> None:
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="companions", daemon=True)
            self._thread.start()

    def _run(self) -> None:
        while not self._closed.is_set():
            try:
                job = self._jobs.get(timeout=TURN_SECONDS)
            except queue.Empty:
                continue
            problem = self._carry_out(job)
            with self._lock:
                if problem:
                    self._progress[job.key] = Progress(problem=problem)
                else:
                    self._progress.pop(job.key)

    def _carry_out(self, job: _Job) -> Problem | None:
        def report(share: float) -> None:
            with self._lock:
                self._progress[job.key] = Progress(share)

        def needless() -> bool:
            return self._closed.is_set() or not job.recording.exists()

        try:
            with _turn(job.recording.parent / TURNS, needless):
                job.make(report, needless)
        except PreparationCancelledError:
            return None
        except AppError as error:
            log.info("The %s of a recording could not be made: %s", job.kind, error.what)
            return None if needless() else error.problem
        except Exception:
            log.exception("The %s of a recording could not be made", job.kind)
            return Problem(
                "A copy of this recording to look at could not be made.",
                "The charts are complete. Tell whoever runs the app; its log says why.",
            )
        return None


@contextmanager
def _turn(folder: Path, needless: Callable[[], bool]) -> Iterator[None]:
    """The turn of this process among those that share a folder.

    Raises:
        PreparationCancelledError: it was needless before it came.
    """
    folder.mkdir(mode=0o700, exist_ok=True)
    with (folder / "turn").open("a") as file:  # the system gives the turn on when a process ends
        while True:
            if needless():
                raise PreparationCancelledError
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                time.sleep(TURN_SECONDS)
            else:
                yield
                return
