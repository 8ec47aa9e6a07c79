"""What every bench in Chromium needs: an app that runs, a page of it, a click and its time."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.browser import chromium

ROOT = Path(__file__).parents[1]
APPS = Path(__file__).parent / "apps"
ENTRY = ROOT / "streamlit_app.py"
BOUND = 60  # seconds until an app or a page is given up
REST = 300  # ms after each click, until everything it set off has settled

# Does `act`, then looks frame by frame until what `drawn` finds on the page is another than before.
TIMED = """([act, drawn]) => new Promise((done, fail) => {
  let before;
  before = eval(drawn);
  const begun = performance.now();
  const look = () => {
    const took = performance.now() - begun;
    if (eval(drawn) !== before) done(took);
    else if (took < BOUND) requestAnimationFrame(look);
    else fail(new Error(`nothing came of ${act}`));
  };
  eval(act);
  requestAnimationFrame(look);
})""".replace("BOUND", f"{BOUND * 1000}")


@contextmanager
def launched() -> Iterator[Browser]:
    """A Chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium.find(), args=list(chromium.FLAGS)
        )
        yield browser
        browser.close()


@contextmanager
def running(script: Path, folder: str) -> Iterator[str]:
    """The address of an app, from the moment its process starts; it may not answer yet.

    It is started in its own folder: ours with our settings, another with those of Streamlit.
    """
    with running_process(script, folder) as (url, _):
        yield url


@contextmanager
def running_process(script: Path, folder: str) -> Iterator[tuple[str, int]]:
    """The same, with the id of its process."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", str(script), "--server.headless", "true"]
    command += ["--server.port", str(port), "--server.address", "localhost"]
    command += ["--browser.gatherUsageStats", "false"]
    library = {"LIBRARY_URL": f"sqlite:///{folder}/library.db"}
    with subprocess.Popen(
        command,
        cwd=script.parent,
        env={**os.environ, **library},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        try:
            yield f"http://localhost:{port}", process.pid
        finally:
            process.terminate()


def wait(url: str) -> None:
    """Return once the app answers."""
    deadline = time.monotonic() + BOUND
    while time.monotonic() < deadline:
        try:
            urllib.request.urlopen(f"{url}/_stcore/health", timeout=2).close()
        except OSError:
            time.sleep(0.02)
        else:
            return
    raise TimeoutError(url)


def visitor(browser: Browser) -> BrowserContext:
    """Somebody who was never here, at a window of a usual size."""
    return browser.new_context(viewport={"width": 1440, "height": 900})


def opened(browser: Browser, url: str, shown: str) -> Page:
    """A page at rest, with `shown` on it."""
    page = visitor(browser).new_page()
    page.goto(url)
    page.wait_for_selector(shown, timeout=BOUND * 1000)
    page.wait_for_timeout(1500)
    return page


def timed(page: Page, act: str, sign: str) -> float:
    """How many milliseconds pass from `act` until `drawn` has changed; both are JavaScript."""
    took = page.evaluate(TIMED, [act, sign])
    page.wait_for_timeout(REST)
    return float(took)


def pressing(label: str) -> str:
    """The JavaScript that clicks the button with this text."""
    buttons = "[...document.querySelectorAll('button')]"
    return f"{buttons}.find(b => b.innerText.trim() === '{label}').click()"
