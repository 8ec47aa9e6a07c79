"""What is in a recording, and what the API would say to it. Knows PyAV and the model."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from lib.model import Api, Recording

MIB = 1024 * 1024
MAX_BYTES = 32 * MIB  # the API's limit (contract, section 6)
MAX_SECONDS = 30 * 60  # V2's default limit; V1 states none
MIN_SECONDS = 3.0
_CONTAINERS = {
    "mov,mp4,m4a,3gp,3g2,mj2": "mp4/mov",
    "avi": "avi",
    "matroska,webm": "mkv/webm",
    "mpegts": "mpeg-ts",
    "wav": "wav",
    "flac": "flac",
    "mp3": "mp3",
    "ogg": "ogg",
}
# A playlist in a recording's clothes must not make the reader open other files or addresses.
_ONLY_THESE = {"format_whitelist": ",".join(_CONTAINERS), "protocol_whitelist": "file"}
_VIDEO_CONTAINERS = ("mp4/mov", "avi", "mkv/webm", "mpeg-ts")
_AUDIO_CONTAINERS = ("wav", "flac", "mp3", "ogg", "mp4/mov", "mkv/webm")
_SHOWN_BY_BROWSERS = ("h264", "vp8", "vp9", "av1")
_PLAYED_CONTAINERS = ("mp4/mov", "mkv/webm")


@dataclass(frozen=True, slots=True)
class Finding:
    """Something about a recording the analyst should know: what it is, and the remedy."""

    what: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the API would refuse (then nothing is sent), and what is only doubtful."""

    refusals: tuple[Finding, ...] = ()
    warnings: tuple[Finding, ...] = ()


class UnreadableRecordingError(Exception):
    """The file is not a media file, or it is damaged."""


def probe(source: Path | IO[bytes], *, name: str, size: int) -> Recording:
    """Look into a recording without decoding it.

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
            str(source) if isinstance(source, Path) else source, "r", options=_ONLY_THESE
        ) as container:
            video, audio = container.streams.video, container.streams.audio
            if not video and not audio:
                raise UnreadableRecordingError("no picture and no sound")
            duration = container.duration / av.time_base if container.duration else None
            return Recording(
                name=name,
                size=size,
                container=_CONTAINERS.get(container.format.name, container.format.name),
                duration=duration or _length_by_packets(container),
                video_codec=_codec(video[0]) if video else None,
                audio_codec=_codec(audio[0]) if audio else None,
            )
    except (av.error.FFmpegError, ValueError, EOFError) as error:
        raise UnreadableRecordingError("not a media file, or damaged") from error


def _codec(stream: Any) -> str:  # noqa: ANN401  a video or an audio stream
    # There is no context for a codec that FFmpeg cannot decode.
    context = stream.codec_context
    return context.codec.canonical_name if context else "unknown"


def _length_by_packets(container: Any) -> float | None:  # noqa: ANN401  PyAV's union of containers
    ends = [
        float((packet.pts + (packet.duration or 0)) * packet.time_base)
        for packet in container.demux()
        if packet.pts is not None and packet.time_base is not None
    ]
    return max(ends, default=None)


def judge(recording: Recording, *, api: Api, model: str = "") -> Verdict:
    """What the API would refuse of this recording, and what is doubtful about it.

    Source: contract, sections 5.1 and 6 (limits, containers, tracks).
    """
    sound_only = model == "inter-2-audio"
    large = too_large(recording.size)
    refusals = [
        *([large] if large else []),
        *_length(recording, api),
        *_container(recording, sound_only=sound_only),
        *_tracks(recording, api, sound_only=sound_only),
    ]
    warnings = [] if refusals else _doubts(recording, api, sound_only=sound_only)
    return Verdict(tuple(refusals), tuple(warnings))


def too_large(size: int) -> Finding | None:
    """What to say of a file of so many bytes, if the API would not take it."""
    if size <= MAX_BYTES:
        return None
    return Finding(
        f"The recording has {size:,} bytes; the API takes 32 MiB ({MAX_BYTES:,} bytes) at most.",
        "Compress it or cut it into parts.",
    )


def _length(recording: Recording, api: Api) -> list[Finding]:
    if recording.duration is None:
        return []
    if recording.duration < MIN_SECONDS:
        return [
            Finding(
                f"The recording is {recording.duration:.2f} s long; the API needs 3 s at least.",
                "Choose a longer clip.",
            )
        ]
    if api == "v2" and recording.duration > MAX_SECONDS:
        return [
            Finding(
                f"The recording is {recording.duration / 60:.0f} minutes long; "
                "V2 takes 30 minutes at most.",
                "Cut it into parts.",
            )
        ]
    return []


def _container(recording: Recording, *, sound_only: bool) -> list[Finding]:
    known = _AUDIO_CONTAINERS if sound_only else _VIDEO_CONTAINERS
    if recording.container in known:
        return []
    return [
        Finding(
            "The API does not take this kind of file here.",
            "Convert it to mp4 (H.264 and AAC)"
            + (", or choose an audio format such as wav or mp3." if sound_only else "."),
        )
    ]


def _tracks(recording: Recording, api: Api, *, sound_only: bool) -> list[Finding]:
    if sound_only:
        return (
            []
            if recording.audio_codec
            else [Finding("The recording has no sound.", "inter-2-audio needs a sound track.")]
        )
    findings = []
    if not recording.video_codec:
        findings.append(
            Finding("The recording has no picture.", "Choose a video, or V2 with inter-2-audio.")
        )
    if api == "v2" and not recording.audio_codec:
        findings.append(
            Finding("The recording has no sound.", "V2's inter-2 needs sound; V1 does not.")
        )
    return findings


def _doubts(recording: Recording, api: Api, *, sound_only: bool) -> list[Finding]:
    doubts = []
    if api == "v1" and not recording.audio_codec:
        doubts.append(
            Finding(
                "The recording has no sound.",
                "V1 accepts it, but rationales may quote words nobody said.",
            )
        )
    if api == "v1" and recording.duration and recording.duration > MAX_SECONDS:
        doubts.append(
            Finding(
                "The recording is longer than 30 minutes.",
                "V1 states no limit; if it is refused, cut the recording into parts.",
            )
        )
    if recording.duration is None:
        doubts.append(
            Finding("The length of the recording is not stated.", "The API may refuse it.")
        )
    if not sound_only and not plays_in_browser(recording):
        doubts.append(
            Finding(
                f"Most browsers will not show this recording ({recording.container}, "
                f"{recording.video_codec or 'no picture'}).",
                "The analysis works all the same. To watch it beside the charts, "
                "convert it to mp4 (H.264 and AAC).",
            )
        )
    return doubts


def plays_in_browser(recording: Recording) -> bool:
    """Whether browsers commonly show the picture (H.264, VP8, VP9, AV1 in mp4, mov, mkv, webm)."""
    return recording.container in _PLAYED_CONTAINERS and recording.video_codec in _SHOWN_BY_BROWSERS
