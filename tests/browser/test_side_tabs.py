"""Beside the video: spans, transcript or notes; and what the head offers."""

import re

import pytest
from playwright.sync_api import expect

from lib.model import Line
from tests import answers
from tests.browser.review_page import (
    PANEL,
    VIDEO,
    kept,
    open_section,
    open_session,
    press,
    steady_box,
    wait_for_time,
)

ROOM = "window.signalReview"
LIST, LINE = ".sr-word-list", ".sr-word"
COUNT = 400
SPANS = [{"type": "doubt", "start": 8.0, "end": 9.5, "rationale": "She frowns."}]


@pytest.fixture
def spoken(page, app):
    """The page of a session with a transcript of 400 lines of two seconds, and its library."""
    lines = [
        Line(2.0 * n, 2.0 * n + 1.5, "Ana" if n % 2 else "Ben", f"Line {n} of <b>them</b>.")
        for n in range(COUNT)
    ]
    with kept(app, answers.v1(signals=SPANS), session_id="spoken", duration=800.0) as (_, library):
        library.write_transcript("spoken", tuple(lines))
        open_session(page, app, "spoken")
        yield page, library


def tab(page, name):
    return page.get_by_role("tab", name=re.compile(f"^{name}"))


def line(page, place):
    return page.locator(f'{LINE}[data-line="{place}"]')


def pretend_video(page):
    """Stand a video of 800 s into the player: this session has no recording."""
    page.evaluate("""() => {
      const video = document.createElement('video');
      let at = 0;
      Object.defineProperty(video, 'duration', {value: 800});
      Object.defineProperty(video, 'currentTime', {get: () => at, set: (to) => { at = to; }});
      const box = document.createElement('div');
      box.className = 'st-key-player';
      box.append(video);
      document.querySelector('.st-key-stage').append(box);
    }""")


def test_the_column_shows_one_tab_at_a_time_and_is_used_by_key(spoken):
    page, _ = spoken
    expect(tab(page, "Spans")).to_have_attribute("aria-selected", "true")
    expect(tab(page, "Transcript")).to_have_text("Transcript400")
    expect(page.locator(LIST)).to_be_hidden()
    tab(page, "Spans").focus()
    page.keyboard.press("ArrowRight")
    expect(tab(page, "Transcript")).to_be_focused()
    expect(page.locator(LIST)).to_be_visible()
    expect(page.locator(".sr-grid")).to_be_hidden()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_text("No notes yet.", exact=False).first).to_be_visible()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("group", name="Codes, and what was coded")).to_be_visible()
    page.keyboard.press("ArrowRight")
    expect(page.locator(".sr-grid")).to_be_visible()


def test_the_transcript_is_followed_searched_and_leads_to_its_moment(spoken):
    page, _ = spoken
    pretend_video(page)
    tab(page, "Transcript").click()
    expect(line(page, 0)).to_contain_text("Ben: Line 0 of <b>them</b>.")
    assert page.locator(LINE).count() < COUNT  # only what is near is in the page
    page.evaluate(f"{VIDEO}.currentTime = 600.2")
    expect(line(page, 300)).to_have_attribute("aria-current", "true")
    expect(line(page, 300)).to_be_in_viewport()
    assert page.locator(f"{LINE}[aria-current]").count() == 1
    box = steady_box(page, page.locator(LIST))
    page.mouse.move(box["x"] + 30, box["y"] + 60)
    page.mouse.wheel(0, -4000)  # one looks elsewhere
    back = page.get_by_role("button", name="To the playhead")
    expect(back).to_be_visible()
    page.evaluate(f"{VIDEO}.currentTime = 610.2")
    page.wait_for_function(f"{ROOM}.spoken.startsWith('305|')")
    expect(line(page, 305)).not_to_be_in_viewport()
    back.click()
    expect(line(page, 305)).to_be_in_viewport()
    page.get_by_label("Search the transcript").fill("LINE 39")
    expect(page.locator(".sr-word-count")).to_have_text("11 of 400 lines")
    expect(page.locator(".sr-word mark").first).to_have_text("Line 39")
    line(page, 39).click()
    wait_for_time(page, 78)
    assert page.faults == []


def test_spans_stand_in_the_margin_and_lines_become_a_note(spoken):
    page, library = spoken
    tab(page, "Transcript").click()
    line(page, 4).get_by_role("button", name="doubt, 0:08").click()
    expect(page.locator(PANEL)).to_contain_text("She frowns.")
    expect(page.locator(".sr-meanwhile")).to_have_count(1)
    line(page, 5).locator("p").click()
    line(page, 7).locator("p").click(modifiers=["Shift"])
    expect(page.locator(f"{LINE}.chosen")).to_have_count(3)
    page.get_by_role("button", name="Note on these lines").click()
    expect(page.get_by_role("textbox", name="Note")).to_be_focused()
    page.keyboard.type("They agree")
    page.get_by_role("button", name="Save the note").click()
    page.get_by_label("Your name").fill("Mia")
    page.get_by_role("button", name="Continue").click()
    expect(tab(page, "Notes")).to_have_text("Notes1")
    (note,) = library.review("spoken").notes
    assert (note.start, note.end, note.signal) == (10.0, 15.5, None)
    tab(page, "Notes").click()
    press(page, "p")
    page.locator(".sr-noted").get_by_role("button").click()
    expect(page.locator(f"{PANEL} .sr-note-text")).to_have_text("They agree")
    expect(page.locator(f"{PANEL} .sr-panel-title")).to_have_text("0:10.0 – 0:15.5")


def test_without_a_transcript_the_way_to_one_is_shown(page, app):
    open_session(page, app)
    tab(page, "Transcript").click()
    page.get_by_role("button", name="Attach a transcript").click()
    expect(page.get_by_text("Subtitles (.srt, .vtt, .ttml)")).to_be_in_viewport()
    page.get_by_role("button", name="Export", exact=True).click()
    expect(page.get_by_role("radio", name="Downloads")).to_be_in_viewport()
    expect(page.get_by_role("radio", name="Downloads")).to_be_checked()
    open_section(page, "Moments")


def test_what_is_shared_opens_from_the_head_and_closes_by_key(page, app):
    open_session(page, app)
    share = page.get_by_role("button", name="Share", exact=True)
    menu = page.get_by_role("group", name="Share")
    share.click()
    expect(menu.get_by_role("button", name="Link to this span")).to_be_disabled()
    page.keyboard.press("Escape")
    expect(menu).to_be_hidden()
    expect(share).to_be_focused()
    share.click()
    page.locator(".sr-grid").click()
    expect(menu).to_be_hidden()
