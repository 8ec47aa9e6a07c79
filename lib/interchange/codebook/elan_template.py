"""Read a codebook from a template of ELAN (.etf): the entries of its controlled vocabularies.

Also from an annotation file (.eaf) saved as one: both hold vocabularies the same way, in an older
form and one of several languages, of which the first is read.
"""

from __future__ import annotations

from collections import Counter

from lib.errors import CodebookError, TranscriptError
from lib.interchange.codebook import limits
from lib.interchange.codebook.draft import Draft
from lib.interchange.transcript import xml_events
from lib.model import Code
from lib.plain_text import one_line

_ROOT = "ANNOTATION_DOCUMENT"
_OLD, _NEW, _VALUE = "CV_ENTRY", "CV_ENTRY_ML", "CVE_VALUE"


def read_template(content: bytes) -> Draft:
    """The entries of all vocabularies as codes; one of a name used before names its vocabulary.

    Raises:
        CodebookError: it is no template that can be read, or has no vocabulary.
    """
    entries = _Entries()
    try:
        xml_events.feed([content], entries)
    except TranscriptError as error:
        raise CodebookError(
            error.what.replace("transcript", "codebook"), "Save the template in ELAN again."
        ) from error
    if not entries.found:
        raise CodebookError(
            "The template has no controlled vocabulary with an entry.",
            "Add one in ELAN (Edit, Edit Controlled Vocabularies), save the template, and choose "
            "it again.",
        )
    counts = Counter(value for _, value, _ in entries.found)
    codes = tuple(
        Code(f"{value} ({vocabulary})" if counts[value] > 1 else value, definition)
        for vocabulary, value, definition in entries.found
    )
    skipped = entries.translations
    remarks = ("Of several languages the first was read.",) if skipped else ()
    return Draft(codes, remarks=remarks)


class _Entries:
    """Gathers vocabulary, value and description of each entry."""

    def __init__(self) -> None:
        self.found: list[tuple[str, str, str]] = []
        self.translations = 0
        self._vocabulary = self._definition = ""
        self._pieces: list[str] | None = None  # of the value that is being read
        self._is_read = False  # the entry's first value
        self._elements = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        self._elements += 1
        if self._elements == 1 and name != _ROOT:
            raise CodebookError("The file is no template of ELAN.", "Choose a .etf of ELAN.")
        if name == "CONTROLLED_VOCABULARY":
            self._vocabulary = one_line(attributes.get("CV_ID", ""))
        elif name == _NEW:
            self._is_read = False
        elif name == _VALUE and self._is_read:
            self.translations += 1
        elif name in (_OLD, _VALUE):
            self._definition = attributes.get("DESCRIPTION", "")
            self._pieces = []

    def end(self, name: str) -> None:
        """An element ends."""
        if name not in (_OLD, _VALUE) or self._pieces is None:
            return
        value = one_line("".join(self._pieces))
        self._pieces, self._is_read = None, True
        if not value:
            raise CodebookError(
                f"An entry of the vocabulary “{self._vocabulary[:40]}” has no value.",
                "Give it one in ELAN, save the template, and choose it again.",
            )
        self.found.append((self._vocabulary, value, self._definition))
        if len(self.found) > limits.MAX_CODES:
            raise CodebookError(
                f"It has more than {limits.MAX_CODES} codes, which is as much as can be kept.",
                "Split it into several templates.",
            )

    def text(self, data: str) -> None:
        """Text stands between tags."""
        if self._pieces is not None:
            self._pieces.append(data)
