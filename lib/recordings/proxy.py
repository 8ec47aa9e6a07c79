"""The proxy of a recording: a copy that a browser can play, where it cannot play the recording.

A time in the proxy is that time in the recording, to 50 ms.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from lib.errors import PreparationCancelledError, PreparationError
from lib.model import Recording
from lib.recordings.companions import companion
from lib.recordings.encoding_ladder import Encoding
from lib.recordings.preparation import prepare
from lib.recordings.step import Step

_CONTAINERS = ("mp4", "mov", "webm", "wav", "flac", "mp3", "ogg")
_PICTURES = ("h264", "vp8", "vp9", "av1")
_H264_PIXELS = ("yuv420p", "yuvj420p", None)  # finer ones are for cutting rooms
_PCM = ("pcm_s16le", "pcm_s24le", "pcm_u8")
_WEBM_SOUNDS = ("opus", "vorbis")
_MP4_SOUNDS = ("aac", "mp3", "opus", "flac")
_MP4_PICTURES = ("h264", "vp9", "av1")
_SMALL = Encoding(480, 30, 700_000, 96_000)
_SOUND = Encoding(0, 0, 0, 96_000)
_MOST_OFF = 0.02  # seconds: a coder's own block is that long
_FAILED = "The app could not make a copy of this recording that every browser plays."
_CONVERT = "The charts are complete. To watch it beside them, convert it to mp4 (H.264 and AAC)."


def find_proxy_steps(recording: Recording) -> tuple[Step, ...]:
    """The steps that make a proxy, the best first; empty where browsers play the recording.

    Only another container, where that is enough; else the picture as it is and other sound, where
    browsers play the picture; the next one is for where that cannot be done.
    """
    playable = _plays_picture(recording) and _plays_sound(recording)
    if playable and recording.states_length and recording.container in _CONTAINERS:
        return ()
    picture = recording.video_codec is not None
    small = _SMALL if picture else _SOUND
    encode = Step("encode", "mp4", picture=picture, encoding=small, skip_damage=True)
    if not _plays_picture(recording) or recording.container == "avi":
        return (encode,)  # an AVI does not say when each picture is shown
    if playable and (container := _copy_container(recording)):
        return Step("copy", container, picture=picture, skip_damage=True), encode
    if not picture:
        return (encode,)
    container = "mp4" if recording.video_codec in _MP4_PICTURES else "webm"
    return Step("encode sound", container, encoding=_SOUND, skip_damage=True), encode


def _plays_picture(recording: Recording) -> bool:
    """Whether browsers play the picture; also where there is none."""
    if recording.video_codec == "h264" and recording.pixel_format not in _H264_PIXELS:
        return False
    return recording.video_codec in (None, *_PICTURES)


def _plays_sound(recording: Recording) -> bool:
    return recording.audio_codec in (None, *_MP4_SOUNDS, *_WEBM_SOUNDS, *_PCM)


def _copy_container(recording: Recording) -> str | None:
    """The container that takes tracks over which browsers play; None where none does."""
    picture, sound = recording.video_codec, recording.audio_codec
    if picture != "h264" and sound in (None, *_WEBM_SOUNDS):
        return "webm"
    if picture in (None, *_MP4_PICTURES) and sound in (None, *_MP4_SOUNDS):
        return "mp4"
    return None


def proxy_of(recording: Path) -> Path | None:
    """The proxy of a recording, where there is one."""
    files = (_file_of(recording, container) for container in ("mp4", "webm"))
    return next((file for file in files if file.exists()), None)


def make_proxy(
    recording: Path,
    steps: tuple[Step, ...],
    progress: Callable[[float], None],
    cancelled: Callable[[], bool],
) -> Path:
    """Make the proxy of a recording beside it, by the first of the steps that can do it.

    One that is there is left as it is.

    Raises:
        PreparationError: none can.
        PreparationCancelledError: `cancelled` said so.
        RecordingError: the disk is full or cannot be written.
    """
    made = proxy_of(recording)
    for step in steps:
        if made is None:
            made = _carry_out(recording, step, progress, cancelled)
    if made is None:
        raise PreparationError(_FAILED, _CONVERT)
    return made


def _carry_out(
    recording: Path,
    step: Step,
    progress: Callable[[float], None],
    cancelled: Callable[[], bool],
) -> Path | None:
    """The proxy that a step makes; None where it can make none."""
    target = _file_of(recording, step.container)
    try:
        made = prepare(
            recording, target, step, progress=progress, cancelled=cancelled, for_sending=False
        )
    except PreparationCancelledError:
        raise
    except PreparationError:
        return None
    if abs(made.offset) > _MOST_OFF:  # picture and charts would not be in step
        target.unlink(missing_ok=True)
        return None
    return target


def _file_of(recording: Path, container: str) -> Path:
    return companion(recording, f"proxy.{container}")
