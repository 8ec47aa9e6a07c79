"""Video, charts and list in step: what is used of Plotly's inner layout is held here."""

import pytest
from playwright.sync_api import expect

from tests.browser.room import (
    AXIS,
    BARS,
    HEAD,
    LANES,
    QUALITY,
    click_bar,
    open_session,
    steady_box,
    time_of,
    wait_for_time,
)

CHARTS = (LANES, ".st-key-chart_engagement", QUALITY)


@pytest.fixture
def sample(page, app):
    open_session(page, app)
    return page


def test_the_charts_share_one_time_axis_to_the_pixel(sample):
    axes = [sample.evaluate(AXIS, [key]) for key in CHARTS]
    assert axes[0] == axes[1] == axes[2]
    assert axes[0][2:] == [0, 88]


def test_a_playhead_follows_the_video_on_every_chart(sample):
    for seconds in (10, 44.5, 80):
        sample.evaluate(f"document.querySelector('.st-key-player video').currentTime = {seconds}")
        wait_for_time(sample, seconds)
        sample.wait_for_timeout(100)
        for key in CHARTS:
            place = sample.evaluate(HEAD, [key])
            assert place["head"] == pytest.approx(place["due"], abs=1)


def test_a_click_on_a_span_goes_there_and_opens_its_rationale(sample):
    click_bar(sample, 0)
    opened = sample.locator(".sr-span[open]")
    expect(opened).to_have_count(1)
    expect(opened.locator(".sr-rationale")).to_be_visible()
    wait_for_time(sample, float(opened.get_attribute("data-start")))
    assert "sr-picked" in opened.get_attribute("class")


def test_each_span_opens_its_own_rationale(sample):
    seen = set()
    for index in range(0, sample.locator(BARS).count(), 5):
        click_bar(sample, index)
        sample.wait_for_function(
            "seen => { const row = document.querySelector('.sr-picked');"
            " return row && row.open && !seen.includes(row.dataset.id); }",
            arg=sorted(seen),
        )
        picked = sample.locator(".sr-picked")
        wait_for_time(sample, float(picked.get_attribute("data-start")))
        seen.add(picked.get_attribute("data-id"))
    assert len(seen) > 3


@pytest.mark.parametrize("key", CHARTS)
def test_a_click_on_an_empty_place_goes_to_that_time(sample, key):
    sample.locator(key).evaluate("chart => chart.scrollIntoView({block: 'center'})")
    plot = steady_box(sample, sample.locator(f"{key} .nsewdrag"))
    left, length, start, end = sample.evaluate(AXIS, [key])
    x = left + length * 0.5
    sample.mouse.click(x, plot["y"] + plot["height"] - 3)
    middle = start + (end - start) * 0.5
    wait_for_time(sample, middle, within=0.3)
    assert time_of(sample) == pytest.approx(middle, abs=0.3)


def test_opening_a_row_of_the_list_goes_to_its_span(sample):
    row = sample.locator(".sr-span").nth(4)
    row.locator("summary").click()
    wait_for_time(sample, float(row.get_attribute("data-start")))
    expect(row.locator(".sr-rationale")).to_be_visible()


def test_a_filter_keeps_the_video_and_reattaches_the_playhead(sample):
    sample.evaluate("document.querySelector('.st-key-player video').dataset.same = 'yes'")
    sample.evaluate("document.querySelector('.st-key-player video').currentTime = 20")
    sample.get_by_role("button", name="hesitation", exact=True).click()
    expect(sample.locator(".sr-span:visible")).to_have_count(3)
    expect(sample.locator(BARS)).to_have_count(3)
    expect(sample.locator(f"{LANES} .sr-playhead")).to_be_attached()
    assert sample.evaluate("document.querySelector('.st-key-player video').dataset.same") == "yes"
    place = sample.evaluate(HEAD, [LANES])
    assert place["head"] == pytest.approx(place["due"], abs=1)
    click_bar(sample, 0)
    wait_for_time(sample, float(sample.locator(".sr-picked").get_attribute("data-start")))
    sample.get_by_role("button", name="hesitation", exact=True).click()
    expect(sample.locator(".sr-span:visible")).to_have_count(28)
    expect(sample.locator(BARS)).to_have_count(28)


def test_zooming_one_chart_zooms_all_and_a_filter_keeps_it(sample):
    sample.set_viewport_size({"width": 1440, "height": 2000})
    plot = steady_box(sample, sample.locator(f"{QUALITY} .nsewdrag"))
    y = plot["y"] + plot["height"] - 15
    sample.mouse.move(plot["x"] + plot["width"] * 0.25, y)
    sample.mouse.down()
    sample.mouse.move(plot["x"] + plot["width"] * 0.5, y, steps=5)
    sample.mouse.up()
    shown = "document.querySelector('.st-key-chart_lanes .js-plotly-plot')._fullLayout.xaxis"
    sample.wait_for_function(f"{shown}.range[0] > 1")
    axes = [sample.evaluate(AXIS, [key])[2:] for key in CHARTS]
    assert axes[0] == axes[1] == axes[2] == pytest.approx([22, 44], abs=1)
    assert sample.evaluate(f"{shown}.ticktext") == ["0:25", "0:30", "0:35", "0:40"]
    sample.get_by_role("button", name="frustration", exact=True).click()
    expect(sample.locator(BARS)).to_have_count(2)
    sample.wait_for_function(f"{shown}.range[0] > 1")
    assert sample.evaluate(AXIS, [LANES])[2:] == pytest.approx(axes[0])
    plot = steady_box(sample, sample.locator(f"{QUALITY} .nsewdrag"))
    sample.mouse.dblclick(plot["x"] + plot["width"] * 0.5, plot["y"] + plot["height"] - 15)
    sample.wait_for_function(f"{shown}.range[1] == 88")
    assert [sample.evaluate(AXIS, [key])[2:] for key in CHARTS] == [[0, 88]] * 3


def test_on_a_phone_the_rationale_opens_below_the_lanes(sample):
    sample.set_viewport_size({"width": 390, "height": 844})
    sample.wait_for_timeout(500)
    click_bar(sample, 4)
    panel = sample.locator(".sr-panel")
    expect(panel.locator(".sr-rationale")).to_be_visible()
    picked = sample.locator(".sr-picked .sr-rationale")
    assert panel.locator(".sr-rationale").text_content() == picked.text_content()


def test_leaving_the_page_ends_the_loop(sample):
    sample.get_by_role("link", name="Sessions").first.click()
    expect(sample.get_by_role("heading", name="Sessions")).to_be_visible()
    expect(sample.locator(".sr-playhead")).to_have_count(0)
    assert sample.faults == []
