"""One thread a process: queues what waits, watches what runs here, takes over from the dead.

DBOS recovers what a process with the same name left; which process is dead only its hosted
service would say. Here each says every BEAT seconds that it executions, in a table.
"""

from __future__ import annotations

import concurrent.futures.thread  # noqa: F401  see `wake`
import logging
import os
import secrets
import socket
import threading
import time
from typing import TYPE_CHECKING

from lib.background.workflow import Workflow
from lib.errors import LibraryError
from lib.library import Library
from lib.recordings.store import RecordingStore

if TYPE_CHECKING:
    from lib.background.dbos_queue import DbosQueue

BEAT = 2.0  # seconds between two signs of execution
DEAD = 10.0  # seconds without one
SILENT = 3  # beats that a node may miss for another reason: the clock was set, say
LOOK = 0.5  # seconds between two looks at whether a run was cancelled
TIDY = 30.0  # seconds between two looks for what was lost, and at what can be deleted
PATIENCE = 5.0  # seconds that what runs is given to end
log = logging.getLogger(__name__)


class Worker:
    """Keeps the runs of the library going, once `wake` was called and until `close`."""

    def __init__(self, library: Library, recordings: RecordingStore, workflow: Workflow) -> None:
        self.node = f"{socket.gethostname()}-{os.getpid()}-{secrets.token_hex(4)}"
        self._library = library
        self._recordings = recordings
        self._workflow = workflow
        self._engine: DbosQueue | None = None
        self._thread: threading.Thread | None = None
        self._lock = threading.Lock()
        self._bell = threading.Event()
        self._closing = threading.Event()
        self._steady: float | None = None  # since when this node beats without a gap
        self._silent: dict[str, float] = {}  # since when nothing was heard of a node
        self._beaten = self._tidied = self._rescued = 0.0

    def wake(self) -> None:
        """Begin, if not yet begun, and look at once; returns without waiting."""
        with self._lock:
            if self._thread is None and not self._closing.is_set():
                self._thread = threading.Thread(target=self._keep, name="runs", daemon=True)
                self._thread.start()
                # The queue's threads are joined before anything that `atexit` knows is called,
                # and what they do may take minutes. Nothing public comes earlier, and this does
                # because `concurrent.futures.thread` registered first.
                threading._register_atexit(self.close)  # type: ignore[attr-defined]  # noqa: SLF001
        self._bell.set()

    def close(self) -> None:
        """End what runs here, which goes on in the next process; nothing begins any more."""
        self._closing.set()
        self._bell.set()
        self._workflow.executions.close()
        with self._lock:
            thread, self._thread = self._thread, None
        if thread is not None and thread is not threading.current_thread():
            thread.join(PATIENCE)
        deadline = time.monotonic() + PATIENCE
        while self._workflow.executions.all() and time.monotonic() < deadline:
            time.sleep(LOOK / 10)
        if self._engine is not None:
            self._engine.close()
            self._engine = None
            try:
                self._library.heartbeats.leave(self.node)
            except LibraryError:
                log.info("The end of this process could not be noted; it will show")

    def _keep(self) -> None:
        import lib.background.dbos_queue  # noqa: F401, PLC0415  loads while nobody waits for it

        while not self._closing.is_set():
            try:
                self._rescue()
                self._turn()
            except LibraryError:
                self._steady = None  # nobody else could beat either: they are not dead
                self._rescued = 0.0  # what it refused meanwhile is brought as soon as it is back
            except Exception:
                log.exception("The keeper of runs met an error of this app")
                self._steady = None
            watching = bool(self._workflow.executions.all())
            self._bell.wait(LOOK if watching else BEAT)
            self._bell.clear()

    def _turn(self) -> None:
        table = self._library.runs
        if self._engine is None:
            if not table.any_open() or _earlier_is_busy():
                return
            self._engine = self._launch()
        if not self._engine.alive:  # a later runner of this process has begun
            self._workflow.executions.close()
            return
        for run_id, attempt, account in table.waiting():
            self._engine.queue(f"{run_id}.{attempt}", account)
            table.queued(run_id, attempt)
        executions = self._workflow.executions.all()
        if executions:
            self._workflow.executions.heed(
                executions, table.flags([execution.run.id for execution in executions])
            )
        if time.monotonic() - self._beaten >= BEAT:
            self._beat(self._engine)

    def _rescue(self) -> None:
        now = time.monotonic()
        if not self._rescued or now - self._rescued >= TIDY:
            self._rescued = now
            self._workflow.result_saver.rescue()

    def _launch(self) -> DbosQueue:
        from lib.background.dbos_queue import DbosQueue  # noqa: PLC0415  DBOS loads when it is needed

        # A sign of life first, else what this node begins would look like a dead one's.
        workflow = self._workflow
        workflow.folders = frozenset(self._sign().values())
        return DbosQueue(
            self._library.runs.engine_of_queue(),
            self.node,
            begin=workflow.begin,
            steps=workflow.steps,
            end=workflow.executions.remove,
            busy=lambda: bool(workflow.executions.all()),
        )

    def _sign(self) -> dict[str, str]:
        """Say that this process executions; those that do, each with where it keeps recordings."""
        return self._library.heartbeats.beat(self.node, self._recordings.folder_id, dead_after=DEAD)

    def _beat(self, engine: DbosQueue) -> None:
        living = self._sign()
        self._workflow.folders = frozenset(living.values())
        now = time.monotonic()
        if self._steady is None or now - self._beaten > 2 * BEAT + LOOK:
            self._steady = now  # after an outage or a sleep, others need time to beat again
        self._beaten = now
        missing = engine.at_work() - living.keys()
        self._silent = {node: self._silent.get(node, now) for node in missing}
        if now - self._steady < DEAD:
            return
        # A clock that was set makes the living look long dead, until they beat once more.
        dead = {node for node, since in self._silent.items() if now - since > SILENT * BEAT}
        if dead:
            log.warning("Another process has ended; what it had under way goes on here")
            engine.take_over(dead)
        if now - self._tidied >= TIDY:
            self._tidied = now
            self._tidy(engine)

    def _tidy(self, engine: DbosQueue) -> None:
        table = self._library.runs
        rows = [row for row in table.open() if row.columns["queued"] == row.columns["attempt"]]
        keys = {f"{row.columns['id']}.{row.columns['attempt']}": row for row in rows}
        for key in keys.keys() - engine.known([*keys]):
            run_id, _, attempt = key.rpartition(".")
            table.revive(run_id, int(attempt))
        for row in table.open():
            self._recordings.path(row.columns["ticket"])  # what waits keeps its recording
        engine.sweep()


def _earlier_is_busy() -> bool:
    from lib.background.dbos_queue import earlier_is_busy  # noqa: PLC0415  DBOS loads when it is needed

    return earlier_is_busy()
