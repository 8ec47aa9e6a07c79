"""What a viewer waits for, in Chromium: a filter change, and a cold start."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from bench import data
from bench.table import Row, medians
from lib.interhuman import responses
from lib.library import Library
from lib.model import Session
from tests.browser import chromium

ROOT = Path(__file__).parents[1]
APPS = Path(__file__).parent / "apps"
SPANS = 200
ROUNDS = 11
STARTS = 5
BOUND = 60  # seconds until a start is given up

# Clicks, then looks frame by frame until the page shows what the click asked for.
CLICK = """([label, drawn]) => new Promise(done => {
  const button = [...document.querySelectorAll('button')].find(b => b.innerText.trim() === label);
  let before;
  const now = () => eval(drawn);
  before = now();
  const begun = performance.now();
  const look = () => now() === before ? requestAnimationFrame(look)
                                      : done(performance.now() - begun);
  button.click();
  requestAnimationFrame(look);
})"""
# How many spans the room shows, once list and lanes agree on it.
ROOM_DRAWN = """{
  const bars = document.querySelectorAll('.st-key-chart_lanes .barlayer .point').length;
  bars === document.querySelectorAll('.sr-span:not([hidden])').length ? bars : before
}"""


def rows() -> list[Row]:
    """Both rows."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium.find(), args=list(chromium.FLAGS)
        )
        found = [_filter(browser), _cold_start(browser)]
        browser.close()
    return found


@contextmanager
def running(script: Path, folder: str) -> Iterator[str]:
    """The address of an app, from the moment its process starts; it may not answer yet."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", str(script), "--server.headless", "true"]
    command += ["--server.port", str(port), "--server.address", "localhost"]
    library = {"LIBRARY_URL": f"sqlite:///{folder}/library.db"}
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env={**os.environ, **library},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        try:
            yield f"http://localhost:{port}"
        finally:
            process.terminate()


def _wait(url: str) -> None:
    deadline = time.monotonic() + BOUND
    while time.monotonic() < deadline:
        try:
            urllib.request.urlopen(f"{url}/_stcore/health", timeout=2).close()
        except OSError:
            time.sleep(0.02)
        else:
            return
    raise TimeoutError(url)


def _filter(browser: Browser) -> Row:
    with tempfile.TemporaryDirectory() as folder:
        _store(folder)
        with (
            running(ROOT / "streamlit_app.py", folder) as ours,
            running(APPS / "empty.py", folder) as empty,
        ):
            _wait(ours)
            _wait(empty)
            room = _opened(
                browser, f"{ours}/review?session=bench", ".st-key-chart_quality .main-svg"
            )
            line = _opened(browser, empty, "text=chosen: none")
            mine, theirs = medians(
                lambda: _click(room, "stress", ROOM_DRAWN),
                lambda: _click(line, "a", "document.querySelector('.stText').innerText"),
                rounds=ROUNDS,
            )
    measured = f"{mine / theirs:.2f}x ({mine:.0f} ms, {theirs:.0f} ms)"
    what = "filter change, 200 spans, click to drawn"
    return Row(what, "an empty app's click", measured, "at most 2x", mine / theirs <= 2)


def _store(folder: str) -> None:
    analysis = responses.parse(json.dumps(data.answer(SPANS, seconds=600.0)), api="v1")
    library = Library(f"sqlite:///{folder}/library.db")
    now = datetime.now(UTC)
    library.save(Session("bench", "Bench", now, "api", "bench.mp4", 600.0, analysis))
    library.close()


def _opened(browser: Browser, url: str, shown: str) -> Page:
    page = browser.new_context(viewport={"width": 1440, "height": 900}).new_page()
    page.goto(url)
    page.wait_for_selector(shown, timeout=BOUND * 1000)
    page.wait_for_timeout(1500)
    return page


def _click(page: Page, label: str, drawn: str) -> float:
    took = page.evaluate(CLICK, [label, drawn])
    page.wait_for_timeout(300)
    return float(took)


def _cold_start(browser: Browser) -> Row:
    mine, theirs = medians(
        lambda: _start(
            browser,
            ROOT / "streamlit_app.py",
            "/review?session=sample",
            ".st-key-chart_quality .scatterlayer .trace",
        ),
        lambda: _start(browser, APPS / "one_line.py", "", "text=ready"),
        rounds=STARTS,
    )
    measured = f"{mine / theirs:.2f}x ({mine:.1f} s, {theirs:.1f} s)"
    what = "cold start to the sample's charts"
    return Row(what, "a one-line app", measured, "at most 2x", mine / theirs <= 2)


def _start(browser: Browser, script: Path, path: str, shown: str) -> float:
    with tempfile.TemporaryDirectory() as folder:
        begun = time.perf_counter()
        with running(script, folder) as url:
            _wait(url)
            context = browser.new_context(viewport={"width": 1440, "height": 900})
            page = context.new_page()
            page.goto(url + path)
            page.wait_for_selector(shown, timeout=BOUND * 1000)
            took = time.perf_counter() - begun
            context.close()
    return took
