"""What a process does by itself, before anybody waits for it."""

import gc
import importlib
import threading

import pytest

from lib.ui.shell import startup
from lib.ui.shell.startup import Startup

BOUND = 10  # seconds


@pytest.fixture
def loaded(monkeypatch):
    """The modules that were loaded, in order."""
    names = []
    monkeypatch.setattr(startup.importlib, "import_module", names.append)
    startup.prepare_charts.cache_clear()
    yield names
    startup.prepare_charts.cache_clear()
    gc.unfreeze()


def test_what_charts_need_is_loaded_once_and_garbage_is_not_kept(loaded):
    deleted = []

    class Garbage:
        def __init__(self):
            self.itself = self

        def __del__(self):
            deleted.append(True)

    Garbage()
    startup.prepare_charts()
    startup.prepare_charts()
    assert loaded == list(startup.CHART_MODULES)
    assert deleted == [True]
    assert gc.get_freeze_count() > 0


def test_what_is_to_be_loaded_is_there():
    assert all(importlib.import_module(name) for name in startup.CHART_MODULES)


def test_the_work_is_begun_until_it_could_be(loaded, monkeypatch):
    monkeypatch.setattr(startup, "RETRY_SECONDS", 0.001)
    answers, done = iter([False, False, True]), threading.Event()

    def begin():
        begun = next(answers)
        if begun:
            done.set()
        return begun

    begun = Startup(begin)
    assert done.wait(BOUND)
    begun._thread.join(BOUND)
    assert list(answers) == []
    assert loaded


def test_nothing_is_begun_once_it_is_closed(loaded):
    calls = []
    Startup(lambda: calls.append(1), delay=60.0).close()
    assert (calls, loaded) == ([], [])


def test_closing_ends_the_wait_for_a_library(loaded):
    waiting = Startup(lambda: False)
    waiting.close()
    waiting._thread.join(BOUND)
    assert not waiting._thread.is_alive()
