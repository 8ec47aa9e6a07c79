"""What reviews with large recordings cost: ten of them in memory, one of them while preparing."""

from __future__ import annotations

import json
import shutil
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from playwright.sync_api import Browser, Page

from bench import browser, data
from bench.memory import read_mb
from bench.recordings import SMALL, TEN_MINUTES, make_minute, repeat
from bench.table import Row, medians
from lib.errors import PreparationCancelledError
from lib.interhuman import parser
from lib.library import Library
from lib.model import Session
from lib.recordings.preparation import prepare, start_process
from lib.recordings.step import Step
from tests.clips import clip, grow

REVIEWS = 10
SIZE = 200_000_000
SPANS, SECONDS = 200, 600.0
MOST_MB = 30
ROUNDS = 9
FILTERED = "document.querySelectorAll('.st-key-chart_lanes .barlayer .point').length"
_CLICK = ("a click on the review while a recording is being prepared", "the same while idle")


def rows() -> list[Row]:
    """Both rows."""
    with (
        tempfile.TemporaryDirectory() as name,
        browser.launched() as chrome,
    ):
        folder = Path(name)
        _store(folder)
        with browser.running_process(browser.ENTRY, name) as (url, process):
            browser.wait(url)
            recording = grow(clip(folder / "bench.mp4", seconds=SECONDS, audio=None), SIZE)
            pages = [_review(chrome, url, 0, recording)]
            one = read_mb(process, "VmRSS")
            pages += [_review(chrome, url, number, recording) for number in range(1, REVIEWS)]
            more = read_mb(process, "VmRSS") - one
            for page in pages[1:]:
                page.context.close()
            clicks = _clicks(pages[0], folder)
    what = "ten reviews of 200 MB recordings open: memory above one"
    memory = Row(what, "", f"{more:.0f} MB", f"at most {MOST_MB} MB", more <= MOST_MB)
    return [clicks, memory]


def _store(folder: Path) -> None:
    library = Library(f"sqlite:///{folder}/library.db")
    now = datetime.now(UTC)
    for number in range(REVIEWS):
        answer = json.dumps(data.answer(SPANS, seconds=SECONDS, seed=number))
        analysis = parser.parse_answer(answer, api="v1")
        name = f"bench{number}"
        library.save(Session(name, "Bench", now, "api", "bench.mp4", SECONDS, analysis))
    library.close()


def _review(chrome: Browser, url: str, number: int, recording: Path) -> Page:
    """A review that plays the recording."""
    address = f"{url}/review?session=bench{number}"
    page = browser.opened(chrome, address, ".st-key-chart_quality .main-svg")
    page.locator(".st-key-player input[type=file]").set_input_files(recording)
    page.wait_for_function(
        "document.querySelector('.st-key-player video')?.readyState >= 1",
        timeout=browser.BOUND * 1000,
    )
    page.wait_for_timeout(1500)
    return page


def _clicks(page: Page, folder: Path) -> Row:
    """A filter that is set and taken away, with ten minutes of 720p being encoded and without."""
    program = shutil.which("ffmpeg")
    if program is None:
        return Row(*_CLICK, "ffmpeg is not installed", "at most 1.5x", holds=False)
    make_minute(program, folder / "minute.mp4")
    repeat(program, folder / "minute.mp4", folder / "long.mp4", TEN_MINUTES)

    def click() -> float:
        return sum(browser.timed(page, browser.pressing("stress"), FILTERED) for _ in range(2)) / 2

    def disturbed() -> float:
        with _preparing(folder):
            return click()

    click()  # what is loaded once is loaded
    mine, theirs = medians(disturbed, click, rounds=ROUNDS)
    measured = f"{mine / theirs:.2f}x ({mine:.0f} ms, {theirs:.0f} ms)"
    return Row(*_CLICK, measured, "at most 1.5x", holds=mine / theirs <= 1.5)


@contextmanager
def _preparing(folder: Path) -> Iterator[None]:
    """The process that prepares a recording, at work beside the app as it is below it."""
    begun, over = threading.Event(), threading.Event()

    def work() -> None:
        step = Step("encode", "mp4", encoding=SMALL)
        with closing(start_process()) as process, suppress(PreparationCancelledError):
            prepare(
                folder / "long.mp4",
                folder / "small.mp4",
                step,
                progress=lambda _: begun.set(),
                cancelled=over.is_set,
                process=process,
            )

    thread = threading.Thread(target=work)
    thread.start()
    begun.wait(browser.BOUND)
    time.sleep(0.5)
    try:
        yield
    finally:
        over.set()
        thread.join()
