"""What the widgets' values mean."""

import pytest

from lib import frames
from lib.ui.review import filters


def test_nothing_chosen_filters_nothing():
    assert filters.filter_of_state({}) == frames.Filter()
    empty = {name: [] for name in filters.LIST_FILTERS} | dict.fromkeys(filters.TEXT_FILTERS)
    assert filters.filter_of_state(empty) == frames.Filter()


def test_each_widget_sets_its_part():
    state = {
        "type": ["stress"],
        "probability": ["low", "not given"],
        "state": ["neutral"],
        "modality": ["audio"],
        "verdict": ["none"],
        "search": "a pause",
        "cue": "gaze",
        "from": "1:05",
        "to": "2:00.5",
        "noted": "unnoted",
    }
    assert filters.filter_of_state(state) == frames.Filter(
        types=("stress",),
        probabilities=("low", "not given"),
        states=("neutral",),
        modalities=("audio",),
        verdicts=("none",),
        text="a pause",
        cue="gaze",
        start=65.0,
        end=120.5,
        noted="unnoted",
    )


@pytest.mark.parametrize("text", ["soon", "1:2:3:4", "-5"])
def test_a_time_that_is_none_filters_nothing(text):
    assert filters.filter_of_state({"from": text, "to": text}) == frames.Filter()
