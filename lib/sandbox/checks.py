"""Check an uploaded file as the API does before it analyses: read with PyAV."""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

from lib.sandbox import containers
from lib.sandbox.errors import Refused

if TYPE_CHECKING:
    from av.container import InputContainer

BLOCK_BYTES = 1 << 20  # bytes read at a time
MAX_PACKETS = 1_000_000  # read for a length that no header states


@dataclass(frozen=True, slots=True)
class Limits:
    """How large (bytes) and how long (seconds) a file may be."""

    max_bytes: int = 33_554_432
    min_seconds: float = 3.0
    max_seconds: float = 1800.0


@dataclass(frozen=True, slots=True)
class Media:
    """What is in an uploaded file: `seconds` is its length, `digest` its SHA-256 in hex."""

    digest: str
    container: str
    seconds: float
    video: bool
    audio: bool


def check_media(file: BinaryIO, *, model: str, limits: Limits) -> Media:
    """What is in `file`, checked for `model` ("inter-1" for V1).

    Raises:
        Refused: ih4002 for a container the model does not take, ih5002 unreadable, ih4007 too
            short, ih4004 too long, ih5001 without picture, ih5008 without sound.
    """
    file.seek(0)
    container = containers.detect_container(file.read(containers.HEAD_BYTES))
    accepted = (
        containers.AUDIO_CONTAINERS if model == "inter-2-audio" else containers.VIDEO_CONTAINERS
    )
    if container is None or container not in accepted:
        raise Refused("ih4002")
    media = _read_media(file, container)
    if media.seconds < limits.min_seconds:
        raise Refused("ih4007")
    if media.seconds > limits.max_seconds:
        raise Refused("ih4004")
    if not media.video and model != "inter-2-audio":
        raise Refused("ih5001")
    if not media.audio and model != "inter-1":
        raise Refused("ih5008")
    return media


def _read_media(file: BinaryIO, container: str) -> Media:
    import av  # noqa: PLC0415  heavy, and a sandbox must start at once

    file.seek(0)
    digest = _sha256_of(file)
    file.seek(0)
    demuxer = containers.DEMUXERS[container]  # named, so no playlist can lead the reader elsewhere
    try:
        with av.open(file, "r", format=demuxer, buffer_size=BLOCK_BYTES) as source:
            cover = av.stream.Disposition.attached_pic
            pictures = [stream for stream in source.streams.video if not stream.disposition & cover]
            return Media(
                digest=digest,
                container=container,
                seconds=_duration_seconds(source),
                video=bool(pictures),
                audio=bool(source.streams.audio),
            )
    except av.FFmpegError as error:
        raise Refused("ih5002") from error


def _sha256_of(file: BinaryIO) -> str:
    sha256 = hashlib.sha256()
    while block := file.read(BLOCK_BYTES):
        sha256.update(block)
    return sha256.hexdigest()


def _duration_seconds(source: InputContainer) -> float:
    if source.duration:
        return source.duration / 1_000_000
    first, last = math.inf, -math.inf  # a browser's recorder writes no length; packets give it
    for count, packet in enumerate(source.demux()):
        if count >= MAX_PACKETS:
            raise Refused("ih5002")
        if packet.pts is not None and packet.time_base is not None:
            start = float(packet.pts * packet.time_base)
            first = min(first, start)
            last = max(last, start + float((packet.duration or 0) * packet.time_base))
    if last < first:
        raise Refused("ih5002")
    return last - first
