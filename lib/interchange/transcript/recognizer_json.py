"""JSON of speech recognizers: Whisper and its kin, WhisperX, Deepgram, AssemblyAI, and the like."""

from __future__ import annotations

import json
from collections.abc import Iterator
from math import isfinite
from typing import Any

from lib.errors import TranscriptError
from lib.interchange.transcript import times, word_times
from lib.interchange.transcript.extract import DraftLine, Extract
from lib.interchange.transcript.reading import Choices, Unit

_LISTS = (  # where the lines stand, the best first
    "results.utterances",  # Deepgram
    "utterances",  # AssemblyAI
    "segments",  # Whisper, WhisperX, podcasts
    "transcription",  # whisper.cpp
    "chunks",  # transformers
    "sentences",
    "paragraphs",
    "results.channels.*.alternatives.0.paragraphs.paragraphs.*.sentences",
    "results.channels.*.alternatives.0.words",
    "monologues.*.elements",  # Rev
    "words",
    "",
)
_START = ("start", "startTime", "start_time", "from", "begin", "ts", "t0")
_END = ("end", "endTime", "end_time", "to", "stop", "end_ts", "t1")
_TEXT = ("text", "transcript", "body", "content", "punctuated_word", "word", "value")
_SPEAKER = ("speaker", "speaker_label", "speaker_id", "speakerId", "speaker_name")
_MOST = 50_000  # items of a list within a list


def read(text: str, choices: Choices) -> Extract:
    """The lines of a result; words with times of their own are put together to lines.

    Raises:
        TranscriptError: no JSON, or none that holds a list of lines.
    """
    try:
        content: Any = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise TranscriptError(
            "The file's JSON cannot be read.", "Export the transcript again."
        ) from error
    for path in _LISTS:
        items = [*_items(content, path.split(".") if path else [])]
        if any(_is_line(item) for item in items):
            return _lines(items, path, content, choices)
    raise TranscriptError(
        "The JSON holds no list of lines with times.",
        "Choose the result of a speech recognizer, such as Whisper's .json.",
    )


def _items(value: Any, path: list[str], speaker: Any = None) -> Iterator[Any]:  # noqa: ANN401  decoded JSON
    """Every item of the lists that a path leads to; a speaker named on the way goes with them."""
    if not path:
        for item in value if isinstance(value, list) else ():
            inherits = isinstance(item, dict) and speaker is not None
            yield {"speaker": speaker, **item} if inherits else item
        return
    if isinstance(value, dict):
        speaker = _named(value, _SPEAKER) if _named(value, _SPEAKER) is not None else speaker
    for inner in _inner(value, path[0]):
        yield from _items(inner, path[1:], speaker)


def _inner(value: Any, step: str) -> list[Any]:  # noqa: ANN401  decoded JSON
    if isinstance(value, list):
        return value[:_MOST] if step == "*" else value[:1] if step == "0" else []
    return [value[step]] if isinstance(value, dict) and step in value else []


def _is_line(item: Any) -> bool:  # noqa: ANN401  decoded JSON
    return (
        isinstance(item, dict)
        and isinstance(_named(item, _TEXT), str)
        and _times(item)[0] is not None
    )


def _lines(items: list[Any], path: str, content: Any, choices: Choices) -> Extract:  # noqa: ANN401  decoded JSON
    extract = Extract()
    unit = choices.unit or _unit(items, path, content)
    if unit == "ms" and choices.unit is None:
        extract.notes.append("The times were read as milliseconds, as this format has them.")
    for number, item in enumerate(items, 1):
        _settle(item, number, unit, choices, extract)
    if path.endswith(("words", "elements")):
        extract.drafts = word_times.join(extract.drafts)
        extract.notes.append("The file has words one by one; they were joined into lines.")
    return extract


