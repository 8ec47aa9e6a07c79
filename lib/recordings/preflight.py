"""Preflight: check a recording against the API's limits before anything is sent.

Source: contract, sections 5.1 and 6 (limits, containers, tracks).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import IO

from lib.errors import Problem, UnreadableRecordingError
from lib.model import MIB, Api, Options, Recording, V2Options
from lib.recordings.probe import probe

MAX_BYTES = 32 * MIB  # the API's limit (contract, section 6)
MAX_SECONDS = 30 * 60  # V2's default limit; V1 states none
MIN_SECONDS = 3.0
_VIDEO_CONTAINERS = ("mp4/mov", "avi", "mkv/webm", "mpeg-ts")
_AUDIO_CONTAINERS = ("wav", "flac", "mp3", "ogg", "mp4/mov", "mkv/webm")
_BROWSER_CODECS = ("h264", "vp8", "vp9", "av1")
_BROWSER_CONTAINERS = ("mp4/mov", "mkv/webm")


@dataclass(frozen=True, slots=True)
class Preflight:
    """Reasons for which the API would refuse a recording (nothing is sent), and warnings."""

    refusals: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()


def probe_within_limit(source: Path | IO[bytes], *, name: str, size: int) -> Recording | None:
    """What is in a recording; None if it is unreadable, or too large for the API."""
    if size_problem(size):  # what is refused anyway is not read
        return None
    try:
        return probe(source, name=name, size=size)
    except UnreadableRecordingError:
        return None


def check_recording(recording: Recording | None, *, size: int, options: Options) -> Preflight:
    """The preflight of a file of `size` bytes, of which `probe_within_limit` gave `recording`."""
    if too_large := size_problem(size):
        return Preflight(refusals=(too_large,))
    if recording is None:
        return Preflight(refusals=(UnreadableRecordingError().problem,))
    return _check_options(recording, options)


def _check_options(recording: Recording, options: Options) -> Preflight:
    api: Api = "v2" if isinstance(options, V2Options) else "v1"
    audio_only = isinstance(options, V2Options) and options.model == "inter-2-audio"
    refusals = [
        *_length_problems(recording, api),
        *_container_problems(recording, audio_only=audio_only),
        *_track_problems(recording, api, audio_only=audio_only),
    ]
    warnings = [] if refusals else _find_warnings(recording, api, audio_only=audio_only)
    return Preflight(tuple(refusals), tuple(warnings))


def size_problem(size: int) -> Problem | None:
    """The problem of a file of `size` bytes, None if the API takes so many."""
    if size <= MAX_BYTES:
        return None
    return Problem(
        f"The recording has {size:,} bytes; the API takes 32 MiB ({MAX_BYTES:,} bytes) at most.",
        "Compress it or cut it into parts.",
    )


def _length_problems(recording: Recording, api: Api) -> list[Problem]:
    if recording.duration is None:
        return []
    if recording.duration < MIN_SECONDS:
        return [
            Problem(
                f"The recording is {recording.duration:.2f} s long; the API needs 3 s at least.",
                "Choose a longer clip.",
            )
        ]
    if api == "v2" and recording.duration > MAX_SECONDS:
        return [
            Problem(
                f"The recording is {recording.duration / 60:.0f} minutes long; "
                "V2 takes 30 minutes at most.",
                "Cut it into parts.",
            )
        ]
    return []


def _container_problems(recording: Recording, *, audio_only: bool) -> list[Problem]:
    accepted = _AUDIO_CONTAINERS if audio_only else _VIDEO_CONTAINERS
    if recording.container in accepted:
        return []
    return [
        Problem(
            "The API does not take this kind of file here.",
            "Convert it to mp4 (H.264 and AAC)"
            + (", or choose an audio format such as wav or mp3." if audio_only else "."),
        )
    ]


def _track_problems(recording: Recording, api: Api, *, audio_only: bool) -> list[Problem]:
    if audio_only:
        return (
            []
            if recording.audio_codec
            else [Problem("The recording has no sound.", "inter-2-audio needs a sound track.")]
        )
    problems = []
    if not recording.video_codec:
        problems.append(
            Problem("The recording has no picture.", "Choose a video, or V2 with inter-2-audio.")
        )
    if api == "v2" and not recording.audio_codec:
        problems.append(
            Problem("The recording has no sound.", "V2's inter-2 needs sound; V1 does not.")
        )
    return problems


def _find_warnings(recording: Recording, api: Api, *, audio_only: bool) -> list[Problem]:
    warnings = []
    if api == "v1" and not recording.audio_codec:
        warnings.append(
            Problem(
                "The recording has no sound.",
                "V1 accepts it, but rationales may quote words nobody said.",
            )
        )
    if api == "v1" and recording.duration and recording.duration > MAX_SECONDS:
        warnings.append(
            Problem(
                "The recording is longer than 30 minutes.",
                "V1 states no limit; if it is refused, cut the recording into parts.",
            )
        )
    if recording.duration is None:
        warnings.append(
            Problem("The length of the recording is not stated.", "The API may refuse it.")
        )
    if not audio_only and not plays_in_browser(recording):
        warnings.append(
            Problem(
                f"Most browsers will not show this recording ({recording.container}, "
                f"{recording.video_codec or 'no picture'}).",
                "The analysis works all the same. To watch it beside the charts, "
                "convert it to mp4 (H.264 and AAC).",
            )
        )
    return warnings


def plays_in_browser(recording: Recording) -> bool:
    """Whether browsers commonly show the picture (H.264, VP8, VP9, AV1 in mp4, mov, mkv, webm)."""
    return recording.container in _BROWSER_CONTAINERS and recording.video_codec in _BROWSER_CODECS
