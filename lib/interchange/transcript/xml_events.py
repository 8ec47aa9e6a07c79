"""XML as a stream of events, bounded: no entities, no deep nesting, not too many elements.

The parser of the standard library, used below its trees, for a tree of a hostile file takes all
memory there is.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol
from xml.parsers import expat

from lib.errors import TranscriptError

MAX_ELEMENTS = 1_000_000
MAX_DEPTH = 200
MAX_TEXT = 8 * 1024 * 1024  # characters between tags


class Reader(Protocol):
    """Who is told what stands in the XML; names come without their namespaces."""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""

    def end(self, name: str) -> None:
        """An element ends."""

    def text(self, data: str) -> None:
        """Text stands between tags; several calls may follow each other."""


def feed(pieces: Iterable[bytes | str], reader: Reader) -> None:
    """Tell the reader what stands in the XML.

    Raises:
        TranscriptError: it is not well-formed, defines entities, or goes over a limit.
    """
    parser = expat.ParserCreate()
    parser.buffer_text = True
    counted = _Limits(reader)
    parser.StartElementHandler = counted.start
    parser.EndElementHandler = counted.end
    parser.CharacterDataHandler = counted.text
    parser.StartDoctypeDeclHandler = _refuse
    try:
        for piece in pieces:
            parser.Parse(piece, False)
        parser.Parse(b"", True)
    except (expat.ExpatError, ValueError) as error:  # ValueError: an encoding it does not know
        raise TranscriptError(
            "The file is damaged: its XML cannot be read.", "Export the transcript again."
        ) from error


class _Limits:
    """Counts what passes on to a reader."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self.elements = self.depth = self.characters = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.elements += 1
        self.depth += 1
        if self.elements > MAX_ELEMENTS or self.depth > MAX_DEPTH:
            raise _too_much()
        self.reader.start(_local(name), {_local(key): value for key, value in attributes.items()})

    def end(self, name: str) -> None:
        self.depth -= 1
        self.reader.end(_local(name))

    def text(self, data: str) -> None:
        self.characters += len(data)
        if self.characters > MAX_TEXT:
            raise _too_much()
        self.reader.text(data)


def _local(name: str) -> str:
    return name.rpartition(":")[2]


def _refuse(*_: object) -> None:
    raise TranscriptError(
        "The file defines entities of its own, which no transcript needs.",
        "Export the transcript again, or choose another format.",
    )


def _too_much() -> Exception:
    return TranscriptError(
        "The file holds far more than a transcript needs.",
        "Choose the transcript of this one recording.",
    )
