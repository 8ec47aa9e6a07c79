"""In which ways a recording can be sent: every part under the limits, nothing of it left out."""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.api_limits import MAX_BYTES, MAX_SECONDS
from lib.model import MIB, Recording, V1Options, V2Options
from lib.recordings.cuts import Stretch, cut_by_rule
from lib.recordings.encoding_ladder import (
    TARGET_BYTES,
    choose_encoding,
    expected_bytes,
    fit_picture,
)
from lib.recordings.plan import find_ways
from lib.recordings.preflight import check_recording
from lib.recordings.ways import Wishes, choose_way, steps_of

ORDER = ["as it is", "another container", "parts", "smaller", "sound"]
CALL = Recording("a", 400 * MIB, "mp4", 4200.0, "h264", "aac", 1280, 720, 25.0, 96_000, 1)
SMALL = replace(CALL, size=10 * MIB, duration=600.0)
TALK = Recording("a", 10 * MIB, "mp4", 600.0, None, "aac", None, None, None, 128_000, 1)
FLV = replace(SMALL, container="flv")
WMV = replace(SMALL, container="wmv", video_codec="wmv3", audio_codec="wmav2")
ADTS = replace(TALK, container="aac")
AMR = replace(TALK, container="amr", audio_codec="amrnb")
SOUND = V2Options(model="inter-2-audio")

recordings = st.builds(
    Recording,
    name=st.just("a"),
    size=st.integers(1, 20_000 * MIB),
    container=st.sampled_from(["mp4", "mov", "avi", "flv", "wmv", "mpeg-ps", "wav", "aac", "mkv"]),
    duration=st.none() | st.floats(0.1, 12 * 3600),
    video_codec=st.sampled_from([None, "h264", "hevc", "wmv3", "vp8", "prores"]),
    audio_codec=st.sampled_from([None, "aac", "opus", "wmav2", "pcm_s16le", "amrnb"]),
    width=st.none() | st.integers(2, 7680),
    height=st.none() | st.integers(2, 4320),
    frame_rate=st.none() | st.floats(1, 240),
    sound_bit_rate=st.none() | st.integers(4_000, 4_000_000),
    sound_tracks=st.integers(0, 4),
)
stretches = st.none() | st.tuples(st.floats(0, 40_000), st.floats(0.1, 40_000)).map(
    lambda pair: Stretch(pair[0], sum(pair))
)
wishes_of_any_kind = st.builds(
    Wishes,
    stretch=stretches,
    sound_track=st.sampled_from([0, 1, None]),
    overlap=st.floats(0, 20),
    skip_damage=st.booleans(),
)
any_options = st.sampled_from([V1Options(), V2Options(), SOUND])


@given(recordings, any_options, wishes_of_any_kind, st.none() | st.floats(0.5, 30))
def test_parts_cover_the_stretch_each_under_the_limits(recording, options, wishes, window):
    ways = find_ways(recording, options=options, wishes=wishes, window=window)
    for way in ways:
        cores = [part.core for part in way.parts]
        assert all(one.end == two.start for one, two in pairwise(cores))
        wish = wishes.stretch or Stretch(0.0, recording.duration or 0.0)
        assert cores[0].start == max(0.0, wish.start)
        assert cores[-1].end == min(recording.duration or 0.0, wish.end)
        for part in way.parts:
            assert part.sent.start <= part.core.start <= part.core.end <= part.sent.end
            if way.work:
                assert part.expected_bytes <= MAX_BYTES
                assert 3.0 <= part.sent.seconds <= MAX_SECONDS
        assert way.billed_minutes >= (cores[-1].end - cores[0].start) / 60 - 1e-6


@given(
    recordings,
    any_options,
    wishes_of_any_kind,
    st.none() | st.floats(0.5, 30),
    st.lists(st.tuples(st.floats(0, 40_000), st.floats(0.1, 60)), max_size=30),
)
def test_parts_stay_under_the_limits_where_pauses_move_their_cuts(
    recording, options, wishes, window, pairs
):
    pauses = [Stretch(start, start + seconds) for start, seconds in pairs]
    for way in find_ways(recording, options=options, wishes=wishes, window=window):
        assert (way.rule is None) == (len(way.parts) == 1)
        if way.rule is None:
            continue
        whole = Stretch(way.parts[0].core.start, way.parts[-1].core.end)
        assert cut_by_rule(whole, way.rule) == tuple((p.core, p.sent) for p in way.parts)
        for _, sent in cut_by_rule(whole, way.rule, pauses):
            assert sent.seconds <= MAX_SECONDS + 1e-6
            if way.encoding:
                assert expected_bytes(way.encoding, sent.seconds) <= TARGET_BYTES


