"""Files beside a recording that are made of it, and are gone with it.

The name of one is that of its recording, a plus, and what it is: no ticket looks like that, so none
is ever taken for a recording. Imports only the standard library.
"""

from __future__ import annotations

from pathlib import Path

_PLUS = "+"


def companion(recording: Path, kind: str) -> Path:
    """The file of a kind ("proxy.mp4") beside a recording, whether it is there or not."""
    return recording.with_name(f"{recording.name}{_PLUS}{kind}")


def is_companion(file: Path) -> bool:
    """Whether a file is made of a recording; also one that is still being written."""
    return _PLUS in file.name


def recording_of(file: Path) -> Path:
    """The recording that a file is made of."""
    return file.with_name(file.name.partition(_PLUS)[0])


def companions_of(recording: Path) -> list[Path]:
    """What was made of a recording; nothing where its folder cannot be read."""
    try:
        return [
            file
            for file in recording.parent.iterdir()
            if is_companion(file) and recording_of(file) == recording
        ]
    except OSError:
        return []
