"""Clean text from outside, so that any database and file can hold it."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Mapping

MAX_TITLE_BYTES = 90  # of a title in a file's name: systems allow 255 for all of it
SHORT_ID_CHARACTERS = 8  # tell the sessions of one person apart
Width = Callable[[str], int]
_UNSAFE = re.compile(r"[^\w\-]")


def replace_surrogates(text: str) -> str:
    """The text with "?" for lone surrogates, which JSON can hold but no database and no file."""
    return text.encode("utf-8", "replace").decode()


def one_line(text: str) -> str:
    """The text in one line: each run of white space is one space, with none at its ends."""
    return " ".join(replace_surrogates(text).split())


def short_labels(names: Mapping[str, str], *, room: int, width: Width = len) -> dict[str, str]:
    """A label for each name, no two alike; `names` are the texts to make labels of, by name.

    A text wider than `room` is cut at its end. Texts that would then be alike are cut in their
    middle, and those that still are have a number.
    """
    ends = {name: _cut(text, "", room, width) for name, text in names.items()}
    alike = Counter(map(_look, ends.values()))
    labels: dict[str, str] = {}
    used, numbers = set[str](), Counter[str]()
    for name, text in names.items():
        label = ends[name]
        if alike[_look(label)] > 1:
            label = _cut(text, text[-(room // 2) :], room, width)
        base = _look(label)
        while _look(label) in used:
            numbers[base] += 1
            suffix = f" {numbers[base] + 1}"
            label = _cut(text, "", room - len(suffix), width) + suffix
        used.add(_look(label))
        labels[name] = label
    return labels


def _look(label: str) -> str:
    """What tells a label from its like to the eye: composed and decomposed letters look alike."""
    return unicodedata.normalize("NFC", label)


def _cut(text: str, tail: str, room: int, width: Width) -> str:
    """The text, or as much of its beginning as fits before an ellipsis and its `tail`."""
    if width(text) <= room:
        return text
    while tail and width(tail) > room // 2:
        tail = tail[1:]
    head, used = "", 1 + width(tail)
    for char in text:
        used += width(char)
        if used > room:
            break
        head += char
    return f"{head.rstrip()}…{tail.lstrip()}"


def file_name(title: str, session_id: str, *parts: str) -> str:
    """The name of a download without its suffix: title, short id, and what sets it apart.

    Safe on every system: letters and digits of any script, dashes and underscores, no name that
    a system keeps for itself, at most MAX_TITLE_BYTES of title.
    """
    origin, _, key = session_id.rpartition("-")
    short = "-".join(filter(None, (origin, key[:SHORT_ID_CHARACTERS])))
    words = [_safe_words(part) for part in (title, short, *parts)]
    words[0] = words[0].encode()[:MAX_TITLE_BYTES].decode("utf-8", "ignore").rstrip("-")
    return "-".join(filter(None, words)) or "session"


def _safe_words(text: str) -> str:
    plain = unicodedata.normalize("NFC", replace_surrogates(text))
    return "-".join(_UNSAFE.sub(" ", plain).replace("-", " ").split())


def file_stem(name: str) -> str:
    """The name of a file in one line, without its suffix."""
    return one_line(name.rpartition(".")[0] or name)
