"""Transcripts as people bring them: subtitles, tables, documents and JSON -> lines, pure.

`reader.read` tells the format by the content. Each format is a module that puts what it finds
into an `extract.Extract`; what all of them need stands beside them (times, encodings, markup).
Nothing is lost, moved or changed in silence: words are in a line, or counted as unread.
"""

from lib.interchange.limits import MAX_LINES
from lib.interchange.transcript.encodings import OFFERED as ENCODINGS
from lib.interchange.transcript.limits import MAX_BYTES, too_large
from lib.interchange.transcript.reader import SUFFIXES, read
from lib.interchange.transcript.reading import (
    Choices,
    Columns,
    ColumnsQuestion,
    Encoding,
    Part,
    Place,
    Reading,
    SpeakersQuestion,
    Unit,
    UnitQuestion,
)

__all__ = [
    "ENCODINGS",
    "MAX_BYTES",
    "MAX_LINES",
    "SUFFIXES",
    "Choices",
    "Columns",
    "ColumnsQuestion",
    "Encoding",
    "Part",
    "Place",
    "Reading",
    "SpeakersQuestion",
    "Unit",
    "UnitQuestion",
    "read",
    "too_large",
]
