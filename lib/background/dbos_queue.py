"""The queue of runs by DBOS Transact: in the library's database, with durable workflows.

All use of DBOS is here, and so is all use of its private names: `DBOS._recover_pending_workflows`
in `take_over`, and `SQLiteSystemDatabase._begin`, which `_count_and_claim` replaces. A workflow is
named by a run and its attempt, which is all that DBOS stores of it; what it is about is in the
table of runs. One process has one `DbosQueue`: DBOS is global to it.
Knows DBOS; imported only once there is something to do.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, cast

import sqlalchemy as sa
from dbos import DBOS, DBOSConfig, SetEnqueueOptions, SetWorkflowID
from dbos._sys_db import SystemDatabase
from dbos._sys_db_sqlite import SQLiteSystemDatabase
from sqlalchemy.engine import Connection
from sqlalchemy.engine import Engine as Database
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry

MAX_CONCURRENT_RUNS = 4  # of one account, over all processes; the API refuses a sixth
QUEUE_POLL_SECONDS = 0.1  # a slot that is free so long is time lost
PREPARING_POLL_SECONDS = 1.0
NOTIFICATION_POLL_SECONDS = 1.0  # `close` waits for one poll
SCHEDULE_POLL_SECONDS = 3600.0  # seldom: we use no schedules
QUEUE_NAME = "api"
PREPARING_QUEUE_NAME = "prepare"
MAX_CONCURRENT_PREPARATIONS = 1  # over all processes: each takes a core
ENDED_STATUSES = ["SUCCESS", "ERROR", "CANCELLED", "MAX_RECOVERY_ATTEMPTS_EXCEEDED"]
_CURRENT_QUEUE = "signal_review_engine"
_launching = threading.Lock()

Step = tuple[str, Callable[[str], bool]]


class DbosQueue:
    """Runs `steps` for each key that is queued, in order, until one returns False.

    `begin` returns the id of a new execution where a key is to be executed here and now, else "";
    the steps are given that id, and so is `end` once it is over. `busy` returns whether anything
    is under way. A step that returned is not run again for the same key, whichever process
    recovers it.
    """

    def __init__(
        self,
        database: Database,
        node: str,
        *,
        begin: Callable[[str], str],
        steps: Sequence[Step],
        end: Callable[[str], None],
        busy: Callable[[], bool],
    ) -> None:
        self._database = database
        self.busy = busy
        with _launching:
            # On the class of DBOS: a module of ours is loaded anew when its source changes.
            earlier: DbosQueue | None = getattr(DBOS, _CURRENT_QUEUE, None)
            if earlier is not None:
                earlier._destroy()  # noqa: SLF001  one of us
            setattr(DBOS, _CURRENT_QUEUE, self)
            self._launch(node)
            self._analyse = _registered(begin, steps, end)
            DBOS.launch()
            DBOS.register_queue(
                QUEUE_NAME,
                partition_concurrency=MAX_CONCURRENT_RUNS,
                polling_interval_sec=QUEUE_POLL_SECONDS,
            )
            DBOS.register_queue(
                PREPARING_QUEUE_NAME,
                concurrency=MAX_CONCURRENT_PREPARATIONS,
                polling_interval_sec=PREPARING_POLL_SECONDS,
            )

    @property
    def is_current(self) -> bool:
        """Whether no later queue of this process has replaced this one."""
        return getattr(DBOS, _CURRENT_QUEUE, None) is self

    def enqueue_preparation(self, key: str) -> None:
        """Queue a key that prepares a recording; a second time does nothing."""
        with SetWorkflowID(key):
            DBOS.enqueue_workflow(PREPARING_QUEUE_NAME, self._analyse, key)

    def enqueue(self, key: str, account: str) -> None:
        """Queue a key for the next free slot of its account; a second time does nothing."""
        with SetWorkflowID(key), SetEnqueueOptions(queue_partition_key=account):
            DBOS.enqueue_workflow(QUEUE_NAME, self._analyse, key)

    def busy_nodes(self) -> frozenset[str]:
        """The nodes (processes) that have something under way, dead ones too."""
        pending = DBOS.list_workflows(status="PENDING", load_input=False, load_output=False)
        return frozenset(workflow.executor_id for workflow in pending if workflow.executor_id)

    def take_over(self, nodes: Iterable[str]) -> None:
        """Queue anew what these dead nodes had under way."""
        # Private: the public `resume_workflow` would queue anew what a live node has under way.
        # Held by test_killed_while_it_waits_for_a_job_the_job_is_waited_for (test_processes.py).
        DBOS._recover_pending_workflows(sorted(nodes))  # noqa: SLF001

    def open_keys(self, keys: Sequence[str]) -> frozenset[str]:
        """The keys, of these, that wait or are under way."""
        workflows = DBOS.list_workflows(workflow_ids=[*keys], load_input=False, load_output=False)
        return frozenset(
            each.workflow_id for each in workflows if each.status not in ENDED_STATUSES
        )

    def delete_ended(self) -> None:
        """Delete what DBOS stores of workflows that have ended."""
        ended = DBOS.list_workflows(
            status=ENDED_STATUSES, limit=500, load_input=False, load_output=False
        )
        if ended:
            DBOS.delete_workflows([workflow.workflow_id for workflow in ended])

    def close(self) -> None:
        """Stop the queue; what is under way stays so in the database."""
        with _launching:
            if self.is_current:
                self._destroy()
                delattr(DBOS, _CURRENT_QUEUE)

    def _launch(self, node: str) -> None:
        address = self._database.url
        config: DBOSConfig = {
            "name": "signal-review",
            "system_database_url": address.set(password=None).render_as_string(),
            "system_database_engine": self._database,
            "executor_id": node,
            "application_version": "1",  # else each new release would strand what waits
            "log_level": "WARNING",
            "use_listen_notify": False,  # a pooler between us and the database forwards nothing
            "notification_listener_polling_interval_sec": NOTIFICATION_POLL_SECONDS,
            "scheduler_polling_interval_sec": SCHEDULE_POLL_SECONDS,
        }
        DBOS(config=config)

    def _destroy(self) -> None:
        DBOS.destroy(destroy_registry=True)
        dispose(self._database)


def dispose(database: Database) -> None:
    """Close all connections; those that a thread of DBOS still uses, once it returns them."""
    sa.event.listen(database.pool, "checkin", _close)
    database.dispose()


def _close(_: DBAPIConnection | None, record: ConnectionPoolEntry) -> None:
    record.invalidate()


def earlier_is_busy() -> bool:
    """Whether a queue of this process, from before its modules were reloaded, is busy.

    It executes what is queued as well, so that another one need not begin soon.
    """
    earlier = getattr(DBOS, _CURRENT_QUEUE, None)
    return earlier is not None and bool(earlier.busy())


@contextmanager
def _count_and_claim(
    self: SystemDatabase,
    isolation: str | None,  # noqa: ARG001  as DBOS calls it; SQLite has one
) -> Iterator[Connection]:
    """The transaction in which slots are counted and runs are given them."""
    with self.engine.begin() as connection:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        yield connection


# Private: the driver of SQLite begins a transaction no sooner than the first write, so that DBOS
# counts before it has one, and two processes that count at the same moment would fill the same
# slots. PostgreSQL refuses the second of them. Held by
# test_two_processes_that_count_at_the_same_moment_share_the_slots (test_dbos_queue.py).
SQLiteSystemDatabase._begin = _count_and_claim  # type: ignore[method-assign]  # noqa: SLF001


def _registered(
    begin: Callable[[str], str], steps: Sequence[Step], end: Callable[[str], None]
) -> Callable[[str], None]:
    # Registered here and not where a module is loaded: loading it twice would register twice.
    durable = [_step(name, work) for name, work in steps]

    def analyse(key: str) -> None:
        if execution_id := begin(key):
            try:
                all(step(execution_id) for step in durable)
            finally:
                end(execution_id)

    decorate: Any = DBOS.workflow(name="analyse", max_recovery_attempts=None)
    return cast("Callable[[str], None]", decorate(analyse))


def _step(name: str, work: Callable[[str], bool]) -> Callable[[str], bool]:
    def step(execution_id: str) -> bool:
        return work(execution_id)

    decorate: Any = DBOS.step(name=name)
    return cast("Callable[[str], bool]", decorate(step))
