"""What a browser test looks at on the Review page."""

from playwright.sync_api import expect

LANES, QUALITY = ".st-key-chart_lanes", ".st-key-chart_quality"
BARS = f"{LANES} .barlayer .point path"
PLOT = ".js-plotly-plot"

# Where the playhead of a chart stands, and where the video's time belongs, in pixels of the page.
HEAD = """([key]) => {
  const gd = document.querySelector(`${key} .js-plotly-plot`);
  const axis = gd._fullLayout.xaxis, box = gd.getBoundingClientRect();
  const head = gd.querySelector('.sr-playhead').getBoundingClientRect();
  const time = document.querySelector('.st-key-player video').currentTime;
  return {head: head.left + head.width / 2, due: box.left + axis._offset + axis.l2p(time)};
}"""
AXIS = """([key]) => {
  const gd = document.querySelector(`${key} .js-plotly-plot`);
  const axis = gd._fullLayout.xaxis, box = gd.getBoundingClientRect();
  return [box.left + axis._offset, axis._length, ...axis.range];
}"""
TIME = "() => document.querySelector('.st-key-player video').currentTime"


def steady_box(page, locator):
    """Where an element lies once it has stopped moving: charts resize after the page is drawn."""
    last = None
    for _ in range(100):
        box = locator.bounding_box()
        if box is not None and box == last:
            return box
        last = box
        page.wait_for_timeout(120)
    raise AssertionError("the page keeps moving")


def click_bar(page, index):
    """Click a span's bar where it lies; Plotly's own layer is what takes the click."""
    bar = page.locator(BARS).nth(index)
    bar.evaluate("bar => bar.scrollIntoView({block: 'center'})")
    box = steady_box(page, bar)
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


def open_session(page, app, session="sample"):
    page.goto(f"{app.url}/review?session={session}")
    expect(page.locator(f"{QUALITY} {PLOT} .scatterlayer")).to_be_visible()
    expect(page.locator(f"{LANES} .sr-playhead")).to_be_attached()
    page.wait_for_function("document.querySelector('.st-key-player video')?.readyState >= 1")


def time_of(page):
    return page.evaluate(TIME)


def wait_for_time(page, seconds, *, within=0.06):
    page.wait_for_function(
        f"Math.abs(document.querySelector('.st-key-player video').currentTime - {seconds})"
        f" < {within}"
    )
