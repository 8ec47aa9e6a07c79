"""The list of sessions in Chromium: opened with many and with few, and searched with many."""

from __future__ import annotations

import json
import sqlite3
import statistics
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from playwright.sync_api import Browser, Page

from bench import browser, data
from bench.table import Row, medians
from lib.interhuman import parser
from lib.library import Library
from lib.model import Session

FEW, MANY = 100, 10_000  # sessions
SPANS = 30  # of a session
ROUNDS = 12
WORDS = ("evenly", "oddly")  # each in the rationales of half the sessions, and of no neighbours
LISTED = ".sr-session"
OPEN = "[...document.querySelectorAll('a')].find(one => one.innerText.endsWith('{name}')).click()"
COUNT = f"document.querySelectorAll('{LISTED}').length"
FIRST = f"document.querySelector('{LISTED}')?.dataset.id ?? before"
SEARCH = "Search titles, file names, rationales, notes and transcripts"
ENTER = """document.querySelector('.st-key-find input')
  .dispatchEvent(new KeyboardEvent('keydown', {key: 'Enter', bubbles: true}))"""


def rows() -> list[Row]:
    """Both rows."""
    with browser.launched() as chrome, _page(chrome, FEW) as few, _page(chrome, MANY) as many:
        opening, less = medians(lambda: _open(many), lambda: _open(few), rounds=ROUNDS)
        search = statistics.median([_search(many, WORDS[1 - turn % 2]) for turn in range(ROUNDS)])
    return [
        Row(
            "open Sessions, 10,000 of them",
            "the same with 100",
            f"{opening / less:.2f}x ({opening:.0f} ms, {less:.0f} ms)",
            "at most 1.5x",
            opening / less <= 1.5,
        ),
        Row(
            "search in the rationales of 10,000",
            "opening them",
            f"{search / opening:.2f}x ({search:.0f} ms)",
            "at most 3x",
            search / opening <= 3,
        ),
    ]


@contextmanager
def _page(chrome: Browser, count: int) -> Iterator[Page]:
    with tempfile.TemporaryDirectory() as folder:
        fill(Path(folder) / "library.db", count)
        with browser.running(browser.ENTRY, folder) as url:
            browser.wait(url)
            yield _visited(chrome, url)


def _visited(chrome: Browser, url: str) -> Page:
    """A page that has seen the list once, and is elsewhere now."""
    page = browser.opened(chrome, f"{url}/sessions", LISTED)
    browser.timed(page, OPEN.format(name="Analyze"), COUNT)
    return page


def _open(page: Page) -> float:
    """From the click on the page's link until its lines are there, in ms; ends elsewhere again."""
    if page.locator(LISTED).count():
        browser.timed(page, OPEN.format(name="Analyze"), COUNT)
    return browser.timed(page, OPEN.format(name="Sessions"), COUNT)


def _search(page: Page, word: str) -> float:
    """From Enter until other lines are there, in ms."""
    page.get_by_role("textbox", name=SEARCH).fill(word)
    return browser.timed(page, ENTER, FIRST)


def fill(path: Path, count: int) -> None:
    """A library of so many sessions: FEW are saved, and copied within the database."""
    library = Library(f"sqlite:///{path}")
    for number in range(FEW):
        library.save(_session(number))
    library.close()
    with closing(sqlite3.connect(path)) as connection, connection:
        for copy in range(1, count // FEW):
            for table in ("sessions", "answers", "searches"):
                _copy(connection, table, copy)


def _copy(connection: sqlite3.Connection, table: str, copy: int) -> None:
    changed: dict[str, str] = {
        "id": f"id || '-{copy}'",
        "session_id": f"session_id || '-{copy}'",
        "created_at": f"datetime(created_at, '-{copy} days') || '.000000'",
        "title_key": f"title_key || ' {copy}'",
    }
    names = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
    kept = [name for name in names if name != "place"]
    values = ", ".join(changed.get(name, f'"{name}"') for name in kept)
    key = "id" if table == "sessions" else "session_id"
    connection.execute(
        f"INSERT INTO {table} ({', '.join(kept)}) SELECT {values} FROM {table} "
        f"WHERE {key} NOT LIKE '%-%'"
    )


def _session(number: int) -> Session:
    answer = data.answer(SPANS, seed=number)
    for place, signal in enumerate(answer["signals"]):
        said = f"Take {number}, span {place}: {WORDS[number % 2]}."
        signal["rationale"] = f"{signal['rationale']} {said}"
    return Session(
        id=f"s{number:02}",
        title=f"Talk {number}",
        created_at=datetime(2026, 11, 2, 9, 30, tzinfo=UTC) - timedelta(minutes=number),
        origin="api",
        recording_name=f"talk_{number}.mp4",
        duration=1800.0,
        analysis=parser.parse_answer(json.dumps(answer)),
    )
