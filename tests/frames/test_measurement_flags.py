"""A rationale that speaks of what its recording does not have there is flagged, with its reason."""

import json

import pytest

from lib import frames
from lib.frames.measurement_flags import HEARD, SEEN, mentioned
from lib.interhuman import parser
from lib.model import Flag, Stretch
from tests.measurement import measured

VOICE = "Her voice rises."
GAZE = "He avoids eye contact."


def flags(start, end, rationale, measurement=None):
    answer = {"signals": [{"type": "stress", "start": start, "end": end, "rationale": rationale}]}
    analysis = parser.parse_answer(json.dumps(answer))
    return [flag.text for flag in frames.measurement_flags(analysis, measurement or measured())]


@pytest.mark.parametrize(
    ("start", "end", "rationale", "text"),
    [
        (
            10,
            20,
            VOICE,
            (
                "rationale speaks of what is heard (“voice”) where the recording is silent "
                "(0:10 to 0:20)"
            ),
        ),
        (
            35,
            40,
            GAZE,
            "rationale speaks of what is seen (“eye”) where the picture is black (0:30 to 0:48)",
        ),
    ],
)
def test_the_flag_says_what_where_and_why(start, end, rationale, text):
    assert flags(start, end, rationale) == [text]
    assert flags(end, start, rationale) == [text]  # sent in the wrong order
    assert flags(start, start, rationale) == [text]


@pytest.mark.parametrize(
    ("start", "end", "rationale"),
    [
        (9, 20, VOICE),  # it begins before the silence
        (10, 20.2, VOICE),
        (3, 3.5, VOICE),  # a pause of speech
        (35, 40, VOICE),  # black, and heard
        (10, 20, GAZE),  # silent, and seen
        (45, 49, GAZE),  # black, but for what no keyframe shows
        (10, 20, "He waits."),
        (10, 20, None),
        (10, 20, ""),
    ],
)
def test_what_the_recording_can_show_is_not_flagged(start, end, rationale):
    assert flags(start, end, rationale) == []


def test_without_sound_or_picture_every_such_rationale_is_flagged():
    bare = measured(has_sound=False, has_picture=False, quiet=(), black=())
    assert flags(0, 5, f"{VOICE} {GAZE}", bare) == [
        (
            "rationale speaks of what is heard (“voice”) but the recording has no sound; "
            "rationale speaks of what is seen (“eye”) but the recording has no picture"
        )
    ]


def test_what_is_not_known_flags_nothing():
    analysis = parser.parse_answer(json.dumps({"signals": None}))
    assert frames.measurement_flags(analysis, measured()) == ()
    assert flags(10, 20, VOICE, measured(complete=False)) == []
    answer = {"signals": [{"type": "stress", "start": 10, "end": 20, "rationale": VOICE}]}
    assert frames.measurement_flags(parser.parse_answer(json.dumps(answer)), None) == ()


@pytest.mark.parametrize(
    "text",
    [
        "Speaks fast",
        "SAID so",
        "a flat tone",
        "uh, well",
        "laughs",
        "asks twice",
        "the pitch\nrises",
        "No answer came. Her voice rises",
        "No one moves and then one word",
    ],
)
def test_words_of_hearing(text):
    assert mentioned(HEARD, text)


@pytest.mark.parametrize(
    "text",
    [
        "The speaker waits",  # a person
        "The speaker's hands",
        "a stone wall",  # not "tone"
        "essays",  # not "says"
        "No voice is heard",
        "without a single word",
        "nothing is said",
        "nobody speaks",
        "She does not speak",
        "silence",
        "a long pause",
        "passwords",
    ],
)
def test_what_is_no_word_of_hearing_or_is_denied(text):
    assert not mentioned(HEARD, text)


@pytest.mark.parametrize("text", ["eyes", "Leans back", "looks away", "a SMILE", "looking up"])
def test_words_of_seeing(text):
    assert mentioned(SEEN, text)


@pytest.mark.parametrize("text", ["ahead", "surface", "no smile", "faceless", "gazette", "voice"])
def test_what_is_no_word_of_seeing(text):
    assert not mentioned(SEEN, text)


def test_a_flag_joins_those_of_the_times_and_of_the_seams():
    answer = {"signals": [{"type": "stress", "start": 35, "end": 39, "rationale": GAZE}]}
    analysis = parser.parse_answer(json.dumps(answer))
    seam = Flag("signals", 0, "over the seam at 0:36")
    measurement = measured(black=(Stretch(30.0, 50.0),))
    table = frames.signals(analysis, 37.0, (seam, *frames.measurement_flags(analysis, measurement)))
    assert table["flag"].tolist() == [
        (
            "ends after the recording; over the seam at 0:36; rationale speaks of what is seen "
            "(“eye”) where the picture is black (0:30 to 0:48)"
        )
    ]
