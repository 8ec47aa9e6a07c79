"""Runs outlive the process that began them, however it ends. Each node is a process."""

import shutil
import time
from functools import partial

import pytest

from lib.errors import Problem
from lib.model import V1Options, V2Options
from lib.recordings.store import RecordingStore
from lib.sandbox import Fault
from tests.background.conftest import BOUND, LONG_LEASE_SECONDS, ended, reached, until

PADDING = 24 << 20  # bytes; more than the sockets between us and the API swallow unread


@pytest.fixture
def runner(watcher):
    return watcher


@pytest.fixture
def neighbor(node):
    """Start a process that lives beside another one."""
    return partial(node, lease_seconds=LONG_LEASE_SECONDS)


@pytest.fixture
def large(tmp_path, recording):
    """A recording that is still being sent when nobody reads it at the other end."""
    path = tmp_path / "large.mp4"
    path.write_bytes(recording.read_bytes() + b"\0\0\0\0" * (PADDING // 4))
    return path


def polls(sandbox):
    """How often somebody asked for a job: the first one may be set to take long."""
    return len([call for call in sandbox.calls if call.method == "GET"])


def test_what_waits_is_begun_by_the_next_process(node, runner, start, posts):
    run_id = start()
    assert runner.find_run(run_id).phase == "queued"
    node()
    assert ended(runner, run_id).phase == "done"
    assert posts() == 1


@pytest.mark.parametrize("options", [V1Options(), V2Options()], ids=["v1", "v2"])
def test_killed_before_the_post_it_asks_and_is_sent_when_told_to(
    node, runner, start, posts, options
):
    run_id = start(options)
    first = node("post")
    assert first.receive() == "post"
    first.kill()
    node()
    run = reached(runner, run_id, "unconfirmed")
    assert run.maybe_billed
    assert "may bill" in run.failure.next_step
    assert posts() == 0
    assert runner.send_again(run_id)
    assert ended(runner, run_id).phase == "done"
    assert posts() == 1


def test_killed_in_the_upload_it_asks(node, runner, start, posts, sandbox, large):
    sandbox.fail(Fault("/v2/upload/analyze", call=1, stall=BOUND))
    run_id = start(V2Options(), path=large)
    first = node()
    reached(runner, run_id, "uploading")
    until(posts)
    first.kill()
    node()
    assert reached(runner, run_id, "unconfirmed").attempt == 1
    assert posts() == 1


def test_killed_while_it_waits_for_a_job_the_job_is_waited_for(
    node, runner, start, posts, sandbox, library
):
    sandbox.fail(Fault("/v2/upload/jobs", call=1, delay=BOUND))
    run_id = start(V2Options())
    first = node()
    until(lambda: polls(sandbox))
    first.kill()
    node()
    assert ended(runner, run_id).phase == "done"
    assert (posts(), library.count()) == (1, 1)


@pytest.mark.parametrize("options", [V1Options(), V2Options()], ids=["v1", "v2"])
def test_killed_before_it_saved_an_answer_the_next_process_saves_it(
    node, runner, start, sandbox, library, options
):
    run_id = start(options)
    first = node("save")
    assert first.receive() == "save"
    first.kill()
    calls = len(sandbox.calls)
    node()
    assert ended(runner, run_id).phase == "done"
    assert (len(sandbox.calls), library.count()) == (calls, 1)


def test_killed_just_after_it_saved_an_answer_nothing_is_asked(node, runner, start, posts, library):
    run_id = start(V1Options())
    first = node("after save 1")
    first.begin()
    first.wait()
    assert library.count() == 1
    shutil.rmtree(runner._recordings.folder / "answers")  # as for a process on another machine
    node()
    assert ended(runner, run_id).phase == "done"
    assert (posts(), library.count()) == (1, 1)


def test_of_two_processes_one_follows_a_run_and_the_other_takes_over(
    neighbor, runner, start, posts, sandbox, library
):
    sandbox.fail(Fault("/v2/upload/jobs", call=1, delay=BOUND))
    run_id = start(V2Options())
    first, second = neighbor(), neighbor()
    until(lambda: runner.find_run(run_id).job)
    execution = library.runs.get(run_id).columns["execution"]
    time.sleep(LONG_LEASE_SECONDS + 1)  # longer than until a node counts as dead
    assert library.runs.get(run_id).columns["execution"] == execution
    polls = len(sandbox.calls) - posts()
    assert polls == 1
    for process in (first, second):  # one of them has it, and nobody knows which
        if runner.find_run(run_id).phase != "done":
            process.kill()
            neighbor()
    assert ended(runner, run_id).phase == "done"
    assert (posts(), library.count()) == (1, 1)


def test_many_runs_in_two_processes_are_each_sent_once_and_four_at_a_time(
    neighbor, runner, start, posts, library, sandbox
):
    sandbox.fail(Fault("/v1/upload/analyze", call=None, delay=0.5))
    runs = [start() for _ in range(12)]
    neighbor(), neighbor()
    assert {ended(runner, run_id).phase for run_id in runs} == {"done"}
    assert (posts(), library.count()) == (12, 12)
    spans = [(run.steps[-4].at, run.steps[-1].at) for run in map(runner.find_run, runs)]
    assert max(sum(start <= at < end for start, end in spans) for at, _ in spans) <= 4


def test_a_process_that_ends_leaves_what_runs_to_the_next(
    node, runner, start, posts, sandbox, large
):
    sandbox.fail(Fault("/v1/upload/analyze", call=1, stall=BOUND))
    sandbox.fail(Fault("/v2/upload/jobs", call=1, delay=BOUND))
    sending, waiting = start(V1Options(), path=large), start(V2Options())
    first = node()
    reached(runner, sending, "uploading")
    until(lambda: polls(sandbox))
    until(lambda: posts() == 2)
    first.end()
    assert runner.find_run(sending).phase == "queued"
    assert runner.find_run(waiting).phase == "analysing"
    node()
    assert ended(runner, sending).phase == "done"
    assert ended(runner, waiting).phase == "done"
    assert posts() == 3  # the first of them was cut before it was whole


def test_runs_whose_recordings_lie_with_another_process_are_left_to_it(
    neighbor, runner, start, posts, library, client, tmp_path
):
    library.quota_pauses.begin(client.account, Problem("", ""))
    runs = [start() for _ in range(7)]
    elsewhere = RecordingStore(tmp_path / "elsewhere", keep_for=7200)
    neighbor(folder=elsewhere.folder)
    neighbor()
    both = {elsewhere.folder_id, runner._recordings.folder_id}
    until(lambda: both <= {*library.heartbeats.beat("test", "nowhere", dead_after=BOUND).values()})
    elsewhere.close()
    runner.resume()
    assert {ended(runner, run_id).phase for run_id in runs} == {"done"}
    assert posts() == 7


def test_what_was_cancelled_while_nobody_ran_stays_so(node, runner, start, posts):
    run_id = start(V2Options())
    first = node("post")
    assert first.receive() == "post"
    first.kill()
    runner.cancel(run_id)
    node()
    run = ended(runner, run_id)
    assert (run.phase, run.maybe_billed) == ("cancelled", True)
    assert posts() == 0
