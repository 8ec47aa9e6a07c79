"""DBOS Transact, as far as we use it: a queue in the library's database, and durable workflows.

Everything that asks DBOS something stands here. A workflow is named by a run and its attempt,
which is all that DBOS stores of it; what it is about stands in the table of runs. One process
has one engine: DBOS is global to it. Knows DBOS; imported only once there is something to do.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Sequence
from typing import Any, cast

import sqlalchemy as sa
from dbos import DBOS, DBOSConfig, SetEnqueueOptions, SetWorkflowID
from sqlalchemy.engine import Engine as Database
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry

AT_ONCE = 4  # of one account, over all processes; the API is known to refuse a sixth
LOOK = 0.1  # seconds between two looks at the queue; a slot that is free so long is time lost
LISTEN = 1.0  # seconds between two looks at notifications; `close` waits for one
SELDOM = 3600.0  # seconds between two looks at schedules, which we do not use
QUEUE = "api"
OVER = ["SUCCESS", "ERROR", "CANCELLED", "MAX_RECOVERY_ATTEMPTS_EXCEEDED"]
_HELD = "signal_review_engine"
_launching = threading.Lock()

Step = tuple[str, Callable[[str], bool]]


class DbosQueue:
    """Runs `steps` for each key that is queued, in order, until one returns False.

    `begin` says whether a key is to be executed here and now; `end` is told that it no longer
    is. A step that returned is not run again for the same key, whoever recovers it.
    """

    def __init__(
        self,
        database: Database,
        node: str,
        *,
        begin: Callable[[str], bool],
        steps: Sequence[Step],
        end: Callable[[str], None],
        busy: Callable[[], bool],
    ) -> None:
        self._database = database
        self.busy = busy
        with _launching:
            # On the class of DBOS: a module of ours is loaded anew when its source changes.
            earlier: DbosQueue | None = getattr(DBOS, _HELD, None)
            if earlier is not None:
                earlier._destroy()  # noqa: SLF001  one of us
            setattr(DBOS, _HELD, self)
            self._launch(node)
            self._analyse = _registered(begin, steps, end)
            DBOS.launch()
            DBOS.register_queue(QUEUE, partition_concurrency=AT_ONCE, polling_interval_sec=LOOK)

    @property
    def alive(self) -> bool:
        """Whether no other engine has taken this one's place."""
        return getattr(DBOS, _HELD, None) is self

    def queue(self, key: str, account: str) -> None:
        """Let a key be executed when its account has a slot; queueing it twice does nothing."""
        with SetWorkflowID(key), SetEnqueueOptions(queue_partition_key=account):
            DBOS.enqueue_workflow(QUEUE, self._analyse, key)

    def at_work(self) -> frozenset[str]:
        """The nodes that have something under way, dead ones too."""
        found = DBOS.list_workflows(status="PENDING", load_input=False, load_output=False)
        return frozenset(one.executor_id for one in found if one.executor_id)

    def take_over(self, nodes: Iterable[str]) -> None:
        """Queue anew what these dead nodes had under way."""
        # `resume_workflow`, the public way, would queue anew what a live node has under way too.
        DBOS._recover_pending_workflows(sorted(nodes))  # noqa: SLF001

    def known(self, keys: Sequence[str]) -> frozenset[str]:
        """Those of the keys that wait or are under way."""
        found = DBOS.list_workflows(workflow_ids=[*keys], load_input=False, load_output=False)
        return frozenset(one.workflow_id for one in found if one.status not in OVER)

    def sweep(self) -> None:
        """Delete all that is stored of workflows that are over."""
        found = DBOS.list_workflows(status=OVER, limit=500, load_input=False, load_output=False)
        if found:
            DBOS.delete_workflows([one.workflow_id for one in found])

    def close(self) -> None:
        """End it; what is under way stays so in the database."""
        with _launching:
            if self.alive:
                self._destroy()
                delattr(DBOS, _HELD)

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
            "notification_listener_polling_interval_sec": LISTEN,
            "scheduler_polling_interval_sec": SELDOM,
        }
        DBOS(config=config)

    def _destroy(self) -> None:
        DBOS.destroy(destroy_registry=True)
        dispose(self._database)


def dispose(database: Database) -> None:
    """Close all connections: those that a thread of DBOS still uses, once it gives them back."""
    sa.event.listen(database.pool, "checkin", _close)
    database.dispose()


def _close(_: DBAPIConnection | None, record: ConnectionPoolEntry) -> None:
    record.invalidate()


def earlier_is_busy() -> bool:
    """Whether an engine of this process, made before its modules were loaded anew, is at work.

    It takes in what is queued as well, so that there is no haste to begin another one.
    """
    earlier = getattr(DBOS, _HELD, None)
    return earlier is not None and bool(earlier.busy())


def _registered(
    begin: Callable[[str], bool], steps: Sequence[Step], end: Callable[[str], None]
) -> Callable[[str], None]:
    # Registered here and not where a module is loaded: loading it twice would register twice.
    durable = [_step(name, work) for name, work in steps]

    def analyse(key: str) -> None:
        if begin(key):
            try:
                all(step(key) for step in durable)
            finally:
                end(key)

    decorate: Any = DBOS.workflow(name="analyse", max_recovery_attempts=None)
    return cast("Callable[[str], None]", decorate(analyse))


def _step(name: str, work: Callable[[str], bool]) -> Callable[[str], bool]:
    def step(key: str) -> bool:
        return work(key)

    decorate: Any = DBOS.step(name=name)
    return cast("Callable[[str], bool]", decorate(step))
