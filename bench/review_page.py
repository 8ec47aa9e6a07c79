"""What a reviewer waits for on the Review page, in Chromium, with a few spans and with many."""

from __future__ import annotations

import json
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Browser, Locator, Page

from bench import browser, data
from bench.table import Row, medians
from lib import exports
from lib.interhuman import parser
from lib.library import Library
from lib.model import Session
from tests import clips

FEW, MANY = 200, 3600  # spans
SECONDS = {FEW: 600.0, MANY: 1800.0}
ROUNDS = 12  # even: a filter is set as often as it is taken away
SEEKS = 15
PLAYED = 4000  # ms
HANDOVERS = 3
EMPTY_CLICK = browser.pressing("a")
EMPTY_DRAWN = "document.querySelector('.stText').innerText"

# How many spans the page shows, once list and lanes agree on it: a bar for each, and a diamond for
# each that is too short to see.
SHOWN_SPANS = """{
  const room = window.signalReview, lanes = document.querySelector('.st-key-chart_lanes');
  const gd = lanes.querySelector('.js-plotly-plot'), shown = new Set(room.order);
  const short = room.whole.get(gd).traces.filter(trace => !trace.base)
    .reduce((count, trace) => count + trace.customdata.filter(id => shown.has(id)).length, 0);
  const bars = lanes.querySelectorAll('.barlayer .point').length;
  const diamonds = lanes.querySelectorAll('.scatterlayer .points path').length;
  bars === room.order.length && diamonds === short ? bars : before
}"""
# From the click, which is the release of the mouse, to the video's seek.
SEEK = """() => new Promise(done => {
  let clicked;
  document.addEventListener('mouseup', event => { clicked = event.timeStamp; },
                            {capture: true, once: true});
  document.querySelector('.st-key-player video')
    .addEventListener('seeking', () => done(performance.now() - clicked), {once: true});
})"""
# Frames a second while the video plays; 0 if the playhead stood still.
FRAMES = """ms => new Promise(done => {
  const video = document.querySelector('.st-key-player video');
  const head = () => document.querySelector('.st-key-chart_lanes .sr-playhead').style.transform;
  video.muted = true;
  video.play().then(() => {
    const begun = performance.now(), from = head(), at = video.currentTime;
    let frames = 0;
    const count = () => {
      frames += 1;
      const took = performance.now() - begun;
      if (took < ms) { requestAnimationFrame(count); return; }
      const moved = head() !== from && video.currentTime > at + ms / 2000;
      video.pause();
      done(moved ? frames * 1000 / took : 0);
    };
    requestAnimationFrame(count);
  });
})"""
CHOOSE = """{
  const lines = [...document.querySelectorAll('.sr-body .sr-line[aria-selected=false]')];
  lines[lines.length >> 1].click();
}"""
CHOSEN = "document.querySelector('.sr-panel').dataset.about"
NOTE = """{
  const panel = document.querySelector('.sr-panel');
  panel.querySelector('textarea').value = 'Look here again.';
  panel.querySelector('[data-field=save]').click();
}"""
NOTED = "document.querySelectorAll('.sr-panel .sr-note-text').length"
OPEN = "[...document.querySelectorAll('[role=radio]')].find(r => r.innerText === '{name}').click()"
SECTIONS = {  # each section, and what is there once it is drawn
    "Quality": ".sr-plain",
    "Notes": ".sr-moments, .sr-kappa",
    "Transcript": "[class*=st-key-transcript_]",
    "Tables": ".sr-sheet tbody tr",
    "Downloads": ".st-key-review_json button",
    "Raw answer": "[data-testid=stCode]",
}
FIRST, FIRST_DRAWN = "Moments", ".st-key-moments_all"


class Pages(NamedTuple):
    """The Review page with a few spans, with many (and its recording), and the empty app."""

    few: Page
    many: Page
    empty: Page


def rows() -> list[Row]:
    """All rows of the Review page."""
    with tempfile.TemporaryDirectory() as folder, _pages(folder) as pages:
        return [
            _filter(pages.few, pages.empty, FEW, 1.5),
            _filter(pages.many, pages.empty, MANY, 4.0),
            _seek(pages.many),
            _frames(pages.many),
            _click(pages, "choose a span, 3,600 spans", lambda: _choose(pages.many)),
            _slowest_section(pages),
            _click(pages, "save a note, 3,600 spans", _noting(pages.many)),
            _exports(pages.many),
        ]


@contextmanager
def _pages(folder: str) -> Iterator[Pages]:
    for spans in (FEW, MANY):
        _store(folder, spans)
    clip = clips.clip(Path(folder) / "bench.mp4", seconds=SECONDS[MANY], audio=None)
    with (
        browser.launched() as chrome,
        browser.running(browser.ENTRY, folder) as url,
        browser.running(browser.APPS / "empty.py", folder) as empty_url,
    ):
        browser.wait(url)
        browser.wait(empty_url)
        many = _room(chrome, url, MANY)
        _lend(many, clip)
        empty = browser.opened(chrome, empty_url, "text=chosen: none")
        yield Pages(_room(chrome, url, FEW), many, empty)


def _store(folder: str, spans: int) -> None:
    seconds = SECONDS[spans]
    analysis = parser.parse_answer(json.dumps(data.answer(spans, seconds=seconds)), api="v1")
    library = Library(f"sqlite:///{folder}/library.db")
    now = datetime.now(UTC)
    library.save(Session(f"bench{spans}", "Bench", now, "api", "bench.mp4", seconds, analysis))
    library.close()


