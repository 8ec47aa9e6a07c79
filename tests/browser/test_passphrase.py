"""The passphrase in a real browser: asked for once a tab, and never kept there."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import App

RIGHT = "three blue herons"
FIELD = "Passphrase"


@pytest.fixture
def locked(tmp_path):
    running = App(tmp_path, ACCESS_PASSPHRASE=RIGHT)
    yield running
    running.stop()


def enter(page, entered):
    page.get_by_label(FIELD, exact=True).fill(entered)
    page.get_by_role("button", name="Open").click()


def stored(page):
    return page.evaluate(
        "JSON.stringify([{...sessionStorage}, {...localStorage}, document.cookie])"
    )


def test_a_tab_is_asked_once_and_never_holds_the_passphrase(locked, page):
    review = f"{locked.url}/review?session=sample"
    page.goto(review)
    expect(page.get_by_label(FIELD, exact=True)).to_be_visible()
    assert page.get_by_role("link", name="Sessions").count() == 0
    enter(page, "a guess")
    expect(page.get_by_text("This is not the passphrase.")).to_be_visible()
    enter(page, RIGHT)
    expect(page.locator(".sr-title")).to_be_visible()
    assert page.url == review
    page.reload()
    expect(page.locator(".sr-title")).to_be_visible()
    assert "admitted." in stored(page)
    assert RIGHT not in stored(page)
    assert RIGHT not in page.content()
    page.evaluate("sessionStorage.setItem('signal-review-access', 'admitted.aaaa.bbbb')")
    page.reload()
    expect(page.get_by_label(FIELD, exact=True)).to_be_visible()
    page.wait_for_function("!sessionStorage.getItem('signal-review-access')")
    assert page.faults == []
