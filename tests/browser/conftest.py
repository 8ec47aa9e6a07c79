"""The app as its users start it, in a real Chromium. Loopback only."""

import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from playwright.sync_api import expect, sync_playwright

from tests.browser import chromium
from tests.browser.visitors import Visitors, visit
from tests.ports import free_port

ROOT = Path(__file__).parents[2]
BOUND = 60  # seconds until starting the app is given up
expect.set_options(timeout=30_000)


class App:
    """A running app: its address, and the folder of its library."""

    def __init__(self, folder, **environment):
        port = free_port()
        self.url = f"http://localhost:{port}"
        self.library = f"sqlite:///{folder}/library.db"
        command = [sys.executable, "-m", "streamlit", "run", str(ROOT / "streamlit_app.py")]
        options = ["--server.headless", "true", "--server.port", str(port)]
        options += ["--server.address", "localhost", "--server.fileWatcherType", "none"]
        self._log = (Path(folder) / "app.log").open("wb")
        self._process = subprocess.Popen(
            command + options,
            cwd=ROOT,
            env={**os.environ, "LIBRARY_URL": self.library, **environment},
            stdout=self._log,
            stderr=subprocess.STDOUT,
        )
        self._wait()

    def _wait(self):
        deadline = time.monotonic() + BOUND
        while time.monotonic() < deadline:
            try:
                urllib.request.urlopen(f"{self.url}/_stcore/health", timeout=2).close()
            except (OSError, urllib.error.URLError):
                time.sleep(0.1)
            else:
                return
        raise RuntimeError("the app did not start")

    def stop(self, seconds=BOUND):
        self._process.terminate()
        self._process.wait(seconds)
        self._log.close()


def pytest_runtest_setup():
    Visitors.spoiled = False


def pytest_runtest_makereport(item, call):
    if call.excinfo:
        Visitors.spoiled = True


@pytest.fixture(scope="package")
def app(tmp_path_factory):
    """One app for all browser tests that do not change its settings."""
    running = App(tmp_path_factory.mktemp("app"))
    yield running
    running.stop()


@pytest.fixture
def elsewhere(tmp_path, sandbox):
    """An app that reaches a sandbox of the test's own by its address, as it would the API."""
    running = App(tmp_path, INTERHUMAN_API_KEY="ih_live_sandbox", INTERHUMAN_BASE_URL=sandbox.url)
    yield running
    running.stop()


@pytest.fixture
def recording(recording, tmp_path):
    """A recording of the test's own: of one that a test before it sent, the app has a result."""
    own = tmp_path / recording.name
    box = os.urandom(16)  # that no reader reads
    own.write_bytes(recording.read_bytes() + (8 + len(box)).to_bytes(4, "big") + b"free" + box)
    return own


@pytest.fixture(scope="package")
def browser():
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(
            executable_path=chromium.find(), args=[*chromium.FLAGS, "--process-per-site"]
        )
        yield Visitors(launched)
        launched.close()


@pytest.fixture
def page(browser, request):
    if "elsewhere" in request.fixturenames:
        request.getfixturevalue("elsewhere")  # so that the page goes first: the app waits for it
    with visit(browser) as opened:
        yield opened
