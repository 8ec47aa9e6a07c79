"""What `pauses` runs in a process of its own: it listens to some stretches of a recording."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import reduce
from pathlib import Path
from typing import Any

import numpy as np
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler

from lib.errors import EmptyStretchError
from lib.recordings.bounded_process import (
    Reporter,
    serve_job,
)
from lib.recordings.damage import Damage
from lib.recordings.decoder import Decoder
from lib.recordings.detectors import Stretches
from lib.recordings.keyframes import read_from_keyframe
from lib.recordings.sound_levels import LevelMeter, find_pauses_in
from lib.recordings.source import Progress, open_source
from lib.recordings.step import Step


def listen(
    path: Path,
    stretches: Sequence[tuple[float, float]],
    sound_track: int | None,
    progress: Progress,
) -> Stretches:
    """Where nobody speaks in any track within these stretches, in seconds of the recording."""
    pauses: Stretches = []
    for number, (start, end) in enumerate(stretches):
        begin = number / len(stretches)

        def report(share: float, begin: float = begin) -> None:
            progress(begin + share / len(stretches))

        try:
            pauses += _listen_to(path, Fraction(start), Fraction(end), sound_track, report)
        except EmptyStretchError:  # no sound, or none so late
            continue
    return pauses


def _listen_to(
    path: Path, start: Fraction, end: Fraction, sound_track: int | None, progress: Progress
) -> Stretches:
    damage = Damage()  # where a cut lies best does not depend on it
    step = Step("copy", "", picture=False, sound_track=sound_track)
    with open_source(path, step) as source:
        decoder = Decoder(source, Fraction(0), damage)
        listeners = {stream.index: _Listener() for stream in source.sounds}
        _, packets = read_from_keyframe(source, start, damage)
        over: set[int] = set()
        for packet in packets:
            for frame, time in decoder.decode(packet):
                if time >= end:
                    over.add(packet.stream.index)
                elif isinstance(frame, AudioFrame) and time >= start:
                    listeners[packet.stream.index].hear(frame, time)
                progress(float((time - start) / (end - start)) if start < time < end else 0.0)
            if len(over) == len(listeners):
                break
        heard = [listener.pauses() for listener in listeners.values()]
        return reduce(_overlap, heard, [(float(start), float(end))])


def _overlap(first: Stretches, second: Stretches) -> Stretches:
    """Where there are stretches of both."""
    pairs = ((max(a, c), min(b, d)) for a, b in first for c, d in second)
    return [(start, end) for start, end in pairs if start < end]


class _Listener:
    """Hears one track as it is decoded; a source may change its shape midway."""

    def __init__(self) -> None:
        self._meter = LevelMeter()
        self._resampler: AudioResampler | None = None
        self._shape: tuple[object, ...] = ()

    def hear(self, frame: AudioFrame, time: Fraction) -> None:
        shape = (frame.sample_rate, frame.layout.name, frame.format.name)
        if self._resampler is None or shape != self._shape:
            self._shape, self._resampler = shape, AudioResampler("fltp")
        frame.pts = None  # the resampler would put in what it takes for missing
        for one in self._resampler.resample(frame):
            samples = np.asarray(one.to_ndarray(), dtype=np.float32)
            self._meter.add(samples, one.sample_rate, float(time))
            time += Fraction(one.samples, one.sample_rate)

    def pauses(self) -> Stretches:
        """All that was a pause."""
        return [*find_pauses_in(*self._meter.levels())]


def _carry_out(job: dict[str, Any]) -> dict[str, Any]:
    source, track = Path(job["source"]), job["sound_track"]
    return {"pauses": listen(source, job["stretches"], track, Reporter().report)}


if __name__ == "__main__":
    serve_job(_carry_out)
