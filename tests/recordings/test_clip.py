"""Which stretch shows a span, what its file is called, and how much may be cut at once."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.errors import ClipLimitError
from lib.recordings.clip import (
    MAX_CLIPS,
    MAX_SECONDS,
    MIN_SECONDS,
    Clip,
    ClipRequest,
    check_limits,
    clip_stretch,
    name_apart,
    stretch_text,
)

TIMES = st.floats(-10, 200)


def clip(start=0.0, end=2.0, name="talk"):
    return Clip(start, end, "friction", name)


@pytest.mark.parametrize(
    ("span", "beside", "length", "stretch"),
    [
        ((10, 12), (0, 0), 60, (10, 12)),
        ((12, 10), (0, 0), 60, (10, 12)),
        ((10, 12), (2, 3), 60, (8, 15)),
        ((1, 2), (2, 0), 60, (0, 2)),
        ((58, 59), (0, 5), 60, (58, 60)),
        ((10, 12), (0, 5), None, (10, 17)),
        ((10, 10), (0, 0), 60, (9.5, 10.5)),
        ((0, 0), (0, 0), 60, (0, 1)),
        ((60, 60), (0, 0), 60, (59, 60)),
        ((0.2, 0.2), (0, 0), 0.4, (0, 0.4)),
        ((70, 80), (0, 0), 60, None),
        ((float("nan"), 5), (0, 0), 60, None),
        ((0, float("inf")), (0, 0), 60, None),
    ],
)
def test_a_clip_has_the_span_and_what_is_beside_it(span, beside, length, stretch):
    before, after = beside
    assert clip_stretch(*span, before=before, after=after, length=length) == stretch


@given(TIMES, TIMES, st.floats(0, 30), st.floats(0, 30), st.floats(MIN_SECONDS, 150))
def test_a_clip_lies_in_the_recording_and_can_be_seen(start, end, before, after, length):
    stretch = clip_stretch(start, end, before=before, after=after, length=length)
    if stretch:
        first, last = stretch
        assert 0 <= first < last <= length
        assert last - first > MIN_SECONDS - 1e-9
        assert first <= max(0, min(start, end))


def test_a_stretch_in_a_name_has_no_sign_that_a_system_forbids():
    assert stretch_text(135.4, 150.5) == "2m15s-2m31s"
    assert stretch_text(0, 3725) == "0m00s-1h02m05s"


def test_clips_of_one_name_are_told_apart_on_every_system():
    names = [one.name for one in name_apart([clip(), clip(), clip(name="TALK"), clip(name="b")])]
    assert names == ["talk", "talk-2", "TALK-2", "b"] or len({n.casefold() for n in names}) == 4
    taken = name_apart([clip(name="a"), clip(name="a-2"), clip(name="a")])
    assert len({one.name for one in taken}) == 3


def test_the_name_of_the_file_says_what_is_in_it():
    one, two = ClipRequest((clip(),), "talk"), ClipRequest((clip(), clip()), "talk")
    assert (one.file_name, two.file_name) == ("talk.mp4", "talk.zip")
    reel = ClipRequest((clip(), clip()), "talk", reel=True)
    assert reel.file_name == "talk.mp4"
    assert ClipRequest((clip(),), "talk", picture="none").file_name == "talk.m4a"


def test_limits_are_said_with_what_to_do():
    check_limits((clip(),) * MAX_CLIPS)
    check_limits((clip(0, MAX_SECONDS),))
    for clips, words in (
        ((), "nothing to cut"),
        ((clip(),) * (MAX_CLIPS + 1), f"101 clips; at most {MAX_CLIPS}"),
        ((clip(0, MAX_SECONDS), clip()), "30 min 2 s together; at most 30 minutes"),
    ):
        with pytest.raises(ClipLimitError, match=words) as raised:
            check_limits(clips)
        assert raised.value.next_step
