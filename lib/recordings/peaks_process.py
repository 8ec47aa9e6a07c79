"""What `peaks` runs in a process of its own: the loudest sample of each stretch of a sound."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any, cast

import av
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler

from lib.recordings.bounded_process import (
    Reporter,
    serve_job,
)
from lib.recordings.damage import Damage
from lib.recordings.source import Progress, Source, open_source, read_packets
from lib.recordings.step import Step

_RATE = 8000  # samples a second that are looked at
_BLOCK_SECONDS = 0.05
_BLOCK = round(_RATE * _BLOCK_SECONDS)
_MOST_LEVELS = 800  # more than a player is wide
_FULL = 255


def measure(path: Path, progress: Progress) -> dict[str, Any]:
    """The facts of `peaks.Peaks`; what cannot be read is silent."""
    loudest: dict[int, float] = {}  # by the block of time
    end = Fraction(0)
    with open_source(path, Step("encode", "", picture=False)) as source:
        for time, channels, samples in _sounds(source):
            first = round(time * _RATE)
            for place in range(0, len(samples) // channels, _BLOCK):
                stretch = samples[place * channels : (place + _BLOCK) * channels]
                block = max(0, (first + place) // _BLOCK)
                loudest[block] = max(loudest.get(block, 0.0), -min(stretch), *stretch)
            end = max(end, time)
            if source.length:
                progress(float(end / source.length))
    blocks = max(loudest, default=-1) + 1
    joined = -(-blocks // _MOST_LEVELS) or 1
    levels = [
        max(loudest.get(block, 0.0) for block in range(first, first + joined))
        for first in range(0, blocks, joined)
    ]
    return {
        "seconds": len(levels) * joined * _BLOCK_SECONDS,
        "levels": [min(_FULL, round(level * _FULL)) for level in levels],
    }


def _sounds(source: Source) -> Iterator[tuple[Fraction, int, memoryview[float]]]:
    """When each frame begins, how many channels it has, and their samples in turn, from -1 to 1."""
    resampler, shape = None, None
    for packet in read_packets(source, Damage()):
        try:
            frames = cast("list[AudioFrame]", packet.decode())
        except av.error.FFmpegError:
            continue
        for frame in frames:
            if frame.pts is None or frame.time_base is None:
                continue
            now = (frame.sample_rate, frame.layout.name, frame.format.name)
            if resampler is None or now != shape:  # a source may change its shape midway
                resampler, shape = AudioResampler("flt", None, _RATE), now
            for one in resampler.resample(frame):
                if one.pts is None or one.time_base is None:
                    continue
                channels = one.layout.nb_channels
                samples = memoryview(one.planes[0]).cast("B").cast("f")[: one.samples * channels]
                yield one.pts * one.time_base - source.origin, channels, samples


if __name__ == "__main__":
    serve_job(lambda job: measure(Path(job["source"]), Reporter().report))
