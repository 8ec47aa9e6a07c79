"""Which sections of an analysis were sent, and where its time axis ends."""

import math

import pytest

from lib import frames
from lib.model import Engagement, Feedback, Quality, QualityWindow, Scores, Signal, Unread
from tests.frames.tables import EVEN, analysis


@pytest.mark.parametrize(
    ("recording", "stated", "expected"),
    [
        (31.5, 30.0, 31.5),
        (None, 30.0, 30.0),
        (0.0, 30.0, 30.0),
        (math.nan, None, 44.0),
        (None, None, 44.0),
    ],
)
def test_the_axis_ends_with_the_recording_or_the_best_known_time(recording, stated, expected):
    sent = analysis(
        (Signal("stress", 40, 20), Signal("stress", 0, math.inf)),
        (Engagement("engaged", 0, 44),),
        Quality(None, (QualityWindow(0, 43, EVEN),)),
        duration=stated,
    )
    assert frames.axis_length(sent, recording) == expected


def test_without_any_time_the_axis_has_no_end():
    assert frames.axis_length(analysis(), None) is None
    assert frames.axis_length(analysis((Signal("stress", -2, 0),)), None) is None


def test_a_section_not_asked_for_is_told_from_one_with_nothing_found():
    assert set(frames.section_availability(analysis()).values()) == {"not asked for"}
    nothing = analysis((), (), Quality(Scores(), ()), feedback=Feedback(reason="too short"))
    assert set(frames.section_availability(nothing).values()) == {"nothing found"}
    everything = analysis(
        (Signal("stress", 0, 1),),
        (Engagement("engaged", 0, 1),),
        Quality(Scores(clarity=0.0), (QualityWindow(0, 1, EVEN),)),
        feedback=Feedback(message="Pause less."),
    )
    assert frames.section_availability(everything) == dict.fromkeys(
        ("signals", "engagement", "overall", "timeline", "feedback"), "present"
    )


@pytest.mark.parametrize(
    ("unread", "sections"),
    [
        ("signals", {"signals"}),
        ("window_signals", {"signals"}),
        ("windows", {"signals", "engagement"}),
        ("engagement", {"engagement"}),
        ("quality", {"overall", "timeline"}),
        ("quality_overall", {"overall"}),
        ("scores", {"overall"}),
        ("quality_timeline", {"timeline"}),
        ("feedback", {"feedback"}),
        ("anything else", set()),
    ],
)
def test_a_section_of_which_nothing_could_be_read_is_not_called_empty(unread, sections):
    sent = analysis((), (), Quality(Scores(), ()), unread=(Unread(unread, 1, 1, "no number"),))
    availability = frames.section_availability(sent)
    assert {name for name, text in availability.items() if text == "not readable"} == sections


def test_a_section_of_which_something_could_be_read_is_present():
    sent = analysis((Signal("stress", 0, 1),), unread=(Unread("signals", 1, 2, "no number"),))
    assert frames.section_availability(sent)["signals"] == "present"