def _room(chrome: Browser, url: str, spans: int) -> Page:
    return browser.opened(
        chrome, f"{url}/review?session=bench{spans}", ".st-key-chart_quality .main-svg"
    )


def _lend(page: Page, clip: Path) -> None:
    page.locator(".st-key-player input[type=file]").set_input_files(clip)
    page.wait_for_function("document.querySelector('.st-key-player video')?.readyState >= 1")
    page.wait_for_timeout(1500)


def _filter(room: Page, empty: Page, spans: int, most: float) -> Row:
    took: list[float] = []

    def change() -> float:
        took.append(browser.timed(room, browser.pressing("stress"), SHOWN_SPANS))
        return took[-1]

    change(), change()  # what is loaded once is loaded
    took.clear()
    ours, empty_ms = medians(change, lambda: _empty(empty), rounds=ROUNDS)
    on, off = (statistics.median(took[first::2]) for first in (0, 1))
    measured = (
        f"{ours / empty_ms:.2f}x ({ours:.0f} ms: on {on:.0f}, off {off:.0f}; {empty_ms:.0f} ms)"
    )
    what = f"filter change, {spans:,} spans, click to drawn"
    return Row(
        what, "an empty app's click", measured, f"at most {most:g}x", ours / empty_ms <= most
    )


def _empty(page: Page) -> float:
    return browser.timed(page, EMPTY_CLICK, EMPTY_DRAWN)


def _seek(page: Page) -> Row:
    bars = page.locator(".st-key-chart_lanes .barlayer .point path")
    took = [_seek_once(page, bars.nth(bars.count() * turn // SEEKS)) for turn in range(SEEKS)]
    middle = statistics.median(took)
    measured = f"{middle:.0f} ms (at most {max(took):.0f} ms)"
    what = "click on a span to the video's seek"
    return Row(what, "", measured, "at most 50 ms", middle <= 50)


def _seek_once(page: Page, bar: Locator) -> float:
    bar.evaluate("bar => bar.scrollIntoView({block: 'end'})")
    page.wait_for_timeout(browser.REST)
    box = bar.evaluate("bar => bar.getBoundingClientRect().toJSON()")
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.wait_for_timeout(browser.REST)  # as a hand does before it presses
    page.evaluate(f"void (window.benchSeek = ({SEEK})())")  # its end is asked for below
    page.mouse.down()
    page.mouse.up()
    return float(page.evaluate("window.benchSeek"))


def _frames(page: Page) -> Row:
    rate = statistics.median(page.evaluate(FRAMES, PLAYED) for _ in range(3))
    what = "playhead while playing, 3,600 spans"
    return Row(what, "", f"{rate:.0f} frames a second", "at least 55", rate >= 55)


def _click(pages: Pages, what: str, click: Callable[[], float]) -> Row:
    ours, empty_ms = medians(click, lambda: _empty(pages.empty), rounds=ROUNDS)
    return _against_empty(what, ours, empty_ms)


def _against_empty(what: str, ours: float, empty_ms: float) -> Row:
    ratio = ours / empty_ms
    measured = f"{ratio:.2f}x ({ours:.0f} ms, {empty_ms:.0f} ms)"
    return Row(what, "an empty app's click", measured, "at most 1.5x", ratio <= 1.5)


def _choose(page: Page) -> float:
    return browser.timed(page, CHOOSE, CHOSEN)


def _slowest_section(pages: Pages) -> Row:
    """Each section is opened from the first; the one that takes longest counts."""
    pages.many.locator(".st-key-section").evaluate("bar => bar.scrollIntoView()")
    pages.many.wait_for_timeout(browser.REST)
    times = {name: _section(pages, name) for name in SECTIONS}
    name = max(times, key=lambda name: times[name][0] / times[name][1])
    return _against_empty(f"open a section, 3,600 spans; slowest: {name}", *times[name])


def _section(pages: Pages, name: str) -> tuple[float, float]:
    return medians(lambda: _open(pages.many, name), lambda: _empty(pages.empty), rounds=ROUNDS)


def _open(page: Page, name: str) -> float:
    there = f"document.querySelector('{SECTIONS[name]}') !== null"
    took = browser.timed(page, OPEN.format(name=name), there)
    browser.timed(
        page, OPEN.format(name=FIRST), f"document.querySelector('{FIRST_DRAWN}') !== null"
    )
    return took


def _noting(page: Page) -> Callable[[], float]:
    """Saving a note on the chosen span, once the reviewer's name is known."""
    browser.timed(page, NOTE, "document.querySelector('[data-field=name]') !== null")
    page.locator("[data-field=name]").fill("Ana")
    page.locator("[data-field=name]").press("Enter")
    page.wait_for_function(f"{NOTED} === 1")
    page.wait_for_timeout(browser.REST)
    return lambda: browser.timed(page, NOTE, NOTED)


def _exports(page: Page) -> Row:
    browser.timed(
        page, OPEN.format(name="Downloads"), f"document.querySelector('{SECTIONS['Downloads']}')"
    )
    names = [*(format_.key for format_ in exports.FORMATS), "json"]
    took = statistics.median(sum(_export(page, name) for name in names) for _ in range(HANDOVERS))
    what = "all exports of 3,600 spans together"
    return Row(what, "", f"{took:.2f} s", "under 2 s", took < 2)


def _export(page: Page, name: str) -> float:
    begun = time.perf_counter()
    with page.expect_download() as download:
        page.locator(f".st-key-review_{name} button").click()
    download.value.path()
    return time.perf_counter() - begun
