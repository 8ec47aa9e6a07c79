"""The app itself is killed while recordings are under way, and started again."""

import re
import threading
import time

import pytest
from playwright.sync_api import expect

from lib.library import Library
from lib.sandbox import Fault, Sandbox
from tests.background.conftest import until
from tests.browser.conftest import App, visit
from tests.clips import clip

KEY = "ih_live_sandbox"


@pytest.fixture
def killed():
    """To be set once the app was killed."""
    return threading.Event()


@pytest.fixture
def sandbox(killed):
    """A sandbox whose jobs do not age, and so are not over, before the app is killed."""
    began = time.monotonic()
    age = lambda: time.monotonic() - began if killed.is_set() else 0.0  # noqa: E731
    with Sandbox(port=0, job_seconds=1.0, clock=age) as running:
        yield running


@pytest.fixture
def begin(tmp_path, sandbox):
    """Start the app, always on the same library and API."""
    begun = []

    def begin():
        settings = {"INTERHUMAN_API_KEY": KEY, "INTERHUMAN_API": "v2"}
        begun.append(App(tmp_path, INTERHUMAN_BASE_URL=sandbox.url, **settings))
        return begun[-1]

    yield begin
    for app in begun:
        app.stop()


def analyze(page, app, recording):
    """Begin an analysis in the browser; the run's id."""
    page.goto(app.url)
    page.locator("input[type=file]").first.set_input_files(recording)
    page.get_by_role("button", name="Analyze", exact=True).click()
    page.wait_for_url(re.compile(r"\?job="))
    return page.url.partition("?job=")[2]


def calls_of(sandbox, method):
    return [call for call in sandbox.calls if call.method == method]


def test_killed_while_recordings_are_under_way_each_reaches_its_end(
    begin, browser, tmp_path, sandbox, killed
):
    sandbox.fail(Fault("/v2/upload/analyze", call=3, delay=120))  # killed before it is answered
    app = begin()
    with visit(browser) as page:
        runs = []
        for number in (1, 2, 3):  # one after the other, so that it is known whose is not answered
            recording = clip(tmp_path / f"{number}.mp4", shade=9 * number)
            runs.append(analyze(page, app, recording))
            until(lambda number=number: len(calls_of(sandbox, "POST")) == number)
        until(lambda: len({call.path for call in calls_of(sandbox, "GET")}) == 2)
        app._process.kill()
    library = Library(app.library)
    assert library.count() == 0
    killed.set()
    app = begin()
    with visit(browser) as page:
        for run_id in runs[:2]:
            page.goto(f"{app.url}/?job={run_id}")
            page.wait_for_url(re.compile(r"/review\?session="), timeout=60_000)
        page.goto(f"{app.url}/?job={runs[2]}")
        expect(page.get_by_text("may bill")).to_be_visible(timeout=60_000)
        assert len(calls_of(sandbox, "POST")) == 3
        page.get_by_role("button", name="Send it again").click()
        page.wait_for_url(re.compile(r"/review\?session="), timeout=60_000)
    assert len(calls_of(sandbox, "POST")) == 4
    assert library.count() == 3
    library.close()
