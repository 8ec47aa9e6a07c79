"""How many moments the Review page lists."""

import pytest

from tests import answers
from tests.pages.conftest import open_page, words


def turning(changes):
    """An answer whose engagement changes so many times, each change a moment."""
    states = [
        {"state": "engaged" if turn % 2 else "disengaged", "start": turn, "end": turn + 1}
        for turn in range(changes + 1)
    ]
    return {"signals": [], "engagement_state": states}


@pytest.mark.parametrize(("moments", "listed"), [(12, 12), (13, 12)])
def test_the_page_lists_twelve_moments_and_the_rest_when_wanted(app, library, moments, listed):
    library.save(answers.session(turning(moments)))
    open_page(app, "review", session="abc")
    app.segmented_control(key="section").set_value("Moments").run()
    assert words(app).count('class="sr-rule"') == listed
    toggles = [toggle for toggle in app.toggle if toggle.key == "moments_all"]
    assert [toggle.label for toggle in toggles] == [f"All {moments} moments"] * (moments > listed)
    for toggle in toggles:
        toggle.set_value(True).run()
    assert words(app).count('class="sr-rule"') == moments
