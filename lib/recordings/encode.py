"""Make a stretch of a recording smaller, or take its sound alone: decode, and encode anew."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import cast

import av
from av.audio.frame import AudioFrame
from av.container import OutputContainer
from av.frame import Frame
from av.video.frame import VideoFrame

from lib.errors import EmptyStretchError
from lib.recordings.damage import Damage
from lib.recordings.keyframes import read_from_keyframe
from lib.recordings.picture_track import PictureTrack
from lib.recordings.remux import open_target
from lib.recordings.sound_track import SoundTrack
from lib.recordings.source import AnyPacket, FirstTimes, Progress, Source, open_source
from lib.recordings.step import Step

_SOUND_CODECS = {"mp4": "aac", "webm": "libopus"}


def encode_stretch(
    path: Path, target: Path, step: Step, *, progress: Progress, damage: Damage
) -> FirstTimes:
    """Encode a stretch into a file, and return when its beginning lies, for each track.

    Raises:
        EmptyStretchError: there is neither picture nor sound in it.
    """
    start = Fraction(step.start)
    with open_source(path, step) as source, open_target(target, step.container) as out:
        encoder = _Encoder(source, out, step, damage)
        _, packets = read_from_keyframe(source, start, damage)
        for packet in packets:
            if not encoder.take(packet):
                break
            progress(encoder.share)
        encoder.finish()
        if not encoder.kinds:
            raise EmptyStretchError
    return dict.fromkeys(encoder.kinds, start)


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


class _Encoder:
    """Decodes packets, and hands what is in them to the tracks that are written."""

    def __init__(self, source: Source, out: OutputContainer, step: Step, damage: Damage) -> None:
        assert step.encoding is not None  # noqa: S101  a step that encodes has one
        self.kinds: set[str] = set()  # of tracks that were read
        self._source, self._out, self._damage = source, out, damage
        self._start = Fraction(step.start)
        self._length = Fraction(step.end) - self._start if step.end is not None else None
        self._stated = max(Fraction(0), source.stated_end(step) - self._start)
        self._latest = Fraction(0)
        self._over: set[int] = set()
        self._ends: dict[int, Fraction] = {}
        self._firsts: dict[int, Fraction | None] = {}  # packets, where the order says the times
        self._order = _Order()
        self._waiting: list[AnyPacket] = []
        self._numbers = {stream.index: number for number, stream in enumerate(source.sounds)}
        self._picture = self._sound = None
        if source.picture:
            self._picture = PictureTrack(source.picture, step.encoding, out)
        if source.sounds:
            self._sound = SoundTrack(
                source.sounds,
                out,
                codec=_SOUND_CODECS[step.container],
                bit_rate=step.encoding.sound_bit_rate,
                end=self._length,
            )

    @property
    def share(self) -> float:
        """How much is done, from 0 to 1."""
        return float(self._latest / self._stated) if self._stated else 0.0

    def take(self, packet: AnyPacket) -> bool:
        """Encode what is in a packet; False once all tracks have come to the end."""
        index = packet.stream.index
        if self._source.is_timed_by_order:
            self._firsts.setdefault(index, self._source.time_of(packet))
        if index not in self._over:
            for frame in self._decode(packet):
                self._encode(index, frame)
        return len(self._over) < len(self._source.streams)

    def finish(self) -> None:
        """Write the rest, up to the end or as far as there was something."""
        end = self._latest if self._length is None else min(self._latest, self._length)
        if self._over:
            end = self._length or end
        if self._picture:
            self._write(self._picture.finish(end))
        if self._sound:
            self._write(self._sound.finish())
        if not self._over:
            start = float(self._start)
            self._damage.add_missing_end(start + float(self._latest), start + float(self._stated))
        self._out.mux(self._waiting)

    def _decode(self, packet: AnyPacket) -> Iterator[Frame]:
        try:
            yield from cast("list[Frame]", packet.decode())
        except (av.error.InvalidDataError, av.error.UnknownError, av.error.EOFError):
            time = self._source.time_of(packet)
            if time is not None:
                seconds = (packet.duration or 0) * packet.time_base
                self._damage.add(float(time), float(time + seconds))

    def _encode(self, index: int, frame: Frame) -> None:
        time = self._time_of(index, frame)
        if frame.is_corrupt:
            self._damage.add(float(time + self._start), float(time + self._start))
        if self._length is not None and time >= self._length:
            self._over.add(index)
            return
        if isinstance(frame, AudioFrame) and self._sound:
            end = self._ends[index] = time + Fraction(frame.samples, frame.sample_rate)
            if end > 0:
                self.kinds.add("audio")
                self._latest = max(self._latest, end)
                self._write(self._sound.add(self._numbers[index], frame, time))
        elif isinstance(frame, VideoFrame) and self._picture:
            self.kinds.add("video")
            seconds = (frame.duration or 0) * (frame.time_base or Fraction(0))
            self._ends[index] = time + seconds
            self._latest = max(self._latest, self._ends[index])
            self._write(self._picture.add(frame, time))

    def _time_of(self, index: int, frame: Frame) -> Fraction:
        """When a frame is heard or shown; without a time of its own, after the one before."""
        base = frame.time_base or Fraction(0)
        if index in self._firsts and isinstance(frame, VideoFrame):
            return self._order.time_of(frame, self._firsts[index]) - self._start
        if frame.pts is None:
            return self._ends.get(index, Fraction(0))
        return frame.pts * base - self._source.origin - self._start

    def _write(self, packets: Iterator[AnyPacket]) -> None:
        """Write packets, once all tracks are in the file."""
        self._waiting.extend(packets)
        if self._picture is None or self._picture.is_open:
            self._out.mux(self._waiting)
            self._waiting = []
