"""A recording opened for reading: its tracks, and its packets with their time in the recording.

Time 0 is the first time that any track states: a player shows the same, and so edit lists and
start offsets need no further care.
"""

from __future__ import annotations

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
from lib.recordings.container import READER_WHITELIST, stated_length
from lib.recordings.damage import Damage
from lib.recordings.step import Step

SEEK_MARGIN = 10  # seconds before a stretch: a seek may land late where there is no index
_TIMELESS = ("aac", "amr", "mp3")  # no times in the file: those after a seek are guesses
_OPTIONS = {**READER_WHITELIST, "fflags": "+genpts"}
_MOST_FAULTS = 1000  # of the container, before the rest of it is given up
_THREADS = 2  # each holds pictures of its own

AnyPacket: TypeAlias = "Packet[Stream]"  # of any track
Progress = Callable[[float], None]  # is given the share that is done
FirstTimes = dict[str, Fraction]  # of "video" and "audio": when what was written first is shown


@dataclass(frozen=True, slots=True)
class Source:
    """The tracks that a step takes, and the time of the file's clock at which time 0 is."""

    container: InputContainer
    picture: VideoStream | None
    sounds: tuple[AudioStream, ...]
    origin: Fraction
    length: Fraction | None

    @property
    def streams(self) -> tuple[VideoStream | AudioStream, ...]:
        """All tracks that are read."""
        return (*((self.picture,) if self.picture else ()), *self.sounds)

    def stated_end(self, step: Step) -> Fraction:
        """Where a step ends, as far as the header says that there is something; 0 if unknown."""
        ends = [Fraction(step.end)] if step.end is not None else []
        return min([*ends, *([self.length] if self.length else [])], default=Fraction(0))

    @property
    def is_timed_by_order(self) -> bool:
        """Whether pictures have no times of their own: FFmpeg's guesses are wrong then."""
        return self.container.format.name == "avi"

    def time_of(self, packet: AnyPacket) -> Fraction | None:
        """When a packet is shown, in seconds of the recording; None where nothing says so."""
        ticks = packet.dts if packet.pts is None or self.is_timed_by_order else packet.pts
        if ticks is None or packet.time_base is None:
            return None
        return ticks * packet.time_base - self.origin

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
        )


def read_packets(source: Source, damage: Damage) -> Iterator[AnyPacket]:
    """The packets of a source in the order of the file; what cannot be read is damage."""
    last = Fraction(0)
    for _ in range(_MOST_FAULTS):
        try:
            for packet in source.container.demux(source.streams):
                time = source.time_of(packet)
                if time is not None:
                    last = max(last, time)
                yield packet
        except (av.error.InvalidDataError, av.error.OSError):
            damage.add(float(last), float(last))
        else:
            return
