"""A recording opened for reading: its tracks, and its packets with their time in the recording.

Time 0 is the first time that any track states: a player shows the same, and so edit lists and
start offsets need no further care.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TypeAlias

import av
from av.audio.stream import AudioStream
from av.container import InputContainer
from av.packet import Packet
from av.stream import Disposition, Stream
from av.video.stream import VideoStream

from lib.errors import EmptyStretchError
from lib.recordings.container_probe import READER_WHITELIST, stated_length
from lib.recordings.damage import Damage
from lib.recordings.step import Step

SEEK_MARGIN = 10  # seconds before a stretch: a seek may land late where there is no index
_TIMELESS = ("aac", "amr", "mp3")  # no times in the file: those after a seek are guesses
_INDEXED = ("mov,mp4,m4a,3gp,3g2,mj2", "matroska,webm")
_OPTIONS = {**READER_WHITELIST, "fflags": "+genpts"}
_MOST_FAULTS = 1000  # of the container, before the rest of it is given up
_THREADS = 2  # each holds pictures of its own

AnyPacket: TypeAlias = "Packet[Stream]"  # of any track
AnyStream = VideoStream | AudioStream
Progress = Callable[[float], None]  # is given the share that is done
FirstTimes = dict[str, Fraction]  # of "video" and "audio": when what was written first is shown


@dataclass(frozen=True, slots=True)
class Source:
    """The tracks that a step takes, and the time of the file's clock at which time 0 is.

    Where it `is_timed_by_order`, pictures have no times of their own: FFmpeg's guesses are wrong.
    Where it `has_index`, a seek goes to a keyframe that is listed.
    """

    container: InputContainer
    picture: VideoStream | None
    sounds: tuple[AudioStream, ...]
    origin: Fraction
    length: Fraction | None
    is_timed_by_order: bool
    has_index: bool

    @property
    def streams(self) -> tuple[AnyStream, ...]:
        """All tracks that are read."""
        return (*((self.picture,) if self.picture else ()), *self.sounds)

    def stated_end(self, step: Step) -> Fraction:
        """Where a step ends, as far as the header says that there is something; 0 if unknown."""
        ends = [Fraction(step.end)] if step.end is not None else []
        return min([*ends, *([self.length] if self.length else [])], default=Fraction(0))

    def ticks_of(self, packet: AnyPacket) -> int | None:
        """When a packet is shown, by the clock of its track; None where nothing says so.

        An hour has some 300,000 packets: what is done with each of them is done in ticks.
        """
        ticks = packet.pts
        return packet.dts if ticks is None or self.is_timed_by_order else ticks

    def time_at(self, ticks: int, stream: Stream) -> Fraction:
        """A time of a track's clock in seconds of the recording."""
        return ticks * _time_base(stream) - self.origin

    def ticks_at(self, time: Fraction, stream: Stream) -> int:
        """The first tick of a track's clock that is not before a time of the recording."""
        return math.ceil((time + self.origin) / _time_base(stream))

    def ticks_after(self, time: Fraction, stream: Stream) -> int:
        """The first tick of a track's clock that is after a time of the recording."""
        return math.floor((time + self.origin) / _time_base(stream)) + 1

    def shift_to(self, begin: Fraction, stream: Stream) -> int:
        """By how many ticks a track is early when a time of the recording becomes time 0."""
        return round((begin + self.origin) / _time_base(stream))

    def time_of(self, packet: AnyPacket) -> Fraction | None:
        """When a packet is shown, in seconds of the recording; None where nothing says so."""
        ticks = self.ticks_of(packet)
        return None if ticks is None else self.time_at(ticks, packet.stream)

    def seek(self, start: Fraction) -> bool:
        """Go to a keyframe some seconds before `start`; False where reading begins anew."""
        target = start - SEEK_MARGIN
        if target <= 0 or self.container.format.name in _TIMELESS:
            return False
        try:
            self.container.seek(int((target + self.origin) * av.time_base))
        except (av.error.FFmpegError, ValueError):
            return False
        return True

    def seek_end(self) -> bool:
        """Go to the last keyframe; False where it is not known where that is."""
        length = self.container.duration
        if not self.has_index or not length:
            return False
        self.container.seek(length + int(self.origin * av.time_base))
        return True

    def rewind(self) -> None:
        """Go to the beginning."""
        self.container.seek(int(self.origin * av.time_base))


@contextmanager
def open_source(path: Path, step: Step) -> Iterator[Source]:
    """Open the tracks of a recording that a step takes.

    Raises:
        EmptyStretchError: there is no such track.
    """
    with av.open(str(path), "r", options=_OPTIONS) as container:
        pictures = [
            stream
            for stream in container.streams.video
            if step.picture
            and stream.codec_context
            and not stream.disposition & Disposition.attached_pic
        ]
        sounds = [stream for stream in container.streams.audio if stream.codec_context]
        if step.sound_track is not None:
            sounds = sounds[step.sound_track : step.sound_track + 1] or sounds[:1]
        for stream in (*pictures[:1], *sounds):
            stream.codec_context.thread_count = _THREADS
            stream.codec_context.thread_type = "AUTO"
        if not pictures and not sounds:
            raise EmptyStretchError
        length = stated_length(container)
        yield Source(
            container,
            pictures[0] if pictures else None,
            tuple(sounds),
            Fraction(container.start_time or 0, av.time_base),
            Fraction(length) if length else None,
            container.format.name == "avi",
            container.format.name in _INDEXED,
        )


def read_packets(source: Source, damage: Damage) -> Iterator[AnyPacket]:
    """The packets of a source in the order of the file; what cannot be read is damage."""
    latest: dict[int, int] = {}  # ticks, of each track
    for _ in range(_MOST_FAULTS):
        try:
            for packet in source.container.demux(source.streams):
                ticks, index = source.ticks_of(packet), packet.stream_index
                if ticks is None:
                    packet.stream = packet.stream  # one that ends a track states track 0
                elif ticks > latest.get(index, ticks - 1):
                    latest[index] = ticks
                yield packet
        except (av.error.InvalidDataError, av.error.OSError):
            last = _latest_time(source, latest)
            damage.add(last, last)
        else:
            return


def _latest_time(source: Source, latest: dict[int, int]) -> float:
    times = [
        source.time_at(latest[one.index], one) for one in source.streams if one.index in latest
    ]
    return float(max(times, default=Fraction(0)))


def _time_base(stream: Stream) -> Fraction:
    return stream.time_base or Fraction(1, av.time_base)
