"""What a browser test looks at on the Review page."""

from contextlib import contextmanager

from playwright.sync_api import expect

from lib.library import Library
from tests import answers

LANES, QUALITY = ".st-key-chart_lanes", ".st-key-chart_quality"
BARS = f"{LANES} .barlayer .point path"
PLOT = ".js-plotly-plot"
ROWS = ".sr-body .sr-line"
PICKED = f"{ROWS}[aria-selected=true]"
PANEL = ".sr-panel"
MORE = ".st-key-filters summary"  # opens the filters that are folded away

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
VIDEO = "document.querySelector('.st-key-player video')"
# The chosen span as the scripts know it: what the page shows is compared with it.
SPAN = "window.signalReview.byId.get(window.signalReview.picked)"


BOX = """element => {
  const box = element.getBoundingClientRect();
  return {x: box.x, y: box.y, width: box.width, height: box.height};
}"""


def steady_box(page, locator):
    """Where an element lies once it has stopped moving: charts resize after the page is drawn."""
    (box,) = steady_boxes(page, locator)
    return box


def steady_boxes(page, *locators):
    """Where elements lie, at one moment: what comes above them between two looks moves them."""
    last = None
    for _ in range(100):
        elements = [locator.element_handle() for locator in locators]
        boxes = page.evaluate(f"elements => elements.map({BOX})", elements)
        if boxes == last and all(box["width"] or box["height"] for box in boxes):
            return boxes
        last = boxes
        page.wait_for_timeout(120)
    raise AssertionError("the page keeps moving")


def click_bar(page, index):
    """Click a span's bar; Plotly's own layer takes the click. The video covers the upper half."""
    bar = page.locator(BARS).nth(index)
    bar.evaluate("bar => bar.scrollIntoView({block: 'end'})")
    box = steady_box(page, bar)
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


def drag(page, key, start, end):
    """Drag over a chart, from one share of its width to another."""
    page.locator(key).evaluate("chart => chart.scrollIntoView({block: 'end'})")
    plot = steady_box(page, page.locator(f"{key} .nsewdrag"))
    y = plot["y"] + plot["height"] - 15
    page.mouse.move(plot["x"] + plot["width"] * start, y)
    page.mouse.down()
    page.mouse.move(plot["x"] + plot["width"] * end, y, steps=5)
    page.mouse.up()


def open_session(page, app, session="sample", **query):
    more = "".join(f"&{name}={value}" for name, value in query.items())
    page.goto(f"{app.url}/review?session={session}{more}")
    expect(page.locator(f"{QUALITY} {PLOT} .scatterlayer")).to_be_visible()
    expect(page.locator(f"{LANES} .sr-playhead")).to_be_attached()
    if session == "sample":
        page.wait_for_function(f"{VIDEO}?.readyState >= 1")


def press(page, *keys):
    """Press keys with nothing in focus."""
    page.evaluate("document.activeElement.blur()")
    for key in keys:
        page.keyboard.press(key)


def open_section(page, name):
    sections = page.get_by_role("radiogroup", name="More of this session")
    sections.get_by_role("radio", name=name, exact=True).click()


def time_of(page):
    return page.evaluate(f"{VIDEO}.currentTime")


def wait_for_time(page, seconds, *, within=0.06):
    page.wait_for_function(f"Math.abs({VIDEO}.currentTime - {seconds}) < {within}")


@contextmanager
def kept(app, answer=None, **about):
    """A session in the app's library for as long as a test needs it; gives it and the library."""
    library = Library(app.library)
    session = answers.session(answer, **about)
    library.save(session)
    yield session, library
    library.delete_all((session.id,))
    library.close()
