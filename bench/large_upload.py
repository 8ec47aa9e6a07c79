"""A recording of 500 MB through our upload route, in Chromium: time against curl, and memory."""

from __future__ import annotations

import shutil
import statistics
import subprocess
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Browser, Page

from bench import browser
from bench.memory import mark_peak, read_mb
from bench.table import Row
from tests.clips import clip, grow

SIZE = 500_000_000
SLICE = 8 << 20  # as the page sends them
ROUNDS = 3
MOST_MB = 20
FINISHED = "window.signalReviewUploads?.upload?.files[0]?.state === 'finished'"
WHAT, REACH = "500 MB through our upload route, in Chromium: time", "at most 1.5x"


def rows() -> list[Row]:
    """Both rows."""
    with (
        tempfile.TemporaryDirectory() as name,
        browser.launched() as chrome,
        browser.running_process(browser.ENTRY, name) as (url, process),
    ):
        browser.wait(url)
        folder = Path(name)
        small, large = clip(folder / "small.mp4"), grow(clip(folder / "large.mp4"), SIZE)
        _upload(chrome, url, small)  # what is loaded once is loaded
        curl, times, grown = shutil.which("curl"), [], []
        slices = _cut(large, folder) if curl else []
        for _ in range(ROUNDS):
            before = mark_peak(process)
            mine = _upload(chrome, url, large)
            grown.append(read_mb(process, "VmHWM") - before)
            if curl:
                times.append((mine, _upload_by_curl(curl, _address(chrome, url, large), slices)))
    return [_time(times), _memory(grown)]


def _time(times: list[tuple[float, float]]) -> Row:
    if not times:
        return Row(WHAT, "curl", "curl is not installed", REACH, holds=False)
    mine, theirs = (statistics.median(one) for one in zip(*times, strict=True))
    measured = f"{mine / theirs:.2f}x ({mine:.1f} s, {theirs:.1f} s)"
    return Row(WHAT, "curl to the same route", measured, REACH, mine / theirs <= 1.5)


def _memory(grown: list[float]) -> Row:
    measured = f"{max(grown):.1f} MB"
    what = "the same: the app's memory above idle"
    return Row(what, "", measured, f"at most {MOST_MB} MB", max(grown) <= MOST_MB)


def _upload(chrome: Browser, url: str, path: Path) -> float:
    """How long it takes from the choice of a file until all of it is there [s]."""
    page = _page(chrome, url)
    begun = time.perf_counter()
    page.locator("input[type=file]").first.set_input_files(path)
    page.wait_for_function(FINISHED, timeout=browser.BOUND * 1000)
    took = time.perf_counter() - begun
    page.wait_for_timeout(1500)
    page.context.close()
    return took


def _address(chrome: Browser, url: str, path: Path) -> str:
    """The address to which the page would send a file: the token is for this one."""
    page = _page(chrome, url)
    page.route("**/recordings/upload/**", lambda route: route.abort())
    with page.expect_request("**/recordings/upload/**") as request:
        page.locator("input[type=file]").first.set_input_files(path)
    address = request.value.url
    page.context.close()
    return address


def _page(chrome: Browser, url: str) -> Page:
    return browser.opened(chrome, url, "button:text-is('Choose files')")


def _cut(path: Path, folder: Path) -> list[Path]:
    slices: list[Path] = []
    with path.open("rb") as file:
        while block := file.read(SLICE):
            slices.append(folder / f"slice{len(slices)}")
            slices[-1].write_bytes(block)
    return slices


def _upload_by_curl(curl: str, address: str, slices: list[Path]) -> float:
    """How long one curl takes for all slices, one after another over one connection [s]."""
    command = [curl, "-sS", "--fail"]
    for number, slice_ in enumerate(slices):
        command += ["--next"] if number else []
        command += ["--fail", "-o", "/dev/null", "-H", f"Upload-Offset: {number * SLICE}"]
        command += ["-T", str(slice_), address]
    begun = time.perf_counter()
    subprocess.run(command, check=True)
    return time.perf_counter() - begun
