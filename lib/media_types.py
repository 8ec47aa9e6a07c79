"""The kinds of files that recordings are, by suffix. Knows only the standard library."""

from __future__ import annotations

MEDIA_TYPES = {
    ".avi": "video/x-msvideo",
    ".flac": "audio/flac",
    ".m2ts": "video/mp2t",
    ".m4a": "audio/mp4",
    ".mkv": "video/x-matroska",
    ".mov": "video/quicktime",
    ".mp3": "audio/mpeg",
    ".mp4": "video/mp4",
    ".mts": "video/mp2t",
    ".ogg": "audio/ogg",
    ".ts": "video/mp2t",
    ".wav": "audio/wav",
    ".webm": "video/webm",
}
SUFFIXES = tuple(suffix.removeprefix(".") for suffix in MEDIA_TYPES)  # as an uploader lists them
