"""Clean text from outside, so that any database and file can hold it."""

from __future__ import annotations


def replace_surrogates(text: str) -> str:
    """The text with "?" for lone surrogates, which JSON can hold but no database and no file."""
    return text.encode("utf-8", "replace").decode()


def one_line(text: str) -> str:
    """The text in one line: each run of white space is one space, with none at its ends."""
    return " ".join(replace_surrogates(text).split())


def file_stem(name: str) -> str:
    """The name of a file in one line, without its suffix."""
    return one_line(name.rpartition(".")[0] or name)
