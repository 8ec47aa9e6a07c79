"""Recordings are measured before they are sent, and nobody waits for it."""

import threading
from pathlib import Path

import pytest

from lib.background import preview_measurer
from lib.background.preview_measurer import PreviewMeasurer
from lib.errors import PreparationCancelledError, PreparationLimitError
from tests.measurement import measured

BOUND = 30  # seconds until a test gives up
PATH = Path("x.mp4")


@pytest.fixture
def begun(monkeypatch):
    """The measurements that were begun; each waits for its result to be given."""
    calls, results = [], {}

    def check(path, *, cancelled, bounds):
        calls.append(path)
        while path not in results:
            if cancelled():
                raise PreparationCancelledError
            threading.Event().wait(0.005)
        if isinstance(results[path], Exception):
            raise results[path]
        return results[path]

    monkeypatch.setattr(preview_measurer, "measure_recording", check)
    return calls, results


def wait_for(previews, content):
    for _ in range(BOUND * 100):
        if not previews.is_pending(content):
            return previews.measurement(content)
        threading.Event().wait(0.01)
    raise AssertionError


def test_a_recording_is_measured_once_and_nobody_waits(begun):
    calls, results = begun
    previews = PreviewMeasurer()
    previews.begin("a", PATH)
    previews.begin("a", PATH)
    assert previews.is_pending("a")
    assert previews.measurement("a") is None
    results[PATH] = measured()
    assert wait_for(previews, "a") == measured()
    previews.begin("a", PATH)
    assert not previews.is_pending("a")
    assert calls == [PATH]


def test_what_takes_too_long_is_none_and_the_next_has_its_turn(begun, monkeypatch):
    monkeypatch.setattr(preview_measurer, "MAX_RESULTS", 1)
    _, results = begun
    previews = PreviewMeasurer()
    results[PATH] = PreparationLimitError()
    results[Path("y")] = measured()
    previews.begin("a", PATH)
    assert wait_for(previews, "a") is None
    previews.begin("b", Path("y"))
    assert wait_for(previews, "b") == measured()
    assert list(previews._results) == ["b"]


def test_closing_gives_up_what_is_under_way(begun):
    previews = PreviewMeasurer()
    previews.begin("a", PATH)
    previews.begin("b", PATH)
    previews.close()
    assert wait_for(previews, "a") is wait_for(previews, "b") is None
    previews.begin("c", PATH)
    assert not previews.is_pending("c")
