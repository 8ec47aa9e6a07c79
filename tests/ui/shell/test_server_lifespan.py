"""The server begins the work in the background, and ends it in order and in time."""

import asyncio
import threading
import time

import pytest
import streamlit as st

from lib.library import sqlite_url
from lib.ui.shell import server_lifespan, services, startup

BOUND = 10  # seconds


@pytest.fixture
def file(tmp_path, monkeypatch):
    monkeypatch.setenv("LIBRARY_URL", sqlite_url(tmp_path / "library.db"))
    monkeypatch.setattr(startup, "load_modules", lambda _: None)
    st.cache_resource.clear()
    yield tmp_path / "library.db"
    services.close()
    st.cache_resource.clear()


def serve(act=lambda: None):
    async def run():
        async with server_lifespan.lifespan(None):
            await asyncio.to_thread(act)

    began = time.monotonic()
    asyncio.run(run())
    return time.monotonic() - began


def wait_for(condition):
    deadline = time.monotonic() + BOUND
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_addresses_are_served_while_the_server_runs(file):
    serving = []
    serve(lambda: serving.append(services.serving().is_set()))
    assert serving == [True]
    assert not services.serving().is_set()


def test_what_an_earlier_process_left_is_begun_before_anybody_asks(file, monkeypatch):
    services.library()
    woken = threading.Event()
    monkeypatch.setattr(services.analysis_queue(), "wake", woken.set)
    serve(lambda: woken.wait(BOUND))
    assert woken.is_set()


def test_without_a_library_none_is_made_by_beginning_or_ending(file):
    serve()
    assert not file.exists()


def test_a_library_that_is_made_later_is_worked_for_as_well(file, monkeypatch):
    monkeypatch.setattr(startup, "RETRY_SECONDS", 0.01)
    opened = set()

    def act():
        services.library()
        wait_for(lambda: {"library", "queue", "retention"} <= {*services._open_services()})
        opened.update(services._open_services())

    serve(act)
    assert {"library", "queue", "retention"} <= opened


def test_what_was_opened_is_closed_before_what_it_uses(file, monkeypatch):
    closed = []
    for name in ("recordings", "library", "clients", "queue", "retention"):
        opened = type(name, (), {"close": lambda self, name=name: closed.append(name)})()
        services._opened(name, opened)
    serve()
    assert closed == ["queue", "retention", "clients", "library", "recordings"]
    services.close()
    assert len(closed) == 5  # once


def test_the_end_waits_for_nothing_longer_than_its_time(file, monkeypatch):
    monkeypatch.setattr(server_lifespan, "CLOSE_SECONDS", 0.05)
    over = threading.Event()
    services._opened("queue", type("Stuck", (), {"close": lambda self: over.wait(BOUND)})())
    took = serve()
    over.set()
    assert took < BOUND / 2


def test_what_cannot_be_closed_does_not_keep_the_server_from_ending(file, caplog):
    def fail(self):
        raise OSError

    services._opened("library", type("Broken", (), {"close": fail})())
    assert serve() < BOUND
    assert "Not everything could be closed" in caplog.text
