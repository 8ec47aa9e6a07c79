"""Spans as WebVTT: a file to hand over, and subtitles for the player. Knows the tables' columns."""

from __future__ import annotations

import html
from collections.abc import Iterable, Iterator

import pandas as pd

from lib.exports import bundle as materials
from lib.exports import sanitize, times
from lib.exports.bundle import ExportBundle

HEAD = "WEBVTT"


def write(material: ExportBundle) -> bytes:
    """Return a cue a signal, ascending by its drawn start; UTF-8.

    A cue is called sig- and the signal's id; its text is "type (probability): rationale" on one
    line, and the times as sent where those of the cue are others. What must be said of the
    session stands in a note on top.
    """
    signals = material.signals
    texts = [
        f"{head}: {rationale}" if rationale else head
        for head, rationale in zip(
            _headings(signals), map(_line, signals["rationale"].fillna("")), strict=True
        )
    ]
    about = [_line(f"{name}: {text}") for name, text in materials.about_lines(material)]
    note = ["\n".join(("NOTE", *about))] if about else []
    said = times.flagged(signals, texts)
    return _file(*note, *_cues(signals, said, _ids(signals))).encode()


def signals_cues(signals: pd.DataFrame) -> str:
    """Return a WebVTT file of short cues for the player: type and probability of each signal."""
    return _file(*_cues(signals, _headings(signals), _ids(signals)))


def transcript_cues(transcript: pd.DataFrame) -> str:
    """Return a WebVTT file of a transcript: a cue a line, each in its speaker's voice if named."""
    voices = [_line(speaker) for speaker in transcript["speaker"]]
    texts = [
        f"<v {voice}>{text or sanitize.ELLIPSIS}" if voice else text or sanitize.ELLIPSIS
        for voice, text in zip(voices, map(_line, transcript["text"]), strict=True)
    ]
    return _file(*_cues(transcript, texts, [f"line-{row}" for row in range(len(texts))]))


def _file(*blocks: str) -> str:
    return "\n\n".join((HEAD, *blocks)) + "\n"


def _cues(frame: pd.DataFrame, texts: Iterable[str], ids: Iterable[str]) -> Iterator[str]:
    """Yield the cues of spans by their start, as the format asks; spans keep their order else."""
    cues = zip(*times.drawn(frame), ids, texts, strict=True)
    for start, end, name, text in sorted(cues, key=lambda cue: cue[0]):
        span = f"{times.stamp(start, hours=2)} --> {times.stamp(end, hours=2)}"
        yield f"{name}\n{span}\n{text}"


def _headings(signals: pd.DataFrame) -> list[str]:
    return [
        f"{_line(kind) or sanitize.NAMELESS} ({_line(probability)})"
        for kind, probability in zip(signals["type"], signals["probability"], strict=True)
    ]


def _ids(signals: pd.DataFrame) -> list[str]:
    return [f"sig-{one}" for one in signals["id"]]


def _line(text: str) -> str:
    """Return the text on one line, escaped: it opens no tag and holds no arrow of a cue."""
    return html.escape(sanitize.one_line(text), quote=False)
