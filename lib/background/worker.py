"""The worker: one thread a process that queues waiting runs and takes over from dead processes."""

from __future__ import annotations

import logging
import threading
import time
from typing import TYPE_CHECKING

from lib.background import thread_exit
from lib.background.lease import Lease
from lib.background.workflow import Workflow
from lib.errors import LibraryError
from lib.library import Library
from lib.library.run_rows import Row
from lib.model import Phase
from lib.recordings.store import RecordingStore

if TYPE_CHECKING:
    from lib.background.dbos_queue import DbosQueue

IDLE_POLL_SECONDS = 2.0  # between two looks for waiting runs
CANCEL_POLL_SECONDS = 0.5  # between two looks at whether a run was cancelled
CLEANUP_SECONDS = 30.0  # between two searches for lost runs, and for what can be deleted
CLOSE_SECONDS = 2.0  # that what runs is given to end
log = logging.getLogger(__name__)


class Worker:
    """Executes the runs of the library, from the first `wake` until `close`."""

    def __init__(self, library: Library, recordings: RecordingStore, workflow: Workflow) -> None:
        self._library = library
        self._recordings = recordings
        self._workflow = workflow
        self._lease = Lease(library, recordings)
        self._queue: DbosQueue | None = None
        self._thread: threading.Thread | None = None
        self._lock = threading.Lock()
        self._wake_event = threading.Event()
        self._closing = threading.Event()
        self._cleaned_at = self._saved_at = 0.0  # of the monotonic clock

    def wake(self) -> None:
        """Start the thread if there is none, and look for work at once; returns without waiting."""
        with self._lock:
            if self._thread is None and not self._closing.is_set():
                self._thread = threading.Thread(target=self._loop, name="runs", daemon=True)
                self._thread.start()
                thread_exit.call_before_thread_join(self.close)
        self._wake_event.set()

    def close(self) -> None:
        """End what runs here, which goes on in the next process; nothing begins after that."""
        self._closing.set()
        self._wake_event.set()
        self._workflow.executions.close()
        with self._lock:
            thread, self._thread = self._thread, None
        deadline = time.monotonic() + CLOSE_SECONDS
        if thread is not None and thread is not threading.current_thread():
            thread.join(CLOSE_SECONDS)
        while self._workflow.executions.all() and time.monotonic() < deadline:
            time.sleep(CANCEL_POLL_SECONDS / 10)
        if self._queue is not None:
            self._queue.close()
            self._queue = None
            self._lease.release()

    def _loop(self) -> None:
        import lib.background.dbos_queue  # noqa: F401, PLC0415  loads while nobody waits for it

        while not self._closing.is_set():
            try:
                self._save_spooled()
                self._work()
            except LibraryError:
                self._lease.doubt()  # no other process could renew its own either
                self._saved_at = 0.0  # what it refused meanwhile is saved as soon as it is back
            except Exception:
                log.exception("The worker met an error of this app")
                self._lease.doubt()
            executing = bool(self._workflow.executions.all())
            self._wake_event.wait(CANCEL_POLL_SECONDS if executing else IDLE_POLL_SECONDS)
            self._wake_event.clear()

    def _work(self) -> None:
        table = self._library.runs
        if self._queue is None:
            if not table.any_open() or _earlier_queue_is_busy():
                return
            self._queue = self._launch()
        if not self._queue.is_current:  # a later worker of this process has begun
            self._workflow.executions.close()
            return
        for run_id, attempt, account, prepares in table.waiting():
            key = f"{run_id}.{attempt}"
            if prepares:
                self._queue.enqueue_preparation(key)
            else:
                self._queue.enqueue(key, account)
            table.queued(run_id, attempt)
        self._workflow.settle_recordings()
        executions = self._workflow.executions.all()
        if executions:
            self._workflow.executions.apply_flags(
                executions, table.flags([execution.run.id for execution in executions])
            )
        if self._lease.is_due:
            self._renew_lease()
            self._take_over_expired(self._queue)

    def _save_spooled(self) -> None:
        now = time.monotonic()
        if not self._saved_at or now - self._saved_at >= CLEANUP_SECONDS:
            self._saved_at = now
            self._workflow.result_saver.save_spooled()

    def _launch(self) -> DbosQueue:
        from lib.background.dbos_queue import DbosQueue  # noqa: PLC0415  DBOS loads when it is needed

        self._renew_lease()  # first, else what this node begins would look like a dead one's
        workflow = self._workflow
        return DbosQueue(
            self._library.runs.engine_of_queue(),
            self._lease.node,
            begin=workflow.begin,
            steps=workflow.steps,
            end=workflow.executions.remove,
            busy=lambda: bool(workflow.executions.all()),
        )

    def _renew_lease(self) -> None:
        self._lease.renew()
        self._workflow.live_folders = frozenset(self._lease.folders.values())

    def _take_over_expired(self, queue: DbosQueue) -> None:
        expired = self._lease.expired(queue.busy_nodes())
        if expired is None:
            return
        if expired:
            log.warning("Another process has ended; what it had under way goes on here")
            queue.take_over(expired)
        if time.monotonic() - self._cleaned_at >= CLEANUP_SECONDS:
            self._cleaned_at = time.monotonic()
            self._clean_up(queue)

    def _clean_up(self, queue: DbosQueue) -> None:
        table = self._library.runs
        rows = [
            row
            for row in table.open()
            if row.columns["queued"] == row.columns["attempt"] and not _waits_for_parts(row)
        ]
        keys = {f"{row.columns['id']}.{row.columns['attempt']}": row for row in rows}
        for key in keys.keys() - queue.open_keys([*keys]):
            run_id, _, attempt = key.rpartition(".")
            table.revive(run_id, int(attempt))
        for row in table.open():
            self._recordings.path(row.columns["ticket"])  # so that it is kept while the run waits
        queue.delete_ended()


def _waits_for_parts(row: Row) -> bool:
    """Whether nothing executes an open run, as all that is left are its parts."""
    return row.columns["plan"] is not None and row.columns["phase"] == Phase.ANALYSING


def _earlier_queue_is_busy() -> bool:
    from lib.background.dbos_queue import earlier_is_busy  # noqa: PLC0415  DBOS loads when it is needed

    return earlier_is_busy()
