"""Make a stretch of a recording smaller, or take its sound alone: decode, and encode anew."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

from av.audio.frame import AudioFrame
from av.container import OutputContainer
from av.frame import Frame
from av.video.frame import VideoFrame

from lib.errors import EmptyStretchError
from lib.recordings.damage import Damage
from lib.recordings.decoder import Decoder, seconds_of
from lib.recordings.keyframes import read_from_keyframe
from lib.recordings.picture_track import PictureTrack
from lib.recordings.remuxer import open_target
from lib.recordings.sound_track import SoundTrack
from lib.recordings.source import AnyPacket, FirstTimes, Progress, Source, open_source
from lib.recordings.step import Step

SOUND_CODECS = {"mp4": "aac", "webm": "libopus"}


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
        self._decoder = Decoder(source, self._start, damage)
        self._waiting: list[AnyPacket] = []
        self._numbers = {stream.index: number for number, stream in enumerate(source.sounds)}
        self._picture = self._sound = None
        if source.picture:
            self._picture = PictureTrack(source.picture, step.encoding, out)
        if source.sounds:
            self._sound = SoundTrack(
                source.sounds,
                out,
                codec=SOUND_CODECS[step.container],
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
        if index not in self._over:
            for frame, time in self._decoder.decode(packet):
                self._encode(index, frame, time)
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

    def _encode(self, index: int, frame: Frame, time: Fraction) -> None:
        if self._length is not None and time >= self._length:
            self._over.add(index)
            return
        end = time + seconds_of(frame)
        if isinstance(frame, AudioFrame) and self._sound:
            if end > 0:
                self.kinds.add("audio")
                self._latest = max(self._latest, end)
                self._write(self._sound.add(self._numbers[index], frame, time))
        elif isinstance(frame, VideoFrame) and self._picture:
            self.kinds.add("video")
            self._latest = max(self._latest, end)
            self._write(self._picture.add(frame, time))

    def _write(self, packets: Iterator[AnyPacket]) -> None:
        """Write packets, once all tracks are in the file."""
        self._waiting.extend(packets)
        if self._picture is None or self._picture.is_open:
            self._out.mux(self._waiting)
            self._waiting = []
