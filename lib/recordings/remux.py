"""Take the tracks of a recording over as they are: whole into another container, or a stretch.

A stretch of a picture begins at the keyframe before it, where it can be decoded.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import av
from av.container import OutputContainer

from lib.errors import EmptyStretchError
from lib.recordings.damage import Damage
from lib.recordings.keyframes import read_from_keyframe
from lib.recordings.source import AnyPacket, FirstTimes, Progress, Source, open_source
from lib.recordings.step import Step

_FORMATS = {"mkv": "matroska"}  # what FFmpeg calls them


def open_target(target: Path, container: str) -> OutputContainer:
    """A file that is written; mp4 with its index in front, where a browser wants it."""
    options = {"movflags": "faststart"} if container == "mp4" else {}
    return av.open(
        str(target), "w", format=_FORMATS.get(container, container), container_options=options
    )


def copy_stretch(
    path: Path, target: Path, step: Step, *, progress: Progress, damage: Damage
) -> FirstTimes:
    """Copy a stretch into a file, and return when the first packet of each track is shown.

    Raises:
        EmptyStretchError: there is not a packet in it.
    """
    start = Fraction(step.start)
    with open_source(path, step) as source:
        end = Fraction(step.end) if step.end is not None else None
        stated = source.stated_end(step)
        begin, packets = read_from_keyframe(source, start, damage)
        with open_target(target, step.container) as out:
            writer = _Writer(source, out, begin)
            for packet in _until(packets, source, end):
                writer.write(packet)
                if stated > begin:
                    progress(float((writer.latest - begin) / (stated - begin)))
            writer.finish()
        damage.add_missing_end(float(max(start, writer.latest)), float(stated))
        if not writer.first_times or writer.latest <= start:
            raise EmptyStretchError
        return writer.first_times


def _until(
    packets: Iterator[AnyPacket], source: Source, end: Fraction | None
) -> Iterator[AnyPacket]:
    """The packets that are decoded before `end`: one that is shown later may be referred to."""
    over: set[int] = set()
    for packet in packets:
        ticks = packet.dts if packet.dts is not None else packet.pts
        if ticks is None or packet.stream.index in over:
            continue
        if end is not None and ticks * packet.time_base - source.origin >= end:
            over.add(packet.stream.index)
            if len(over) == len(source.streams):
                return
            continue
        yield packet


class _Writer:
    """Writes packets so that `begin` becomes time 0."""

    def __init__(self, source: Source, out: OutputContainer, begin: Fraction) -> None:
        self.first_times: FirstTimes = {}
        self.latest = Fraction(0)  # end of what was written
        self._source, self._out, self._begin = source, out, begin
        self._streams = {
            stream.index: out.add_stream_from_template(stream, opaque=True)
            for stream in source.streams
        }
        self._waiting: dict[int, list[AnyPacket]] = {index: [] for index in self._streams}
        self._last: dict[int, int] = {}
        self._begun: set[int] = set()

    def write(self, packet: AnyPacket) -> None:
        """Write a packet, once its time of decoding is known: Matroska states it late."""
        index = packet.stream.index
        time = self._source.time_of(packet)
        picture = packet.stream.type == "video"
        if time is None or (time < self._begin and self._begin > 0):
            return  # a picture that refers to one before the beginning, or its sound
        if picture and index not in self._begun and not packet.is_keyframe:
            return
        self._begun.add(index)
        if packet.dts is None:
            self._waiting[index].append(packet)
            return
        self._release(index, packet.dts)
        self._mux(packet, time)

    def finish(self) -> None:
        """Write what still waits."""
        for index, waiting in self._waiting.items():
            if waiting:
                self._release(
                    index, min(packet.pts for packet in waiting if packet.pts is not None)
                )

    def _release(self, index: int, next_dts: int) -> None:
        waiting = self._waiting[index]
        for place, packet in enumerate(waiting):
            packet.dts = next_dts - (len(waiting) - place) * max(packet.duration or 1, 1)
            self._mux(packet, self._source.time_of(packet) or Fraction(0))
        waiting.clear()

    def _mux(self, packet: AnyPacket, time: Fraction) -> None:
        index, kind = packet.stream.index, packet.stream.type
        if not packet.is_discard and kind not in self.first_times:
            self.first_times[kind] = time
        seconds = (packet.duration or 0) * (packet.time_base or 0)
        self.latest = max(self.latest, time + seconds)
        shift = round((self._source.origin + self._begin) / packet.time_base)
        dts = (packet.dts or 0) - shift
        packet.dts = max(dts, self._last.get(index, dts - 1) + 1)
        if packet.pts is not None:
            packet.pts = max(packet.pts - shift, packet.dts)
        self._last[index] = packet.dts
        packet.stream = self._streams[index]
        self._out.mux_one(packet)
