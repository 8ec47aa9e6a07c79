"""Formatting in subtitles: known tags go, voices become speakers, all else is what was written.

Each pattern looks at a character a bounded number of times.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

STAMP = re.compile(r"<(?:\d{1,5}:)?\d{1,2}:\d{2}[.,]\d{1,3}>", re.ASCII)  # of a word
_VOICE = re.compile(r"<(v(?:\.[^\s<>]*)?[ \t][^<>]*|/v(?:[.\s][^<>]*)?)>")
_BARE_VOICE = re.compile(r"<v(?:\.[^\s<>]*)?>")
_BREAK = re.compile(r"<br\s?/?>", re.IGNORECASE)
_FORMATTING = re.compile(r"</?(?:b|i|u|s|font|c|ruby|rt|lang)(?:[.\s][^<>]*)?/?>")
_LOUD = re.compile(r"<(/?)([BIUS]|FONT)(?:\s[^<>]*)?>")  # or a speaker whose name is a letter
_STYLE = re.compile(r"\{\\[^{}]*\}")  # {\an8}, of Advanced SubStation
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});", re.ASCII)


def voices(words: str, *, webvtt: bool) -> Iterator[tuple[str, str]]:
    """Each speaker ("" for none) with their words, free of formatting, row ends kept."""
    parts = _VOICE.split(_BREAK.sub("\n", words))  # words, then a tag and words by turns
    for tag, spoken in zip(["", *parts[1::2]], parts[::2], strict=True):
        text = plain(_BARE_VOICE.sub("", spoken) if webvtt else spoken)
        if text.strip():
            yield _speaker(tag), text


def plain(text: str) -> str:
    """The text without formatting; entities are the characters they stand for."""
    untagged = _STYLE.sub("", text)
    if "<" in untagged:
        untagged = _FORMATTING.sub("", STAMP.sub("", _without_loud(untagged)))
    return _ENTITY.sub(lambda match: html.unescape(match[0]), untagged)


def _speaker(tag: str) -> str:
    """Whom a voice tag names: "Ana" for `v Ana` and `v.loud Ana`, nobody where a voice ends."""
    return "" if tag.startswith("/") else plain("".join(tag.split(maxsplit=1)[1:]))


def _without_loud(text: str) -> str:
    """The text without tags in capitals; one that is never closed is a letter somebody wrote."""
    closed = {match[2] for match in _LOUD.finditer(text) if match[1]}
    return _LOUD.sub(lambda match: "" if match[2] in closed else match[0], text)
