"""Startup objects are frozen, so that garbage collection skips them."""

import gc
import sys

import pytest

from lib.ui.shell import garbage_collection


@pytest.fixture
def quick(monkeypatch):
    monkeypatch.setattr(garbage_collection, "FREEZE_DELAY_SECONDS", 0.0)
    garbage_collection._freeze_timer.cache_clear()
    yield
    garbage_collection._freeze_timer.cache_clear()
    gc.unfreeze()


def test_before_a_review_was_drawn_nothing_is_left_alone(quick, monkeypatch):
    monkeypatch.delitem(sys.modules, "plotly", raising=False)
    garbage_collection.freeze_startup_objects()
    assert garbage_collection._freeze_timer.cache_info().currsize == 0


def test_what_a_review_loaded_is_left_alone_and_garbage_is_not_kept(quick, monkeypatch):
    monkeypatch.setitem(sys.modules, "plotly", sys)
    deleted = []

    class Garbage:
        def __init__(self):
            self.itself = self

        def __del__(self):
            deleted.append(True)

    Garbage()
    garbage_collection.freeze_startup_objects()
    garbage_collection._freeze_timer().join()
    assert deleted == [True]
    assert gc.get_freeze_count() > 0


def test_that_is_done_once_a_process(quick, monkeypatch):
    monkeypatch.setitem(sys.modules, "plotly", sys)
    garbage_collection.freeze_startup_objects()
    first = garbage_collection._freeze_timer()
    garbage_collection.freeze_startup_objects()
    assert garbage_collection._freeze_timer() is first
    first.join()
