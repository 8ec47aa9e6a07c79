"""What is in a recording, and what the API would say to it, before anything is sent."""

from __future__ import annotations

from pathlib import Path
from typing import IO

from lib import media
from lib.interhuman import V2Options
from lib.model import Recording
from lib.runs import Options


def look_into(
    source: Path | IO[bytes], *, name: str, size: int, options: Options
) -> tuple[Recording | None, media.Verdict]:
    """What is in a recording and what the API would say to it; no recording if unreadable."""
    if too_large := media.too_large(size):  # said before a reader is let loose on it
        return None, media.Verdict(refusals=(too_large,))
    try:
        recording = media.probe(source, name=name, size=size)
    except media.UnreadableRecordingError:
        finding = media.Finding(
            "This file cannot be read as a recording: it is damaged, or of another kind.",
            "Play it on your machine, export it again as mp4 (H.264 and AAC), and try that.",
        )
        return None, media.Verdict(refusals=(finding,))
    if isinstance(options, V2Options):
        return recording, media.judge(recording, api="v2", model=options.model)
    return recording, media.judge(recording, api="v1")
