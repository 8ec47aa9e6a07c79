"""Coding while the recording plays: keys, lanes, an edge that is dragged, and undo."""

import pytest
from playwright.sync_api import expect

from lib.library import Library
from tests.browser.conftest import visit
from tests.browser.review_page import (
    LANES,
    VIDEO,
    open_session,
    press,
    steady_box,
    wait_for_time,
)
from tests.codebooks import NOD, PAUSE, coded
from tests.reviews import AT

ROOM = "window.signalReview"
SENT = f"{ROOM}.outbox.letters.length === 0"
# Where a bar begins and ends on the screen, and where its times belong on the axis of the lanes.
BAR = """([id]) => {
  const gd = document.querySelector('.st-key-chart_lanes .js-plotly-plot');
  const axis = gd._fullLayout.xaxis, left = gd.getBoundingClientRect().left + axis._offset;
  const span = window.signalReview.coding.spans.find((one) => one.id === id);
  const bar = document.querySelector(`[data-coded="${id}"]`).getBoundingClientRect();
  return [bar.left, bar.right, left + axis.l2p(span.start), left + axis.l2p(span.end)];
}"""


@pytest.fixture
def library(app):
    library = Library(app.library)
    yield library
    for span in library.review("sample").coded:
        library.remove_coded_span("sample", span.id, span.coder)
    library.close()


def go(page, seconds):
    page.evaluate(f"{VIDEO}.currentTime = {seconds}")
    wait_for_time(page, seconds)


def own(library):
    spans = [span for span in library.review("sample").coded if span.coder == "Ana"]
    return [(span.code, span.start, span.end) for span in spans]


def test_keys_code_and_an_edge_is_dragged_and_put_back(browser, app, library):
    book = library.write_codes("Gestures", (PAUSE, NOD), AT)
    library.write_coded_span("sample", coded("bo", "Bo", codebook=book.id))
    with visit(browser) as page:
        open_session(page, app)
        press(page, "c")
        page.get_by_role("textbox", name="Your name").fill("Ana")
        page.get_by_role("button", name="Continue").click()
        expect(page.get_by_role("button", name="Coding by keys is on")).to_be_visible()
        go(page, 10)
        press(page, "h")
        go(page, 12)
        press(page, "h", "n")  # while one codes, n is a nod and not the next span
        page.keyboard.down("h")
        page.keyboard.down("h")  # it is held
        go(page, 13)
        page.keyboard.up("h")
        page.wait_for_function(f"{SENT} && {ROOM}.coding.spans.length === 4")
        coded_now = [
            ("pause-filler", 10.0, 12.0),
            ("nod", 12.0, 12.0),
            ("pause-filler", 12.0, 13.0),
        ]
        assert own(library) == coded_now
        assert page.evaluate(f"{ROOM}.picked") is None
        first = next(span.id for span in library.review("sample").coded if span.coder == "Ana")
        page.locator(LANES).evaluate("lanes => lanes.scrollIntoView({block: 'start'})")
        page.locator(".sr-codes").evaluate("codes => codes.scrollIntoView({block: 'end'})")
        page.locator(f"[data-coded='{first}']").click()
        left, right, start, end = page.evaluate(BAR, [first])
        assert (left, right) == pytest.approx((start, end), abs=1)
        grip = steady_box(page, page.locator(f"[data-coded='{first}'] .sr-code-grip.end"))
        at = (grip["x"] + grip["width"] / 2, grip["y"] + grip["height"] / 2)
        page.mouse.move(*at)
        page.mouse.down()
        page.mouse.move(at[0] + 50, at[1], steps=4)
        page.mouse.up()
        page.wait_for_function(f"{SENT} && {ROOM}.coding.spans.some((one) => one.end > 13)")
        _, start, end = own(library)[0]
        assert start == 10.0
        rate = float(page.locator(".sr-transport").get_attribute("data-frame-rate"))
        assert end * rate == pytest.approx(round(end * rate), abs=1e-3)  # to the frame
        press(page, "Control+z")
        page.wait_for_function(f"{SENT} && !{ROOM}.coding.spans.some((one) => one.end > 13)")
        assert own(library) == coded_now
        assert page.faults == []
