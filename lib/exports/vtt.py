"""Spans as WebVTT: a file to hand over, and subtitles for the player. Knows the tables' columns."""

from __future__ import annotations

import html
from collections.abc import Iterable, Iterator

import pandas as pd

from lib.exports import sanitize, times
from lib.exports.bundle import ExportBundle, about_lines

FILE_HEADER = "WEBVTT"


def write(bundle: ExportBundle) -> bytes:
    """Return a cue a signal and a coded span, ascending by its drawn start; UTF-8.

    A cue is called sig- and the signal's id; its text is "type (probability): rationale" on one
    line, and the times as sent where the cue has others. Of a coded span, called code- and its
    place in the table, it is "coder: code". Where the session comes from stands in
    a note on top.
    """
    signals = bundle.signals
    texts = [
        f"{head}: {rationale}" if rationale else head
        for head, rationale in zip(
            _signal_headings(signals),
            map(_escape_line, signals["rationale"].fillna("")),
            strict=True,
        )
    ]
    about = [_escape_line(f"{name}: {text}") for name, text in about_lines(bundle)]
    note = ["\n".join(("NOTE", *about))] if about else []
    coded = bundle.coded
    codes = [
        f"{_escape_line(coder)}: {_escape_line(code)}"
        for coder, code in zip(coded["coder"], coded["code"], strict=True)
    ]
    both = pd.concat([table[["draw_start", "draw_end"]] for table in (signals, coded)])
    cue_texts = [*times.flag_texts(signals, texts), *times.flag_texts(coded, codes)]
    ids = [*_signal_cue_ids(signals), *(f"code-{row}" for row in range(len(coded)))]
    return _join_blocks(*note, *_cue_blocks(both, cue_texts, ids)).encode()


def signals_cues(signals: pd.DataFrame) -> str:
    """Return a WebVTT file of short cues for the player: type and probability of each signal."""
    return _join_blocks(*_cue_blocks(signals, _signal_headings(signals), _signal_cue_ids(signals)))


def transcript_cues(transcript: pd.DataFrame) -> str:
    """Return a WebVTT file of a transcript: a cue a line, each in its speaker's voice if named."""
    voices = [_escape_line(speaker) for speaker in transcript["speaker"]]
    texts = [
        f"<v {voice}>{text or sanitize.ELLIPSIS}" if voice else text or sanitize.ELLIPSIS
        for voice, text in zip(voices, map(_escape_line, transcript["text"]), strict=True)
    ]
    return _join_blocks(
        *_cue_blocks(transcript, texts, [f"line-{row}" for row in range(len(texts))])
    )


def _join_blocks(*blocks: str) -> str:
    return "\n\n".join((FILE_HEADER, *blocks)) + "\n"


def _cue_blocks(frame: pd.DataFrame, texts: Iterable[str], ids: Iterable[str]) -> Iterator[str]:
    """Yield the cues of spans by their start, as the format asks; spans keep their order else."""
    cues = zip(*times.draw_times(frame), ids, texts, strict=True)
    for start, end, name, text in sorted(cues, key=lambda cue: cue[0]):
        span = f"{times.format_stamp(start, hours=2)} --> {times.format_stamp(end, hours=2)}"
        yield f"{name}\n{span}\n{text}"


def _signal_headings(signals: pd.DataFrame) -> list[str]:
    return [
        f"{_escape_line(kind) or sanitize.NAMELESS} ({_escape_line(probability)})"
        for kind, probability in zip(signals["type"], signals["probability"], strict=True)
    ]


def _signal_cue_ids(signals: pd.DataFrame) -> list[str]:
    return [f"sig-{signal}" for signal in signals["id"]]


def _escape_line(text: str) -> str:
    """Return the text on one line, escaped: it opens no tag and holds no arrow of a cue."""
    return html.escape(sanitize.one_line(text), quote=False)
