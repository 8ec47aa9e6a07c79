"""The app itself is killed while recordings are under way, and started again."""

import io
import re
import threading
import time
from contextlib import closing

import pytest
import requests
from playwright.sync_api import expect

from lib.library import Library
from lib.recordings.store import RecordingStore, recordings_folder
from lib.sandbox import Fault, Sandbox
from tests import answers
from tests.background.conftest import until
from tests.browser.conftest import App
from tests.browser.visitors import visit
from tests.clips import clip

KEY = "ih_live_sandbox"
LARGE = 60_000_000  # bytes, more than lies in any buffer between a server and a browser
END_SECONDS = 20  # that the app may take to end: it promises five


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


def test_the_app_ends_in_time_while_somebody_takes_nothing(page, begin, tmp_path):
    app = begin()
    session = answers.session()
    with closing(Library(app.library)) as library:
        library.save(session)
    store = RecordingStore(recordings_folder(tmp_path / "library.db", ""), keep_for=7200)
    padded = clip(tmp_path / "talk.mp4").read_bytes() + LARGE.to_bytes(4, "big") + b"free"
    store.assign(store.add(io.BytesIO(padded + bytes(LARGE - 8)), "talk.mp4"), session.id)
    store.close()
    page.goto(f"{app.url}/review?session={session.id}")
    page.wait_for_function("document.querySelector('.st-key-player video')?.videoWidth > 0")
    address = page.evaluate("document.querySelector('.st-key-player video').src")
    with requests.get(address, stream=True, timeout=30) as stalled:
        assert stalled.status_code == 200
        app.stop(END_SECONDS)
