"""What goes wrong around a run while it is under way: told in a sentence, and nothing is lost."""

import itertools
import signal
import sqlite3
import time
from contextlib import suppress
from dataclasses import replace

import pytest
import sqlalchemy as sa

from lib.background import worker
from lib.errors import LibraryError, LibraryFullError
from lib.library import database
from lib.model import V1Options, V2Options
from lib.recordings.store import RecordingStore
from lib.sandbox import Fault
from tests import answers
from tests.background.conftest import BOUND, LONG_LEASE_SECONDS, ended, reached, until

GONE = 16.0  # seconds; longer than a process may be silent


@pytest.fixture(autouse=True)
def tidy(monkeypatch):
    monkeypatch.setattr(worker, "CLEANUP_SECONDS", 0.2)


def gets(sandbox):
    return [call for call in sandbox.calls if call.method == "GET"]


@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
def test_a_database_that_is_gone_for_long_and_comes_back_costs_no_run(
    cluster, runner, start, posts, sandbox, library
):
    sandbox.fail(Fault("/v1/upload/analyze", call=1, delay=GONE / 2))
    sandbox.fail(Fault("/v2/upload/jobs", call=1, delay=GONE / 2))
    runs = [start(V1Options()), start(V2Options())]
    reached(runner, runs[0], "analysing")
    until(lambda: gets(sandbox))
    runs += [start(V1Options()), start(V2Options())]
    cluster.stop()
    try:
        with pytest.raises(LibraryError) as caught:
            runner.find_run(runs[0])
        assert "then try again" in caught.value.problem.next_step
        time.sleep(GONE)
    finally:
        cluster.start()
    ends = [until(lambda run_id=run_id: _ended(runner, run_id), 2 * BOUND) for run_id in runs]
    assert {(run.phase, run.attempt) for run in ends} == {("done", 1)}
    assert (posts(), library.count()) == (4, 4)


def _ended(runner, run_id):
    run = runner.find_run(run_id)
    return run.ended and not run.unsaved and run


@pytest.fixture
def impatient(monkeypatch):
    monkeypatch.setattr(database, "BUSY_SECONDS", 1)


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_a_file_that_is_locked_for_longer_than_anybody_waits_costs_no_run(
    impatient, runner, start, posts, sandbox, library, tmp_path
):
    sandbox.fail(Fault("/v1/upload/analyze", call=1, delay=3))
    runs = [start(V1Options()), start(V2Options())]
    reached(runner, runs[0], "analysing")
    with sqlite3.connect(tmp_path / "library.db", isolation_level=None) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(LibraryError) as caught:
            start()
        assert "busy" in caught.value.problem.what
        time.sleep(5)  # the answers come meanwhile, and nothing can be written of it
        other.execute("ROLLBACK")
    other.close()
    ends = [until(lambda run_id=run_id: _ended(runner, run_id)) for run_id in runs]
    assert {(run.phase, run.attempt) for run in ends} == {("done", 1)}
    assert (posts(), library.count()) == (2, 2)


@pytest.fixture
def full(url, library, cluster):
    """Leave the library no room for a session; what is returned makes room again."""
    if library._engine.dialect.name == "sqlite":
        limit = {"pages": 1}

        @sa.event.listens_for(library._engine, "connect")
        def small(connection, _):
            connection.execute(f"PRAGMA max_page_count={limit['pages']}")

        def room():
            limit["pages"] = 1 << 30
            library._engine.dispose()

        def fill(analysis):
            library._engine.dispose()
            with suppress(LibraryFullError):  # the last pages have some room as well
                for number in itertools.count():
                    session = answers.session(session_id=f"filling {number}")
                    library.save(replace(session, analysis=analysis))

        return fill, room
    name = url.rpartition("/")[2]
    cluster.execute(
        "CREATE FUNCTION fill() RETURNS trigger LANGUAGE plpgsql AS "
        "$$BEGIN RAISE EXCEPTION 'no space' USING ERRCODE = 'disk_full'; END$$",
        name,
    )
    trigger = "TRIGGER fill BEFORE INSERT ON sessions FOR EACH ROW EXECUTE FUNCTION fill()"
    return (
        lambda analysis: cluster.execute(f"CREATE {trigger}", name),
        lambda: cluster.execute("DROP TRIGGER fill ON sessions", name),
    )


@pytest.mark.parametrize("options", [V1Options(), V2Options()], ids=["v1", "v2"])
def test_an_answer_for_which_there_is_no_room_is_kept_until_there_is(
    runner, start, posts, library, full, options, monkeypatch
):
    fill, make_room = full
    saver = runner._workflow.result_saver
    spool = saver.spool
    monkeypatch.setattr(saver, "spool", lambda run, answer: (spool(run, answer), fill(answer)))
    run_id = start(options)
    run = until(lambda: (run := runner.find_run(run_id)).unsaved and run)
    assert run.failure == LibraryFullError().problem
    before = library.count()
    make_room()
    reached(runner, run_id, "done")
    assert (posts(), library.count()) == (1, before + 1)


def test_a_disk_that_takes_no_file_costs_no_answer(runner, start, recordings, library):
    (recordings.folder / "answers").write_text("no folder can be made here")
    assert ended(runner, start()).phase == "done"
    assert library.count() == 1


@pytest.fixture
def nodes(node, watcher, start, sandbox):
    """Two processes, one of which waits for a job; and its run."""
    sandbox.fail(Fault("/v2/upload/jobs", call=1, delay=BOUND))
    run_id = start(V2Options())
    processes = [node(lease_seconds=LONG_LEASE_SECONDS) for _ in range(2)]
    until(lambda: gets(sandbox))
    return processes, run_id


@pytest.fixture
def runner(request):
    """For tests with processes of their own a runner that only looks."""
    return request.getfixturevalue("watcher" if "nodes" in request.fixturenames else "working")


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_a_clock_that_is_set_makes_nobody_look_dead(nodes, runner, library, sandbox, node, posts):
    processes, run_id = nodes
    execution = library.runs.get(run_id).columns["execution"]
    for number in (signal.SIGUSR2, signal.SIGUSR1, signal.SIGUSR1):  # back, then forth
        for process in processes:
            process.send_signal(number)
        time.sleep(2)
    time.sleep(3)  # longer than a node counts as dead
    assert library.runs.get(run_id).columns["execution"] == execution
    assert len(gets(sandbox)) == 1
    for process in processes:  # whoever has it ends while its clock is ahead of the next one's
        process.kill()
    node(lease_seconds=LONG_LEASE_SECONDS)
    run = ended(runner, run_id)
    assert (run.phase, posts(), library.count()) == ("done", 1, 1)


def test_a_clock_that_is_set_costs_no_recording_that_is_waited_for(tmp_path, recording):
    now = [1_000_000.0]
    recordings = RecordingStore(tmp_path, keep_for=7200, clock=lambda: now[0])
    with recording.open("rb") as file:
        ticket = recordings.add(file, "talk.mp4")
    for hours in (1.5, 1.5, -3, -3, 1.5):  # more in all than it is kept for, and more at once
        now[0] += hours * 3600
        recordings.sweep()
        assert recordings.path(ticket)
    now[0] += 7201
    recordings.sweep()
    assert recordings.path(ticket) is None
    recordings.close()
