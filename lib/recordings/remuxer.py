"""Take the tracks of a recording over as they are: whole into another container, or a stretch.

A stretch of a picture begins at the keyframe before it, where it can be decoded.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import av
from av.container import OutputContainer

from lib.errors import EmptyStretchError
from lib.recordings.damage import Damage
from lib.recordings.keyframes import read_from_keyframe
from lib.recordings.source import (
    AnyPacket,
    AnyStream,
    FirstTimes,
    Progress,
    Source,
    open_source,
)
from lib.recordings.source_cache import SourceCache
from lib.recordings.step import Step

_FORMATS = {"mkv": "matroska"}  # what FFmpeg calls them
_LONG_AGO, _NEVER = -1 << 62, 1 << 62  # ticks
_REPORTED = 1024  # packets from one report of the progress to the next: some seconds of a recording


def open_target(target: Path, container: str) -> OutputContainer:
    """A file that is written; mp4 with its index in front, where a browser wants it."""
    options = {"movflags": "faststart"} if container == "mp4" else {}
    return av.open(
        str(target), "w", format=_FORMATS.get(container, container), container_options=options
    )


def copy_stretch(
    path: Path,
    target: Path,
    step: Step,
    *,
    progress: Progress,
    damage: Damage,
    sources: SourceCache | None = None,
) -> FirstTimes:
    """Copy a stretch into a file, and return when the first packet of each track is shown.

    Raises:
        EmptyStretchError: there is not a packet in it.
    """
    start = Fraction(step.start)
    with sources.open(path, step) if sources else open_source(path, step) as source:
        stated = source.stated_end(step)
        begin, packets = read_from_keyframe(source, start, damage)
        with open_target(target, step.container) as out:
            writer = CopiedTracks(source, source.streams, out, begin, step.end)
            for number, packet in enumerate(packets):
                if not writer.take(packet):
                    break
                if number % _REPORTED == 0 and stated > begin:
                    progress(float((writer.latest - begin) / (stated - begin)))
            writer.finish()
        damage.add_missing_end(float(max(start, writer.latest)), float(stated))
        if not writer.first_times or writer.latest <= start:
            raise EmptyStretchError
        return writer.first_times


class _Track:
    """A track as it is written; all its times are ticks of its clock."""

    __slots__ = (
        *("stream", "target", "begin", "end", "shift", "waiting"),
        *("begun", "shown", "over", "last", "latest"),
    )

    def __init__(
        self, stream: AnyStream, out: OutputContainer, begin: int, end: int, shift: int
    ) -> None:
        self.stream = stream
        self.target = out.add_stream_from_template(stream, opaque=True)
        self.begin, self.end, self.shift = begin, end, shift
        self.waiting: list[AnyPacket] = []  # until their time of decoding is known
        self.begun = stream.type != "video"  # a picture begins with a keyframe
        self.shown = self.over = False
        self.last = _LONG_AGO  # time of decoding
        self.latest = _LONG_AGO  # end of what was written


class CopiedTracks:
    """Writes packets of tracks as they are, so that `begin` becomes time 0, up to `end`."""

    def __init__(
        self,
        source: Source,
        streams: Sequence[AnyStream],
        out: OutputContainer,
        begin: Fraction,
        end: float | None,
    ) -> None:
        self.first_times: FirstTimes = {}
        self._source, self._out = source, out
        self._is_timed_by_order = source.is_timed_by_order
        self._tracks = {
            stream.index: _Track(
                stream,
                out,
                source.ticks_at(begin, stream) if begin > 0 else _LONG_AGO,
                _NEVER if end is None else source.ticks_at(Fraction(end), stream),
                source.shift_to(begin, stream),
            )
            for stream in streams
        }

    @property
    def latest(self) -> Fraction:
        """When what was written ends, in seconds of the recording."""
        ends = (
            self._source.time_at(track.latest, track.stream)
            for track in self._tracks.values()
            if track.latest != _LONG_AGO
        )
        return max(ends, default=Fraction(0))

    def take(self, packet: AnyPacket) -> bool:
        """Write a packet, once its time of decoding is known: Matroska states it late.

        One that is decoded before the end may be shown after it: others may refer to it. False
        once all tracks have come to the end.

        An hour has some 300,000 packets: most go straight to `_mux`.
        """
        track = self._tracks[packet.stream_index]
        pts, dts = packet.pts, packet.dts
        ticks = dts if pts is None or self._is_timed_by_order else pts  # as Source.ticks_of
        if ticks is None or track.over:
            return True
        if (ticks if dts is None else dts) >= track.end:
            track.over = True
            return not all(one.over for one in self._tracks.values())
        if ticks < track.begin:
            return True
        if not track.begun:  # none refers to a picture before the stretch
            track.begun = packet.is_keyframe
            if not track.begun:
                return True
        if dts is None:
            track.waiting.append(packet)
            return True
        if track.waiting:
            self._release(track, dts)
        self._mux(track, packet, ticks, pts, dts)
        return True

    def finish(self) -> None:
        """Write what still waits."""
        for track in self._tracks.values():
            if track.waiting:
                self._release(
                    track, min(packet.pts for packet in track.waiting if packet.pts is not None)
                )

    def _release(self, track: _Track, next_dts: int) -> None:
        for place, packet in enumerate(track.waiting):
            ticks = self._source.ticks_of(packet) or 0
            early = (len(track.waiting) - place) * max(packet.duration or 1, 1)
            self._mux(track, packet, ticks, packet.pts, next_dts - early)
        track.waiting.clear()

    def _mux(self, track: _Track, packet: AnyPacket, ticks: int, pts: int | None, dts: int) -> None:
        if not track.shown and not packet.is_discard:
            track.shown = True
            time = self._source.time_at(ticks, track.stream)
            self.first_times.setdefault(track.stream.type, time)
        end = ticks + (packet.duration or 0)
        if end > track.latest:  # noqa: PLR1730  no call for each packet
            track.latest = end
        shift = track.shift
        dts -= shift
        if dts <= track.last:
            dts = track.last + 1
        track.last = packet.dts = dts
        if pts is not None:
            pts -= shift
            packet.pts = pts if pts > dts else dts  # noqa: FURB136  the same
        packet.stream = track.target
        self._out.mux_one(packet)
