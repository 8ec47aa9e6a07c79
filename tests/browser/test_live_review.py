"""Two people in one review see what the other adds without an act of their own."""

import pytest
from playwright.sync_api import expect

from tests.browser.review_page import PANEL, ROWS, kept, open_session, press
from tests.browser.visitors import visit
from tests.reviews import note


@pytest.fixture
def two(browser, app):
    """A session that Ana and Ben have open, each in a browser of their own, and its library."""
    with (
        kept(app, session_id="live") as (session, library),
        visit(browser) as ana,
        visit(browser) as ben,
    ):
        for page, name in ((ana, "Ana"), (ben, "Ben")):
            remember = f"sessionStorage.setItem('signal-review-reviewer', '{name}')"
            page.add_init_script(f"if (location.protocol !== 'about:') {remember}")
            open_session(page, app, session.id)
        yield ana, ben, library


def choose(page, span):
    page.locator(f"{ROWS}[data-id='{span}']").click()
    expect(page.locator(f"{PANEL} .sr-type")).to_be_visible()


def area(page):
    return page.get_by_role("textbox", name="Note", exact=True)


def save(page, text):
    area(page).fill(text)
    page.get_by_role("button", name="Save the note").click()


def test_what_one_adds_appears_at_the_other_who_types_meanwhile_and_loses_nothing(two):
    ana, ben, _ = two
    here = ben.locator(".sr-here")
    expect(here).to_have_text("Also here: Ana")
    choose(ana, 0)
    choose(ben, 0)
    area(ben).fill("half a sentence")
    area(ben).press("Home")
    typed = area(ben).element_handle()
    press(ana, "a")
    expect(ben.locator(PANEL).get_by_text("Ana: agree")).to_be_visible()
    save(ana, "Watch her hands.")
    expect(ben.locator(f"{PANEL} .sr-note-text")).to_have_text("Watch her hands.")
    ben.keyboard.type("Only ")  # where he was
    expect(area(ben)).to_have_value("Only half a sentence")
    assert typed.evaluate("area => area.isConnected")  # what an input method composes is kept too
    ana.get_by_role("button", name="Edit").click()
    expect(ben.locator(PANEL).get_by_text("Ana is editing this note")).to_be_visible()
    ana.goto("about:blank")
    expect(here).to_have_text("")
    assert ana.faults == ben.faults == []


def test_two_who_change_one_note_see_it_and_neither_text_is_lost(two):
    one, other, library = two
    library.write_note("live", note("n1", "Ana", "First."))
    for page in (one, other):
        page.evaluate("window.signalReview.reviewer = 'Ana'")  # one person in two windows
        choose(page, 0)
        page.get_by_role("button", name="Edit").click()
    expect(other.locator(PANEL).get_by_text("Ana is editing this note in another")).to_be_visible()
    area(other).fill("Theirs.")
    area(one).fill("Mine.")
    one.get_by_role("button", name="Save the change").click()
    conflict = other.locator(".sr-conflict")
    expect(conflict).to_contain_text("was changed in the meantime. It reads now:Mine.")
    expect(area(other)).to_have_value("Theirs.")
    other.get_by_role("button", name="Save mine as another note").click()
    expect(one.locator(f"{PANEL} .sr-note-text")).to_have_text(["Mine.", "Theirs."])
    assert [note.text for note in library.review("live").notes] == ["Mine.", "Theirs."]
    expect(other.get_by_role("button", name="Save the note")).to_be_visible()
    assert one.faults == other.faults == []
