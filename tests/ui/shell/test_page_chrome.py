"""The colours of the groups of signals outside the charts."""

import re

from lib.charts import palette
from lib.ui.shell import page_chrome


def test_each_group_has_the_colour_of_its_bars():
    style = page_chrome.group_style(palette.GROUP_COLORS)
    assert dict(re.findall(r"--sr-(\w+): (#\w{6});", style)) == palette.GROUP_COLORS


def test_the_style_sheet_has_no_colours_of_its_own_for_them():
    sheet = (page_chrome.WEB / "style.css").read_text()
    assert [name for name in palette.GROUP_COLORS if f"--sr-{name}:" in sheet] == []
