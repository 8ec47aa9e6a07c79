"""Zoom and pan by wheel, pinch and overview: one range for all charts."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.review_page import AXIS, LANES, QUALITY, open_session, steady_box
from tests.browser.visitors import visit

ENGAGEMENT = ".st-key-chart_engagement"
CHARTS = (LANES, ENGAGEMENT, QUALITY)
ZOOM = "window.signalReview.zoom"
SCROLLED = "document.querySelector('[data-testid=stMain]').scrollTop"
# Whether all charts show one range, and it is near to this one.
SHOWN = """([keys, start, end]) => {
  const zoom = window.signalReview.zoom;
  const near = zoom && Math.abs(zoom[0] - start) < 0.5 && Math.abs(zoom[1] - end) < 0.5;
  return near && keys.every((key) => {
    const axis = document.querySelector(`${key} .js-plotly-plot`)._fullLayout.xaxis;
    return axis.range[0] === zoom[0] && axis.range[1] === zoom[1];
  });
}"""


@pytest.fixture
def sample(page, app):
    open_session(page, app)
    return page


def ranges(page):
    return [page.evaluate(AXIS, [key])[2:] for key in CHARTS]


def turn_wheel(page, share, *keys, x=0, y=0):
    """Turn the wheel at a share of the width of the lanes."""
    box = steady_box(page, page.locator(f"{LANES} .nsewdrag"))
    page.mouse.move(box["x"] + share * box["width"], box["y"] + box["height"] / 2)
    for key in keys:
        page.keyboard.down(key)
    page.mouse.wheel(x, y)
    for key in keys:
        page.keyboard.up(key)


def test_the_wheel_with_ctrl_zooms_all_charts_around_the_pointer_and_aside_it_moves(sample):
    for _ in range(3):
        turn_wheel(sample, 0.25, "Control", y=-100)
    sample.wait_for_function(f"{ZOOM} && {ZOOM}[1] - {ZOOM}[0] < 40")
    first, second, third = ranges(sample)
    start, end = first
    assert first == second == third
    assert end - start == pytest.approx(88 * 0.4066, abs=0.1)  # e to the power of -0.9
    assert start + 0.25 * (end - start) == pytest.approx(22, abs=0.2)
    before = sample.evaluate(SCROLLED)
    turn_wheel(sample, 0.5, x=200)
    sample.wait_for_function(f"{ZOOM}[0] > {start} + 1")
    moved = ranges(sample)
    assert moved[0] == moved[1] == moved[2]
    assert moved[0][1] - moved[0][0] == pytest.approx(end - start)
    assert sample.evaluate(SCROLLED) == before


def test_the_plain_wheel_scrolls_the_page(sample):
    turn_wheel(sample, 0.5, y=120)
    sample.wait_for_function(f"{SCROLLED} > 50")
    assert ranges(sample) == [[0, 88]] * 3


def test_turns_of_one_frame_are_drawn_at_once(sample):
    steady_box(sample, sample.locator(f"{LANES} .nsewdrag"))
    drawn = sample.evaluate(
        f"""async () => {{
          const gd = document.querySelector('{LANES} .js-plotly-plot');
          let count = 0;
          gd.on('plotly_relayout', () => {{ count += 1; }});
          const box = gd.getBoundingClientRect();
          const frame = () => new Promise(requestAnimationFrame);
          await frame();
          for (let turn = 0; turn < 20; turn += 1) gd.dispatchEvent(new WheelEvent('wheel',
            {{deltaY: -5, ctrlKey: true, cancelable: true, clientX: box.left + 400}}));
          while (!{ZOOM}) await frame();
          await frame();
          return count;
        }}"""
    )
    assert drawn == 1
    start, end = sample.evaluate(ZOOM)
    assert end - start == pytest.approx(88 * 0.3679, abs=0.1)  # all twenty count


def test_two_fingers_zoom_and_one_does_not(browser, app):
    with visit(browser, viewport={"width": 390, "height": 844}, has_touch=True) as page:
        open_session(page, app)
        plot = page.locator(f"{LANES} .nsewdrag")
        plot.evaluate("plot => plot.scrollIntoView({block: 'end'})")
        box = steady_box(page, plot)
        middle, y = box["x"] + box["width"] / 2, box["y"] + box["height"] - 20
        device = page.context.new_cdp_session(page)

        def touch(kind, *apart):
            points = [{"x": middle + side, "y": y, "id": n} for n, side in enumerate(apart)]
            device.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

        touch("touchStart", -60)
        for place in (-20, 20, 60):
            touch("touchMove", place)
        touch("touchEnd")
        touch("touchStart", -20)
        touch("touchStart", -20, 20)
        for apart in (30, 45, 60):
            touch("touchMove", -apart, apart)
        touch("touchEnd")
        page.wait_for_function(f"{ZOOM} && {ZOOM}[1] - {ZOOM}[0] < 35")
        start, end = page.evaluate(ZOOM)
        assert end - start == pytest.approx(88 / 3, abs=1)
        assert (start + end) / 2 == pytest.approx(44, abs=2)
        assert ranges(page)[0] == ranges(page)[2] == [start, end]
        assert page.evaluate("visualViewport.scale") == 1
        assert page.evaluate("document.querySelector('video').currentTime") == 0
        assert page.faults == []


def overview_box(page):
    return steady_box(page, page.locator(".sr-overview"))


def drag_overview(page, start, end):
    """Drag over the overview, from one share of its width to another."""
    box = overview_box(page)
    y = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] * start, y)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * end, y, steps=5)
    page.mouse.up()


def wait_for_view(page, start, end):
    page.wait_for_function(SHOWN, arg=[CHARTS, start, end])


def test_the_overview_stands_above_the_plots_and_shows_what_passes(sample):
    left, length, *_ = sample.evaluate(AXIS, [LANES])
    box = overview_box(sample)
    assert (box["x"], box["width"]) == pytest.approx((left, length), abs=0.5)
    whole = sample.get_by_role("group", name="Overview of the whole recording: 28 spans")
    expect(whole).to_be_visible()
    marks = sample.locator(".sr-overview path.friction")
    before = marks.get_attribute("d")
    sample.get_by_role("button", name="hesitation", exact=True).click()
    expect(sample.get_by_role("group", name="whole recording: 3 spans")).to_be_visible()
    assert marks.get_attribute("d") != before
    sample.evaluate("document.querySelector('video').currentTime = 44")
    head = sample.locator(".sr-overview .sr-playhead")
    middle = box["x"] + box["width"] / 2
    at = "() => document.querySelector('.sr-overview .sr-playhead').getBoundingClientRect().x"
    sample.wait_for_function(f"middle => Math.abs(({at})() + 1 - middle) <= 1", arg=middle)
    expect(head).to_be_visible()


def test_the_overview_is_drawn_over_dragged_and_clicked(sample):
    drag_overview(sample, 0.25, 0.5)
    wait_for_view(sample, 22, 44)
    drag_overview(sample, 0.4, 0.6)  # the window
    wait_for_view(sample, 39.6, 61.6)
    assert sample.evaluate("document.activeElement === document.body")  # space plays, as before
    drag_overview(sample, 0.7, 0.9)  # the end of the window lies at 0.7
    wait_for_view(sample, 39.6, 79.2)
    box = overview_box(sample)
    sample.mouse.click(box["x"] + 0.3 * box["width"], box["y"] + 10)
    wait_for_view(sample, 6.6, 46.2)
    assert sample.evaluate("document.querySelector('video').currentTime") == 0
    sample.mouse.dblclick(box["x"] + 0.3 * box["width"], box["y"] + 10)
    sample.wait_for_function(f"{ZOOM} === null")


def test_the_overview_is_used_by_keyboard(sample):
    drag_overview(sample, 0.25, 0.5)
    wait_for_view(sample, 22, 44)
    view = sample.get_by_role("slider", name="View", exact=True)
    expect(view).to_have_attribute("aria-valuetext", re.compile("^0:2[12].* – 0:4[34]"))
    view.press("End")
    wait_for_view(sample, 66, 88)
    view.press("ArrowLeft")
    wait_for_view(sample, 63.8, 85.8)
    start = sample.get_by_role("slider", name="Start of the view")
    start.press("Home")
    wait_for_view(sample, 0, 85.8)
    expect(start).to_have_attribute("aria-valuetext", "0:00.0")
    assert sample.evaluate("document.querySelector('video').currentTime") == 0
