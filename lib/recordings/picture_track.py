"""The picture of a recording, made smaller: upright, 8 bit, at an even rate.

Readers that count pictures and readers that read times come to the same: each picture is written
at the tick nearest to its time, and repeated until the next one. At 12 a second that is 42 ms.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction

import av
from av.container import OutputContainer
from av.filter import Graph
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from lib.recordings.encoding_ladder import Encoding, fit_picture
from lib.recordings.source import AnyPacket

_LEAST_RATE = 12  # a slower one would put pictures more than 50 ms off
_KEYFRAME_SECONDS = 4
_TURNS = {90: ("transpose=cclock",), 180: ("hflip", "vflip"), 270: ("transpose=clock",)}
_UPRIGHT = (0, 180)
_UNSPECIFIED = 2  # matrix of colours
_MOST_LINES_OF_SD = 576
_HDR = (16, 18)  # transfers: PQ and HLG

# What is made of each picture before it is written, and the time at which that is [s].
Edit = Callable[[VideoFrame, Fraction], VideoFrame]


class PictureTrack:
    """Pictures go in at any time [s since the stretch's beginning], packets come out."""

    def __init__(self, source: VideoStream, encoding: Encoding, out: OutputContainer) -> None:
        self.written = 0  # pictures
        self._source, self._encoding = source, encoding
        self._rate = _choose_rate(source.average_rate, encoding.frame_rate)
        self._out = out
        self._stream: VideoStream | None = None
        self._last: VideoFrame | None = None
        self._converted: VideoFrame | None = None
        self._edit: Edit | None = None  # of the last one
        self._graph: tuple[object, Graph] | None = None

    def add(
        self, frame: VideoFrame, time: Fraction, edit: Edit | None = None
    ) -> Iterator[AnyPacket]:
        """Write the picture before this one up to the time at which this one is shown."""
        yield from self._repeat(time)
        self.open_for(frame)
        self._last, self._converted, self._edit = frame, None, edit

    @property
    def is_open(self) -> bool:
        """Whether the track is in the file: not before its first picture."""
        return self._stream is not None

    def open_for(self, frame: VideoFrame) -> tuple[int, int]:
        """Add the track to the file, unless it is there, for pictures turned as this one is.

        Returns width and height of what is written.
        """
        if self._stream is None:
            self._stream = self._open(frame.rotation % 360)
        return self._stream.width, self._stream.height

    def finish(self, end: Fraction | None) -> Iterator[AnyPacket]:
        """Write the last picture, up to `end` if that is known."""
        yield from self._repeat(end if end is not None else self._time(self.written + 1))
        if self._stream is not None:
            yield from self._stream.encode(None)

    def _open(self, rotation: int) -> VideoStream:
        """Add the track to the file; its size is that of the source as it is shown."""
        width, height = shown_size(self._source, rotation)
        rate = self._encoding.picture_bit_rate
        stream = self._out.add_stream(
            "libx264",
            rate=self._rate,
            options={
                "preset": "veryfast",
                "maxrate": str(rate * 5 // 4),
                "bufsize": str(rate * 4),
                "g": str(round(self._rate * _KEYFRAME_SECONDS)),
            },
        )
        stream.width, stream.height = fit_picture(self._encoding, width, height)
        stream.pix_fmt = "yuv420p"
        stream.bit_rate = rate
        stream.codec_context.thread_count = 2
        return stream

    def _repeat(self, until: Fraction) -> Iterator[AnyPacket]:
        if self._last is None or self._stream is None:
            return
        while self._time(self.written) + 1 / (2 * self._rate) < until:
            if self._converted is None:  # one that is never written is not converted
                self._converted = self._convert(self._last, self._stream)
            picture = self._converted
            if self._edit:
                picture = self._edit(picture, self._time(self.written))
            picture.pts, picture.time_base = self.written, 1 / self._rate
            self.written += 1
            yield from self._stream.encode(picture)

    def _time(self, tick: int) -> Fraction:
        return tick / self._rate

    def _convert(self, frame: VideoFrame, stream: VideoStream) -> VideoFrame:
        """The picture in the size and colours that are sent; a source may change both midway."""
        key = (frame.width, frame.height, frame.format.name, frame.rotation, frame.color_trc)
        if self._graph is None or self._graph[0] != key:
            self._graph = (key, upright_graph(frame, stream.width, stream.height))
        graph = self._graph[1]
        frame.pts, frame.time_base = 0, Fraction(1, 1000)
        graph.vpush(frame)
        converted = graph.vpull()
        converted.pict_type = av.video.frame.PictureType.NONE  # the encoder decides
        return converted


def shown_size(source: VideoStream, rotation: int) -> tuple[float, float]:
    """Width and height of a picture as it is shown, turned by so many degrees."""
    shape = source.sample_aspect_ratio or Fraction(1)
    width, height = float(source.width * shape), float(source.height)
    return (width, height) if rotation % 360 in _UPRIGHT else (height, width)


def upright_graph(frame: VideoFrame, width: int, height: int, *, form: str = "yuv420p") -> Graph:
    """Filters that give an upright picture of this size, in 8 bits, from pictures like this one."""
    if frame.rotation % 360 not in _UPRIGHT:
        width, height = height, width
    colours = ":out_color_matrix=bt709:out_range=limited"
    if frame.colorspace == _UNSPECIFIED and min(frame.width, frame.height) > _MOST_LINES_OF_SD:
        colours += ":in_color_matrix=bt709"  # as players take it, where nothing says so
    if frame.color_trc in _HDR:
        colours += ":out_primaries=bt709:out_transfer=bt709"
    graph = Graph()
    graph.threads = 1
    nodes = [
        graph.add_buffer(
            width=frame.width,
            height=frame.height,
            format=frame.format,
            time_base=Fraction(1, 1000),
        ),
        graph.add("scale", f"{width}:{height}{colours}"),
        *(graph.add(*turn.split("=", 1)) for turn in _TURNS.get(frame.rotation % 360, ())),
        graph.add("setsar", "1"),
        graph.add("format", form),
        graph.add("buffersink"),
    ]
    graph.link_nodes(*nodes).configure()
    return graph


def _choose_rate(source: Fraction | None, most: float) -> Fraction:
    """The source's rate, if it is neither more than wanted nor too slow to be exact."""
    wanted = Fraction(most).limit_denominator(1001)
    if source and source < wanted:
        return max(source.limit_denominator(1001), Fraction(_LEAST_RATE))
    return wanted
