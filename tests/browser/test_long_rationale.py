"""A rationale too long for the page is read part by part, to its last character."""

from playwright.sync_api import expect

from lib.ui.review.rationale_loader import PART_CHARACTERS
from tests import answers
from tests.browser.review_page import PANEL, ROWS, kept, open_session

RATIONALE = f"{PANEL} .sr-rationale"
# A camera is one character to Python, and two halves of one to a browser.
LONG = "".join(f"{number} 🎥 " for number in range(PART_CHARACTERS // 3))


def test_all_of_a_long_rationale_can_be_read(page, app):
    span = {"type": "interest", "start": 1, "end": 2, "rationale": LONG}
    with kept(app, answers.v1(signals=[span]), session_id="long"):
        open_session(page, app, "long")
        page.locator(ROWS).first.click()
        page.get_by_role("button", name="Read all of it").click()
        more = page.get_by_role("button", name="Show more")
        for part in range(2, -(-len(LONG) // PART_CHARACTERS) + 1):
            more.click()
            page.wait_for_function(
                "([at, least]) => [...document.querySelector(at).textContent].length >= least",
                arg=[RATIONALE, min(part * PART_CHARACTERS, len(LONG))],
            )
        expect(more).to_have_count(0)
        assert page.locator(RATIONALE).text_content() == LONG
