"""Take the picture of a recording over as it is, and encode its sound alone.

That is for browsers that play the one and not the other: no picture is decoded.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

from av.audio.frame import AudioFrame
from av.container import OutputContainer

from lib.errors import EmptyStretchError
from lib.recordings.damage import Damage
from lib.recordings.decoder import Decoder
from lib.recordings.encoder import SOUND_CODECS
from lib.recordings.keyframes import read_from_keyframe
from lib.recordings.remuxer import CopiedTracks, open_target
from lib.recordings.sound_track import SoundTrack
from lib.recordings.source import AnyPacket, FirstTimes, Progress, Source, open_source
from lib.recordings.step import Step


def copy_picture(
    path: Path, target: Path, step: Step, *, progress: Progress, damage: Damage
) -> FirstTimes:
    """Write a stretch into a file, and return when the first packet of each track is shown.

    Raises:
        EmptyStretchError: there is no picture in it, or no such track.
    """
    start = Fraction(step.start)
    with open_source(path, step) as source:
        if source.picture is None or not source.sounds:
            raise EmptyStretchError
        stated = source.stated_end(step)
        begin, packets = read_from_keyframe(source, start, damage)
        with open_target(target, step.container) as out:
            picture = CopiedTracks(source, [source.picture], out, begin, None)
            sound = _EncodedSound(source, out, step, begin, damage)
            for packet in _read_until(packets, source, step.end):
                if packet.stream_index == source.picture.index:
                    picture.take(packet)
                else:
                    sound.write(packet)
                if stated > begin:
                    progress(float((picture.latest - begin) / (stated - begin)))
            picture.finish()
            sound.finish()
        damage.add_missing_end(float(max(start, picture.latest)), float(stated))
        if not picture.first_times or picture.latest <= start:
            raise EmptyStretchError
        return {**picture.first_times, **({"audio": begin} if sound.is_there else {})}


def _read_until(
    packets: Iterator[AnyPacket], source: Source, end: float | None
) -> Iterator[AnyPacket]:
    """The packets that are decoded before `end`: one that is shown later may be referred to.

    Those without a time are among them: they make a decoder give what it still has.
    """
    ends = {
        stream.index: math.inf if end is None else source.ticks_at(Fraction(end), stream)
        for stream in source.streams
    }
    over: set[int] = set()
    for packet in packets:
        index, ticks = packet.stream_index, packet.dts if packet.dts is not None else packet.pts
        if index in over:
            continue
        if ticks is not None and ticks >= ends[index]:
            over.add(index)
            if len(over) == len(ends):
                return
            continue
        yield packet


class _EncodedSound:
    """Sound that is decoded and encoded anew; `begin` becomes time 0."""

    def __init__(
        self, source: Source, out: OutputContainer, step: Step, begin: Fraction, damage: Damage
    ) -> None:
        assert step.encoding is not None  # noqa: S101  a step that encodes has one
        self.is_there = False
        self._out = out
        self._decoder = Decoder(source, begin, damage)
        self._numbers = {stream.index: number for number, stream in enumerate(source.sounds)}
        self._track = SoundTrack(
            source.sounds,
            out,
            codec=SOUND_CODECS[step.container],
            bit_rate=step.encoding.sound_bit_rate,
            end=Fraction(step.end) - begin if step.end is not None else None,
        )

    def write(self, packet: AnyPacket) -> None:
        for frame, time in self._decoder.decode(packet):
            if isinstance(frame, AudioFrame) and time + Fraction(frame.samples, frame.rate) > 0:
                self.is_there = True
                number = self._numbers[packet.stream.index]
                self._out.mux(list(self._track.add(number, frame, time)))

    def finish(self) -> None:
        """Write the rest."""
        self._out.mux(list(self._track.finish()))