def test_an_encoding_leaves_room_for_a_cut_that_moves():
    way = find_ways(replace(WMV, duration=1940.0), options=V2Options())[1]
    (_, first), _ = cut_by_rule(Stretch(0.0, 1940.0), way.rule, [Stretch(998.0, 1000.0)])
    assert (len(way.parts), first.end) == (2, 999.0)
    assert expected_bytes(way.encoding, first.seconds) <= TARGET_BYTES


@given(recordings, any_options, wishes_of_any_kind)
def test_ways_are_ordered_by_quality_and_none_stands_twice(recording, options, wishes):
    ways = find_ways(recording, options=options, wishes=wishes)
    kinds = [(way.kind, way.work) for way in ways]
    pictures = [way for way in find_ways(recording, options=options) if way.width]
    assert sorted(map(ORDER.index, {w.kind for w in pictures})) == [
        ORDER.index(w.kind) for w in pictures
    ]
    assert len(kinds) == len(set(kinds))


@given(recordings, any_options)
def test_what_the_api_takes_is_first_offered_as_it_is(recording, options):
    ways = find_ways(recording, options=options)
    if not check_recording(recording, options=options).refusals:
        assert (ways[0].kind, ways[0].work) == ("as it is", None)
        assert steps_of(ways[0]) == ()


@given(recordings, any_options, wishes_of_any_kind)
def test_every_part_has_a_step_and_a_mix_is_never_copied(recording, options, wishes):
    for way in find_ways(recording, options=options, wishes=wishes):
        steps = steps_of(way, wishes)
        assert len(steps) == (len(way.parts) if way.work else 0)
        for step, part in zip(steps, way.parts, strict=False):
            endless = wishes.stretch is None and part is way.parts[-1]
            assert (step.start, step.end) == (part.sent.start, None if endless else part.sent.end)
            assert (step.encoding is None) == (step.work == "copy")
            assert step.skip_damage == wishes.skip_damage
            if wishes.sound_track is None and recording.sound_tracks > 1:
                assert step.work == "encode"


@given(st.floats(3, MAX_SECONDS), st.none() | st.integers(2, 4320), st.booleans())
def test_thirty_minutes_always_fit(seconds, height, picture):
    encoding = choose_encoding(seconds, height=height, picture=picture)
    assert expected_bytes(encoding, seconds) <= TARGET_BYTES < MAX_BYTES


def test_the_least_encoding_meets_what_was_measured():
    encoding = choose_encoding(1800.0, height=720, picture=True)
    assert (encoding.height, encoding.frame_rate) == (360, 12)
    assert (encoding.picture_bit_rate, encoding.sound_bit_rate) == (110_000, 24_000)
    assert expected_bytes(encoding, 1800.0) == pytest.approx(31.4e6, rel=0.01)


@pytest.mark.parametrize(("height", "most"), [(None, 1080), (2160, 1080), (500, 540), (240, 360)])
def test_a_picture_is_not_made_larger(height, most):
    assert choose_encoding(10.0, height=height, picture=True).height == most


@pytest.mark.parametrize(
    ("width", "height", "fitted"),
    [
        (1280, 720, (640, 360)),
        (720, 1280, (360, 640)),
        (320, 240, (320, 240)),
        (321, 241, (320, 240)),
        (1, 1, (2, 2)),
        (7680, 480, (1920, 120)),
    ],
)
def test_the_shape_of_a_picture_stays(width, height, fitted):
    encoding = choose_encoding(1800.0, height=height, picture=True)
    assert fit_picture(encoding, width, height) == fitted


