"""Clean text from outside, so that any database and file can hold it."""

from __future__ import annotations

import re
import unicodedata

MAX_TITLE_BYTES = 90  # of a title in a file's name: systems allow 255 for all of it
SHORT_ID_CHARACTERS = 8  # tell the sessions of one person apart
_UNSAFE = re.compile(r"[^\w\-]")


def replace_surrogates(text: str) -> str:
    """The text with "?" for lone surrogates, which JSON can hold but no database and no file."""
    return text.encode("utf-8", "replace").decode()


def one_line(text: str) -> str:
    """The text in one line: each run of white space is one space, with none at its ends."""
    return " ".join(replace_surrogates(text).split())


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
