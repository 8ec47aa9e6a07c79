"""Text from outside, made fit to be kept. Knows only the standard library."""

from __future__ import annotations


def replace_surrogates(text: str) -> str:
    """The text with "?" for lone surrogates, which JSON can carry but no database and no file."""
    return text.encode("utf-8", "replace").decode()


def one_line(text: str) -> str:
    """The text, whole, with every run of white space as one space, none at its ends."""
    return " ".join(replace_surrogates(text).split())


def file_stem(name: str) -> str:
    """A file's name in one line, without its suffix."""
    return one_line(name.rpartition(".")[0] or name)
