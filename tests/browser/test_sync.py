"""Video, charts and list in step: what is used of Plotly's inner layout is held here."""

import pytest
from playwright.sync_api import expect

from tests.browser.review_page import (
    AXIS,
    BARS,
    HEAD,
    LANES,
    PANEL,
    PICKED,
    PLOT,
    QUALITY,
    ROWS,
    SPAN,
    VIDEO,
    click_bar,
    drag,
    open_session,
    press,
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
        sample.evaluate(f"{VIDEO}.currentTime = {seconds}")
        wait_for_time(sample, seconds)
        sample.wait_for_timeout(100)
        for key in CHARTS:
            position = sample.evaluate(HEAD, [key])
            assert position["head"] == pytest.approx(position["due"], abs=1)


def test_a_click_on_a_span_goes_there_and_opens_its_rationale(sample):
    click_bar(sample, 0)
    expect(sample.locator(PICKED)).to_have_count(1)
    span = sample.evaluate(SPAN)
    wait_for_time(sample, span["draw_start"])
    expect(sample.locator(f"{PANEL} .sr-rationale")).to_have_text(span["rationale"])
    assert int(sample.locator(PICKED).get_attribute("data-id")) == span["id"]


def test_each_span_opens_its_own_rationale(sample):
    seen = set()
    for index in range(0, sample.locator(BARS).count(), 5):
        click_bar(sample, index)
        sample.wait_for_function(
            "seen => { const room = window.signalReview;"
            " return room.picked !== null && !seen.includes(room.picked); }",
            arg=sorted(seen),
        )
        span = sample.evaluate(SPAN)
        wait_for_time(sample, span["draw_start"])
        expect(sample.locator(f"{PANEL} .sr-rationale")).to_have_text(span["rationale"])
        seen.add(span["id"])
    assert len(seen) > 3


def test_a_click_on_a_span_asks_nothing_of_the_server(page, app):
    sent = []
    page.on("websocket", lambda socket: socket.on("framesent", lambda _: sent.append(1)))
    open_session(page, app)
    page.wait_for_timeout(1000)
    before = len(sent)
    assert before > 0
    click_bar(page, 0)
    expect(page.locator(PICKED)).to_have_count(1)
    press(page, "n", "ArrowRight", "+", "s")
    page.wait_for_timeout(500)
    assert len(sent) == before


@pytest.mark.parametrize("key", CHARTS)
def test_a_click_on_an_empty_place_goes_to_that_time(sample, key):
    sample.locator(key).evaluate("chart => chart.scrollIntoView({block: 'end'})")
    plot = steady_box(sample, sample.locator(f"{key} .nsewdrag"))
    left, length, start, end = sample.evaluate(AXIS, [key])
    x = left + length * 0.5
    sample.mouse.click(x, plot["y"] + plot["height"] - 3)
    middle = start + (end - start) * 0.5
    wait_for_time(sample, middle, within=0.3)
    assert time_of(sample) == pytest.approx(middle, abs=0.3)


def test_choosing_a_row_of_the_list_is_choosing_the_span(sample):
    sample.locator(ROWS).nth(4).click()
    expect(sample.locator(PICKED)).to_have_count(1)
    span = sample.evaluate(SPAN)
    wait_for_time(sample, span["draw_start"])
    expect(sample.locator(f"{PANEL} .sr-rationale")).to_have_text(span["rationale"])
    frame = steady_box(sample, sample.locator(f"{LANES} .sr-frame"))
    left, length, start, end = sample.evaluate(AXIS, [LANES])
    due = left + length * (span["draw_start"] - start) / (end - start)
    assert frame["x"] == pytest.approx(due, abs=2)


def test_a_filter_keeps_video_and_playhead_and_packs_the_lanes(sample):
    sample.evaluate(f"{VIDEO}.dataset.same = 'yes'")
    sample.evaluate(f"{VIDEO}.currentTime = 20")
    tall = steady_box(sample, sample.locator(f"{LANES} {PLOT}"))["height"]
    sample.get_by_role("button", name="hesitation", exact=True).click()
    expect(sample.locator(ROWS)).to_have_count(3)
    expect(sample.locator(BARS)).to_have_count(3)
    expect(sample.locator(f"{LANES} .ytick text")).to_have_text(["▽ hesitation"])
    assert steady_box(sample, sample.locator(f"{LANES} {PLOT}"))["height"] < tall
    assert sample.evaluate(f"{VIDEO}.dataset.same") == "yes"
    position = sample.evaluate(HEAD, [LANES])
    assert position["head"] == pytest.approx(position["due"], abs=1)
    click_bar(sample, 0)
    expect(sample.locator(PICKED)).to_have_count(1)
    assert sample.evaluate(SPAN)["type"] == "hesitation"
    sample.get_by_role("button", name="hesitation", exact=True).click()
    expect(sample.locator(BARS)).to_have_count(28)
    expect(sample.locator(f"{LANES} .ytick text")).to_have_count(11)
    assert steady_box(sample, sample.locator(f"{LANES} {PLOT}"))["height"] == tall


def test_the_lanes_a_filter_leaves_are_those_that_pass_it(sample):
    sample.get_by_role("button", name="high", exact=True).click()
    sample.wait_for_function("window.signalReview.shown !== null")
    shown = sample.evaluate("[...window.signalReview.shown]")
    drawn_ids = (
        "document.querySelector('.st-key-chart_lanes .js-plotly-plot')._fullData"
        ".flatMap(trace => [...trace.customdata])"
    )
    sample.wait_for_function(f"{drawn_ids}.length === {len(shown)}")
    assert sorted(sample.evaluate(drawn_ids)) == sorted(shown)


def test_zooming_one_chart_zooms_all_and_a_filter_keeps_it(sample):
    sample.set_viewport_size({"width": 1440, "height": 2600})
    drag(sample, QUALITY, 0.25, 0.5)
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


RESTS = """async () => {
  const ask = window.requestAnimationFrame;
  let asked = 0;
  window.requestAnimationFrame = (step) => {
    asked += 1;
    return ask(step);
  };
  for (let tries = 0; tries < 30; tries += 1) {
    const before = asked;
    await new Promise((done) => setTimeout(done, 1000));
    if (asked === before) return true;
  }
  return false;
}"""


def test_a_page_that_is_only_read_rests_until_something_happens(sample):
    assert sample.evaluate(RESTS)
    sample.evaluate(f"{VIDEO}.currentTime = 44.5")
    for key in CHARTS:
        sample.wait_for_function(
            f"key => {{ const at = ({HEAD})([key]); return Math.abs(at.head - at.due) <= 1; }}",
            arg=key,
        )


def test_a_page_without_a_player_rests_as_well(sample):
    sample.evaluate(f"{VIDEO}.remove()")
    assert sample.evaluate(RESTS)


def test_leaving_the_page_ends_the_loop(sample):
    sample.get_by_role("link", name="Sessions").first.click()
    expect(sample.get_by_role("heading", name="Sessions")).to_be_visible()
    expect(sample.locator(".sr-playhead")).to_have_count(0)
    sample.wait_for_function("window.signalReview.stop === null")
    assert sample.faults == []
