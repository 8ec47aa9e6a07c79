"""The sound of a recording, made smaller: one track or a mix of several, in step with time.

Gaps become silence, and what overlaps is cut, so that each sample stands at its time to 30 ms. A
mix adds the tracks up, held below full scale.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

import av
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.container import OutputContainer
from av.filter import Graph
from av.filter.context import FilterContext

from lib.recordings.source import AnyPacket

_TOLERANCE = 0.03  # seconds
_LOW_RATE = 32_000  # bit/s, at and below which half the sample rate sounds better
_MONO_RATE = 48_000  # bit/s, at and below which there is one channel
_LAG = 5  # seconds by which a track of a mix may be behind
_Shape = tuple[int, str, str]  # sample rate, layout, format


class SoundTrack:
    """Sound goes in at any time [s since the stretch's beginning], packets come out."""

    def __init__(
        self,
        sources: Sequence[AudioStream],
        out: OutputContainer,
        *,
        codec: str,
        bit_rate: int,
        end: Fraction | None,
    ) -> None:
        self._rate = 24_000 if codec == "aac" and bit_rate <= _LOW_RATE else 48_000
        channels = max(source.channels for source in sources)
        self._layout = "mono" if bit_rate <= _MONO_RATE or channels == 1 else "stereo"
        stream = out.add_stream(codec, rate=self._rate)
        assert isinstance(stream, AudioStream)  # noqa: S101  both codecs are of sound
        self._stream = stream
        self._stream.layout = self._layout
        self._stream.bit_rate = bit_rate
        self._end = end
        self._shapes: list[_Shape] = [
            (source.rate, source.layout.name, source.format.name) for source in sources
        ]
        self._front = [Fraction(0) for _ in sources]
        self._samples = 0  # that came out
        self._inputs: list[FilterContext] = []
        self._sink: FilterContext | None = None
        self._graph: Graph | None = None  # the filters do not hold it, and are gone with it

    def add(self, number: int, frame: AudioFrame, time: Fraction) -> Iterator[AnyPacket]:
        """Write sound of a track, which is counted from 0."""
        shape = (frame.sample_rate, frame.layout.name, frame.format.name)
        if shape != self._shapes[number] or self._sink is None:
            yield from self._drain(end=True)  # a source may change its shape midway
            self._shapes[number] = shape
            self._make_graph()
        frame.pts, frame.time_base = round(time * shape[0]), Fraction(1, shape[0])
        self._inputs[number].push(frame)
        self._front[number] = time + Fraction(frame.samples, shape[0])
        self._urge()
        yield from self._drain()

    def finish(self) -> Iterator[AnyPacket]:
        """Write the rest."""
        if self._sink is None:
            self._make_graph()
            for number in range(len(self._inputs)):
                self._push_silence(number, Fraction(0))
        yield from self._drain(end=True)
        yield from self._stream.encode(None)

    def _urge(self) -> None:
        """Let a mix go on where one of its tracks has had no sound for long."""
        most = max(self._front)
        for number, front in enumerate(self._front):
            if front < most - 2 * _LAG:
                self._push_silence(number, most - _LAG)
                self._front[number] = most - _LAG

    def _push_silence(self, number: int, time: Fraction) -> None:
        rate, layout, form = self._shapes[number]
        frame = AudioFrame(format=form, layout=layout, samples=64)
        for plane in frame.planes:
            plane.update(bytes([128 if form.startswith("u8") else 0]) * plane.buffer_size)
        frame.sample_rate = rate
        frame.pts, frame.time_base = round(time * rate), Fraction(1, rate)
        self._inputs[number].push(frame)

    def _drain(self, *, end: bool = False) -> Iterator[AnyPacket]:
        if self._sink is None:
            return
        if end:
            for one in self._inputs:
                one.push(None)
        while True:
            try:
                frame = self._sink.pull()
            except (av.error.BlockingIOError, av.error.EOFError):
                break
            assert isinstance(frame, AudioFrame)  # noqa: S101  what the sink of sound gives
            frame.pts, frame.time_base = self._samples, Fraction(1, self._rate)
            self._samples += frame.samples
            yield from self._stream.encode(frame)
        if end:
            self._inputs, self._sink = [], None

    def _make_graph(self) -> None:
        """Filters for the shapes as they are now, from where the sound that came out ends."""
        graph = self._graph = Graph()
        graph.threads = 1
        resample = f"{self._rate}:async=1:min_hard_comp={_TOLERANCE}:first_pts={self._samples}"
        form = f"sample_rates={self._rate}:sample_fmts=fltp:channel_layouts={self._layout}"
        self._inputs = [
            graph.add_abuffer(
                sample_rate=rate, layout=layout, format=name, time_base=Fraction(1, rate)
            )
            for rate, layout, name in self._shapes
        ]
        heads = []
        for one in self._inputs:
            resampled, formed = graph.add("aresample", resample), graph.add("aformat", form)
            one.link_to(resampled)
            resampled.link_to(formed)
            heads.append(formed)
        (head, *others) = heads
        if others:
            mixed = graph.add("amix", f"inputs={len(heads)}:normalize=0")
            for place, one in enumerate(heads):
                one.link_to(mixed, 0, place)
            head = graph.add("alimiter", "limit=0.95:level=0:latency=1")
            mixed.link_to(head)
        if self._end is not None:
            trimmed = graph.add("atrim", f"end_pts={round(self._end * self._rate)}")
            head.link_to(trimmed)
            head = trimmed
        self._sink = graph.add("abuffersink")
        head.link_to(self._sink)
        graph.configure()
