"""The limit of the queue, where two processes look for free slots at the same moment."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa
from dbos import DBOSClient
from sqlalchemy.exc import DBAPIError

from lib.background.dbos_queue import MAX_CONCURRENT_RUNS, QUEUE_NAME
from tests.background.conftest import BOUND

ACCOUNT = "an account"
HEAD_START = 1.0  # seconds that one process waits, having counted, for the other to claim


@pytest.fixture
def database(library):
    """Open the queue's database as one more process does."""
    opened = []

    def database():
        opened.append(library.runs.engine_of_queue())
        return opened[-1]

    yield database
    for each in opened:
        each.dispose()


def claim(client, node):
    """The keys that get a slot in a process; none where the database refuses it for now."""
    queue, system = client.retrieve_queue(QUEUE_NAME), client._sys_db
    try:
        keys, _ = system.start_queued_workflows(queue, node, "1", ACCOUNT)
    except DBAPIError as error:
        if system.is_lock_conflict(error) or system.is_serialization_conflict(error):
            return []
        raise
    return keys


def test_two_processes_that_count_at_the_same_moment_share_the_slots(database):
    slow, quick = database(), database()
    counted, claimed = threading.Event(), threading.Event()

    @sa.event.listens_for(slow, "after_cursor_execute")
    def wait(_connection, _cursor, statement, *_):
        if "count(*)" in statement and not counted.is_set():
            counted.set()
            claimed.wait(HEAD_START)

    first, second = (DBOSClient(system_database_engine=each) for each in (slow, quick))
    for number in range(3 * MAX_CONCURRENT_RUNS):
        options = {"queue_name": QUEUE_NAME, "workflow_name": "analyse", "app_version": "1"}
        options |= {"workflow_id": f"run {number}", "queue_partition_key": ACCOUNT}
        first.enqueue(options)
    with ThreadPoolExecutor() as threads:
        keys = threads.submit(claim, first, "first")
        assert counted.wait(BOUND)
        others = claim(second, "second")
        claimed.set()
        assert len(keys.result() + others) == MAX_CONCURRENT_RUNS
