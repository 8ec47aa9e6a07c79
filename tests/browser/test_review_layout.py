"""What of a review is seen at once, on a large screen and a phone; and that its charts stay."""

import itertools

import pytest
from playwright.sync_api import expect

from tests.browser.review_page import (
    BARS,
    LANES,
    PANEL,
    PICKED,
    PLOT,
    QUALITY,
    ROWS,
    VIDEO,
    drag,
    open_session,
    steady_box,
    steady_boxes,
)
from tests.browser.visitors import visit

VIDEO_ELEMENT = ".st-key-player video"
SEEN = (VIDEO_ELEMENT, ".sr-transport", ".sr-grid", PANEL, LANES, ".st-key-chart_engagement")


@pytest.mark.parametrize(
    ("width", "height", "more"), [(1440, 900, ()), (1920, 1080, (f"{QUALITY} {PLOT}",))]
)
def test_the_room_is_seen_whole_without_scrolling(browser, app, width, height, more):
    with visit(browser, viewport={"width": width, "height": height}) as page:
        open_session(page, app)
        boxes = steady_boxes(page, *(page.locator(part) for part in (*SEEN, *more)))
        ends = {
            part: box["y"] + box["height"] for part, box in zip((*SEEN, *more), boxes, strict=True)
        }
        assert {part: end for part, end in ends.items() if end > height} == {}
        video, _, grid, *_ = boxes
        assert grid["x"] > video["x"] + video["width"]  # beside it, not below


def test_on_a_phone_a_bar_opens_its_answer_over_the_lower_half_and_the_player_stays(browser, app):
    with visit(browser, viewport={"width": 390, "height": 844}, has_touch=True) as page:
        open_session(page, app)
        bar = page.locator(BARS).nth(3)
        bar.evaluate("bar => bar.scrollIntoView({block: 'center'})")
        box = steady_box(page, bar)
        page.touchscreen.tap(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        expect(page.locator(f"{PANEL} .sr-rationale")).to_be_in_viewport()
        panel, video = steady_boxes(page, page.locator(PANEL), page.locator(VIDEO_ELEMENT))
        assert panel["y"] >= 844 / 2
        assert panel["y"] + panel["height"] == pytest.approx(844, abs=1)
        assert video["y"] >= 0
        assert video["y"] + video["height"] < panel["y"]
        page.get_by_role("button", name="Close", exact=True).tap()
        expect(page.locator(f"{PANEL} .sr-rationale")).to_have_count(0)
        assert page.faults == []


def test_on_a_phone_the_player_stays_in_sight_beside_the_list(browser, app):
    with visit(browser, viewport={"width": 390, "height": 844}, has_touch=True) as page:
        open_session(page, app)
        row = page.locator(ROWS).nth(2)
        steady_box(page, row)
        row.evaluate("row => row.scrollIntoView({block: 'end'})")  # where its answer will lie
        row.tap()
        expect(page.locator(f"{PANEL} .sr-rationale")).to_be_in_viewport()
        panel, video, line = steady_boxes(
            page, page.locator(PANEL), page.locator(VIDEO_ELEMENT), page.locator(PICKED)
        )
        assert video["y"] >= 0
        assert video["y"] + video["height"] < line["y"]
        assert line["y"] + line["height"] <= panel["y"] + 1


def test_on_a_phone_the_labels_of_times_stand_apart(browser, app):
    with visit(browser, viewport={"width": 390, "height": 844}) as page:
        open_session(page, app)
        labels = page.locator(f"{LANES} .xtick text")
        boxes = steady_boxes(page, *labels.all())
        assert len(boxes) >= 3
        for box, after in itertools.pairwise(boxes):
            assert box["x"] + box["width"] < after["x"]


def test_the_labels_of_times_are_chosen_anew_with_the_width(browser, app):
    with visit(browser, viewport={"width": 1440, "height": 900}) as page:
        open_session(page, app)
        labels = page.locator(f"{LANES} .xtick text")
        plot = page.locator(f"{LANES} {PLOT}")
        steady_box(page, plot)
        many = labels.all_text_contents()
        for zoom in (False, True):
            if zoom:
                drag(page, LANES, 0.25, 0.5)
                page.wait_for_function("window.signalReview.zoom")
            page.set_viewport_size({"width": 390, "height": 844})
            page.wait_for_function(f"document.querySelector('{LANES} {PLOT}').offsetWidth < 390")
            steady_box(page, plot)
            expect(labels).not_to_have_count(len(many))
            boxes = steady_boxes(page, *labels.all())
            assert len(boxes) >= 2
            for box, after in itertools.pairwise(boxes):
                assert box["x"] + box["width"] + 8 < after["x"]
            page.set_viewport_size({"width": 1440, "height": 900})
            page.wait_for_function(f"document.querySelector('{LANES} {PLOT}').offsetWidth > 600")
        page.evaluate("document.activeElement.blur()")
        page.keyboard.press("z")
        expect(labels).to_have_text(many)


def test_a_chart_stays_when_its_look_is_changed(page, app):
    open_session(page, app)
    chart = page.locator(f"{LANES} {PLOT}")
    chart.evaluate("chart => { chart.dataset.same = 'yes'; }")
    before = steady_box(page, chart)["height"]
    page.get_by_role("button", name="Appearance").click()
    page.get_by_role("combobox", name="Height").click()
    page.get_by_role("option", name="High").click()
    page.wait_for_function(
        "([at, before]) => document.querySelector(at).offsetHeight > before + 100",
        arg=[f"{LANES} {PLOT}", before],
    )
    assert chart.evaluate("chart => chart.dataset.same") == "yes"
    page.evaluate(f"{VIDEO}.currentTime = 20")
    expect(page.locator(f"{LANES} .sr-playhead")).to_be_visible()
    assert page.faults == []
