"""Many recordings at once: their time against four at a time, and what they cost in memory."""

from __future__ import annotations

import hashlib
import os
import re
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page

from bench import browser
from bench.table import Row
from lib.background.queue import AnalysisQueue
from lib.interhuman import ApiKey, Client
from lib.library import Library, sqlite_url
from lib.model import V1Options
from lib.recordings.store import RecordingStore
from lib.sandbox import Sandbox
from tests.clips import clip

COUNT = 30
AT_ONCE = 4
JOB = 1.0  # seconds
SIZE = 30 * 1_000_000  # bytes of a large recording
MOST_MIB = 150
BOUND = 600  # seconds until a batch is given up
LOOK = 0.05  # seconds between two looks at the memory
KEY = "ih_live_sandbox"


def rows() -> list[Row]:
    """Both rows."""
    return [_time(), _memory()]


def _time() -> Row:
    with tempfile.TemporaryDirectory() as folder, Sandbox(v1_seconds=JOB) as sandbox:
        took = _through(Path(folder), sandbox.url)
    ideal = -(-COUNT // AT_ONCE) * JOB
    measured = f"{took / ideal:.2f}x ({took:.1f} s, {ideal:.1f} s)"
    what = f"{COUNT} recordings, jobs of {JOB:g} s"
    return Row(what, "four at a time", measured, "at most 1.3x", took / ideal <= 1.3)


def _through(folder: Path, url: str) -> float:
    """How long it takes from the first start to the last session, once the queue has begun."""
    client = Client(ApiKey(KEY), base_url=url)
    library = Library(sqlite_url(folder / "library.db"))
    recordings = RecordingStore(folder / "recordings", keep_for=7200)
    queue = AnalysisQueue(lambda: client, library, recordings)
    path = clip(folder / "talk.mp4", seconds=4.0)
    tickets = [_on_loan(recordings, path) for _ in range(COUNT + 1)]
    content = hashlib.sha256(path.read_bytes()).hexdigest()

    def begin(ticket: str, name: str) -> None:
        queue.begin(ticket=ticket, name=name, options=V1Options(), content=content, again=True)

    begin(tickets.pop(), "first.mp4")
    _until(lambda: library.count() == 1)
    begun = time.perf_counter()
    for number, ticket in enumerate(tickets):
        begin(ticket, f"talk {number}.mp4")
    _until(lambda: library.count() == COUNT + 1)
    took = time.perf_counter() - begun
    queue.close()
    library.close()
    recordings.close()
    return took


def _on_loan(recordings: RecordingStore, path: Path) -> str:
    with path.open("rb") as file:
        return recordings.add(file, path.name)


def _until(wanted: Callable[[], bool]) -> None:
    deadline = time.monotonic() + BOUND
    while not wanted():
        if time.monotonic() > deadline:
            raise TimeoutError
        time.sleep(LOOK / 5)


def _memory() -> Row:
    with (
        tempfile.TemporaryDirectory() as folder,
        Sandbox(v1_seconds=JOB) as sandbox,
        browser.launched() as chrome,
    ):
        paths = _large(Path(folder))
        os.environ.update(INTERHUMAN_API_KEY=KEY, INTERHUMAN_BASE_URL=sandbox.url)
        with browser.running(browser.ENTRY, folder) as url:
            browser.wait(url)
            idle, most = _grown(chrome, url, paths)
    measured = f"{most - idle:.0f} MiB (idle {idle:.0f} MiB)"
    what = f"{COUNT} recordings of {SIZE / 1e6:.0f} MB, memory of the app"
    return Row(what, "the app idle", measured, f"at most {MOST_MIB} MiB", most - idle <= MOST_MIB)


def _grown(chrome: Browser, url: str, paths: list[Path]) -> tuple[float, float]:
    """The memory of the app in MiB: at rest, once two small ones went through, and at most."""
    page = browser.visitor(chrome).new_page()
    page.goto(url)
    page.get_by_role("button", name="Choose a folder").wait_for(timeout=BOUND * 1000)
    _send(page, paths[:2], done=2)  # what is loaded once is loaded
    process = _process_of(url)
    idle = _mib(process)
    with _watched(process) as seen:
        _send(page, paths[2:], done=len(paths))
    return idle, max(seen)


def _send(page: Page, paths: list[Path], *, done: int) -> None:
    """Drop recordings, have them analysed, and wait for the last."""
    page.locator("input[type=file]").first.set_input_files(paths)
    page.get_by_role("button", name=f"Analyze {len(paths)} recordings").click(timeout=BOUND * 1000)
    page.get_by_text(f"{done} done", exact=True).wait_for(timeout=BOUND * 1000)


def _large(folder: Path) -> list[Path]:
    """Two small recordings and COUNT of SIZE, no two the same: an empty box ends each."""
    small = clip(folder / "small.mp4", seconds=4.0).read_bytes()
    made = []
    for number in range(COUNT + 2):
        path = folder / f"talk {number}.mp4"
        size = SIZE - len(small) if number > 1 else 16
        path.write_bytes(small + _free(size, number))
        made.append(path)
    return made


def _free(size: int, mark: int) -> bytes:
    """A box of mp4 that holds nothing; it ends with `mark`."""
    return size.to_bytes(4, "big") + b"free" + bytes(size - 12) + mark.to_bytes(4, "big")


@contextmanager
def _watched(process: int) -> Iterator[list[float]]:
    """What the memory of a process [MiB] is, from time to time."""
    seen: list[float] = []
    over = threading.Event()

    def watch() -> None:
        while not over.wait(LOOK):
            seen.append(_mib(process))

    thread = threading.Thread(target=watch)
    thread.start()
    try:
        yield seen
    finally:
        over.set()
        thread.join()


def _mib(process: int) -> float:
    status = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    found = re.search(r"^VmRSS:\s+(\d+) kB", status, re.MULTILINE)
    return int(found[1]) / 1024 if found else 0.0


def _process_of(url: str) -> int:
    """The process of the app at an address: the one of ours that was started with its port."""
    port = url.rpartition(":")[2].encode()
    for file in Path("/proc").glob("[0-9]*/cmdline"):
        words = file.read_bytes().split(b"\0")
        if port in words and b"streamlit" in words:
            return int(file.parent.name)
    raise LookupError(url)


if __name__ == "__main__":
    from bench.table import show

    show(rows())
    sys.exit()
