"""What `measurement` runs in a process of its own: one pass over sound and keyframes."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any, cast

import av
from av.audio.frame import AudioFrame
from av.filter import Graph
from av.frame import Frame
from av.video.frame import VideoFrame

from lib.recordings.bounded_process import (
    Reporter,
    serve_job,
)
from lib.recordings.damage import Damage
from lib.recordings.detectors import QUIET, Stretches, pair_edges, pull_frames, read_edges
from lib.recordings.source import AnyPacket, Progress, open_source, read_packets
from lib.recordings.step import Step

_BLACK = "black_min_duration=1"
_STILL = "noise=-60dB:duration=5"
_MEASURES = "metadata=1:reset=1:measure_perchannel=none:measure_overall=Peak_level+Flat_factor"
_FULL_SCALE = -0.05  # dB
_UNHEARD = -69.0  # LUFS: the meter's floor
_APART = Fraction(1, 2)  # seconds between two pictures that are looked at
_SIZE = "160:90"


def measure(path: Path, progress: Progress) -> dict[str, Any]:
    """The facts of `model.RecordingMeasurement`."""
    damage = Damage()
    with open_source(path, Step("encode", "")) as source:
        picture, sounds = source.picture, source.sounds
        if picture:
            picture.codec_context.skip_frame = "NONKEY"
        meter, viewer = _SoundMeter(), _PictureViewer()
        for packet in read_packets(source, damage):
            for frame in _decode(packet, damage):
                if frame.pts is None or frame.time_base is None:
                    continue
                time = frame.pts * frame.time_base - source.origin
                if isinstance(frame, AudioFrame):
                    meter.add(frame, time)
                elif isinstance(frame, VideoFrame):
                    viewer.add(frame, time)
            time = source.time_of(packet) or Fraction(0)
            viewer.see_packet(packet, time)
            if source.length:
                progress(float(time / source.length))
        meter.finish()
        viewer.finish()
        end = max(meter.end, viewer.end)
    return {
        "seconds": float(end),
        "has_sound": bool(sounds),
        "has_picture": picture is not None,
        "quiet": pair_edges(meter.quiet, meter.end),
        "clipped": meter.clipped,
        "black": pair_edges(viewer.black, viewer.end),
        "still": pair_edges(viewer.still, viewer.end),
        "loudness": meter.loudness,
        "picture_seconds": float(viewer.widest),
        "complete": not damage.stretches(),
    }


class _SoundMeter:
    """Loudness, silence and clipping of a sound as it is decoded."""

    def __init__(self) -> None:
        self.quiet: list[float] = []  # beginnings and ends in turn
        self.clipped: Stretches = []
        self.loudness: float | None = None
        self.end = Fraction(0)
        self._graph: Graph | None = None
        self._shape: tuple[object, ...] = ()

    def add(self, frame: AudioFrame, time: Fraction) -> None:
        shape = (frame.sample_rate, frame.layout.name, frame.format.name)
        if self._graph is None or shape != self._shape:
            self.finish()
            self._shape, self._graph = shape, _sound_graph(frame)
        self.end = max(self.end, time + Fraction(frame.samples, frame.sample_rate))
        frame.time_base = Fraction(1, frame.sample_rate)
        frame.pts = round(time * frame.sample_rate)
        self._graph.push(frame)
        self._read()

    def finish(self) -> None:
        """Measure the rest."""
        if self._graph is not None:
            self._graph.push(None)
            self._read()
            self._graph = None
        if len(self.quiet) % 2:  # it is quiet to the end
            self.quiet.append(float(self.end))

    def _read(self) -> None:
        for frame in pull_frames(self._graph):
            facts = frame.metadata
            self.quiet += read_edges(facts, "lavfi.silence_start", "lavfi.silence_end")
            loudness = float(facts.get("lavfi.r128.I", "nan"))
            if loudness > _UNHEARD:
                self.loudness = loudness
            peak = float(facts.get("lavfi.astats.Overall.Peak_level", "-inf"))
            flat = float(facts.get("lavfi.astats.Overall.Flat_factor", "0"))
            if peak > 0 or (peak > _FULL_SCALE and flat > 0):
                self._add_clipped(frame)

    def _add_clipped(self, frame: AudioFrame) -> None:
        start = float((frame.pts or 0) * (frame.time_base or 0))
        end = start + frame.samples / frame.sample_rate
        if self.clipped and start - self.clipped[-1][1] < float(_APART):
            start = self.clipped.pop()[0]
        self.clipped.append((start, end))


class _PictureViewer:
    """Black and still pictures, of the keyframes."""

    def __init__(self) -> None:
        self.black: list[float] = []  # beginnings and ends in turn
        self.still: list[float] = []
        self.end = Fraction(0)
        self.widest = Fraction(0)  # between two pictures that were looked at
        self._last: Fraction | None = None
        self._graphs: dict[tuple[object, ...], Graph] = {}
        self._detector = _detector_graph()

    def see_packet(self, packet: AnyPacket, time: Fraction) -> None:
        """Note how far the picture goes: its last keyframe may be long before its end."""
        if packet.stream.type == "video":
            seconds = (packet.duration or 0) * (packet.time_base or 0)
            self.end = max(self.end, time + seconds)

    def add(self, frame: VideoFrame, time: Fraction) -> None:
        if self._last is not None and time - self._last < _APART:
            return
        self.widest = max(self.widest, time - (self._last or Fraction(0)))
        self._last = time
        small = self._scale(frame)
        small.pts, small.time_base = round(time * 1000), Fraction(1, 1000)
        self._detector.push(small)
        for seen in pull_frames(self._detector):
            facts = seen.metadata
            self.black += read_edges(facts, "lavfi.black_start", "lavfi.black_end")
            name = "lavfi.freezedetect.freeze"
            self.still += read_edges(facts, f"{name}_start", f"{name}_end")

    def finish(self) -> None:
        """Note for how long nothing was looked at before the end."""
        if self._last is not None:
            self.widest = max(self.widest, self.end - self._last)

    def _scale(self, frame: VideoFrame) -> VideoFrame:
        shape = (frame.width, frame.height, frame.format.name)
        if shape not in self._graphs:
            graph = Graph()
            graph.threads = 1
            graph.link_nodes(
                graph.add_buffer(
                    width=frame.width,
                    height=frame.height,
                    format=frame.format,
                    time_base=Fraction(1, 1000),
                ),
                graph.add("scale", f"{_SIZE}:out_range=limited"),
                graph.add("format", "yuv420p"),
                graph.add("buffersink"),
            ).configure()
            self._graphs = {shape: graph}
        frame.pts, frame.time_base = 0, Fraction(1, 1000)
        self._graphs[shape].vpush(frame)
        return self._graphs[shape].vpull()


def _sound_graph(frame: AudioFrame) -> Graph:
    graph = Graph()
    graph.threads = 1
    graph.link_nodes(
        graph.add_abuffer(
            sample_rate=frame.sample_rate,
            layout=frame.layout.name,
            format=frame.format.name,
            time_base=Fraction(1, frame.sample_rate),
        ),
        graph.add("aformat", "sample_rates=48000:sample_fmts=dbl"),
        graph.add("ebur128", "metadata=1"),  # gives blocks of 100 ms
        graph.add("silencedetect", QUIET),
        graph.add("astats", _MEASURES),
        graph.add("abuffersink"),
    ).configure()
    return graph


def _detector_graph() -> Graph:
    width, height = map(int, _SIZE.split(":"))
    graph = Graph()
    graph.threads = 1
    graph.link_nodes(
        graph.add_buffer(
            width=width,
            height=height,
            format=av.VideoFormat("yuv420p"),
            time_base=Fraction(1, 1000),
        ),
        graph.add("blackdetect", _BLACK),
        graph.add("freezedetect", _STILL),
        graph.add("buffersink"),
    ).configure()
    return graph


def _decode(packet: AnyPacket, damage: Damage) -> list[Frame]:
    try:
        return cast("list[Frame]", packet.decode())
    except av.error.FFmpegError:
        damage.add(0.0, 0.0)
        return []


if __name__ == "__main__":
    serve_job(lambda job: measure(Path(job["source"]), Reporter().report))
