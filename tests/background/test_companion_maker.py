"""What is made of recordings is made once, one at a time, and not when nobody needs it."""

import subprocess
import sys
import threading
import time

import pytest

from lib.background import companion_maker
from lib.background.companion_maker import CompanionMaker, Progress
from lib.errors import PreparationCancelledError, PreparationError, Problem


@pytest.fixture
def maker(monkeypatch):
    monkeypatch.setattr(companion_maker, "TURN_SECONDS", 0.01)
    made = CompanionMaker()
    yield made
    made.close()


@pytest.fixture
def recording(tmp_path):
    path = tmp_path / "a.mov"
    path.write_bytes(b"film")
    return path


def wait_until(condition):
    deadline = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.005)


class Work:
    """Something to make, which ends when it is let go."""

    def __init__(self, error=None):
        self.begun, self.over = threading.Event(), threading.Event()
        self.times, self.error = 0, error

    def __call__(self, progress, cancelled):
        self.times += 1
        progress(0.42)
        self.begun.set()
        while not self.over.wait(0.005):
            if cancelled():
                raise PreparationCancelledError
        if self.error:
            raise self.error


def test_it_is_made_once_however_many_look(maker, recording):
    work = Work()
    maker.request(recording, "proxy", work)
    assert work.begun.wait(30)
    assert maker.request(recording, "proxy", work) == Progress(0.42)
    assert maker.request(recording, "proxy", Work()) == Progress(0.42)
    work.over.set()
    wait_until(lambda: not maker._progress)
    assert work.times == 1


def test_the_next_waits_until_the_first_is_made(maker, recording):
    first, second = Work(), Work()
    maker.request(recording, "proxy", first)
    assert first.begun.wait(30)
    assert maker.request(recording, "peaks", second) == Progress()
    time.sleep(0.05)
    assert second.times == 0
    first.over.set()
    assert second.begun.wait(30)
    second.over.set()


def test_what_is_for_a_list_waits_until_there_is_nothing_else(maker, recording):
    begun = []

    class Named(Work):
        def __init__(self, name):
            super().__init__()
            self.name = name
            self.over.set()

        def __call__(self, progress, cancelled):
            begun.append(self.name)
            super().__call__(progress, cancelled)

    first = Work()
    maker.request(recording, "proxy", first)
    assert first.begun.wait(30)
    for name, in_list in (("a", True), ("b", True), ("c", False), ("d", False)):
        maker.request(recording, name, Named(name), in_list=in_list)
    first.over.set()
    wait_until(lambda: not maker._progress)
    assert begun == ["c", "d", "a", "b"]


@pytest.mark.parametrize("error", [PreparationError("It is odd.", "Convert it."), ValueError()])
def test_what_failed_says_why_and_is_not_tried_again(maker, recording, error):
    work = Work(error)
    work.over.set()
    maker.request(recording, "proxy", work)
    wait_until(lambda: maker.request(recording, "proxy", work).problem)
    problem = maker.request(recording, "proxy", work).problem
    if isinstance(error, PreparationError):
        assert problem == Problem("It is odd.", "Convert it.")
    assert problem.next_step
    assert work.times == 1
    other = Work()
    maker.request(recording, "peaks", other)
    assert other.begun.wait(30)  # the thread goes on


def test_a_recording_that_is_removed_needs_nothing_any_more(maker, recording):
    first, second = Work(), Work()
    maker.request(recording, "proxy", first)
    maker.request(recording, "peaks", second)
    assert first.begun.wait(30)
    recording.unlink()
    wait_until(lambda: not maker._progress)
    assert second.times == 0


def test_closing_ends_what_is_under_way(maker, recording):
    work = Work()
    maker.request(recording, "proxy", work)
    assert work.begun.wait(30)
    maker.close()
    assert not maker._thread.is_alive()


def test_a_process_waits_for_its_turn_and_gets_it_when_the_other_is_killed(maker, recording):
    folder = recording.parent / companion_maker.TURNS
    folder.mkdir()
    script = (
        "import fcntl, sys, time\n"
        "file = open(sys.argv[1], 'a')\n"
        "fcntl.flock(file, fcntl.LOCK_EX)\n"
        "print('mine', flush=True)\n"
        "time.sleep(600)\n"
    )
    command = [sys.executable, "-c", script, str(folder / "turn")]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as other:
        try:
            assert other.stdout.readline() == b"mine\n"
            work = Work()
            maker.request(recording, "proxy", work)
            time.sleep(0.1)
            assert work.times == 0
        finally:
            other.kill()
    assert work.begun.wait(30)
    work.over.set()
