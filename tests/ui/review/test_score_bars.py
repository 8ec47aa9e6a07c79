"""The bars of how far scores lie apart: direction, length, scale, and what has none."""

import math
import re

import pandas as pd
import pytest

from lib import frames
from lib.model import SCORES
from lib.ui.review import score_bars


def ranges(*differences):
    """A row a score; without a difference the score was not sent."""
    values = [*differences, *([math.nan] * (len(SCORES) - len(differences)))]
    return pd.DataFrame(
        {
            "score": SCORES,
            "lowest": [50.0 + value for value in values],
            "highest": [50.0 + value for value in values],
            "overall": 50.0,
            "difference": values,
        }
    ).astype(frames.SCORE_RANGES)


def drawn(*differences, other="Overall"):
    return score_bars.scores_html(ranges(*differences), other, no_evidence=False, unproven=False)


def bars(table):
    return [
        (float(left), float(width))
        for left, width in re.findall(r"left:([\d.]+)%;width:([\d.]+)%", table)
    ]


def test_a_bar_goes_right_for_more_and_left_for_less_and_all_have_one_scale():
    table = drawn(5, -2.5, 0)
    assert bars(table) == [(50, 25), (37.5, 12.5), (50, 0)]
    assert "bars to ±10" in table
    assert re.findall(r"<b>(.*?)</b>", table) == ["+5", "-2.5", "0"]


@pytest.mark.parametrize(
    ("differences", "scale"),
    [([], 10), ([0], 10), ([10], 10), ([-10.1], 25), ([3, -26], 50), ([100], 100), ([-140], 140)],
)
def test_the_scale_is_the_least_that_holds_them_all(differences, scale):
    assert score_bars.bar_scale(ranges(*differences)["difference"]) == scale
    assert all(left >= 0 and left + width <= 100 for left, width in bars(drawn(*differences)))


def test_what_is_not_known_has_no_bar():
    assert len(bars(drawn(1, 2))) == 2
    assert "Difference" not in drawn()
    assert "not sent" in drawn(1)


def test_the_noise_of_a_subtraction_is_not_shown():
    assert "<b>+0.3</b>" in drawn(0.1 + 0.2)


def test_what_is_compared_with_is_text():
    assert '<th scope="col">&lt;b&gt;</th>' in drawn(1, other="<b>")
