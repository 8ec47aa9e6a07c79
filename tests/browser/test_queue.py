"""Many recordings at once, in a real browser: dropped, queued, cancelled, retried, found again."""

import re

import pytest
from playwright.sync_api import expect

from lib.library import Library
from lib.sandbox import Fault
from tests.background.conftest import until
from tests.browser.visitors import visit
from tests.clips import clip

NAMES = (
    "<img src=x onerror=window.pwned=1>![a](http:192.0.2.1) $x$.mp4",
    "=cmd|' :red[x] _b_ **c**.mp4",
    "\u202egnp.talk \u00e9\u0301 \U0001f3a5.mp4",
)
SLOW = Fault("/v1/upload/analyze", call=None, delay=60)


@pytest.fixture
def several(tmp_path):
    folder = tmp_path / "folder" / "deep"
    folder.mkdir(parents=True)
    (folder / "readme.txt").write_text("no recording")
    return [clip(folder / name, shade=9 * index) for index, name in enumerate(NAMES)]


@pytest.fixture
def library(elsewhere):
    opened_library = Library(elsewhere.library)
    yield opened_library
    opened_library.close()


def opened(page, app):
    page.goto(app.url)
    expect(folder_button(page)).to_be_visible()


def folder_button(page):
    return page.get_by_role("button", name="Choose a folder")


def choose(page, paths):
    page.locator("input[type=file]").first.set_input_files(paths)


def press(page, name):
    page.get_by_role("button", name=name, exact=True).click()


def analyze(page, app, paths):
    opened(page, app)
    choose(page, paths)
    press(page, f"Analyze {len(paths)} recordings")


def counts(page):
    return page.locator(".sr-counts")


def posts(sandbox):
    return len([call for call in sandbox.calls if call.method == "POST"])


def test_three_dropped_at_once_go_through_to_their_sessions(
    page, elsewhere, sandbox, several, library, browser, held
):
    sandbox.fail(Fault("/v1/upload/analyze", call=3, delay=1))
    opened(page, elsewhere)
    choose(page, several)
    names = page.locator(".sr-run-name")
    expect(names).to_have_text([path.name for path in several])
    press(page, "Analyze 3 recordings")
    expect(counts(page)).to_have_text("1 under way, 2 done")
    page.reload()
    with visit(browser) as second:  # nobody's session holds the queue
        second.goto(elsewhere.url)
        for viewer in (page, second):
            expect(counts(viewer)).to_have_text("1 under way, 2 done")
        held.set()
        expect(counts(second)).to_have_text("3 done")
    expect(counts(page)).to_have_text("3 done")
    expect(page.get_by_role("link", name="See all in Sessions")).to_be_visible()
    expect(page.get_by_role("link", name="Open the review")).to_have_count(3)
    titles = {row.title for row in library.summaries()}
    assert titles == {name.removesuffix(".mp4") for name in NAMES}
    assert posts(sandbox) == 3
    page.get_by_role("link", name="Open the review").first.click()
    page.wait_for_url(re.compile(r"/review\?session="))
    assert page.evaluate("window.pwned") is None
    assert page.strangers == page.faults == []


def test_a_folder_is_searched_for_recordings(page, elsewhere, several):
    opened(page, elsewhere)
    with page.expect_file_chooser() as chooser:
        folder_button(page).click()
    chooser.value.set_files(several[0].parents[1])
    expect(page.get_by_role("button", name="Analyze 3 recordings")).to_be_enabled()
    expect(page.get_by_text("Left out because they are not recordings: 1.")).to_be_visible()


def test_what_was_dropped_is_brought_in_one_after_another(page, elsewhere, tmp_path):
    paths = [clip(tmp_path / f"{index}.mp4", shade=index) for index in range(4)]
    for path in paths:
        path.write_bytes(path.read_bytes() + (20 << 20).to_bytes(4, "big") + b"free")
        with path.open("ab") as file:
            file.truncate(path.stat().st_size + (20 << 20) - 8)
    under, sizes = set(), []

    def begun(request):
        if request.method == "PUT" and "/recordings/upload/" in request.url:
            under.add(request)
            sizes.append(len(under))

    page.on("request", begun)
    page.on("requestfinished", lambda request: under.discard(request))  # noqa: PLW0108  Playwright takes no builtin
    opened(page, elsewhere)
    choose(page, paths)
    expect(page.get_by_role("button", name="Analyze 4 recordings")).to_be_enabled()
    assert len(sizes) >= 4
    assert set(sizes) == {1}


def test_all_are_cancelled_and_retried(page, elsewhere, sandbox, several):
    sandbox.fail(SLOW)
    analyze(page, elsewhere, several)
    expect(counts(page)).to_have_text("3 under way")
    expect(page.locator(".sr-run-state").first).to_have_text(re.compile(r"analyzing \d:\d\d"))
    page.get_by_role("button", name="Cancel all").click()
    press(page, "Cancel all 3")
    expect(counts(page)).to_have_text("3 cancelled")
    assert posts(sandbox) == 3
    page.get_by_role("button", name="Try again", exact=True).first.click()
    expect(counts(page)).to_have_text("1 under way, 2 cancelled")
    until(lambda: posts(sandbox) == 4)


def test_what_failed_says_why_and_is_retried(page, elsewhere, sandbox, several, library):
    for call in (1, 2, 3):
        sandbox.fail(Fault("/v1/upload/analyze", call=call, error_id="ih4005"))
    analyze(page, elsewhere, several)
    expect(counts(page)).to_have_text("3 need attention")
    expect(page.get_by_text("Choose another model", exact=False)).to_have_count(3)
    page.get_by_role("button", name="Try again", exact=True).first.click()
    expect(counts(page)).to_have_text("2 need attention, 1 done")
    press(page, "Retry all failed")
    expect(counts(page)).to_have_text("3 done")
    assert library.count() == 3


def test_a_recording_under_way_is_shown_and_not_sent_again(page, elsewhere, recording, sandbox):
    sandbox.fail(SLOW)
    opened(page, elsewhere)
    choose(page, recording)
    press(page, "Analyze")
    page.wait_for_url(re.compile(r"\?job="))
    press(page, "More recordings")
    choose(page, recording)
    expect(page.get_by_text("already in the queue")).to_be_visible()
    expect(page.get_by_text("Analyzing it again costs one more analysis.")).to_be_visible()
    press(page, "Show it")
    page.wait_for_url(re.compile(r"\?job="))
    press(page, "Cancel")
    expect(page.get_by_text("Cancelled", exact=False).first).to_be_visible()
    assert posts(sandbox) <= 1  # it may have been cancelled before it was sent
