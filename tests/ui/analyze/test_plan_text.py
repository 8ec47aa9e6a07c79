"""What is said of a way to send a recording: in numbers, and never of what is not known."""

from dataclasses import replace

import pytest

from lib.model import MIB, Recording, V1Options, V2Options
from lib.recordings.cuts import Stretch
from lib.recordings.plan import find_ways
from lib.recordings.ways import Part, Wishes
from lib.ui.analyze import plan_text

CALL = Recording("a", 400 * MIB, "mp4", 4200.0, "h264", "aac", 1280, 720, 25.0, 96_000, 1)
TALK = replace(CALL, size=10 * MIB, duration=600.0)
FLV = replace(TALK, container="flv")
WMV = replace(TALK, container="wmv", video_codec="wmv3", audio_codec="wmav2")
MEMO = Recording("a", 10 * MIB, "wav", 200.0, None, "pcm_s16le", None, None, None, 419_000, 1)
PCM = replace(CALL, container="mkv", audio_codec="pcm_s16le", sound_bit_rate=1_411_000)
UNKNOWN = "what it does to accuracy: not known"


def ways(recording, options=V1Options(), **wishes):  # noqa: B008  frozen
    return find_ways(recording, options=options, wishes=Wishes(**wishes))


def labels(found):
    return [plan_text.way_label(way, found) for way in found]


def test_a_long_call_is_said_in_numbers():
    parts, small, sound = ways(CALL)
    assert plan_text.summary(parts) == "Sent in 16 parts, picture and sound as recorded"
    assert plan_text.facts(parts) == "about 25.0 MiB each · 1280 × 720 · 799 kbit/s · mp4"
    assert plan_text.consequences([parts], sandbox=False) == (
        f"70 min may be billed · preparing takes a few seconds · {UNKNOWN}"
    )
    assert plan_text.lines(parts, sandbox=False) == (
        "Sent in 16 parts, picture and sound as recorded",
        "About 25.0 MiB each · 1280 × 720 · 799 kbit/s · mp4",
        f"70 min may be billed · preparing takes a few seconds · {UNKNOWN}",
    )
    assert plan_text.summary(small) == "Sent in 3 parts, picture and sound made smaller"
    assert plan_text.choice_line(small) == (
        "3 parts · about 23.3 MiB each · 640 × 360 · 12 pictures a second · 140 kbit/s · mp4 · "
        "preparing takes about 6 min"
    )
    assert plan_text.summary(sound) == (
        "Sent to inter-2-audio (V2) in 3 parts, sound alone as recorded"
    )


def test_a_stretch_and_a_sound_that_were_chosen_are_said():
    way, *_ = ways(replace(CALL, sound_tracks=2), sound_track=1)

    def said(wishes):
        return plan_text.lines(way, wishes, sandbox=False)[1].split(" · ")[:2]

    assert said(Wishes(Stretch(750.0, 3600.0))) == ["12:30 to 1:00:00 only", "about 25.0 MiB each"]
    assert said(Wishes(Stretch(0.0, 7.5), 1)) == ["0:00 to 0:07.5 only", "sound track 2"]
    assert said(Wishes(Stretch(5.0, 4199.98671))) == [
        "0:05 to 1:10:00.0 only",
        "about 25.0 MiB each",
    ]
    assert said(Wishes(sound_track=None)) == ["All sound tracks mixed", "about 25.0 MiB each"]


def test_what_goes_as_it_is_says_no_more_than_that_and_its_minutes():
    way, *_ = ways(TALK)
    assert plan_text.line(way) == "Sent as it is"
    assert plan_text.lines(way, sandbox=False) == ("Sent as it is · 10 min may be billed",)


def test_another_container_changes_nothing_of_what_was_recorded():
    way, *_ = ways(FLV)
    assert plan_text.summary(way) == "Sent in one piece, picture and sound as recorded"
    assert UNKNOWN not in plan_text.consequences([way], sandbox=False)


