"""What is in the packets of a recording, each picture and block of sound with its time."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import cast

import av
from av.audio.frame import AudioFrame
from av.frame import Frame
from av.video.frame import VideoFrame

from lib.recordings.damage import Damage
from lib.recordings.source import AnyPacket, Source


class Decoder:
    """Decodes packets; times are in seconds since `start` [s of the recording].

    What cannot be decoded, or only with faults, is damage.
    """

    def __init__(self, source: Source, start: Fraction, damage: Damage) -> None:
        self._source, self._start, self._damage = source, start, damage
        self._ends: dict[int, Fraction] = {}
        self._firsts: dict[int, Fraction | None] = {}  # packets, where the order says the times
        self._order = _Order()

    def decode(self, packet: AnyPacket) -> Iterator[tuple[Frame, Fraction]]:
        """The pictures or blocks of sound in a packet, and when each is shown or heard."""
        index = packet.stream.index
        for frame in self._decode(packet):
            time = self._time_of(index, frame)
            if frame.is_corrupt:
                self._damage.add(float(time + self._start), float(time + self._start))
            self._ends[index] = time + seconds_of(frame)
            yield frame, time

    def _decode(self, packet: AnyPacket) -> Iterator[Frame]:
        if self._source.is_timed_by_order:
            self._firsts.setdefault(packet.stream.index, self._source.time_of(packet))
        try:
            yield from cast("list[Frame]", packet.decode())
        except (av.error.InvalidDataError, av.error.UnknownError, av.error.EOFError):
            time = self._source.time_of(packet)
            if time is not None:
                seconds = (packet.duration or 0) * packet.time_base
                self._damage.add(float(time), float(time + seconds))

    def _time_of(self, index: int, frame: Frame) -> Fraction:
        """When a frame is heard or shown; without a time of its own, after the one before."""
        base = frame.time_base or Fraction(0)
        if index in self._firsts and isinstance(frame, VideoFrame):
            return self._order.time_of(frame, self._firsts[index]) - self._start
        if frame.pts is None:
            return self._ends.get(index, Fraction(0))
        return frame.pts * base - self._source.origin - self._start


def seconds_of(frame: Frame) -> Fraction:
    """How long a block of sound lasts, or a picture as far as it says so."""
    if isinstance(frame, AudioFrame):
        return Fraction(frame.samples, frame.sample_rate)
    return (frame.duration or 0) * (frame.time_base or Fraction(0))


class _Order:
    """The times of pictures that come in order, and have no times but those of decoding."""

    def __init__(self) -> None:
        self._delay: Fraction | None = None  # of the decoder
        self._last = self._spacing = Fraction(0)

    def time_of(self, frame: VideoFrame, first_packet: Fraction | None) -> Fraction:
        """When the next picture is shown, in seconds of the recording."""
        if frame.dts is None or frame.time_base is None:  # one of the last
            time = self._last + self._spacing
        else:
            decoded = frame.dts * frame.time_base
            if self._delay is None:
                self._delay = decoded - (first_packet or Fraction(0))
            time = decoded - self._delay
            self._spacing = time - self._last
        self._last = time
        return time
