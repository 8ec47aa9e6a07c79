"""What `pauses` runs in a process of its own: it listens to some stretches of a recording."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import reduce
from pathlib import Path
from typing import Any

from av.audio.frame import AudioFrame
from av.filter import Graph

from lib.errors import EmptyStretchError
from lib.recordings.bounded_process import (
    Reporter,
    serve_job,
)
from lib.recordings.damage import Damage
from lib.recordings.decode import Decoder
from lib.recordings.detectors import QUIET, Stretches, pair_edges, pull_frames, read_edges
from lib.recordings.keyframes import read_from_keyframe
from lib.recordings.source import Progress, open_source
from lib.recordings.step import Step


def listen(
    path: Path,
    stretches: Sequence[tuple[float, float]],
    sound_track: int | None,
    progress: Progress,
) -> Stretches:
    """Where all tracks are silent within these stretches, in seconds of the recording."""
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
        meters = {stream.index: _SilenceMeter() for stream in source.sounds}
        _, packets = read_from_keyframe(source, start, damage)
        over: set[int] = set()
        for packet in packets:
            for frame, time in decoder.decode(packet):
                if time >= end:
                    over.add(packet.stream.index)
                elif isinstance(frame, AudioFrame) and time >= start:
                    meters[packet.stream.index].add(frame, time)
                progress(float((time - start) / (end - start)) if start < time < end else 0.0)
            if len(over) == len(meters):
                break
        return reduce(_overlap, [meter.finish() for meter in meters.values()])


def _overlap(first: Stretches, second: Stretches) -> Stretches:
    """Where there are stretches of both."""
    pairs = ((max(a, c), min(b, d)) for a, b in first for c, d in second)
    return [(start, end) for start, end in pairs if start < end]


class _SilenceMeter:
    """Silence of one track as it is decoded."""

    def __init__(self) -> None:
        self._edges: list[float] = []  # beginnings and ends in turn
        self._end = Fraction(0)
        self._graph: Graph | None = None
        self._shape: tuple[object, ...] = ()

    def add(self, frame: AudioFrame, time: Fraction) -> None:
        shape = (frame.sample_rate, frame.layout.name, frame.format.name)
        if self._graph is None or shape != self._shape:
            self.finish()
            self._shape, self._graph = shape, _silence_graph(frame)
        self._end = time + Fraction(frame.samples, frame.sample_rate)
        frame.time_base = Fraction(1, frame.sample_rate)
        frame.pts = round(time * frame.sample_rate)
        self._graph.push(frame)
        self._read()

    def finish(self) -> Stretches:
        """All that was silent."""
        if self._graph is not None:
            self._graph.push(None)
            self._read()
            self._graph = None
        if len(self._edges) % 2:  # it is silent to the end
            self._edges.append(float(self._end))
        return pair_edges(self._edges, self._end)

    def _read(self) -> None:
        for frame in pull_frames(self._graph):
            self._edges += read_edges(frame.metadata, "lavfi.silence_start", "lavfi.silence_end")


def _silence_graph(frame: AudioFrame) -> Graph:
    graph = Graph()
    graph.threads = 1
    graph.link_nodes(
        graph.add_abuffer(
            sample_rate=frame.sample_rate,
            layout=frame.layout.name,
            format=frame.format.name,
            time_base=Fraction(1, frame.sample_rate),
        ),
        graph.add("silencedetect", QUIET),
        graph.add("abuffersink"),
    ).configure()
    return graph


def _carry_out(job: dict[str, Any]) -> dict[str, Any]:
    source, track = Path(job["source"]), job["sound_track"]
    return {"pauses": listen(source, job["stretches"], track, Reporter().report)}


if __name__ == "__main__":
    serve_job(_carry_out)
