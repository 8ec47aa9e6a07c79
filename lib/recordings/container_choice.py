"""Which container takes tracks over as they are, among those that the API takes."""

from __future__ import annotations

_MP4_PICTURES = {"h264", "hevc", "av1", "mpeg4"}
_MP4_SOUNDS = {"aac", "mp3", "alac", None}
_WEBM_PICTURES = {"vp8", "vp9", "av1"}
_WEBM_SOUNDS = {"opus", "vorbis", None}
_MKV_SOUNDS = {*_MP4_SOUNDS, *_WEBM_SOUNDS, "flac", "ac3", "eac3", "mp2", "pcm_s16le", "pcm_s24le"}
_MKV_PICTURES = {*_MP4_PICTURES, *_WEBM_PICTURES, "mpeg2video"}
_SOUNDS_ALONE = {  # what inter-2-audio takes
    "aac": "mp4",
    "opus": "webm",
    "vorbis": "webm",
    "mp3": "mp3",
    "flac": "flac",
    "pcm_s16le": "wav",
    "pcm_s24le": "wav",
}


def copy_container(source: str, picture: str | None, sound: str | None) -> str | None:
    """The container for a picture and a sound of these codecs, without encoding.

    `source` is the container that they are in. Without a picture it is one for the model of sound.
    None: they must be encoded, because they are too rare for the API's containers to say that it
    reads them, or because AVI does not say when each picture is shown.
    """
    if picture is None:
        return _SOUNDS_ALONE.get(sound or "")
    if source == "avi":
        return None
    if picture in _MP4_PICTURES and sound in _MP4_SOUNDS:
        return "mp4"
    if picture in _WEBM_PICTURES and sound in _WEBM_SOUNDS:
        return "webm"
    if picture in _MKV_PICTURES and sound in _MKV_SOUNDS:
        return "mkv"
    return None