def test_a_long_call_goes_sharp_in_many_parts_or_small_in_few():
    ways = find_ways(CALL, options=V2Options(), window=5.0)
    assert [way.kind for way in ways] == ["parts", "smaller", "sound"]
    sharp, small = choose_way(ways, "parts"), choose_way(ways, "whole")
    assert (sharp.work, sharp.container, sharp.height, len(sharp.parts)) == ("copy", "mp4", 720, 16)
    assert (small.work, small.container, small.width, small.height) == ("encode", "mp4", 640, 360)
    assert len(small.parts) == 3
    assert sharp.billed_minutes == small.billed_minutes == pytest.approx(70.0)
    assert all(part.core.start % 5 == 0 for part in sharp.parts)
    assert sharp.work_seconds < small.work_seconds
    assert ways[-1].model == "inter-2-audio"


def test_what_is_smaller_in_as_many_parts_is_no_choice():
    slow = replace(CALL, size=20 * MIB)
    assert [way.kind for way in find_ways(slow, options=V2Options())] == ["parts", "sound"]


@given(recordings, any_options, wishes_of_any_kind)
def test_each_way_that_is_smaller_has_fewer_parts_than_the_sharp_one(recording, options, wishes):
    ways = find_ways(recording, options=options, wishes=wishes)
    counts = {way.kind: len(way.parts) for way in ways}
    if {"parts", "smaller"} <= counts.keys():
        assert counts["smaller"] < counts["parts"]


def test_what_is_sent_twice_is_billed_twice():
    plain, wide = (
        find_ways(CALL, options=V2Options(), wishes=Wishes(overlap=overlap))[1]
        for overlap in (0.0, 10.0)
    )
    assert len(plain.parts) == len(wide.parts) == 3
    assert wide.billed_minutes == pytest.approx(plain.billed_minutes + 4 * 10 / 60)


@pytest.mark.parametrize(
    ("recording", "options", "kind", "work", "container", "model"),
    [
        (SMALL, V2Options(), "as it is", None, "mp4", "inter-2"),
        (SMALL, V1Options(), "as it is", None, "mp4", "inter-1"),
        (SMALL, SOUND, "as it is", None, "mp4", "inter-2-audio"),
        (FLV, V2Options(), "another container", "copy", "mp4", "inter-2"),
        (FLV, V1Options(), "another container", "copy", "mp4", "inter-1"),
        (WMV, V2Options(), "parts", "encode", "mp4", "inter-2"),
        (replace(WMV, duration=300.0), V2Options(), "smaller", "encode", "mp4", "inter-2"),
        (replace(SMALL, audio_codec=None), V1Options(), "as it is", None, "mp4", "inter-1"),
        (TALK, V2Options(), "as it is", None, "mp4", "inter-2-audio"),
        (TALK, V1Options(), "as it is", None, "mp4", "inter-2-audio"),
        (ADTS, SOUND, "another container", "copy", "mp4", "inter-2-audio"),
        (AMR, SOUND, "smaller", "encode", "webm", "inter-2-audio"),
        (replace(SMALL, container="mov"), SOUND, "sound", "copy", "mp4", "inter-2-audio"),
    ],
)
def test_the_best_way_of_each_kind(recording, options, kind, work, container, model):
    best = find_ways(recording, options=options)[0]
    assert (best.kind, best.work, best.container, best.model) == (kind, work, container, model)


@pytest.mark.parametrize(
    ("recording", "options"),
    [
        (replace(SMALL, duration=2.0), V2Options()),
        (replace(SMALL, audio_codec=None, sound_tracks=0), V2Options()),
        (replace(SMALL, audio_codec=None, sound_tracks=0), SOUND),
        (replace(SMALL, container="flv", duration=None), V2Options()),
    ],
)
def test_there_is_no_way_where_the_api_needs_what_is_not_there(recording, options):
    assert find_ways(recording, options=options) == ()


def test_a_stretch_is_cut_out_and_sent_alone():
    wishes = Wishes(stretch=Stretch(60.0, 100.0))
    (cut, sound) = find_ways(SMALL, options=V2Options(), wishes=wishes)
    assert (cut.kind, cut.work) == ("parts", "copy")
    assert [(part.sent.start, part.sent.end) for part in cut.parts] == [(60.0, 100.0)]
    assert sound.model == "inter-2-audio"


def test_a_stretch_beyond_the_end_has_no_way():
    assert find_ways(SMALL, options=V2Options(), wishes=Wishes(Stretch(700.0, 800.0))) == ()
