import itertools

import pytest

from lib.charts import palette
from lib.model import ENGAGEMENT_STATES, SCORES

PAGES = ("#FFFFFF", "#0E1117")  # Streamlit's light and dark
COLORS = {
    *itertools.chain(*palette.PALETTES.values()),
    palette.NEUTRAL_COLOR,
    *palette.STATE_COLORS.values(),
    *palette.SCORE_COLORS.values(),
}

# How colours look to eyes without red, green or blue cones (Machado et al. 2009, severity 1).
EYES = {
    "all cones": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "no red": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "no green": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "no blue": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}


def linear(color):
    parts = (int(color[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]


def luminance(color):
    red, green, blue = linear(color)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first, second):
    low, high = sorted((luminance(first), luminance(second)))
    return (high + 0.05) / (low + 0.05)


def lab(color, eyes):
    seen = [
        min(1, max(0, sum(f * p for f, p in zip(row, linear(color), strict=True)))) for row in eyes
    ]
    matrix = ((0.4124, 0.3576, 0.1805), (0.2126, 0.7152, 0.0722), (0.0193, 0.1192, 0.9505))
    white = (0.9505, 1.0, 1.089)
    x, y, z = (
        cube(sum(f * p for f, p in zip(row, seen, strict=True)) / w)
        for row, w in zip(matrix, white, strict=True)
    )
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def cube(value):
    return value ** (1 / 3) if value > 0.008856 else 7.787 * value + 16 / 116


def distance(first, second, eyes):
    pairs = zip(lab(first, eyes), lab(second, eyes), strict=True)
    return sum((a - b) ** 2 for a, b in pairs) ** 0.5


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("color", sorted(COLORS))
def test_a_colour_stands_out_from_a_light_and_a_dark_page(color, page):
    assert contrast(color, page) >= 3


@pytest.mark.parametrize("eyes", EYES)
@pytest.mark.parametrize(
    "colors",
    [*map(palette.group_colors, palette.PALETTES), palette.SCORE_COLORS],
    ids=[*palette.PALETTES, "scores"],
)
def test_colours_differ_to_all_eyes(colors, eyes):
    for first, second in itertools.combinations(colors.values(), 2):
        assert distance(first, second, EYES[eyes]) >= 15


def test_every_group_state_and_score_has_its_colour():
    assert (
        set(palette.GROUP_COLORS) == set(palette.GROUP_MARKS) == {"supportive", "friction", "other"}
    )
    assert tuple(palette.STATE_COLORS) == ENGAGEMENT_STATES
    assert tuple(palette.SCORE_COLORS) == tuple(palette.SCORE_DASHES) == SCORES


def test_a_tint_is_the_colour_seen_through():
    assert palette.tint("#2F7FD1", 0.5) == "rgba(47, 127, 209, 0.5)"