def _settle(item: Any, number: int, unit: Unit, choices: Choices, extract: Extract) -> None:  # noqa: ANN401  decoded JSON
    text = _named(item, _TEXT) if isinstance(item, dict) else None
    if not isinstance(text, str):
        text_of_item = json.dumps(item)[:400] if _has_words(item) else ""
        if text_of_item:
            extract.miss(f"item {number}", text_of_item)
        return
    if item.get("type") in ("punct", "punctuation") and extract.drafts:
        last = extract.drafts[-1]
        extract.drafts[-1] = last._replace(text=last.text + text)
        return
    if not text.strip():
        extract.empty += 1
        return
    start, end = _times(item)
    begins = _seconds(start, unit, choices)
    ends = None if end is None else _seconds(end, unit, choices)
    if begins is None or (ends is None and end is not None):
        extract.miss(f"item {number}", text)
        return
    extract.forms["plain" if isinstance(start, int | float) else "clock"] += 1
    extract.drafts.append(DraftLine(begins, ends, _speaker(_named(item, _SPEAKER)), text))


def _times(item: dict[str, Any]) -> tuple[Any, Any]:
    """The start and the end as they stand in the item."""
    pair = item.get("timestamp")
    if isinstance(pair, list) and len(pair) == 2:  # noqa: PLR2004  of transformers
        return pair[0], pair[1]
    if isinstance(item.get("offsets"), dict):  # of whisper.cpp
        item = item["offsets"]
    return _named(item, _START), _named(item, _END)


def _unit(items: list[Any], path: str, content: Any) -> Unit:  # noqa: ANN401  decoded JSON
    """Milliseconds where the format has them: whisper.cpp's offsets, and AssemblyAI's times."""
    if any(isinstance(item, dict) and "offsets" in item for item in items[:9]):
        return "ms"
    assembly = isinstance(content, dict) and {"audio_duration", "acoustic_model", "id"} & {*content}
    whole = all(
        isinstance(time, int)
        for item in items[:999]
        if isinstance(item, dict)
        for time in _times(item)
        if time is not None
    )
    known = path in ("utterances", "words", "sentences", "paragraphs")
    return "ms" if known and whole and (assembly or _lasts_long(items)) else "s"


def _lasts_long(items: list[Any]) -> bool:
    """Whether lines last longer than anybody speaks, if their times were seconds."""
    lasting = sorted(
        end - start
        for item in items[:999]
        if isinstance(item, dict)
        for start, end in [_times(item)]
        if isinstance(start, int) and isinstance(end, int)
    )
    return bool(lasting) and lasting[len(lasting) // 2] >= 100  # noqa: PLR2004  seconds


def _seconds(value: Any, unit: Unit, choices: Choices) -> float | None:  # noqa: ANN401  decoded JSON
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    if isinstance(value, str):
        written = value.removesuffix("s")  # "1.5s", as Google has it
        return times.read(written, unit=unit, frame_rate=choices.frame_rate).seconds
    if not -1e12 < value < 1e12:  # noqa: PLR2004  beyond any recording; NaN fails, too
        return None
    seconds = times.in_unit(float(value), unit, choices.frame_rate)
    return seconds if seconds is not None and isfinite(seconds) else None


def _speaker(value: Any) -> str:  # noqa: ANN401  decoded JSON
    if isinstance(value, int) and not isinstance(value, bool):
        return f"Speaker {value}" if abs(value) < 1e9 else ""  # noqa: PLR2004  a number of people
    if isinstance(value, dict):
        value = value.get("name")
    return value if isinstance(value, str) else ""


def _named(item: Any, names: tuple[str, ...]) -> Any:  # noqa: ANN401  decoded JSON
    return next((item[name] for name in names if item.get(name) is not None), None)


def _has_words(item: Any) -> bool:  # noqa: ANN401  decoded JSON
    if isinstance(item, dict):
        return any(isinstance(value, str) and value.strip() for value in item.values())
    return isinstance(item, str) and bool(item.strip())
