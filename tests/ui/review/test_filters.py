"""What the widgets' values mean."""

import pytest

from lib import frames
from lib.ui.review import filter_chips, filter_choices, filters


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
        "flagged": "flagged",
        "speaker": ["Anna"],
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
        flagged="flagged",
        speakers=("Anna",),
    )


@pytest.mark.parametrize("text", ["soon", "1:2:3:4", "-5"])
def test_a_time_that_is_none_filters_nothing(text):
    assert filters.filter_of_state({"from": text, "to": text}) == frames.Filter()


EVERY = {
    "type": ["stress", "awe"],
    "probability": ["not given"],
    "search": "a pause",
    "cue": "gaze",
    "state": ["neutral"],
    "modality": ["audio"],
    "from": "1:05",
    "to": "soon",
    "noted": "unnoted",
    "flagged": "flagged",
    "verdict": ["none", "agree"],
    "speaker": ["Müller, Anna", "<b>Ben"],
}


def test_every_value_that_is_set_is_a_chip():
    chips = filter_chips.chips(EVERY)
    assert [chip.label for chip in chips] == [
        "type stress",
        "type awe",
        "probability not given",
        "text “a pause”",
        "cue gaze",
        "spoken by Müller, Anna",
        "spoken by <b>Ben",
        "during neutral",
        "seen in audio",
        "from 1:05",
        "to “soon”, which is not a time",
        "without a note",
        "with a flag",
        "no verdict",
        "verdict agree",
    ]
    assert filter_chips.chips({}) == []
    assert filter_chips.chips({name: [] for name in filters.LIST_FILTERS} | {"search": " "}) == []


def test_a_file_names_the_filters_that_count():
    assert filter_chips.filter_line(EVERY) == (
        "type stress, awe; probability not given; text “a pause”; cue gaze; "
        "spoken by Müller, Anna, <b>Ben; during neutral; seen in audio; from 1:05; without a note; "
        "with a flag; no verdict, agree"
    )
    assert filter_chips.filter_line({"to": "soon"}) == ""
    long = filter_chips.filter_line({"type": ["x" * 80] * 99})
    assert len(long) == filter_chips.MAX_LINE_CHARACTERS


@pytest.mark.parametrize(
    ("chip", "after"),
    [
        ({"name": "type", "value": "stress"}, {"type": ["awe"]}),
        ({"name": "type", "value": "other"}, {"type": ["stress", "awe"]}),
        ({"name": "cue", "value": "gaze"}, {"cue": None}),
        ({"name": "noted", "value": "unnoted"}, {"noted": None}),
        ({"name": "flagged", "value": "flagged"}, {"flagged": None}),
        ({"name": "from", "value": "1:05"}, {"from": ""}),
        ({"name": "speaker", "value": "<b>Ben"}, {"speaker": ["Müller, Anna"]}),
        ({"name": "search", "value": "x"}, {"search": ""}),
        ({"name": "_secret", "value": "x"}, {"_secret": 1}),
        ("nonsense", {}),
        (None, {}),
    ],
)
def test_a_chip_takes_its_own_value_off(monkeypatch, chip, after):
    state = {**EVERY, "_secret": 1}
    monkeypatch.setattr(filters.st, "session_state", state)
    filters._take_off(chip)
    assert state == {**EVERY, "_secret": 1, **after}


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ([], []),
        (["Ben"], ["Ben"]),
        (["b Ben", "<b>Ben"], ["<b>Ben"]),  # an address has the label
        (["Müller Anna"], ["Müller, Anna"]),
        (["Nobody", "ben"], ["Nobody", "ben"]),
    ],
)
def test_who_is_asked_for_is_found_by_name_or_label_and_never_dropped(asked, found):
    names = ["<b>Ben", "Ben", "Müller, Anna"]
    assert filter_choices.asked_speakers(names, asked) == found
