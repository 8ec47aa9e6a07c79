"""What a recording is, and what the API would say to it, before anything is sent."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import IO

from lib import media
from lib.interhuman import V2Options
from lib.model import Recording
from lib.runs import Options

BLOCK = 1 << 20  # bytes read at a time


def look_into(
    source: Path | IO[bytes], *, name: str, size: int, options: Options
) -> tuple[Recording | None, media.Verdict]:
    """What is in a recording and what the API would say to it; no recording if unreadable."""
    recording = found(source, name=name, size=size)
    return recording, verdict(recording, size=size, options=options)


def found(source: Path | IO[bytes], *, name: str, size: int) -> Recording | None:
    """What is in a recording; None if it is unreadable, or too large to be looked into."""
    if media.too_large(size):  # no reader is let loose on it
        return None
    try:
        return media.probe(source, name=name, size=size)
    except media.UnreadableRecordingError:
        return None


def verdict(recording: Recording | None, *, size: int, options: Options) -> media.Verdict:
    """What the API would say to what was found."""
    if too_large := media.too_large(size):
        return media.Verdict(refusals=(too_large,))
    if recording is None:
        return media.Verdict(refusals=(_UNREADABLE,))
    if isinstance(options, V2Options):
        return media.judge(recording, api="v2", model=options.model)
    return media.judge(recording, api="v1")


def content(source: IO[bytes]) -> str:
    """The SHA-256 of the bytes, in hex; they are read block by block."""
    # `hashlib.file_digest` would have an upload in memory copied whole: it asks for its buffer.
    digest = hashlib.sha256()
    source.seek(0)
    while block := source.read(BLOCK):
        digest.update(block)
    return digest.hexdigest()


_UNREADABLE = media.Finding(
    "This file cannot be read as a recording: it is damaged, or of another kind.",
    "Play it on your machine, export it again as mp4 (H.264 and AAC), and try that.",
)
