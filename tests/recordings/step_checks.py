"""Carry a step out, and hold what it wrote against the recording: each picture, each beep."""

from dataclasses import asdict

import av
import pytest

from lib.recordings.encoding_ladder import choose_encoding
from lib.recordings.preparation_process import run_job
from lib.recordings.source_cache import SourceCache
from tests.clock_clips import BEEP_SECONDS, beep_times, shown_numbers

CLOSE = 0.05  # seconds
SMALL = choose_encoding(1800.0, height=120, picture=True)


def carry_out(source, target, step, sources=None):
    """What a step writes, without the process around it; its length is that of its packets."""
    answer = run_job(
        {"source": str(source), "target": str(target), "step": asdict(step)},
        sources or SourceCache(),
    )
    if "prepared" in answer:
        assert answer["prepared"]["seconds"] == pytest.approx(packets_end(target), abs=1e-6)
    return answer


def off_by(time, number, shown):
    """How far a time is from when the recording shows a picture of this number [s]."""
    ends = [begin for begin, _ in shown[1:]] + [float("inf")]
    return min(
        max(begin - time, 0.0, time - end)
        for (begin, one), end in zip(shown, ends, strict=True)
        if one == number
    )


def packets_end(path):
    """When the last packet of a file ends [s], as all of them say."""
    with av.open(str(path)) as container:
        tracks = [*container.streams.video[:1], *container.streams.audio[:1]]
        times = [
            one.pts * one.time_base + (one.duration or 0) * one.time_base
            for one in container.demux(tracks)
            if one.pts is not None
        ]
        return float(max(times)) - (container.start_time or 0) / av.time_base


def assert_in_step(source, target, answer, *, picture, end=None):
    """Each picture and each beep of the target is where the recording has it.

    After the `end` [s] of a copied stretch lie pictures that those before it refer to, not all.
    """
    offset = answer["prepared"]["offset"]
    beeps = beep_times(source)
    for beep in beep_times(target):
        if beep > BEEP_SECONDS:  # one that is cut into begins at the beginning
            assert min(abs(beep + offset - one) for one in beeps) < CLOSE
    if picture:
        shown = shown_numbers(source)
        if source.name == "b.avi":  # B-frames, of which FFmpeg only guesses the times
            shown = [(place / 10, number) for place, (_, number) in enumerate(shown)]
        first = shown[0][0]
        pictures = shown_numbers(target)
        assert pictures
        ends = [time - 0.001 for time, _ in pictures[1:]]
        for (time, number), until in zip(pictures, [*ends, pictures[-1][0]], strict=True):
            if (
                first <= time + offset < (end or 99)
            ):  # before its first picture a recording shows that one
                assert off_by(time + offset, number, shown) < CLOSE
                last = until + offset if end is None else min(until + offset, end)
                assert off_by(last, number, shown) < CLOSE
    return offset


def assert_every_beep_is_there(source, target, offset, start, end):
    wanted = [one for one in beep_times(source) if start + 0.1 < one < end - 0.1]
    written = [one + offset for one in beep_times(target)]
    assert all(min(abs(one - other) for other in written) < CLOSE for one in wanted)
