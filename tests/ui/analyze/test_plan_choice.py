"""Which way is taken, with which options, and why there is none."""

from dataclasses import replace

import pytest

from lib.errors import Problem
from lib.model import MIB, Recording, V1Options, V2Options
from lib.recordings.cuts import Stretch
from lib.recordings.ways import Wishes
from lib.ui.analyze.plan_choice import Choice, plan_sending, read_stretch, way_name

V1, V2, SOUND = V1Options(), V2Options(), V2Options(model="inter-2-audio")
CALL = Recording("a", 400 * MIB, "mp4", 4200.0, "h264", "aac", 1280, 720, 25.0, 96_000, 1)
TALK = replace(CALL, size=10 * MIB, duration=600.0)
MEMO = Recording("a", MIB, "wav", 60.0, None, "pcm_s16le", None, None, None, 128_000, 1)


@pytest.mark.parametrize(
    ("choice", "kind"),
    [
        (Choice(), "parts"),
        (Choice(wanted="whole"), "smaller"),
        (Choice(wanted="sound"), "sound"),
        (Choice(way="smaller, encode"), "smaller"),
        (Choice(way="gone, copy", wanted="sound"), "sound"),
    ],
)
def test_the_way_is_the_one_that_was_chosen(choice, kind):
    for options in (V1, V2):
        assert plan_sending(CALL, options, choice).way.kind == kind


def test_a_wish_that_a_recording_cannot_meet_leaves_it_its_best_way():
    silent = replace(CALL, audio_codec=None, sound_tracks=0, sound_bit_rate=None)
    assert plan_sending(silent, V1, Choice(wanted="sound")).way.kind == "parts"


def test_no_two_ways_have_one_name():
    for recording in (CALL, TALK, MEMO, replace(CALL, audio_codec="pcm_s16le", container="mkv")):
        names = [way_name(way) for way in plan_sending(recording, V1).ways]
        assert len(set(names)) == len(names)


@pytest.mark.parametrize(
    ("options", "include"),
    [
        (V1Options(include=("conversation_quality_overall",), goals=("clarity",)), None),
        (V2Options(include=("conversation_quality_overall",)), ()),
        (SOUND, None),
    ],
)
def test_sound_alone_is_sent_with_options_for_its_model(options, include):
    sending = plan_sending(MEMO, options)
    assert sending.options.model == "inter-2-audio"
    assert sending.way.model == "inter-2-audio"
    assert "conversation_quality_overall" in sending.options.include
    assert ("signals" in sending.options.include) is (include is None)


def test_a_picture_is_sent_with_the_options_that_were_chosen():
    options = V1Options(goals=("clarity",))
    assert plan_sending(CALL, options).options is options
    assert plan_sending(CALL, options, Choice(wanted="sound")).options == V2Options(
        model="inter-2-audio"
    )


@pytest.mark.parametrize(
    ("recording", "options", "what"),
    [
        (replace(TALK, duration=2.0), V1, "at least 3 seconds"),
        (replace(TALK, duration=2.0, size=99 * MIB), V2, "at least 3 seconds"),
        (replace(MEMO, duration=1.0), V1, "at least 3 seconds"),
        (replace(CALL, audio_codec=None), V2, "no sound"),
        (replace(CALL, audio_codec=None), SOUND, "no sound"),
        (Problem("This file is not a recording.", "Choose another."), V1, "not a recording"),
    ],
)
def test_what_no_preparing_mends_is_the_one_reason(recording, options, what):
    sending = plan_sending(recording, options)
    assert sending.way is None
    (problem,) = sending.problems
    assert what in problem.what
    assert problem.next_step


def test_what_states_no_length_and_is_too_large_says_both():
    sending = plan_sending(replace(CALL, duration=None), V1)
    assert sending.way is None
    assert ["32 MiB" in sending.problems[0].what, "length" in sending.problems[1].what] == [
        True,
        True,
    ]
    assert plan_sending(replace(TALK, duration=None), V1).way.work is None


def test_what_is_doubtful_is_said_of_what_is_sent():
    silent = replace(TALK, audio_codec=None)
    long = replace(CALL, size=20 * MIB)

    def warned(recording, options, choice=Choice()):  # noqa: B008  frozen
        return [one.what for one in plan_sending(recording, options, choice).warnings]

    assert warned(silent, V1) == ["The recording has no sound."]
    assert warned(replace(silent, size=99 * MIB), V1) == ["The recording has no sound."]
    assert warned(long, V1) == ["The recording is longer than 30 minutes."]
    assert warned(long, V1, Choice(way="parts, copy")) == []


def test_cuts_of_v2_lie_on_its_windows():
    for part in plan_sending(CALL, V2).way.parts[1:]:
        assert part.core.start % 5.0 == 0
    assert any(part.core.start % 5.0 for part in plan_sending(CALL, V1).way.parts[1:])


def test_what_was_entered_wrongly_sends_nothing_and_leaves_the_ways_to_see():
    problem = Problem("It cannot be read.", "Write it anew.")
    sending = plan_sending(CALL, V1, Choice(problem=problem))
    assert (sending.way, sending.problems) == (None, (problem,))
    assert sending.ways


def test_a_stretch_alone_is_sent():
    wishes = Wishes(stretch=Stretch(60.0, 120.0))
    sending = plan_sending(CALL, V1, Choice(wishes=wishes))
    assert [part.core for part in sending.way.parts] == [Stretch(60.0, 120.0)]
    assert sending.wishes == wishes


@pytest.mark.parametrize(
    ("start", "end", "stretch"),
    [
        ("", "", None),
        ("0:00", "10:00", None),
        (" ", "10:00.4", None),
        ("1:30", "", Stretch(90.0, 600.0)),
        ("", "0:07.5", Stretch(0.0, 7.5)),
        ("1:30", "2:00", Stretch(90.0, 120.0)),
    ],
)
def test_times_are_read_as_people_write_them(start, end, stretch):
    assert read_stretch(start, end, 600.0) == stretch


@pytest.mark.parametrize(
    ("start", "end", "what"),
    [
        ("soon", "", "“From” cannot be read"),
        ("", "*now*", "“To” cannot be read"),
        ("2:00", "1:00", "less than"),
        ("2:00", "2:02.9", "less than"),
        ("", "12:00", "ends at 10:00"),
        ("11:00", "", "ends at 10:00"),
        ("10:00", "", "less than"),
    ],
)
def test_times_that_make_no_stretch_are_told_with_a_next_step(start, end, what):
    problem = read_stretch(start, end, 600.0)
    assert what in problem.what
    assert problem.next_step
    assert "now" not in problem.what + problem.next_step  # what was entered is no markup
