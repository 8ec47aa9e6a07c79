"""Probe a recording with PyAV: its container, length, picture and sound."""

from __future__ import annotations

from pathlib import Path
from typing import IO, Any

from lib.errors import UnreadableRecordingError
from lib.model import Recording

_CONTAINER_NAMES = {
    "mov,mp4,m4a,3gp,3g2,mj2": "mp4/mov",
    "avi": "avi",
    "matroska,webm": "mkv/webm",
    "mpegts": "mpeg-ts",
    "wav": "wav",
    "flac": "flac",
    "mp3": "mp3",
    "ogg": "ogg",
}
# A playlist named like a recording must not make the reader open other files or addresses.
_READER_WHITELIST = {"format_whitelist": ",".join(_CONTAINER_NAMES), "protocol_whitelist": "file"}


def probe(source: Path | IO[bytes], *, name: str, size: int) -> Recording:
    """The container, length and codecs of a recording, which is not decoded.

    The length comes from the container; where it states none (a browser's own WebM), from the
    last packet.

    Raises:
        UnreadableRecordingError: no container or no track could be read.
    """
    import av  # noqa: PLC0415  80 ms that only a recording needs

    if not isinstance(source, Path):
        source.seek(0)
    try:
        with av.open(
            str(source) if isinstance(source, Path) else source, "r", options=_READER_WHITELIST
        ) as container:
            video, audio = container.streams.video, container.streams.audio
            if not video and not audio:
                raise UnreadableRecordingError
            duration = container.duration / av.time_base if container.duration else None
            return Recording(
                name=name,
                size=size,
                container=_CONTAINER_NAMES.get(container.format.name, container.format.name),
                duration=duration or _length_from_packets(container),
                video_codec=_codec_name(video[0]) if video else None,
                audio_codec=_codec_name(audio[0]) if audio else None,
            )
    except (av.error.FFmpegError, ValueError, EOFError) as error:
        raise UnreadableRecordingError from error


def _codec_name(stream: Any) -> str:  # noqa: ANN401  a video or an audio stream
    # There is no context for a codec that FFmpeg cannot decode.
    context = stream.codec_context
    return context.codec.canonical_name if context else "unknown"


def _length_from_packets(container: Any) -> float | None:  # noqa: ANN401  PyAV's union of containers
    ends = [
        float((packet.pts + (packet.duration or 0)) * packet.time_base)
        for packet in container.demux()
        if packet.pts is not None and packet.time_base is not None
    ]
    return max(ends, default=None)
