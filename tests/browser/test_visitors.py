"""What one visit leaves in a browser is not there at the next, which begins as the first did."""

from contextlib import suppress

import pytest

from tests.browser.visitors import USUAL, visit

LEAVE = """async () => {
  localStorage.left = sessionStorage.left = document.cookie = "left=1";
  await (await caches.open("left")).put("/left", new Response("left"));
  await new Promise((done) => { indexedDB.open("left").onsuccess = done; });
  window.left = 1;
}"""
FOUND = """async () => ({
  local: {...localStorage}, session: {...sessionStorage},
  cookies: document.cookie.split("; ").filter((one) => one.startsWith("left")),
  caches: await caches.keys(), databases: await indexedDB.databases(), window: window.left,
  pages: history.length, name: window.name, opener: window.opener,
  dark: matchMedia("(prefers-color-scheme: dark)").matches, size: [innerWidth, innerHeight],
})"""


@pytest.fixture
def address(app):
    return f"{app.url}/_stcore/health"


def found(page, address):
    page.goto(address)
    return page.evaluate(FOUND)


def test_a_visit_finds_nothing_of_the_one_before(browser, address):
    with visit(browser) as page:
        first, context = found(page, address), page.context
        page.evaluate(LEAVE)
        page.evaluate(f"window.open('{address}')")
        page.set_viewport_size({"width": 390, "height": 844})
        page.emulate_media(color_scheme="dark")
        assert found(page, address) != first
    with visit(browser) as page:
        assert page.context is context
        assert found(page, address) == first
        assert first["size"] == [*USUAL.values()]


def test_visits_at_once_and_after_one_that_failed_have_a_context_of_their_own(browser, address):
    with visit(browser) as one, suppress(KeyError), visit(browser) as other:
        found(one, address)
        one.evaluate(LEAVE)
        seen = found(other, address)
        assert (seen["local"], seen["cookies"], seen["databases"]) == ({}, [], [])
        failed = other.context
        raise KeyError
    with visit(browser) as one, visit(browser) as other:
        assert failed not in (one.context, other.context)
