"""Bytes as text: which encoding they are in, said, and open to a better guess by a person."""

from __future__ import annotations

import codecs
import re

from lib.errors import TranscriptError
from lib.interchange.transcript import encoding_detector, encodings
from lib.interchange.transcript.limits import hold_all_rows
from lib.interchange.transcript.reading import Encoding

_MARKS = (  # the longer first: UTF-16's begins UTF-32's
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_ROW_END = re.compile(r"\r{1,3}\n|\r|\n")  # the first: a file that was converted once too often
_WIDE_LE, _WIDE_BE = re.compile(rb"[:,;\t]\0"), re.compile(rb"\0[:,;\t]")
SPOILED = "\ufffd"  # a character whose bytes fit nowhere


def decode(content: bytes, *, forced: str | None = None) -> tuple[str, Encoding]:
    """The text of a file, its rows ending in one newline each, without marks at its start.

    UTF-16 and UTF-32 by their mark; UTF-8 where it fits, or nearly does: then a byte that does
    not fit spoils one character. What remains is guessed, unless a person has `forced` a codec.

    Raises:
        TranscriptError: no text, or in no encoding that is known here.
    """
    encoding, text = _forced(content, forced) if forced else _detected(content)
    text = _ROW_END.sub("\n", text.lstrip("\ufeff"))
    if not text.replace("\ufeff", "").strip():
        raise TranscriptError("The file is empty.")
    hold_all_rows(text)
    if "\0" in text:
        raise _not_text()
    return text, encoding


def _forced(content: bytes, codec: str) -> tuple[Encoding, str]:
    if codec not in encodings.LABELS:
        raise TranscriptError(
            "The encoding is not one that is offered.", "Choose another encoding."
        )
    text = content.decode(codec, "replace")
    return _encoding(codec, text), text


def _detected(content: bytes) -> tuple[Encoding, str]:
    for mark, codec in _MARKS:
        if content.startswith(mark):
            text = content.decode(codec, "replace")
            return _encoding(codec, text, was=_spoiled_before(content, codec)), text
    wide = _wide(content)
    if wide:
        text = content.decode(wide, "replace")
        return _encoding(wide, text, guessed=True), text
    text = content.decode("utf-8", "replace")
    was = _spoiled_before(content, "utf-8")
    encoding = _encoding("utf-8", text, was=was)
    fitting = len(text) - len(text.encode("ascii", "ignore")) - text.count(SPOILED)
    if encoding.spoiled <= fitting:
        return encoding, text
    guess = encoding_detector.guess(content)
    if guess is None:
        raise _not_text()
    text = content.decode(guess, "replace")
    return _encoding(guess, text, guessed=True), text


def _encoding(codec: str, text: str, *, guessed: bool = False, was: int = 0) -> Encoding:
    spoiled = max(0, text.count(SPOILED) - was)
    return Encoding(codec, encodings.LABELS[codec], guessed=guessed, spoiled=spoiled)


def _spoiled_before(content: bytes, codec: str) -> int:
    """How many characters came spoiled: the sign that stands for one is in the bytes already."""
    return content.count(SPOILED.encode()) if codec == "utf-8" else 0


def _wide(content: bytes) -> str | None:
    """UTF-16 without its mark: every other byte of a time or a table's separator is zero."""
    sample = content[:4096]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    least = max(4, len(sample) // 20)
    if odd > least and even * 10 < odd and _WIDE_LE.search(sample):
        return "utf-16-le"
    if even > least and odd * 10 < even and _WIDE_BE.search(sample):
        return "utf-16-be"
    return None


def _not_text() -> Exception:
    return TranscriptError(
        "The file is not text, or its encoding is not known here.",
        "Save the transcript as UTF-8 text, then choose it again.",
    )
