"""The contrast of texts is that of each by itself, however many are looked at together."""

import pytest

from tests.browser import contrast
from tests.browser.visitors import visit

PAGE = """<style>
  body { margin: 0; font: 700 30px sans-serif; background: white; color: black }
  p { margin: 0 0 20px; width: 300px } .faint { color: #999 } .dark { background: black }
  .bars { position: relative; height: 60px } .bars p { position: absolute; top: 0; left: 40px }
  .bars .aside { top: 20px; left: 55px }
  .list { height: 80px; width: 300px; overflow: auto; position: relative }
  .cover { position: absolute; inset: 0; background: white }
</style>
<p id=black>MMM</p>
<p id=faint class=faint>MMM</p>
<p id=around>MMM <span id=within class=faint>MMM</span></p>
<p id=pale class=faint>MMM <b id=strong style="color: black">MMM</b></p>
<p id=white class=dark style="color: white">MMM</p>
<div class=bars><p id=under class=faint>MMM</p><p id=over class=aside>MMM</p></div>
<div class=list><p id=first>MMM</p><p class=faint>M</p><p id=last class=faint>MMM</p>
  <p id=far>MMM</p></div>
<div class=bars><p id=covered>MMM</p><div class=cover></div></div>
<div style="height: 2000px"></div>
<p id=below class=faint>MMM</p>
"""
BLACK, FAINT = 21.0, 2.85
DUE = {
    "black": BLACK,
    "faint": FAINT,
    "around": BLACK,
    "within": FAINT,
    "pale": BLACK,  # of the text in it, as well
    "strong": BLACK,
    "white": BLACK,
    "under": FAINT,
    "over": BLACK,
    "first": BLACK,
    "last": FAINT,
    "far": BLACK,
    "covered": 1.0,
    "below": FAINT,
}


def test_each_text_has_the_contrast_of_its_own(browser):
    with visit(browser, device_scale_factor=3) as page:
        page.set_content(PAGE)
        ratios = contrast.ratios(page, [page.locator(f"#{name}") for name in DUE])
        assert dict(zip(DUE, ratios, strict=True)) == pytest.approx(
            DUE, abs=0.1
        )  # edges of letters are mixed
