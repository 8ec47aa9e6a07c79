"""What is in a recording's container, read with PyAV, which bundles FFmpeg.

`probe` runs this in a process of its own (`python -m lib.recordings.container_probe FILE`): what
a file makes FFmpeg do is bounded there, and gives its memory back when it ends.
"""

from __future__ import annotations

import errno
import json
import re
import sys
from pathlib import Path
from typing import Any, Literal, TypedDict

import av
from av.container import InputContainer
from av.stream import Disposition

from lib.api_limits import MIN_SECONDS
from lib.model import MIB
from lib.recordings.bounded_process import limit_resources

MAX_PACKETS = 1_000_000  # read for a length that no header states; two hours of a call have 0.8
MAX_MEMORY_BYTES = 110 * MIB  # of this process, beyond what it begins with
MAX_CPU_SECONDS = 8
_MOST_UNSTATED = 1.0  # seconds that a recording may be longer than its header states
_CONTAINER_NAMES = {
    "mov,mp4,m4a,3gp,3g2,mj2": "mp4",
    "avi": "avi",
    "matroska,webm": "mkv",
    "mpegts": "mpeg-ts",
    "mpeg": "mpeg-ps",
    "wav": "wav",
    "flac": "flac",
    "mp3": "mp3",
    "ogg": "ogg",
    "asf": "wmv",
    "flv": "flv",
    "aac": "aac",
    "amr": "amr",
    "aiff": "aiff",
    "caf": "caf",
    "mxf": "mxf",
}
# A playlist named like a recording must not make the reader open other files or addresses.
READER_WHITELIST = {"format_whitelist": ",".join(_CONTAINER_NAMES), "protocol_whitelist": "file"}
_HEAD_BYTES = 4096  # in which a container says what it is
_MARKS = {  # what a recording begins with, by the place of its mark
    0: (b"\x1aE\xdf\xa3", b"RIFF", b"OggS", b"fLaC", b"ID3", b"FLV", b"FORM", b"#!AMR", b"caff"),
    4: (b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip"),
}
_WEBM = re.compile(rb"\x42\x82.{1,8}?webm", re.DOTALL)  # EBML's DocType: id, length, word
_QUICKTIME_BRANDS = ("qt", None)  # files from before brands were written are QuickTime
Failure = Literal["empty", "cut", "foreign", "limit"]


class _Measures(TypedDict):
    width: int | None
    height: int | None
    frame_rate: float | None
    pixel_format: str | None
    sound_bit_rate: int | None
    sound_tracks: int


class ContainerFacts(_Measures):
    """The container, length [s] and tracks; None for what it does not have or state.

    Sizes are in pixels, rates in pictures and bits a second, both of the first track. `cut` says
    that its index names bytes beyond the end of the file.
    """

    container: str
    duration: float | None
    states_length: bool
    video_codec: str | None
    audio_codec: str | None
    cut: bool


class TooManyPacketsError(Exception):
    """There are more than MAX_PACKETS."""


def read_container(path: Path) -> ContainerFacts | Failure:
    """The facts of a recording, which is not decoded, or why there are none.

    The length comes from the container; where it states none (a browser's own WebM), or one that
    is too short to be sent and not true, from the last packet. An attached picture, such as the
    cover of an album, is no picture of a recording.
    """
    head = _read_head(path)
    if not head:
        return "empty"
    try:
        with av.open(str(path), "r", options=READER_WHITELIST) as container:
            return _facts(container, head, path.stat().st_size)
    except (TooManyPacketsError, MemoryError):
        return "limit"
    except (av.error.FFmpegError, ValueError, EOFError) as error:
        if getattr(error, "errno", None) == errno.ENOMEM:
            return "limit"
        return "cut" if _begins_as_recording(head) else "foreign"


def _facts(container: Any, head: bytes, size: int) -> ContainerFacts | Failure:  # noqa: ANN401  PyAV's
    pictures = [
        stream
        for stream in container.streams.video
        if not stream.disposition & Disposition.attached_pic
    ]
    sounds = container.streams.audio
    if not pictures and not sounds:
        return "foreign"
    stated = stated_length(container)
    read = _length_from_packets(container) if stated is None or stated < MIN_SECONDS else None
    states_length = stated is not None and (read or 0.0) < stated + _MOST_UNSTATED
    name = _CONTAINER_NAMES.get(container.format.name, container.format.name)
    return ContainerFacts(
        container=_kind_of(name, container, head),
        duration=stated if states_length else read,
        states_length=states_length,
        video_codec=_codec_name(pictures[0]) if pictures else None,
        audio_codec=_codec_name(sounds[0]) if sounds else None,
        **_measures(pictures, sounds),
        cut=_last_byte([*pictures, *sounds]) > size,
    )


def stated_length(container: InputContainer) -> float | None:
    """The length that a header states [s]; that of Matroska counts from its clock's 0."""
    if not container.duration:
        return None
    early = max(container.start_time or 0, 0) if "matroska" in container.format.name else 0
    return max(container.duration - early, 0) / av.time_base or None


def _kind_of(name: str, container: Any, head: bytes) -> str:  # noqa: ANN401  PyAV's
    """One reader of FFmpeg serves MP4 and QuickTime, another Matroska and WebM."""
    if name == "mp4":
        brand = container.metadata.get("major_brand")
        if (brand and brand.strip()) in _QUICKTIME_BRANDS:
            return "mov"
        return "3gp" if brand.lower().startswith("3g") else "mp4"
    if name == "mkv":
        return "webm" if _WEBM.search(head) else "mkv"
    return name


def _codec_name(stream: Any) -> str:  # noqa: ANN401  a video or an audio stream
    # There is no context for a codec that FFmpeg cannot decode.
    context = stream.codec_context
    return context.codec.canonical_name if context else "unknown"


def _measures(pictures: list[Any], sounds: list[Any]) -> _Measures:
    picture = pictures[0] if pictures and pictures[0].codec_context else None
    sound = sounds[0] if sounds and sounds[0].codec_context else None
    return _Measures(
        width=(picture.width or None) if picture else None,
        height=(picture.height or None) if picture else None,
        frame_rate=float(picture.average_rate) if picture and picture.average_rate else None,
        pixel_format=picture.codec_context.pix_fmt if picture else None,
        sound_bit_rate=(sound.bit_rate or None) if sound else None,
        sound_tracks=len(sounds),
    )


def _length_from_packets(container: Any) -> float | None:  # noqa: ANN401  PyAV's
    last: float | None = None
    for count, packet in enumerate(container.demux()):
        if count >= MAX_PACKETS:
            raise TooManyPacketsError
        if packet.pts is not None and packet.time_base is not None:
            end = float((packet.pts + (packet.duration or 0)) * packet.time_base)
            last = end if last is None else max(last, end)
    return None if last is None else last - max(container.start_time or 0, 0) / av.time_base


def _last_byte(streams: list[Any]) -> int:
    """Where the last sample of the index ends; 0 without an index."""
    indexes = [stream.index_entries for stream in streams if len(stream.index_entries)]
    last = (index[len(index) - 1] for index in indexes)
    return max((entry.pos + entry.size for entry in last), default=0)


def _read_head(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(_HEAD_BYTES)


def _begins_as_recording(head: bytes) -> bool:
    return any(head.startswith(marks, place) for place, marks in _MARKS.items())


def _limit_resources() -> None:
    limit_resources(memory_bytes=MAX_MEMORY_BYTES, cpu_seconds=MAX_CPU_SECONDS)


if __name__ == "__main__":
    _limit_resources()
    json.dump(read_container(Path(sys.argv[1])), sys.stdout)
