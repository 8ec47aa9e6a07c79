"""Detect the container of a media file from its first bytes; its name is not trusted."""

from __future__ import annotations

import re

HEAD_BYTES = 512  # enough for every signature below

VIDEO_CONTAINERS = frozenset({"mp4", "mov", "avi", "mkv", "webm", "mpeg-ts"})
AUDIO_CONTAINERS = frozenset({"wav", "flac", "mp3", "m4a", "ogg", "webm", "mp4"})

DEMUXERS = {
    "mp4": "mov",
    "m4a": "mov",
    "mov": "mov",
    "mkv": "matroska",
    "webm": "matroska",
    "avi": "avi",
    "mpeg-ts": "mpegts",
    "wav": "wav",
    "flac": "flac",
    "mp3": "mp3",
    "ogg": "ogg",
}

SIGNATURES = tuple(
    (name, re.compile(signature, re.DOTALL))
    for name, signature in (
        ("mov", rb".{4}(ftypqt  |moov|mdat|wide|free|skip)"),
        ("m4a", rb".{4}ftypM4[AB]"),
        ("mp4", rb".{4}ftyp"),
        ("webm", rb"\x1aE\xdf\xa3.{0,60}webm"),
        ("mkv", rb"\x1aE\xdf\xa3"),
        ("avi", rb"RIFF.{4}AVI "),
        ("wav", rb"(RIFF|RF64).{4}WAVE"),
        ("flac", rb"fLaC"),
        ("ogg", rb"OggS"),
        ("mp3", rb"ID3|\xff[\xe2\xe3\xf2\xf3\xfa\xfb]"),
        ("mpeg-ts", rb"G.{187}G|.{4}G.{191}G"),  # packets of 188 bytes, or of 192 with a stamp
    )
)


def detect_container(head: bytes) -> str | None:
    """The container whose file begins with `head` (a key of DEMUXERS), None for any other."""
    return next((name for name, signature in SIGNATURES if signature.match(head)), None)