def test_all_that_is_cut_or_encoded_says_that_its_accuracy_is_not_known():
    for way in (*ways(CALL), *ways(WMV), *ways(TALK, stretch=Stretch(0.0, 60.0))):
        assert UNKNOWN in plan_text.consequences([way], sandbox=False)


@pytest.mark.parametrize(
    ("recording", "expected"),
    [
        (
            CALL,
            [
                "More parts, sharp picture",
                "Few parts, smaller picture",
                "Sound alone (V2, inter-2-audio)",
            ],
        ),
        (
            WMV,
            [
                "More parts, sharp picture",
                "In one piece, smaller picture",
                "Sound alone (V2, inter-2-audio)",
            ],
        ),
        (FLV, ["In another kind of file, nothing encoded anew", "Sound alone (V2, inter-2-audio)"]),
        (
            replace(MEMO, size=900 * MIB, duration=5400.0),
            ["More parts, sound as recorded", "Few parts, smaller sound"],
        ),
    ],
)
def test_each_way_has_a_name_of_its_own(recording, expected):
    assert labels(ways(recording)) == expected


def test_two_ways_for_the_sound_are_told_apart():
    names = labels(ways(PCM))
    assert names[-2:] == [
        "Sound alone, as recorded (V2, inter-2-audio)",
        "Sound alone, smaller (V2, inter-2-audio)",
    ]


def test_sound_alone_names_the_model_that_takes_it():
    (way,) = ways(MEMO)
    assert plan_text.summary(way) == "Sent to inter-2-audio (V2) as it is"
    (way, *_) = ways(replace(MEMO, container="wma", audio_codec="wmav2"), V2Options())
    assert plan_text.summary(way) == "Sent to inter-2-audio (V2) in one piece, sound encoded anew"


def test_minutes_are_of_all_and_what_overlaps_is_said_to_count_twice():
    talk, _ = ways(TALK)
    short, *_ = ways(replace(TALK, duration=83.0))
    assert plan_text.cost([talk, talk], sandbox=False) == "20 min may be billed"
    assert plan_text.cost([short], sandbox=False) == "1 min 23 s may be billed"
    overlapping, *_ = ways(CALL, overlap=10.0)
    assert "(what overlaps counts twice)" in plan_text.cost([overlapping], sandbox=False)
    assert float(plan_text.cost([overlapping], sandbox=False).split()[0]) > 70


def test_no_minute_is_rounded_away():
    way, *_ = ways(replace(TALK, duration=601.0))
    assert plan_text.cost([way], sandbox=False) == "11 min may be billed"


def test_nothing_is_billed_in_sandbox_mode():
    assert plan_text.cost(ways(TALK)[:1], sandbox=True) == (
        "10 min, nothing is billed in sandbox mode"
    )


def test_a_length_that_nobody_knows_is_not_made_up():
    (way,) = ways(replace(TALK, duration=None))
    assert plan_text.facts(way) == "10.0 MiB · 1280 × 720"
    assert plan_text.cost([way], sandbox=False) == "its whole length may be billed"
    assert plan_text.cost([way, ways(TALK)[0]], sandbox=False) == (
        "10 min and what does not state its length may be billed"
    )


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0.0, ""),
        (0.3, "preparing takes a few seconds"),
        (59.0, "preparing takes less than a minute"),
        (61.0, "preparing takes about 2 min"),
        (7260.0, "preparing takes about 2 h 1 min"),
    ],
)
def test_the_time_of_preparing_is_rough(seconds, text):
    assert plan_text.work([replace(ways(CALL)[0], work_seconds=seconds)]) == text


def test_the_largest_part_is_the_one_that_is_named():
    way = ways(CALL)[0]
    parts = (Part(Stretch(0, 60), Stretch(0, 60), 5 * MIB), *way.parts[:1])
    assert plan_text.facts(replace(way, parts=parts)).startswith("about 25.0 MiB each")
