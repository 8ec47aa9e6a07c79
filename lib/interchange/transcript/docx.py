"""Word documents, as Teams, Zoom, Otter and Rev export them: the paragraphs of the one main part.

Read with the standard library: all that is needed is one member of a zip, and only who unpacks
it himself can stop a bomb; a library for Word would build the whole document in memory first.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator

from lib.errors import TranscriptError
from lib.interchange.transcript import cue_timings, headings, srt, table, xml_events
from lib.interchange.transcript.extract import DraftLine, Extract
from lib.interchange.transcript.reading import Choices
from lib.model import MIB

PART = "word/document.xml"
MAX_XML = 64 * MIB  # bytes, unpacked
MAX_TAG = MIB  # bytes of one tag, or of one stretch of text
_BLOCK = 64 * 1024
_SKIPPED = frozenset({"delText", "instrText", "Fallback", "del", "moveFrom"})  # not what is read
_MOST_WORDS = 5  # of a name


def read(content: bytes, choices: Choices, *, duration: float | None = None) -> Extract:
    """The lines of a document: of a table in it, of rows of times, or under headings.

    Raises:
        TranscriptError: no Word document, damaged, or it unpacks to more than MAX_XML.
    """
    body = _Body()
    xml_events.feed(_unpacked(content), body)
    cells = [(number, part) for number, part in enumerate(body.parts, 1) if isinstance(part, list)]
    if cells and 2 * len(cells) >= len(body.parts):
        extract = table.of_rows(cells, choices, duration=duration)
        if extract.drafts or extract.columns:
            for number, part in enumerate(body.parts, 1):
                if isinstance(part, str) and part.strip():
                    extract.miss(f"paragraph {number}", part)
            return extract
    parts = (part if isinstance(part, str) else "\t".join(part) for part in body.parts)
    rows = [row for part in parts for row in part.split("\n")]
    if cue_timings.timings(rows, choices, without=frozenset()):
        return _with_first_rows_as_names(srt.read("\n".join(rows), choices))
    return headings.read([row for row in rows if row.strip()], what="paragraph")


def _unpacked(content: bytes) -> Iterator[bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            names = set(package.namelist())
            if PART not in names:
                raise _other(names)
            member = package.getinfo(PART)
            if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                raise _damaged()
            with package.open(member) as part:
                size = quiet = 0
                while block := part.read(_BLOCK):
                    size += len(block)
                    quiet = (
                        len(block) - at if (at := block.rfind(b"<")) >= 0 else quiet + len(block)
                    )
                    if size > MAX_XML or quiet > MAX_TAG:
                        raise TranscriptError(
                            "The document unpacks to far more than a transcript needs.",
                            "Choose the transcript of this one recording.",
                        )
                    yield block
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError) as error:
        raise _damaged() from error


def _other(names: set[str]) -> Exception:
    if "xl/workbook.xml" in names:
        return TranscriptError(
            "The file is an Excel workbook.", 'Save it as "CSV UTF-8" there, then choose that file.'
        )
    return TranscriptError(
        "The file is a ZIP, not a Word document.", "Unpack it, then choose the transcript."
    )


def _damaged() -> Exception:
    return TranscriptError(
        "The Word document is damaged or locked.", "Save it again without a password."
    )


class _Body:
    """The parts of a document in its order: paragraphs, and rows of tables as their cells."""

    def __init__(self) -> None:
        self.parts: list[str | list[str]] = []
        self._paragraph: list[str] = []
        self._cell: list[str] = []
        self._row: list[str] = []
        self._in_cells = self._skipping = 0
        self._reading = False

    def start(self, name: str, attributes: dict[str, str]) -> None:  # noqa: ARG002  as asked for
        if name in _SKIPPED:
            self._skipping += 1
        elif name == "t":
            self._reading = not self._skipping
        elif name == "tc":
            self._in_cells += 1
        elif name in ("br", "cr") and not self._skipping:
            self._paragraph.append("\n")
        elif name == "tab" and not self._skipping:
            self._paragraph.append("\t")

    def end(self, name: str) -> None:
        if name in _SKIPPED:
            self._skipping -= 1
        elif name == "t":
            self._reading = False
        elif name == "p":
            paragraph = "".join(self._paragraph)
            self._paragraph = []
            if self._in_cells:
                self._cell.append(paragraph)
            else:
                self.parts.append(paragraph)
        elif name == "tc":
            self._in_cells -= 1
            self._row.append("\n".join(self._cell))
            self._cell = []
        elif name == "tr" and not self._in_cells:
            if any(cell.strip() for cell in self._row):
                self.parts.append(self._row)
            self._row = []

    def text(self, data: str) -> None:
        if self._reading:
            self._paragraph.append(data)


def _with_first_rows_as_names(extract: Extract) -> Extract:
    """Teams puts the speaker's name into the row under the times, where every cue has one."""
    texts = [draft.text.strip("\n").split("\n") for draft in extract.drafts]
    if texts and all(len(rows) > 1 and _is_name(rows[0]) for rows in texts):
        extract.drafts = [
            DraftLine(draft.start, draft.end, rows[0].strip(), "\n".join(rows[1:]))
            for draft, rows in zip(extract.drafts, texts, strict=True)
        ]
        extract.notes.append("The row under each pair of times was read as the speaker's name.")
    return extract


def _is_name(text: str) -> bool:
    words = text.split()
    return 0 < len(words) <= _MOST_WORDS and not text.rstrip().endswith((".", "?", "!", ","))
