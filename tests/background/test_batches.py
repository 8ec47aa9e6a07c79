"""Batches whose app is killed, again and again. What was sent is counted by the sandbox."""

import itertools
from collections import Counter

import pytest

from lib.background.dbos_queue import MAX_CONCURRENT_RUNS
from lib.model import V1Options, V2Options
from lib.sandbox import Fault
from tests.background.conftest import BOUND, until
from tests.clips import clip

STEP = 4096  # bytes by which each recording is longer than the one before it
BLOCKS = 600_000  # bytes; what is sent in three blocks
NEVER = "before never 1"
V1 = "/v1/upload/analyze"
KILLS = (  # in this order, each in a process of its own
    *("after queue 3", "after queued 4", "after launch 1", "after claim 2", "after checking 3"),
    *("after record 5", "before uploading 2", "after uploading 1", "before analyze 1"),
    *("before submit 1", "before block 2", "after block 4", "after analyze 1", "after submit 1"),
    *("before note 1", "after note 1", "after analysing 1", "before follow 1", "after follow 1"),
    *("after saving 1", "before save 1", "after save 1", "before lend 1", "before settle 1"),
    *("after settle 1", "before end 1", "before take over 1", "after take over 1"),
)


@pytest.fixture(scope="module")
def short(tmp_path_factory):
    return clip(tmp_path_factory.mktemp("short") / "short.mp4", seconds=3.0)


@pytest.fixture
def batch(watcher, start, short, tmp_path):
    """Queue recordings that the sandbox can tell by their length, V1 and V2 in turn."""

    def queue(count):
        runs = []
        for number, options in zip(range(count), itertools.cycle((V1Options(), V2Options()))):
            path = tmp_path / f"{number}.mp4"
            path.write_bytes(short.read_bytes().ljust(BLOCKS + STEP * number, b"\0"))
            runs.append(start(options, path=path, name=path.name))
        return runs

    return queue


@pytest.fixture
def runner(watcher):
    return watcher


def accepted(sandbox):
    """How often the sandbox accepted each recording, by its number in the batch."""
    uploads = [
        call for call in sandbox.calls if call.method == "POST" and call.status in (200, 202)
    ]
    return Counter((int(call.headers["content-length"]) - BLOCKS) // STEP for call in uploads)


def outcome(runner, sandbox, library, runs):
    """The runs of a batch counted by phase, checked against what was accepted; and a sentence."""
    ends = [runner.find_run(run_id) for run_id in runs]
    sent = accepted(sandbox)
    phases = Counter(run.phase for run in ends)
    assert phases.keys() <= {"done", "unconfirmed", "interrupted"}
    assert max(sent.values()) == 1
    for number, run in enumerate(ends):
        if run.phase == "done":
            assert sent[number] == 1
            assert library.load(run.session_id).recording_name == run.name
        else:  # a job that is known is never a question
            until(lambda run=run: library.job(run.id) is None)  # deleted once it has ended
            assert not sent[number] or run.phase == "unconfirmed"
    assert library.count() == phases["done"]
    line = (
        f"{len(runs)} recordings, {sum(sent.values())} accepted by the API, "
        f"{len(sent)} of them different: {phases['done']} results, "
        f"{phases['unconfirmed']} questions to the analyst, {phases['interrupted']} interrupted"
    )
    return phases, line


def test_killed_anywhere_nothing_accepted_is_lost_and_nothing_is_sent_twice(
    node, runner, batch, library, sandbox, record_property
):
    runs = batch(36)
    following = node(KILLS[0])
    for halt, next_halt in itertools.pairwise((*KILLS, NEVER)):
        following.begin()
        process, following = following, node(next_halt)  # it loads meanwhile
        dead = lambda process=process: process.exit_code is not None  # noqa: E731
        until(lambda dead=dead: dead() or not library.runs.any_open(), 2 * BOUND)
        assert process.exit_code == -9, f"all was over before it was killed {halt}"
    following.begin()
    until(lambda: not library.runs.any_open())
    phases, line = outcome(runner, sandbox, library, runs)
    record_property("found", f"Killed {len(KILLS)} times over: {line}")
    assert phases.total() == len(runs)


@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
def test_of_two_processes_one_is_killed_amid_fifty_recordings(
    node, runner, batch, library, sandbox, held, record_property
):
    sandbox.fail(Fault(V1, call=1, delay=1))
    slow = lambda: [call for call in sandbox.calls if call.path == V1][:1]  # noqa: E731
    runs = batch(50)
    first, second = node(NEVER), node(NEVER)
    first.begin()
    until(slow)  # a recording that is surely with the API, and with this process, when it ends
    second.begin()
    until(lambda: sum(run.phase == "done" for run in runner.all_runs()) >= 20)
    first.kill()
    held.set()
    until(lambda: slow()[0].status)
    until(lambda: not library.runs.any_open(), 2 * BOUND)
    phases, line = outcome(runner, sandbox, library, runs)
    record_property("found", f"One of two killed: {line}")
    assert phases["done"] >= len(runs) - MAX_CONCURRENT_RUNS  # it had no more than that on the way
    assert phases["unconfirmed"]
    assert not phases["interrupted"]
