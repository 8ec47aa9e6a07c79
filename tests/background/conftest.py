"""Runs on SQLite and on PostgreSQL, against a real sandbox, through real sockets."""

import itertools
import multiprocessing
import os
import shutil
import time

import pytest

from lib.background import accepted_jobs, dbos_queue, run_writer, worker, workflow
from lib.background.queue import AnalysisQueue
from lib.interhuman import ApiKey, Client
from lib.library import Library, sqlite_url
from lib.model import V1Options
from lib.recordings.store import RecordingStore, sha256_of
from tests.background.node import run_node
from tests.ports import free_port

BOUND = 60  # seconds until a test gives up
LEASE_SECONDS = 0.5  # of a node: what it had when it was killed goes on so much later
LONG_LEASE_SECONDS = 3.0  # of one that lives beside another, which must not look dead to it
numbers = itertools.count()
FORKS = multiprocessing.get_context("forkserver")
FORKS.set_forkserver_preload(["tests.background.node_parent"])


def until(wanted, bound=BOUND):
    """What `wanted` returns, once that is something."""
    deadline = time.monotonic() + bound
    while time.monotonic() < deadline:
        if result := wanted():
            return result
        time.sleep(0.01)
    raise AssertionError("not reached")


def reached(runner, run_id, *phases):
    """The run, once it stands in one of these phases."""
    try:
        return until(lambda: (run := runner.find_run(run_id)) and run.phase in phases and run)
    except AssertionError:
        raise AssertionError(f"not reached: {runner.find_run(run_id)}") from None


def ended(runner, run_id):
    return until(lambda: (run := runner.find_run(run_id)).ended and run)


def content_of(path):
    """The SHA-256 of the bytes of a file."""
    with path.open("rb") as file:
        return sha256_of(file)


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    monkeypatch.setattr(dbos_queue, "QUEUE_POLL_SECONDS", 0.05)
    monkeypatch.setattr(dbos_queue, "PREPARING_POLL_SECONDS", 0.05)
    monkeypatch.setattr(dbos_queue, "NOTIFICATION_POLL_SECONDS", 0.05)
    monkeypatch.setattr(worker, "IDLE_POLL_SECONDS", 0.2)
    monkeypatch.setattr(worker, "CANCEL_POLL_SECONDS", 0.05)
    monkeypatch.setattr(workflow, "PAUSE_POLL_SECONDS", 0.05)
    monkeypatch.setattr(run_writer, "LIBRARY_RETRY_SECONDS", 0.05)
    monkeypatch.setattr(accepted_jobs, "WRITE_JOB_SECONDS", 0.2)
    monkeypatch.setattr(workflow, "BUSY_RETRY_SECONDS", (0.05, 0.05))


@pytest.fixture(scope="session")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("libraries")


def make_used_library(url, folder):
    """Make a library that a process has used: DBOS has its tables and its queue."""
    library, recordings = Library(url), RecordingStore(folder / "recordings", keep_for=7200)
    runner = AnalysisQueue(lambda: None, library, recordings)
    runner._worker._queue = runner._worker._launch()
    runner.close()
    library.close()
    recordings.close()


@pytest.fixture(scope="session")
def sqlite_template(folder):
    make_used_library(sqlite_url(folder / "template.db"), folder)
    return folder / "template.db"


@pytest.fixture(scope="session")
def postgresql_template(cluster, folder):
    make_used_library(cluster.create("template_runs"), folder)
    return "template_runs"


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request, tmp_path):
    """The address of a library without runs."""
    if request.param == "sqlite":
        template = request.getfixturevalue("sqlite_template")
        shutil.copy(template, tmp_path / "library.db")
        yield sqlite_url(tmp_path / "library.db")
        return
    template = request.getfixturevalue("postgresql_template")
    cluster, name = request.getfixturevalue("cluster"), f"runs_{next(numbers)}"
    yield cluster.create(name, template)
    cluster.drop(name)


@pytest.fixture
def recordings(tmp_path):
    store = RecordingStore(tmp_path / "recordings", keep_for=7200)
    yield store
    store.close()


@pytest.fixture
def client(sandbox):
    return Client(ApiKey("ih_live_sandbox"), base_url=sandbox.url)


@pytest.fixture
def working(client, library, recordings):
    """A queue that executes its runs in this process."""
    queue = AnalysisQueue(lambda: client, library, recordings)
    yield queue
    queue.close()


@pytest.fixture
def runner(working):
    return working


@pytest.fixture
def start(runner, recordings, recording):
    def start(options=None, *, path=recording, name="My talk.mp4"):
        with path.open("rb") as file:
            ticket = recordings.add(file, name)
        return runner.begin(
            ticket=ticket,
            name=name,
            options=options or V1Options(),
            content=content_of(path),
            again=True,
        )

    return start


@pytest.fixture
def posts(sandbox):
    """How many uploads the API has seen."""
    return lambda: len([call for call in sandbox.calls if call.method == "POST"])


@pytest.fixture
def watcher(client, library, recordings, monkeypatch):
    """A queue that executes nothing: nodes do."""
    monkeypatch.setattr(worker.Worker, "wake", lambda self: None)
    return AnalysisQueue(lambda: client, library, recordings)


class Node:
    """A process that follows the runs, and the pipe that it is told by and tells by."""

    def __init__(self, *arguments):
        self._pipe, its_end = FORKS.Pipe()
        # Its port is chosen here: those that are forked would all choose the same one.
        self._process = FORKS.Process(target=run_node, args=(its_end, free_port(), *arguments))
        self._process.start()
        its_end.close()

    def begin(self):
        """Let one that is the app itself begin."""
        self._pipe.send("begin")

    def receive(self):
        """The next that it tells."""
        return self._pipe.recv()

    def send_signal(self, number):
        os.kill(self._process.pid, number)

    @property
    def exit_code(self):
        """None as long as it runs; minus the signal that killed it."""
        return self._process.exitcode

    def end(self):
        """Let it come to its end by itself."""
        self._pipe.close()
        self.wait()

    def kill(self):
        self._process.kill()
        self.wait()

    def wait(self):
        self._process.join(BOUND)
        assert self.exit_code is not None, "it does not end"


@pytest.fixture
def node(url, recordings, sandbox):
    """Start a process that follows the runs; all are killed at the end."""
    nodes = []

    def begin(halt="", folder=recordings._folder, lease_seconds=LEASE_SECONDS):
        one = Node(url, str(folder), sandbox.url, halt, lease_seconds)
        nodes.append(one)
        if halt in ("", "post", "save"):  # else it waits until it is told to begin
            assert one.receive() == "up"
        return one

    yield begin
    for one in nodes:
        one.kill()
