"""A cold start: from no process at all to the sample's charts, against an app with one."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

from playwright.sync_api import Browser

from bench import browser
from bench.table import Row, medians

STARTS = 5
CHARTS = ".st-key-chart_quality .scatterlayer .trace"
CHART = ".js-plotly-plot .scatterlayer .trace"


def rows() -> list[Row]:
    """The row."""
    with browser.launched() as chrome:
        mine, theirs = medians(
            lambda: _start(chrome, browser.ENTRY, "/review?session=sample", CHARTS),
            lambda: _start(chrome, browser.APPS / "one_chart.py", "", CHART),
            rounds=STARTS,
        )
    measured = f"{mine / theirs:.2f}x ({mine:.1f} s, {theirs:.1f} s)"
    what = "cold start to the sample's charts"
    return [
        Row(
            what, "an app with one chart of a DataFrame", measured, "at most 1x", mine / theirs <= 1
        )
    ]


def _start(chrome: Browser, script: Path, path: str, shown: str) -> float:
    with tempfile.TemporaryDirectory() as folder:
        begun = time.perf_counter()
        with browser.running(script, folder) as url:
            browser.wait(url)
            context = browser.visitor(chrome)
            page = context.new_page()
            page.goto(url + path)
            page.wait_for_selector(shown, timeout=browser.BOUND * 1000)
            took = time.perf_counter() - begun
            context.close()
    return took
