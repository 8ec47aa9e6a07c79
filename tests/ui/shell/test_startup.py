"""What a process does by itself, before anybody waits for it."""

import ast
import gc
import importlib
import threading
from pathlib import Path

import pytest

from lib.ui.shell import startup
from lib.ui.shell.startup import Startup

BOUND = 10  # seconds
ROOT = Path(__file__).parents[3]


@pytest.fixture
def loaded(monkeypatch):
    """The modules that were loaded, in order."""
    names = []
    monkeypatch.setattr(startup.importlib, "import_module", names.append)
    startup.load_modules.cache_clear()
    yield names
    startup.load_modules.cache_clear()
    gc.unfreeze()


def test_what_charts_need_is_loaded_once_and_garbage_is_not_kept(loaded):
    deleted = []

    class Garbage:
        def __init__(self):
            self.itself = self

        def __del__(self):
            deleted.append(True)

    Garbage()
    startup.load_modules()
    startup.load_modules()
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


def test_what_a_page_waits_for_is_loaded_before_the_work_begins(loaded):
    steps, done = [], threading.Event()

    def begin():
        steps.append([*loaded])
        done.set()
        return True

    Startup(begin, modules=("lib.model",))
    assert done.wait(BOUND)
    assert steps == [[*startup.CHART_MODULES, "lib.model"]]


def test_what_is_closed_while_it_loads_begins_nothing(monkeypatch):
    loading, closed, calls = threading.Event(), threading.Event(), []

    def load(_):
        loading.set()
        closed.wait(BOUND)

    monkeypatch.setattr(startup, "load_modules", load)
    monkeypatch.setattr(startup, "JOIN_SECONDS", 0.0)
    begun = Startup(lambda: calls.append(1))
    assert loading.wait(BOUND)
    begun.close()
    closed.set()
    begun._thread.join(BOUND)
    assert calls == []


def test_what_cannot_be_loaded_does_not_keep_the_work_from_beginning(monkeypatch, caplog):
    def load(_):
        raise ImportError

    monkeypatch.setattr(startup, "load_modules", load)
    done = threading.Event()
    Startup(lambda: done.set() or True)._thread.join(BOUND)
    assert done.is_set()
    assert "could be loaded" in caplog.text


def test_the_server_loads_what_the_review_page_imports():
    entry, page = (
        ast.walk(ast.parse((ROOT / name).read_text()))
        for name in ("streamlit_app.py", "pages/review.py")
    )
    named = [
        ast.literal_eval(node.value)
        for node in entry
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "REVIEW"
    ]
    imported = [
        f"{node.module}.{alias.name}"
        for node in page
        if isinstance(node, ast.ImportFrom) and node.module == "lib.ui.review"
        for alias in node.names
    ]
    assert named == [tuple(imported)]
