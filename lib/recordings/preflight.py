"""Preflight: check a recording against the API's limits before anything is sent.

Source: contract, sections 5.1 and 6 (limits, containers, tracks).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from lib.api_limits import MAX_BYTES, MAX_LENGTH, MAX_SECONDS, MAX_SIZE, MIN_LENGTH, MIN_SECONDS
from lib.errors import Problem, UnreadableRecordingError
from lib.model import Api, Options, Recording, V2Options
from lib.recordings.probe import probe
from lib.timecode import format_length, shown_digits

_VIDEO_CONTAINERS = ("mp4", "mov", "avi", "mkv", "webm", "mpeg-ts")
_AUDIO_CONTAINERS = ("wav", "flac", "mp3", "ogg", "mp4", "webm")
SOUND_MODEL = "inter-2-audio"
_TO_MP4 = "Convert it to mp4 (H.264 and AAC)."
_NO_LENGTH = Problem(
    "The recording does not state its length, and so cannot be prepared here.",
    _TO_MP4,
    refuses_file=True,
)


@dataclass(frozen=True, slots=True)
class Preflight:
    """Reasons for which the API would refuse a recording (nothing is sent), and warnings."""

    refusals: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()


def probe_within_limit(path: Path, *, name: str, size: int) -> Recording | Problem:
    """What is in a recording, or why it is not read: it is too large, or unreadable."""
    if too_large := size_problem(size):  # what is refused anyway is not read
        return too_large
    try:
        return probe(path, name=name, size=size)
    except UnreadableRecordingError as error:
        return error.problem


def check_recording(recording: Recording | Problem, *, options: Options) -> Preflight:
    """The preflight of what `probe_within_limit` gave."""
    if isinstance(recording, Problem):
        return Preflight(refusals=(recording,))
    if too_large := size_problem(recording.size):
        return Preflight(refusals=(too_large,))
    return _check_options(recording, options)


def find_obstacles(recording: Recording, *, options: Options) -> tuple[Problem, ...]:
    """Why a recording cannot be sent, however it is prepared: where `plan.find_ways` gives no way.

    Sound alone is for the model of sound, whatever the options say.
    """
    wanted = V2Options(model=SOUND_MODEL) if has_sound_alone(recording) else options
    api, audio_only = _api(wanted), _takes_sound_alone(wanted)
    lasting = _short_problems(recording) + _track_problems(recording, api, audio_only=audio_only)
    if lasting:
        return tuple(replace(problem, refuses_file=True) for problem in lasting)
    refusals = check_recording(recording, options=wanted).refusals
    return (*refusals, _NO_LENGTH) if recording.duration is None else refusals


def lasting_warnings(recording: Recording, *, options: Options) -> tuple[Problem, ...]:
    """The warnings that hold however a recording is prepared."""
    return tuple(_silence_warnings(recording, _api(options)))


def has_sound_alone(recording: Recording | Problem) -> bool:
    """Whether a recording has sound and no picture, and so only a model of sound can take it."""
    return (
        isinstance(recording, Recording)
        and recording.video_codec is None
        and recording.audio_codec is not None
    )


def _check_options(recording: Recording, options: Options) -> Preflight:
    api, audio_only = _api(options), _takes_sound_alone(options)
    refusals = _short_problems(recording) or _long_problems(recording, api)
    if audio_only or not has_sound_alone(recording):
        refusals += _container_problems(recording, audio_only=audio_only)
    refusals += _track_problems(recording, api, audio_only=audio_only)
    warnings = [] if refusals else _find_warnings(recording, api)
    final = (replace(problem, refuses_file=True) for problem in refusals)
    return Preflight(tuple(final), tuple(warnings))


def _api(options: Options) -> Api:
    return "v2" if isinstance(options, V2Options) else "v1"


def _takes_sound_alone(options: Options) -> bool:
    return isinstance(options, V2Options) and options.model == SOUND_MODEL


def size_problem(size: int) -> Problem | None:
    """The problem of a file of `size` bytes, None if the API takes so many."""
    if size <= MAX_BYTES:
        return None
    return Problem(
        f"The recording is {size:,} bytes; the API takes at most {MAX_SIZE} ({MAX_BYTES:,} bytes).",
        "Compress it or cut it into parts.",
        refuses_file=True,
    )


def _short_problems(recording: Recording) -> list[Problem]:
    if recording.duration is None or recording.duration >= MIN_SECONDS:
        return []
    return [
        Problem(
            f"The recording is {_exact_length(recording.duration)} long; "
            f"the API needs at least {MIN_LENGTH}.",
            "Choose a longer clip.",
        )
    ]


def _long_problems(recording: Recording, api: Api) -> list[Problem]:
    if api == "v1" or recording.duration is None or recording.duration <= MAX_SECONDS:
        return []
    return [
        Problem(
            f"The recording is {_exact_length(recording.duration)} long; "
            f"V2 takes at most {MAX_LENGTH}.",
            "Cut it into parts.",
        )
    ]


def _exact_length(seconds: float) -> str:
    """A length with as many digits as tell it from a limit."""
    return format_length(seconds, digits=shown_digits(None, (seconds,)))


def _container_problems(recording: Recording, *, audio_only: bool) -> list[Problem]:
    if recording.container in (_AUDIO_CONTAINERS if audio_only else _VIDEO_CONTAINERS):
        return []
    kind = recording.container
    if audio_only:
        remedy = "Convert it to mp4, webm, wav or mp3, or choose another model."
        return [Problem(f"{SOUND_MODEL} does not take {kind} files.", remedy)]
    return [Problem(f"The API does not take {kind} files.", _TO_MP4)]


def _track_problems(recording: Recording, api: Api, *, audio_only: bool) -> list[Problem]:
    if audio_only:
        if recording.audio_codec:
            return []
        return [Problem("The recording has no sound.", f"{SOUND_MODEL} needs a sound track.")]
    if has_sound_alone(recording):
        return [
            Problem(
                "The recording has no picture, and this model needs one.",
                f"Analyze its sound: V2 with the model {SOUND_MODEL} takes sound alone.",
            )
        ]
    if api == "v2" and not recording.audio_codec:
        return [Problem("The recording has no sound.", "V2's inter-2 needs sound; V1 does not.")]
    return []


def _find_warnings(recording: Recording, api: Api) -> list[Problem]:
    warnings = _silence_warnings(recording, api)
    if api == "v1" and recording.duration and recording.duration > MAX_SECONDS:
        warnings.append(
            Problem(
                f"The recording is longer than {MAX_LENGTH}.",
                "V1 gives no limit; if it is refused, send the recording in parts.",
            )
        )
    if recording.duration is None:
        warnings.append(
            Problem("The length of the recording is not stated.", "The API may refuse it.")
        )
    return warnings


def _silence_warnings(recording: Recording, api: Api) -> list[Problem]:
    if api == "v2" or recording.audio_codec:
        return []
    return [
        Problem(
            "The recording has no sound.",
            "V1 accepts it, but rationales may quote words nobody said.",
        )
    ]
